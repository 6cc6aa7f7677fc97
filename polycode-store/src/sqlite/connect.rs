//! Connections, and the schema they find.

use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use polycode_core::port::PortError;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection, SqlitePool};

use crate::sql::{bring_terms_up_to_date, bring_up_to_date, migrator, port_error};

static MIGRATOR: LazyLock<Migrator> = LazyLock::new(|| {
    migrator([
        (
            "initial",
            include_str!("../../migrations/sqlite/0001_initial.sql"),
        ),
        (
            "documents",
            include_str!("../../migrations/sqlite/0002_documents.sql"),
        ),
        (
            "reviews",
            include_str!("../../migrations/sqlite/0003_reviews.sql"),
        ),
        (
            "ranking",
            include_str!("../../migrations/sqlite/0004_ranking.sql"),
        ),
        (
            "ranks",
            include_str!("../../migrations/sqlite/0005_ranks.sql"),
        ),
        (
            "words",
            include_str!("../../migrations/sqlite/0006_words.sql"),
        ),
        (
            "purses",
            include_str!("../../migrations/sqlite/0007_purses.sql"),
        ),
        (
            "triggers",
            include_str!("../../migrations/sqlite/0008_triggers.sql"),
        ),
        (
            "contents",
            include_str!("../../migrations/sqlite/0009_contents.sql"),
        ),
    ])
});

/// How long to wait for another process that is writing.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a read waits for one of the connections.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(30);
const READERS: u32 = 4;

/// Makes a database if it is not there, and brings its schema up to date.
pub(super) async fn make_ready(path: &Path) -> Result<(), PortError> {
    let connection = writer(path).await?;
    let closed = connection.close().await;
    closed.map_err(|error| port_error("the database can't be closed", error))
}

/// A connection that writes, with the schema up to date.
pub(crate) async fn writer(path: &Path) -> Result<SqliteConnection, PortError> {
    let name = path.display().to_string();
    let connected = options(path).create_if_missing(true).connect().await;
    let mut connection = connected.map_err(|error| {
        let what = format!("the database `{name}` can't be opened");
        port_error(&what, error)
    })?;
    bring_up_to_date(&MIGRATOR, &mut connection, &name).await?;
    bring_terms_up_to_date(&mut connection, "BEGIN IMMEDIATE").await?;
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

#[cfg(all(test, feature = "testkit"))]
mod tests {
    use polycode_core::id::SubmissionId;
    use polycode_core::port::{PageRequest, Store};
    use polycode_core::quantity::{Cursor, Points};

    use super::*;
    use crate::SqliteStore;
    use crate::testkit::sample;

    /// What the first version of the schema could hold already, as the store wrote it then.
    const FILLED: [&str; 6] = [
        "INSERT INTO contents VALUES (x'01970000000070008000000000000001', 'one', 1)",
        "INSERT INTO content_versions VALUES (x'01970000000070008000000000000001', 1, $1)",
        "INSERT INTO submissions (id, version, user, content, content_version, component, \
         received_at, status) VALUES (x'01970000000070008000000000000002', 1, 'ada', \
         x'01970000000070008000000000000001', 1, 'code', '2026-01-01T00:00:00.000000000Z', \
         'pending')",
        "INSERT INTO wallets VALUES ('ada', 1, 5), ('bob', 1, 9)",
        "INSERT INTO entries VALUES (x'01970000000070008000000000000003', 'mint', NULL, 'wallet', \
         'ada', 5, 'award/01970000-0000-7000-8000-000000000001/5/ada', \
         '{\"kind\":\"award\",\"user\":\"ada\",\"content\":\"01970000-0000-7000-8000-000000000001\",\
         \"total\":5}', '2026-01-01T00:00:00.000000000Z')",
        "INSERT INTO events (id, at, schema, body) VALUES (x'01970000000070008000000000000004', \
         '2026-01-01T00:00:00.000000000Z', 1, $1)",
    ];

    #[tokio::test]
    async fn a_database_of_each_older_schema_is_brought_up_to_date_with_what_it_holds() {
        let folder = tempfile::tempdir().unwrap();
        let versions: Vec<_> = MIGRATOR.iter().map(|migration| migration.version).collect();
        assert!(versions.len() >= 4);
        for version in versions {
            let path = folder.path().join(format!("{version}.db"));
            let connected = options(&path).create_if_missing(true).connect().await;
            let mut connection = connected.unwrap();
            let migrated = MIGRATOR.run_direct(Some(version), &mut connection, false);
            migrated.await.unwrap();
            let content = sample::content(1, "one", "text");
            let event = sample::event(4).event;
            for sql in FILLED {
                let mut insert = sqlx::query(sql);
                if sql.contains("$1") {
                    let body = if sql.contains("events") {
                        serde_json::to_string(&event)
                    } else {
                        serde_json::to_string(&content.draft)
                    };
                    insert = insert.bind(body.unwrap());
                }
                insert.execute(&mut connection).await.unwrap();
            }
            connection.close().await.unwrap();

            let store = SqliteStore::open(&path).await.unwrap();
            let stored = store.content(content.id).await.unwrap().unwrap();
            assert_eq!(stored.value, content, "schema {version}");
            let pending = store.pending(10).await.unwrap();
            assert_eq!(pending, [SubmissionId(sample::uuid(2))]);
            let page = store.wallets(PageRequest::default()).await.unwrap();
            let wallets = [sample::wallet("bob", 9), sample::wallet("ada", 5)];
            assert_eq!(page.items, wallets);
            for (balance, above) in [(4, 2), (5, 1), (8, 1), (9, 0)] {
                let counted = store.wallets_above(Points(balance)).await.unwrap();
                assert_eq!(counted, above, "schema {version}, above {balance}");
            }
            let ada = sample::user("ada");
            let page = store.entries(&ada, PageRequest::default()).await.unwrap();
            assert_eq!(page.items.len(), 1);
            let events = store.events(Cursor(0), 10).await.unwrap();
            assert_eq!(events.len(), 1);
            assert_eq!(events[0].recorded.event, event);
            store.close().await;
        }
    }
}
