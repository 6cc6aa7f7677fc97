//! What only a database on a server can get wrong.
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

use std::sync::Arc;

use polycode_core::id::SubmissionId;
use polycode_core::port::{Commit, CommitError, PageRequest, Permanence, Store, Write};
use polycode_core::quantity::{Cursor, Version};
use polycode_store::testkit::postgres::{Durability, Server, fresh};
use polycode_store::testkit::{random, sample};
use polycode_store::{PostgresStore, open};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::task::JoinSet;

/// A second connection to the database, as an administrator would have it.
async fn connect(url: &str) -> PgConnection {
    PgConnection::connect(url).await.unwrap()
}

async fn run(connection: &mut PgConnection, sql: &'static str) -> Result<(), sqlx::Error> {
    sqlx::query(sql).execute(connection).await.map(drop)
}

fn filled() -> Commit {
    let mut writes = vec![sample::new_content(sample::content(1, "a", "text"))];
    writes.extend(sample::new_submission(sample::submission(2, "ada", 1)));
    writes.extend([
        Write::Report {
            submission: SubmissionId(sample::uuid(2)),
            report: Box::new(sample::report("text")),
        },
        Write::Progress {
            expected: None,
            progress: sample::progress("ada", 1, 5),
        },
        sample::write_wallet(None, sample::wallet("ada", 5)),
        Write::Entry(sample::entry(3, "ada", 1, 5)),
    ]);
    Commit {
        writes,
        events: vec![sample::event(4), sample::event(5)],
    }
}

fn event(number: u64) -> Commit {
    Commit {
        writes: Vec::new(),
        events: vec![sample::event(number)],
    }
}

async fn logged(store: &dyn Store) -> Vec<uuid::Uuid> {
    let events = store.events(Cursor(0), 10_000).await.unwrap();
    events.iter().map(|event| event.recorded.id.0).collect()
}

fn is_temporary(result: &Result<(), CommitError>) -> bool {
    matches!(result, Err(CommitError::Port(error)) if error.permanence() == Permanence::Temporary)
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_there_after_opening_again() {
    let url = fresh();
    let store = open(&url).await.unwrap();
    store.commit(filled()).await.unwrap();
    let before = random::everything(&*store).await.unwrap();
    drop(store);

    let store = open(&url).await.unwrap();
    assert_eq!(random::everything(&*store).await.unwrap(), before);
    // And it goes on where it was.
    store.commit(event(6)).await.unwrap();
    let next = store.events(Cursor(2), 10).await.unwrap();
    assert_eq!(next[0].cursor, Cursor(3));
}

#[tokio::test(flavor = "multi_thread")]
async fn many_open_one_new_database_at_the_same_time() {
    let url = fresh();
    let mut hosts = JoinSet::new();
    for _ in 0..8 {
        let url = url.clone();
        hosts.spawn(async move { PostgresStore::open(&url).await.unwrap() });
    }
    let stores = hosts.join_all().await;
    stores[0].commit(filled()).await.unwrap();
    assert_eq!(logged(&stores[7]).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_itself_refuses_to_rewrite_history() {
    let url = fresh();
    let store = PostgresStore::open(&url).await.unwrap();
    store.commit(filled()).await.unwrap();
    assert_eq!(logged(&store).await.len(), 2);
    let mut connection = connect(&url).await;
    let refused = [
        "UPDATE entries SET points = 6",
        "DELETE FROM entries",
        "TRUNCATE entries",
        "UPDATE events SET at = at",
        "UPDATE places SET cursor = cursor + 1",
        "DELETE FROM places",
        "TRUNCATE places",
        "DELETE FROM events",
        "TRUNCATE events CASCADE",
        "UPDATE content_versions SET body = '{}'",
        "DELETE FROM content_versions",
        "TRUNCATE content_versions CASCADE",
        "UPDATE wallets SET balance = -1",
        "INSERT INTO entries SELECT gen_random_uuid(), debit, debit_user, credit, credit_user, 0, \
         'key', reason, at FROM entries",
        "INSERT INTO entries SELECT gen_random_uuid(), debit, debit_user, credit, credit_user, 1, \
         reason_key, reason, at FROM entries",
        "INSERT INTO answers VALUES (gen_random_uuid(), '{}')",
        "UPDATE submissions SET content = gen_random_uuid()",
        "UPDATE submissions SET status = 'graded'",
        "UPDATE submissions SET received_at = 'today'",
        "UPDATE contents SET slug = NULL",
        "INSERT INTO feed VALUES (2, 1)",
    ];
    for sql in refused {
        assert!(run(&mut connection, sql).await.is_err(), "{sql}");
    }
    assert_eq!(logged(&store).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_reader_gets_past_an_event_that_is_still_to_come() {
    let url = fresh();
    let store = PostgresStore::open(&url).await.unwrap();
    // Somebody is slow: the event has arrived, but its transaction has not ended.
    let mut slow = connect(&url).await;
    let mut transaction = slow.begin().await.unwrap();
    let insert = "INSERT INTO events (id, at, schema, body) SELECT $1, $2, 1, $3::text::json";
    let wire = serde_json::to_string(&sample::event(1).event).unwrap();
    sqlx::query(insert)
        .bind(sample::uuid(1))
        .bind("2026-01-01T00:00:00.000000000Z")
        .bind(wire)
        .execute(&mut *transaction)
        .await
        .unwrap();
    store.commit(event(2)).await.unwrap();
    let first = store.events(Cursor(0), 10).await.unwrap();
    assert_eq!(first.len(), 1);
    assert_eq!(first[0].recorded.id.0, sample::uuid(2));
    transaction.commit().await.unwrap();

    let rest = store.events(first[0].cursor, 10).await.unwrap();
    assert_eq!(rest.len(), 1);
    assert_eq!(rest[0].recorded.id.0, sample::uuid(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_whole_and_in_order_while_many_read_and_write_it() {
    let url = fresh();
    let store = Arc::new(PostgresStore::open(&url).await.unwrap());
    let mut writers = JoinSet::new();
    for lane in 0..8_u64 {
        let store = Arc::clone(&store);
        writers.spawn(async move {
            for number in 0..40 {
                store.commit(event(lane * 1_000 + number)).await.unwrap();
            }
        });
    }
    let mut readers = JoinSet::new();
    for _ in 0..4 {
        let store = Arc::clone(&store);
        readers.spawn(async move {
            let (mut after, mut seen) = (Cursor(0), Vec::new());
            while seen.len() < 320 {
                for event in store.events(after, 7).await.unwrap() {
                    assert_eq!(event.cursor.0, after.0 + 1, "a gap in the log");
                    after = event.cursor;
                    seen.push(event.recorded.id.0);
                }
            }
            seen
        });
    }
    writers.join_all().await;
    let logs = readers.join_all().await;
    let whole = logged(&*store).await;
    assert!(logs.iter().all(|log| *log == whole));
    // Each writer's events are in the order in which they were acknowledged.
    for lane in 0..8_u64 {
        let of_lane = (0..40).map(|number| sample::uuid(lane * 1_000 + number));
        let places: Vec<_> = of_lane
            .map(|id| whole.iter().position(|seen| *seen == id).unwrap())
            .collect();
        assert!(places.is_sorted());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_schema_is_refused() {
    let url = fresh();
    PostgresStore::open(&url).await.unwrap().close().await;
    let mut connection = connect(&url).await;
    let later = "INSERT INTO _sqlx_migrations \
                 (version, description, success, checksum, execution_time) \
                 VALUES (9999, 'later', TRUE, ''::bytea, 1)";
    run(&mut connection, later).await.unwrap();

    let error = PostgresStore::open(&url).await.unwrap_err();
    assert!(error.to_string().contains("has schema 9999"), "{error}");
    assert_eq!(error.permanence(), Permanence::Permanent);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_opened_is_named_without_its_password() {
    let cases = [
        (
            "postgresql://ada:secret@127.0.0.1:1/school",
            "`school at 127.0.0.1` can't be opened",
            Permanence::Temporary,
        ),
        (
            "postgresql://ada:secret@127.0.0.1:1/school?sslmode=never",
            "address of the database",
            Permanence::Permanent,
        ),
        (
            &fresh().replace("/postgres?", "/absent?"),
            "`absent at",
            Permanence::Permanent,
        ),
    ];
    for (url, words, permanence) in cases {
        let error = open(url).await.unwrap_err();
        let message = error.to_string();
        assert!(message.contains(words), "{url}: {message}");
        assert!(!message.contains("secret"), "{message}");
        assert_eq!(error.permanence(), permanence, "{url}: {message}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_only_reads_is_a_temporary_failure() {
    let url = fresh();
    let mut administrator = connect(&url).await;
    let role = format!("role_{}", uuid::Uuid::now_v7().simple());
    let create = format!("CREATE ROLE {role} LOGIN SUPERUSER");
    let sql = AssertSqlSafe(create);
    sqlx::query(sql).execute(&mut administrator).await.unwrap();
    let store = PostgresStore::open(&url.replace("user=polycode", &format!("user={role}")))
        .await
        .unwrap();
    store.commit(filled()).await.unwrap();
    assert_eq!(logged(&store).await.len(), 2);

    // As after another machine took over.
    for sql in [
        format!("ALTER ROLE {role} SET default_transaction_read_only = on"),
        format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{role}'"),
    ] {
        let sql = AssertSqlSafe(sql);
        sqlx::query(sql).execute(&mut administrator).await.unwrap();
    }
    let refused = store.commit(event(6)).await;
    assert!(is_temporary(&refused), "{refused:?}");
    // What is there can be read.
    assert_eq!(logged(&store).await.len(), 2);
    let page = store.contents(PageRequest::default()).await.unwrap();
    assert_eq!(page.items.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_somebody_else_holds_is_a_temporary_failure() {
    let url = fresh();
    let impatient = format!("{url}&options[lock_timeout]=100ms");
    let store = PostgresStore::open(&impatient).await.unwrap();
    store.commit(filled()).await.unwrap();
    let mut other = connect(&url).await;
    run(&mut other, "BEGIN").await.unwrap();
    run(&mut other, "SELECT * FROM wallets FOR UPDATE")
        .await
        .unwrap();
    let write = || Commit {
        writes: vec![sample::write_wallet(
            Some(Version::FIRST),
            sample::wallet("ada", 9),
        )],
        events: vec![sample::event(6)],
    };
    let refused = store.commit(write()).await;
    assert!(is_temporary(&refused), "{refused:?}");
    run(&mut other, "ROLLBACK").await.unwrap();
    store.commit(write()).await.unwrap();
    assert_eq!(logged(&store).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn commits_that_wait_for_each_other_in_a_circle_all_end() {
    let url = format!("{}&options[deadlock_timeout]=10ms", fresh());
    let store = Arc::new(PostgresStore::open(&url).await.unwrap());
    let names = ["ada", "bob"];
    let wallets = names.map(|name| sample::write_wallet(None, sample::wallet(name, 0)));
    let events = Vec::new();
    let writes = wallets.to_vec();
    store.commit(Commit { writes, events }).await.unwrap();
    let mut tasks = JoinSet::new();
    for task in 0..8_u64 {
        let store = Arc::clone(&store);
        tasks.spawn(async move {
            for round in 0..10 {
                // Half of them write bob's wallet first.
                let mut order = names;
                order.rotate_left(usize::from(task % 2 == 0));
                loop {
                    let mut writes = Vec::new();
                    for name in order {
                        let wallet = store.wallet(&sample::user(name)).await.unwrap().unwrap();
                        let balance = wallet.value.balance.0 + 1;
                        let wallet_then = sample::wallet(name, balance);
                        writes.push(sample::write_wallet(Some(wallet.version), wallet_then));
                    }
                    let events = vec![sample::event(1 + task * 100 + round)];
                    match store.commit(Commit { writes, events }).await {
                        Ok(()) => break,
                        Err(CommitError::Conflict { .. }) => tokio::task::yield_now().await,
                        Err(error) => panic!("{error}"),
                    }
                }
            }
        });
    }
    tasks.join_all().await;
    for name in names {
        let wallet = store.wallet(&sample::user(name)).await.unwrap().unwrap();
        assert_eq!(wallet.value.balance.0, 80, "{name}");
    }
    assert_eq!(logged(&*store).await.len(), 80);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_cut_is_not_noticed() {
    let url = fresh();
    let store = PostgresStore::open(&url).await.unwrap();
    let mut administrator = connect(&url).await;
    for number in 1..=20 {
        store.commit(event(number)).await.unwrap();
        assert_eq!(logged(&store).await.len() as u64, number);
        let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE pid <> pg_backend_pid() AND query LIKE '%events%'";
        run(&mut administrator, cut).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_of_the_server_loses_nothing_and_writes_nothing_twice() {
    let mut server = Server::start(Durability::Power);
    let url = format!("{}&options[search_path]=school", server.url());
    let store = Arc::new(PostgresStore::open(&url).await.unwrap());
    let content = sample::new_content(sample::content(1, "one", "text"));
    let (writes, events) = (vec![content], Vec::new());
    store.commit(Commit { writes, events }).await.unwrap();
    let mut tasks = JoinSet::new();
    for lane in 1..=16_u64 {
        let store = Arc::clone(&store);
        tasks.spawn(async move {
            for number in lane * 1_000..lane * 1_000 + 100 {
                let submission = sample::submission(number, "ada", 1);
                let commit = Commit {
                    writes: sample::new_submission(submission).to_vec(),
                    events: vec![sample::event(number)],
                };
                // Whether it was written before the server went is found out after it came back.
                store.commit(commit).await.unwrap();
            }
        });
    }
    for crash in 1..=3 {
        // In the middle of the work of all.
        while logged(&*store).await.len() < crash * 300 {
            tokio::task::yield_now().await;
        }
        server = tokio::task::spawn_blocking(move || {
            server.crash();
            server.start_again();
            server
        })
        .await
        .unwrap();
    }
    tasks.join_all().await;
    let mut ids = logged(&*store).await;
    ids.sort_unstable();
    let wanted: Vec<_> = (1..=16_u64)
        .flat_map(|lane| (lane * 1_000..lane * 1_000 + 100).map(sample::uuid))
        .collect();
    assert_eq!(ids, wanted);
    for id in ids.into_iter().map(SubmissionId) {
        assert!(store.submission(id).await.unwrap().is_some());
        assert!(store.answer(id).await.unwrap().is_some());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_read_from_indexes() {
    let url = fresh();
    let store = PostgresStore::open(&url).await.unwrap();
    store.commit(filled()).await.unwrap();
    let mut connection = connect(&url).await;
    for sql in ["SET enable_seqscan = off", "SET enable_bitmapscan = off"] {
        run(&mut connection, sql).await.unwrap();
    }
    let lists = [
        (
            "submissions",
            "\"user\" = 'ada' AND id < gen_random_uuid() ORDER BY id DESC",
        ),
        (
            "submissions",
            "\"user\" = 'ada' AND content = gen_random_uuid() AND id < gen_random_uuid() \
             ORDER BY id DESC",
        ),
        (
            "submissions",
            "status = 'pending' AND review_since IS NULL ORDER BY id",
        ),
        ("wallets", "balance < 5 ORDER BY balance DESC, \"user\""),
        (
            "wallets",
            "balance = 5 AND \"user\" > 'ada' ORDER BY balance DESC, \"user\"",
        ),
        (
            "places JOIN events USING (arrival)",
            "cursor > 5 ORDER BY cursor",
        ),
        ("contents", "slug > 'a' ORDER BY slug"),
        (
            "document_terms",
            "kind = 'a' AND name = 'b' AND value = 'c' AND (sort, key) > ('d', 'e') \
             ORDER BY sort, key",
        ),
        (
            "document_terms",
            "kind = 'a' AND name = 'b' AND value = 'c' AND sort <= 'd' ORDER BY sort DESC, key DESC",
        ),
    ];
    for (table, rest) in lists {
        let sql = format!("EXPLAIN SELECT * FROM {table} WHERE {rest} LIMIT 9");
        let steps: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql))
            .fetch_all(&mut connection)
            .await
            .unwrap();
        let plan = steps.join("\n");
        assert!(plan.contains("Index"), "{plan}");
        assert!(!plan.contains("Sort"), "{plan}");
    }
}
