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
        (
            "purses",
            include_str!("../../migrations/postgres/0004_purses.sql"),
        ),
        (
            "places",
            include_str!("../../migrations/postgres/0005_places.sql"),
        ),
        (
            "contents",
            include_str!("../../migrations/postgres/0006_contents.sql"),
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

#[cfg(all(test, unix, feature = "testkit"))]
#[expect(clippy::unwrap_used, reason = "helpers of tests, too")]
mod tests {
    use polycode_core::catalogue::Module;
    use polycode_core::id::ModuleId;
    use polycode_core::port::{Document, Lookup, PageRequest, Store};
    use polycode_core::quantity::Points;

    use super::*;
    use crate::PostgresStore;
    use crate::testkit::postgres::fresh;
    use crate::testkit::sample;

    /// A published module, and its terms but for its words: as the first version wrote it.
    async fn fill(connection: &mut PgConnection) -> String {
        let draft = serde_json::json!({"slug": "one", "name": "Größe", "type": "practice"});
        let draft = serde_json::from_value(draft).unwrap();
        let created = Module::decide_create(ModuleId(sample::uuid(7)), None, draft).unwrap();
        let module = Module::begin(&created).unwrap();
        let published = module.decide_publish().unwrap();
        let module = module.apply(&published);
        sqlx::query("INSERT INTO documents VALUES ('module', $1, 1, $2::text::json)")
            .bind(module.key().into_bytes())
            .bind(serde_json::to_string(&module).unwrap())
            .execute(&mut *connection)
            .await
            .unwrap();
        sqlx::query(
            "INSERT INTO document_terms VALUES ('module', 'published', '', 'one', $1, false)",
        )
        .bind(module.key().into_bytes())
        .execute(&mut *connection)
        .await
        .unwrap();
        sqlx::query("INSERT INTO wallets VALUES ('ada', 1, 5), ('bob', 1, 9)")
            .execute(connection)
            .await
            .unwrap();
        module.key()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_wallet_that_is_written_while_they_are_first_counted_is_counted() {
        let url = fresh();
        let connect = async || options(&url).unwrap().connect().await.unwrap();
        let mut old = connect().await;
        make_schema(&mut old, "old").await.unwrap();
        let migrated = MIGRATOR.run_direct(Some(1), &mut old, false);
        migrated.await.unwrap();
        let mut late = old.begin().await.unwrap();
        sqlx::query("INSERT INTO wallets VALUES ('ada', 1, 5)")
            .execute(&mut *late)
            .await
            .unwrap();

        let address = url.clone();
        let opening = tokio::spawn(async move { PostgresStore::open(&address).await.unwrap() });
        let mut watcher = connect().await;
        let waits = "SELECT EXISTS (SELECT 1 FROM pg_locks \
                     WHERE relation = 'wallets'::regclass AND NOT granted)";
        while !opening.is_finished() {
            let waits = sqlx::query_scalar(waits).fetch_one(&mut watcher);
            if waits.await.unwrap() {
                break;
            }
        }
        late.commit().await.unwrap();

        let store = opening.await.unwrap();
        assert_eq!(store.wallets_above(Points(4)).await.unwrap(), 1);
        store.close().await;
    }

    #[tokio::test]
    async fn a_database_of_each_older_schema_is_brought_up_to_date_with_what_it_holds() {
        let versions: Vec<_> = MIGRATOR.iter().map(|migration| migration.version).collect();
        assert!(versions.len() >= 3);
        for version in versions {
            let url = fresh();
            let mut connection = options(&url).unwrap().connect().await.unwrap();
            make_schema(&mut connection, "old").await.unwrap();
            let migrated = MIGRATOR.run_direct(Some(version), &mut connection, false);
            migrated.await.unwrap();
            let key = fill(&mut connection).await;
            connection.close().await.unwrap();

            let store = PostgresStore::open(&url).await.unwrap();
            for (balance, above) in [(4, 2), (5, 1), (8, 1), (9, 0)] {
                let counted = store.wallets_above(Points(balance)).await.unwrap();
                assert_eq!(counted, above, "schema {version}, above {balance}");
            }
            let searched = Lookup::of::<Module>("published", "").with_words_of("grö");
            let page = store.documents(searched, PageRequest::default());
            let found: Vec<_> = page.await.unwrap().items;
            assert_eq!(found.len(), 1, "schema {version}");
            assert!(found.iter().all(|found| found.key == key));
            store.close().await;
        }
    }
}
