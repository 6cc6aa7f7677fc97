//! A commit: one transaction, run again when others were in its way.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use polycode_core::port::{Commit, CommitError, PortError};
use sqlx::PgPool;

use crate::sql::{is_worth_repeating, write_commit, write_failed};

/// How often and when to try again: after 5 ms, twice that, and so on, for some fifteen seconds.
pub(super) fn again() -> ExponentialBuilder {
    ExponentialBuilder::new()
        .with_min_delay(Duration::from_millis(5))
        .with_max_delay(Duration::from_secs(1))
        .with_max_times(20)
        .with_jitter()
}

/// Writes a commit, or nothing. A caller that stops waiting leaves it to be written whole or not
/// at all, for the writing itself is not the caller's.
pub(super) async fn write(pool: &PgPool, commit: Commit) -> Result<(), CommitError> {
    let pool = pool.clone();
    let written = tokio::spawn(async move { write_in_the_end(&pool, &commit).await });
    written
        .await
        .map_err(|_| PortError::permanent("the store is closed"))?
}

async fn write_in_the_end(pool: &PgPool, commit: &Commit) -> Result<(), CommitError> {
    let mut delays = again().build();
    let mut is_unheard = false;
    loop {
        let error = match attempt(pool, commit).await {
            Ok(()) => return Ok(()),
            Err(Failure::Refused(error)) => error,
            Err(Failure::Unheard(error)) => {
                is_unheard = true;
                write_failed(error).into()
            }
        };
        let may_pass = matches!(&error, CommitError::Port(error) if is_worth_repeating(error));
        let delay = if may_pass { delays.next() } else { None };
        match delay {
            Some(delay) => tokio::time::sleep(delay).await,
            None if is_unheard => return settle(pool, commit, error).await,
            None => return Err(error),
        }
    }
}

/// Why an attempt came to nothing.
enum Failure {
    /// Nothing of it was written.
    Refused(CommitError),
    /// It may have been written: the connection was lost before the answer came.
    Unheard(sqlx::Error),
}

async fn attempt(pool: &PgPool, commit: &Commit) -> Result<(), Failure> {
    let refused = |error| Failure::Refused(write_failed(error).into());
    let mut transaction = pool.begin().await.map_err(refused)?;
    let written = write_commit(&mut *transaction, commit).await;
    written.map_err(Failure::Refused)?;
    transaction.commit().await.map_err(|error| match &error {
        sqlx::Error::Database(cause) if cause.code().is_some_and(|code| code == "40001") => {
            refused(error)
        }
        _ => Failure::Unheard(error),
    })
}

/// Says what became of a commit one of whose attempts may have been written. It was, if its first
/// event is there: nobody else writes one of that id. What was refused since then was refused
/// because of it.
async fn settle(pool: &PgPool, commit: &Commit, error: CommitError) -> Result<(), CommitError> {
    if let Some(event) = commit.events.first() {
        let sql = "SELECT EXISTS (SELECT 1 FROM events WHERE id = $1)";
        let found = sqlx::query_scalar(sql).bind(event.id.0);
        match found.fetch_one(pool).await {
            Ok(true) => return Ok(()),
            // The last attempt was heard of, and it was refused.
            Ok(false) if !matches!(error, CommitError::Port(_)) => return Err(error),
            Ok(false) | Err(_) => {}
        }
    }
    let message = "the connection was lost, and it is not known whether the commit was written";
    Err(PortError::temporary(message).caused_by(error).into())
}
