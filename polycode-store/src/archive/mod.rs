//! Backups: everything that a store holds, as lines of JSON that any database can be filled with.
//!
//! The first line names the format, each of the others holds a row, and the last one says how many
//! rows there are and the SHA-256 of all lines before it, so that a file that was cut off or
//! changed is refused.

mod read;
mod table;
mod write;

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

use polycode_core::port::PortError;
use serde::{Deserialize, Serialize};

use crate::place::Place;
use crate::sql::{Reads, Writes};

/// What is in an archive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Archive {
    /// How many rows of all tables.
    pub rows: u64,
    /// The SHA-256 of all lines before the one that says so.
    pub sha256: String,
}

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Heading {
    archive: String,
    version: u32,
}

impl Heading {
    const NAME: &str = "polycode";
    const VERSION: u32 = 1;
}

/// A connection that an archive is written from and read into.
pub(crate) trait Shelf: Reads + Writes {
    /// Begins a transaction that sees everything as it is at one moment.
    const BEGIN_SNAPSHOT: &str;
    /// Begins a transaction that writes.
    const BEGIN_FILLING: &str;
    /// Where events and their places in the log are read from.
    const LOG: &str;
    /// The place of an event; one that has none comes after those that have.
    const CURSOR: &str;
    /// Whether a place in the log is written with its event.
    const IS_PLACED_AT_ONCE: bool;
    /// What follows from the rows once all are there: the places of events in the order they were
    /// written, and the counts of wallets.
    const ONCE_FILLED: &[&str];
}

/// Writes everything that the store of a URL holds into a new file, as it is at one moment; others
/// may go on reading and writing.
///
/// Its schema is brought up to date first. The file is there whole or not at all.
///
/// # Errors
/// [`PortError`] when the store can't be opened or read, holds nothing that lasts (`memory:`), or
/// the file is there already or can't be written.
pub async fn backup(url: &str, file: impl AsRef<Path>) -> Result<Archive, PortError> {
    let file = file.as_ref();
    if file.exists() {
        return Err(failed("written", file, "it is there already"));
    }
    let part = part_of(file);
    let kept = write_to(Place::of(url)?, &part).await.and_then(|archive| {
        std::fs::rename(&part, file).map_err(|error| failed("written", file, error))?;
        Ok(archive)
    });
    if kept.is_err() {
        // What went wrong first is what is told.
        drop(std::fs::remove_file(&part));
    }
    kept
}

async fn write_to(place: Place, part: &Path) -> Result<Archive, PortError> {
    let file = File::create(part).map_err(|error| failed("written", part, error))?;
    let mut out = BufWriter::new(file);
    let archive = match place {
        Place::Memory => return Err(lasts_not()),
        #[cfg(feature = "sqlite")]
        Place::Sqlite(path) if !path.exists() => {
            let message = format!("there is no database `{}`", path.display());
            return Err(PortError::permanent(message));
        }
        #[cfg(feature = "sqlite")]
        Place::Sqlite(path) => {
            let mut connection = crate::sqlite::connection(&path).await?;
            write::everything(&mut connection, &mut out).await?
        }
        #[cfg(feature = "postgres")]
        Place::Postgres(url) => {
            let mut connection = crate::postgres::connection(&url).await?;
            write::everything(&mut connection, &mut out).await?
        }
    };
    let on_disk = out
        .into_inner()
        .map_err(std::io::IntoInnerError::into_error);
    let on_disk = on_disk.and_then(|file| file.sync_all());
    on_disk.map_err(|error| failed("written", part, error))?;
    Ok(archive)
}

/// Fills the empty store of a URL with what [`backup`] wrote, from this database or another.
///
/// All of it is written in one transaction: a file that turns out to be broken leaves the store
/// empty.
///
/// # Errors
/// [`PortError`] when the file can't be read, is not whole or is of a newer version, or when the
/// store can't be opened, is not empty, or keeps nothing (`memory:`).
pub async fn restore(file: impl AsRef<Path>, url: &str) -> Result<Archive, PortError> {
    let file = file.as_ref();
    let input = File::open(file).map_err(|error| failed("read", file, error))?;
    let input = BufReader::new(input);
    match Place::of(url)? {
        Place::Memory => Err(lasts_not()),
        #[cfg(feature = "sqlite")]
        Place::Sqlite(path) => {
            let mut connection = crate::sqlite::connection(&path).await?;
            read::everything(&mut connection, input).await
        }
        #[cfg(feature = "postgres")]
        Place::Postgres(url) => {
            let mut connection = crate::postgres::connection(&url).await?;
            read::everything(&mut connection, input).await
        }
    }
}

fn part_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

fn lasts_not() -> PortError {
    PortError::permanent("a memory store is gone with its process: there is nothing to back up")
}

fn failed(what: &str, file: &Path, why: impl std::fmt::Display) -> PortError {
    PortError::permanent(format!(
        "the archive `{}` can't be {what}: {why}",
        file.display()
    ))
}
