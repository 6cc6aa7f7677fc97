//! The command `polycode`: installs languages, runs programs, judges cases.

use std::process::ExitCode;

fn main() -> ExitCode {
    polycode_runner::cli::execute(std::env::args_os()).into()
}
