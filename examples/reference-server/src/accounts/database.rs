//! The database of the accounts.

use std::str::FromStr;
use std::time::Duration;

use anyhow::Context;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqlStr, SqlitePool};

/// The steps of the schema in their order, each with its name and its SQL; they are numbered
/// from 1.
const STEPS: [(&str, &str); 3] = [
    (
        "accounts",
        include_str!("../../migrations/0001_accounts.sql"),
    ),
    ("openid", include_str!("../../migrations/0002_openid.sql")),
    ("resent", include_str!("../../migrations/0003_resent.sql")),
];

/// sqlx has a macro for this, which needs the databases compiled for the compiler as well.
fn migrator() -> Migrator {
    let steps = (1..).zip(STEPS).map(|(version, (name, sql))| {
        let sql = SqlStr::from_static(sql);
        Migration::new(version, name.into(), MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(steps.collect())
}

const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const CONNECTIONS: u32 = 4;

/// Opens a database and brings its schema up to date.
pub(super) async fn open(url: &str) -> anyhow::Result<SqlitePool> {
    let in_memory = url == "memory:";
    let named = if in_memory { "sqlite::memory:" } else { url };
    let options = SqliteConnectOptions::from_str(named)
        .with_context(|| format!("`{url}` names no SQLite database"))?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .disable_statement_logging();
    // A database in memory lives as long as its only connection.
    let pool = SqlitePoolOptions::new()
        .max_connections(if in_memory { 1 } else { CONNECTIONS })
        .min_connections(u32::from(in_memory))
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options)
        .await
        .with_context(|| format!("the database `{url}` can't be opened"))?;
    let mut connection = pool.acquire().await?;
    migrator()
        .run_direct(None, &mut *connection, false)
        .await
        .with_context(|| format!("the database `{url}` can't be brought up to date"))?;
    drop(connection);
    Ok(pool)
}
