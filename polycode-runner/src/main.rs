//! The command `polycode`: installs languages, runs programs, judges cases.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
