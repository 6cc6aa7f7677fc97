//! Connections, and the schema they find.

use std::path::Path;
use std::time::Duration;

use polycode_core::port::PortError;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqliteConnection, SqlitePool};

use crate::sql::{bring_up_to_date, port_error};

static MIGRATOR: Migrator = sqlx::migrate!("migrations/sqlite");

/// How long to wait for another process that is writing.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a read waits for one of the connections.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(30);
const READERS: u32 = 4;

/// A connection that writes, with the schema up to date.
pub(crate) async fn writer(path: &Path) -> Result<SqliteConnection, PortError> {
    let name = path.display().to_string();
    let connected = options(path).create_if_missing(true).connect().await;
    let mut connection = connected.map_err(|error| {
        let what = format!("the database `{name}` can't be opened");
        port_error(&what, error)
    })?;
    bring_up_to_date(&MIGRATOR, &mut connection, &name).await?;
    Ok(connection)
}

/// The connections that read; made when they are needed.
pub(super) fn readers(path: &Path) -> SqlitePool {
    SqlitePoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_lazy_with(options(path).pragma("query_only", "ON"))
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        // An acknowledged commit survives the loss of power, not only of the process.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .disable_statement_logging()
}
