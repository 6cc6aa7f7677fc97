//! The command line `polycode`: what it offers, and its exit codes. The binary and the command of
//! each binding are this.

mod failure;
mod install;
mod judge;
mod languages;
mod read;
mod run;
mod verify;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::cli::failure::Failure;
use crate::{Builder, Runner, install as installation};

/// Runs untrusted programs in WebAssembly sandboxes, and judges them.
#[derive(Debug, Parser)]
#[command(name = "polycode", version, propagate_version = true)]
struct Arguments {
    #[arg(
        long,
        global = true,
        value_name = "FOLDER",
        help = "Folder of installed languages [default: $POLYCODE_HOME, or the user's cache folder]"
    )]
    home: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the languages and whether they are installed.
    Languages(languages::Languages),
    /// Fetch, verify and compile languages; quick for those that are installed.
    Install(install::Install),
    /// Run a program; its exit code is the program's, 124 at a limit, 125 if it could not be run.
    Run(run::Run),
    /// Judge cases; exits with 0 if all came out as expected, 1 if some differ, 2 if some could
    /// not be judged.
    Judge(judge::Judge),
    /// Judge the cases of a receipt again; exits with 0 if all is the same, 1 if something
    /// differs, 2 if some could not be judged.
    Verify(verify::Verify),
}

/// Does what a command line says, and gives its exit code. The first of the arguments is the name
/// of the command.
///
/// # Examples
/// ```
/// assert_eq!(polycode_runner::cli::execute(["polycode", "languages", "--json"]), 0);
/// assert_eq!(polycode_runner::cli::execute(["polycode", "dance"]), 2);
/// ```
pub fn execute(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> u8 {
    let Arguments { home, command } = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(told) => {
            // Nothing can be done when that can't be printed.
            let _ = told.print();
            return u8::try_from(told.exit_code()).unwrap_or(Failure::NOT_DONE);
        }
    };
    let result = match command {
        Command::Languages(command) => command.execute(home),
        Command::Install(command) => command.execute(home),
        Command::Run(command) => command.execute(home),
        Command::Judge(command) => command.execute(home),
        Command::Verify(command) => command.execute(home),
    };
    result.unwrap_or_else(|failure| {
        if let Some(line) = failure.line() {
            complain(&line);
        }
        failure.exit_code()
    })
}

/// The folder of installed languages.
fn home_or_default(home: Option<PathBuf>) -> Result<PathBuf, Failure> {
    match home {
        Some(home) => Ok(home),
        None => installation::default_home().map_err(Failure::because),
    }
}

/// A runner with as many workers as there is work for.
fn runner(home: Option<PathBuf>, workers: Option<usize>) -> Result<Runner, Failure> {
    let home = home_or_default(home)?;
    let builder = Runner::builder().home(home);
    let builder = workers.into_iter().fold(builder, Builder::workers);
    builder.build().map_err(Failure::because)
}

/// Waits for a future on this thread; the work is done on the runner's.
fn wait<T>(future: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    Ok(runtime.map_err(Failure::because)?.block_on(future))
}

/// One line on standard error. Nothing can be done when that is closed.
fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
