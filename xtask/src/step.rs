//! Running one command after another, each named before it runs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().map_or_else(|| own.to_owned(), Path::to_owned)
}

/// The folder for everything that tasks make.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The cargo that runs this task.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a command in the root of the repository, or wherever it was told, to its end.
pub(crate) fn run(what: &str, command: &mut Command) -> Result<()> {
    println!("\n==> {what}");
    let began = Instant::now();
    if command.get_current_dir().is_none() {
        command.current_dir(root());
    }
    forget_own_package(command);
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command
        .status()
        .with_context(|| format!("{what}: `{program}` can't be run"))?;
    ensure!(status.success(), "{what}: `{program}` ended with {status}");
    println!("    {what}: {:.1} s", began.elapsed().as_secs_f64());
    Ok(())
}

/// Takes from the environment of a command what cargo says of this very program: crates that are
/// compiled by what it calls would take that for a change, and be compiled once more.
fn forget_own_package(command: &mut Command) {
    let own = [
        "CARGO_PKG_",
        "CARGO_MANIFEST_",
        "CARGO_CRATE_",
        "CARGO_BIN_",
    ];
    for (name, _) in std::env::vars_os() {
        let is_own = |name: &str| own.iter().any(|start| name.starts_with(start));
        if name.to_str().is_some_and(is_own) {
            command.env_remove(name);
        }
    }
}

/// What a command prints, without the white space around it.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .with_context(|| format!("`{program}` can't be run"))?;
    ensure!(
        output.status.success(),
        "`{program}` ended with {}",
        output.status
    );
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
