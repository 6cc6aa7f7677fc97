//! The `polycode-store` command: backups, and whether a store fits together.
#![forbid(unsafe_code)]
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command talks to its user"
)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use polycode_core::port::PortError;
use polycode_store::{backup, check, open, restore};

/// Looks after what PolyCode stores.
///
/// A store is named by a URL: `sqlite:FILE` or `postgresql://HOST/DATABASE`.
#[derive(Debug, Parser)]
#[command(name = "polycode-store", version)]
struct Command {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Write everything that a store holds into a new file, while others go on using it.
    Backup {
        /// The store.
        url: String,
        /// The file to make.
        file: PathBuf,
    },
    /// Fill an empty store with a backup, from the same database or another.
    Restore {
        /// The file to read.
        file: PathBuf,
        /// The store.
        url: String,
    },
    /// Replay the log and the ledger of a store that nobody writes to, and compare.
    Check {
        /// The store.
        url: String,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Command::parse().task).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("polycode-store: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(task: Task) -> Result<ExitCode, PortError> {
    match task {
        Task::Backup { url, file } => {
            let archive = backup(&url, &file).await?;
            println!("{} rows, sha256 {}", archive.rows, archive.sha256);
        }
        Task::Restore { file, url } => {
            let archive = restore(&file, &url).await?;
            println!("{} rows, sha256 {}", archive.rows, archive.sha256);
        }
        Task::Check { url } => {
            let store = open(&url).await?;
            let checked = check(&*store).await?;
            println!(
                "{} events, {} submissions, {} progresses, {} wallets, {} entries, {} contents, \
                 {} documents",
                checked.events,
                checked.submissions,
                checked.progress,
                checked.wallets,
                checked.entries,
                checked.contents,
                checked.documents
            );
            for finding in &checked.findings {
                println!("{finding}");
            }
            if !checked.findings.is_empty() {
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
