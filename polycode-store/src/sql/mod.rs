//! What all SQL databases share: the statements, and how documents look in columns.
//!
//! Both databases run the same text. Where they differ, [`Value`] says what a column holds and
//! each database how it writes that.

mod documents;
mod error;
mod migrate;
mod read;
mod row;
mod statement;
mod terms;
mod write;

use std::fmt::Debug;

use async_trait::async_trait;
use polycode_core::port::{Commit, CommitError, PortError};

#[cfg(feature = "postgres")]
pub(crate) use error::is_worth_repeating;
#[cfg(feature = "sqlite")]
pub(crate) use error::{Against, is_temporary_result};
pub(crate) use error::{Unwritten, port_error, read_failed, write_failed};
pub(crate) use migrate::{bring_up_to_date, migrator};
pub(crate) use row::Columns;
pub(crate) use statement::{Statement, Value, parameters};
pub(crate) use terms::{Which, bring_terms_up_to_date, renew};
pub(crate) use write::{Writes, write_commit};

/// A connection that reads.
#[async_trait]
pub(crate) trait Reads: Send {
    /// A row that it gives.
    type Row: Columns;

    /// Reads rows and hands over one after another.
    async fn each(
        &mut self,
        statement: Statement<'_>,
        take: &mut (dyn FnMut(Self::Row) -> Result<(), PortError> + Send),
    ) -> Result<(), PortError>;
}

/// A store in an SQL database: `SqliteStore` or `PostgresStore`.
#[derive(Debug)]
pub struct SqlStore<D> {
    pub(crate) database: D,
}

/// A database that speaks SQL.
#[async_trait]
pub(crate) trait Database: Debug + Send + Sync {
    /// A row that it gives.
    type Row: Columns;

    /// Where events and their places in the log are read from.
    const LOG: &str;
    /// Joins `document_terms t` to the documents that were `found`: the term of `$1`, `$2` and `$3` of
    /// each of them is looked up, and never the list read that it stands in.
    const EACH_FOUND: &str;
    /// The wallets that hold more than `$1` by what `wallet_counts` does not count yet: each adds
    /// one or takes one away. Empty where all are counted as they are written.
    const UNCOUNTED: &str;

    /// Writes a commit that keeps the rules of one document alone, or nothing of it.
    async fn commit(&self, commit: Commit) -> Result<(), CommitError>;

    /// Counts the wallets that `UNCOUNTED` tells of in, if there are many.
    async fn count_wallets(&self) -> Result<(), PortError> {
        Ok(())
    }

    /// The rows that a statement reads.
    async fn rows(&self, statement: Statement<'_>) -> Result<Vec<Self::Row>, PortError>;

    /// Gives the oldest events that have no place in the log yet their places, if the database
    /// does not do so as it writes them; says whether there may be more to read then.
    async fn place_events(&self, at_most: u32) -> Result<bool, PortError> {
        let _ = at_most;
        Ok(false)
    }
}
