//! A store in one SQLite file: the embedded default.
//!
//! One connection writes and a few read. Commits that arrive while the writer is busy are
//! written together by the next transaction, each in a savepoint of its own, and are
//! acknowledged once that transaction is on the disk.

mod connect;
mod documents;
mod error;
mod read;
mod row;
mod statement;
mod write;
mod writer;

use std::path::Path;

use polycode_core::port::{Commit, CommitError, PortError};
use sqlx::SqlitePool;

use crate::rules;
use crate::sqlite::writer::Writer;

/// A store in a SQLite database, durable over a crash of the process and of the machine.
///
/// Use [`SqliteStore::close`] to end it in order; dropping it ends it too, and loses nothing that
/// was acknowledged.
#[derive(Debug)]
pub struct SqliteStore {
    writer: Writer,
    readers: SqlitePool,
}

impl SqliteStore {
    /// Opens the database in a file, makes it if it is not there, and brings its schema up to
    /// date. The store belongs to the Tokio runtime it is opened in.
    ///
    /// # Errors
    /// [`PortError`] when the file can't be opened, or was written by a newer version.
    ///
    /// # Examples
    ///
    /// ```
    /// # tokio::runtime::Runtime::new().unwrap().block_on(async {
    /// use polycode_core::port::Store;
    /// use polycode_store::SqliteStore;
    ///
    /// let folder = tempfile::tempdir().unwrap();
    /// let store = SqliteStore::open(folder.path().join("school.db")).await.unwrap();
    /// assert!(store.pending(10).await.unwrap().is_empty());
    /// store.close().await;
    /// # });
    /// ```
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, PortError> {
        let path = path.as_ref();
        let connection = connect::writer(path).await?;
        Ok(Self {
            writer: Writer::start(connection),
            readers: connect::readers(path),
        })
    }

    /// Ends the store once everything that was committed is written.
    pub async fn close(self) {
        // The writer last: whoever closes last folds the log into the database.
        self.readers.close().await;
        self.writer.close().await;
    }

    async fn write(&self, commit: Commit) -> Result<(), CommitError> {
        rules::check(&commit)?;
        self.writer.write(commit).await
    }
}
