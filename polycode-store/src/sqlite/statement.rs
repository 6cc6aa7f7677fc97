//! Statements: their type, and how one that writes is run.

use polycode_core::port::CommitError;
use polycode_core::quantity::Version;
use sqlx::sqlite::{SqliteArguments, SqliteConnection};
use sqlx::{Sqlite, query};

use crate::rules::conflict;
use crate::sqlite::error::write_error;

pub(super) type Query<'q> = query::Query<'q, Sqlite, SqliteArguments>;

/// Runs a statement that changes a row only at the version that was read.
pub(super) async fn write_expected(
    connection: &mut SqliteConnection,
    statement: Query<'_>,
    document: &'static str,
    unique: &'static str,
    refers: &'static str,
) -> Result<(), CommitError> {
    match run(connection, statement, unique, refers).await? {
        0 => Err(conflict(document)),
        _ => Ok(()),
    }
}

/// Runs a statement and returns how many rows it wrote.
pub(super) async fn run(
    connection: &mut SqliteConnection,
    statement: Query<'_>,
    unique: &'static str,
    refers: &'static str,
) -> Result<u64, CommitError> {
    match statement.execute(connection).await {
        Ok(done) => Ok(done.rows_affected()),
        Err(error) => Err(write_error(error, unique, refers)),
    }
}

/// Nothing is at a version that the store can't count to, nor at -1.
pub(super) fn bind_expected(statement: Query<'_>, expected: Option<Version>) -> Query<'_> {
    match expected {
        Some(version) => statement.bind(i64::try_from(version.0).unwrap_or(-1)),
        None => statement,
    }
}
