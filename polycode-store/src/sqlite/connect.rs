//! Connections, and the schema they find.

use std::path::Path;
use std::time::Duration;

use polycode_core::port::PortError;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqliteConnection, SqlitePool};

use crate::sqlite::error::port_error;

static MIGRATOR: Migrator = sqlx::migrate!("migrations/sqlite");

/// How long to wait for another process that is writing.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a read waits for one of the connections.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(30);
const READERS: u32 = 4;

/// The connection that writes, with the schema up to date.
pub(super) async fn writer(path: &Path) -> Result<SqliteConnection, PortError> {
    let failed = |what: &str, error| {
        let shown = path.display();
        port_error(&format!("the database `{shown}` {what}"), error)
    };
    let mut connection = options(path)
        .create_if_missing(true)
        .connect()
        .await
        .map_err(|error| failed("can't be opened", error))?;
    // `Migrator::run` gives a future that the compiler can't see to be `Send`.
    match MIGRATOR.run_direct(None, &mut connection, false).await {
        Ok(()) => Ok(connection),
        Err(MigrateError::VersionMissing(found)) => Err(newer(path, found)),
        Err(MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) => {
            Err(failed("can't be brought up to date", error))
        }
        Err(error) => {
            let message = format!(
                "the database `{}` can't be brought up to date",
                path.display()
            );
            Err(PortError::permanent(format!("{message}: {error}")).caused_by(error))
        }
    }
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

fn newer(path: &Path, found: i64) -> PortError {
    let known = MIGRATOR.iter().map(|migration| migration.version).max();
    PortError::permanent(format!(
        "the database `{}` has schema {found}, but this version of PolyCode knows only up to \
         schema {}: use the newer version that wrote it",
        path.display(),
        known.unwrap_or_default(),
    ))
}
