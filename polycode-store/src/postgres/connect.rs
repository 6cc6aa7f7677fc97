//! Connections, and the schema they find.

use std::num::NonZeroU32;
use std::str::FromStr;
use std::sync::LazyLock;
use std::time::Duration;

use polycode_core::port::PortError;
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, PgPool};

use crate::sql::{bring_terms_up_to_date, bring_up_to_date, migrator, port_error};

static MIGRATOR: LazyLock<Migrator> = LazyLock::new(|| {
    migrator([
        (
            "initial",
            include_str!("../../migrations/postgres/0001_initial.sql"),
        ),
        (
            "ranks",
            include_str!("../../migrations/postgres/0002_ranks.sql"),
        ),
        (
            "words",
            include_str!("../../migrations/postgres/0003_words.sql"),
        ),
    ])
});

/// How long to wait for another transaction that writes the same, unless the URL says.
const LOCK_TIMEOUT: &str = "10s";
/// How long to wait for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a connection that nobody uses stays open.
const IDLE_TIMEOUT: Duration = Duration::from_mins(5);

/// Connections to the database that a URL names, with its schema up to date.
pub(super) async fn pool(url: &str, connections: NonZeroU32) -> Result<PgPool, PortError> {
    // All that it was for is done.
    drop(connection(url).await?.close().await);
    let mut options = options(url)?;
    let own = options.get_options().unwrap_or_default();
    if !own.contains("lock_timeout") {
        options = options.options([("lock_timeout", LOCK_TIMEOUT)]);
    }
    Ok(PgPoolOptions::new()
        .max_connections(connections.get())
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(IDLE_TIMEOUT)
        // What is found to be broken is run again on another one.
        .test_before_acquire(false)
        .connect_lazy_with(options))
}

/// One connection to the database that a URL names, with its schema up to date.
pub(crate) async fn connection(url: &str) -> Result<PgConnection, PortError> {
    let options = options(url)?;
    let database = options
        .get_database()
        .unwrap_or_else(|| options.get_username());
    let name = format!("{database} at {}", options.get_host());
    let mut connection = options.connect().await.map_err(|error| {
        let what = format!("the database `{name}` can't be opened");
        port_error(&what, error)
    })?;
    make_schema(&mut connection, &name).await?;
    bring_up_to_date(&MIGRATOR, &mut connection, &name).await?;
    bring_terms_up_to_date(&mut connection, "BEGIN").await?;
    Ok(connection)
}

/// The URL of the same database with everything in a schema of this name: letters, digits and
/// dashes.
pub(crate) fn in_schema(url: &str, schema: &str) -> String {
    let join = if url.contains('?') { '&' } else { '?' };
    // A name with dashes is quoted.
    format!("{url}{join}options[search_path]=%22{schema}%22")
}

fn options(url: &str) -> Result<PgConnectOptions, PortError> {
    PgConnectOptions::from_str(url)
        .map(ConnectOptions::disable_statement_logging)
        .map_err(|error| port_error("the address of the database can't be read", error))
}

/// Makes the first schema that the connection looks into, if it is not there.
async fn make_schema(connection: &mut PgConnection, name: &str) -> Result<(), PortError> {
    let failed = |error| {
        let what = format!("the database `{name}` has no schema to write to");
        port_error(&what, error)
    };
    let found: Option<String> = sqlx::query_scalar("SELECT current_schema()")
        .fetch_one(&mut *connection)
        .await
        .map_err(failed)?;
    if found.is_some() {
        return Ok(());
    }
    // PostgreSQL itself takes the path apart and quotes the name.
    let sql = "SELECT format('CREATE SCHEMA IF NOT EXISTS %I', \
               (parse_ident(split_part(current_setting('search_path'), ',', 1)))[1])";
    let create: String = sqlx::query_scalar(sql)
        .fetch_one(&mut *connection)
        .await
        .map_err(failed)?;
    match sqlx::query(AssertSqlSafe(create)).execute(connection).await {
        Ok(_) => Ok(()),
        // Another process made it in the same moment.
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => Ok(()),
        Err(error) => Err(failed(error)),
    }
}
