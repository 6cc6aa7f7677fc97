//! A store in one SQLite file: the embedded default.
//!
//! One connection writes, on a thread of its own, and a few read. Commits that arrive while the writer is busy are
//! written together by the next transaction, each in a savepoint of its own, and are
//! acknowledged once that transaction is on the disk.

mod connect;
mod pen;
mod query;
mod writer;

use std::path::Path;

use async_trait::async_trait;
use polycode_core::port::{Commit, CommitError, PortError};
use sqlx::SqlitePool;
use sqlx::sqlite::SqliteRow;

use crate::sql::{Database, SqlStore, Statement, read_failed};
pub(crate) use crate::sqlite::connect::writer as connection;
use crate::sqlite::pen::Pen;
use crate::sqlite::writer::Writer;

/// A store in a SQLite database, durable over a crash of the process and of the machine.
///
/// Use [`SqliteStore::close`] to end it in order; dropping it ends it too, and loses nothing that
/// was acknowledged.
pub type SqliteStore = SqlStore<Sqlite>;

/// A SQLite database.
#[derive(Debug)]
pub struct Sqlite {
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
        connect::make_ready(path).await?;
        let database = Sqlite {
            writer: Writer::start(Pen::open(path)?)?,
            readers: connect::readers(path),
        };
        Ok(Self { database })
    }

    /// Ends the store once everything that was committed is written.
    pub async fn close(self) {
        // The writer last: whoever closes last folds the log into the database.
        self.database.readers.close().await;
        self.database.writer.close().await;
    }
}

#[async_trait]
impl Database for Sqlite {
    type Row = SqliteRow;

    const LOG: &str = "events";
    // It joins in the order that a CROSS JOIN is written in.
    const EACH_FOUND: &str = "CROSS JOIN document_terms t";
    const UNCOUNTED: &str = "";

    async fn commit(&self, commit: Commit) -> Result<(), CommitError> {
        self.writer.write(commit).await
    }

    async fn rows(&self, statement: Statement<'_>) -> Result<Vec<SqliteRow>, PortError> {
        let rows = query::query(statement).fetch_all(&self.readers).await;
        rows.map_err(read_failed)
    }
}
