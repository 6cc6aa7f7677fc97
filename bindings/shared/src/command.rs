//! The command line, for the command of each binding.

use std::ffi::OsString;
use std::io::{self, Write as _};

/// Does what a command line says, as the binary `polycode` does, and gives its exit code.
pub fn execute(arguments: Vec<OsString>) -> u8 {
    let code = polycode_runner::cli::execute(arguments);
    // The process goes on, so that nothing is flushed by its end. Nobody may be reading any more.
    let _ = io::stdout().flush();
    code
}
