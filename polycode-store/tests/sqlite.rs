//! What only a database on a disk can get wrong.
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

use std::path::Path;

use polycode_core::id::{ContentId, SubmissionId};
use polycode_core::port::{
    Change, Commit, CommitError, DocumentWrite, PageRequest, Permanence, Store, StoredTerm, Term,
    Write,
};
use polycode_core::quantity::{Cursor, Version};
use polycode_store::testkit::{random, sample};
use polycode_store::{SqliteStore, open};
use sqlx::{Connection, SqliteConnection};
use tempfile::TempDir;

/// A second connection to the file, as an administrator would have it.
async fn connect(path: &Path) -> SqliteConnection {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
    SqliteConnection::connect_with(&options).await.unwrap()
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

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_there_after_opening_again() {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite://{}/school.db", folder.path().display());
    let store = open(&url).await.unwrap();
    store.commit(filled()).await.unwrap();
    let before = random::everything(&*store).await.unwrap();
    drop(store);

    let store = open(&url).await.unwrap();
    assert_eq!(random::everything(&*store).await.unwrap(), before);
    assert_eq!(store.events(Cursor(0), 10).await.unwrap().len(), 2);
    // And it goes on where it was.
    let events = vec![sample::event(6)];
    let writes = Vec::new();
    store.commit(Commit { writes, events }).await.unwrap();
    let next = store.events(Cursor(2), 10).await.unwrap();
    assert_eq!(next[0].cursor, Cursor(3));
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_writes_what_was_handed_in() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("school.db");
    let store = SqliteStore::open(&path).await.unwrap();
    store.commit(filled()).await.unwrap();
    store.close().await;
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["school.db"], "the log is folded into the file");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_itself_refuses_to_rewrite_history() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("school.db");
    let store = SqliteStore::open(&path).await.unwrap();
    store.commit(filled()).await.unwrap();
    let mut connection = connect(&path).await;
    let refused = [
        "UPDATE entries SET points = 6",
        "DELETE FROM entries",
        "UPDATE events SET at = ''",
        "DELETE FROM events",
        "UPDATE content_versions SET body = '{}'",
        "DELETE FROM content_versions",
        "UPDATE wallets SET balance = -1",
        "INSERT INTO entries SELECT randomblob(16), debit, debit_user, credit, credit_user, 0, 'key', reason, at \
         FROM entries",
        "INSERT INTO entries SELECT randomblob(16), debit, debit_user, credit, credit_user, 1, reason_key, \
         reason, at FROM entries",
        "INSERT INTO answers VALUES (randomblob(16), '{}')",
        "UPDATE submissions SET content = randomblob(16)",
        "UPDATE submissions SET status = 'graded'",
        "UPDATE contents SET slug = NULL",
    ];
    for sql in refused {
        assert!(
            sqlx::query(sql).execute(&mut connection).await.is_err(),
            "{sql}"
        );
    }
    assert_eq!(store.events(Cursor(0), 10).await.unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_durable_by_its_settings() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("school.db");
    let store = SqliteStore::open(&path).await.unwrap();
    store.commit(filled()).await.unwrap();
    let mut connection = connect(&path).await;
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(mode, "wal");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_schema_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("school.db");
    SqliteStore::open(&path).await.unwrap().close().await;
    let mut connection = connect(&path).await;
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'later', TRUE, x'00', 1)",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    connection.close().await.unwrap();

    let error = SqliteStore::open(&path).await.unwrap_err();
    let message = error.to_string();
    assert!(message.contains("has schema 9999"), "{message}");
    assert!(message.contains("school.db"), "{message}");
    assert_eq!(error.permanence(), Permanence::Permanent);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_opened_is_named() {
    let folder = TempDir::new().unwrap();
    let absent = format!("sqlite:{}/absent/school.db", folder.path().display());
    let text = folder.path().join("notes.txt");
    std::fs::write(
        &text,
        "not a database, but long enough to be looked at as one".repeat(99),
    )
    .unwrap();
    let cases = [
        (absent.as_str(), "absent/school.db` can't be opened"),
        (
            &format!("sqlite:{}", text.display()),
            "notes.txt` can't be opened",
        ),
        ("sqlite::memory:", "in a file"),
        ("sqlite:", "in a file"),
        ("mysql://localhost/polycode", "names no store"),
        ("school.db", "names no store"),
    ];
    for (url, words) in cases {
        let error = open(url).await.unwrap_err();
        assert!(error.to_string().contains(words), "{url}: {error}");
        assert_eq!(error.permanence(), Permanence::Permanent, "{url}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_somebody_else_writes_is_a_temporary_failure() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("school.db");
    let store = SqliteStore::open(&path).await.unwrap();
    store.commit(filled()).await.unwrap();
    let mut other = connect(&path).await;
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut other)
        .await
        .unwrap();
    let event = |number| Commit {
        writes: Vec::new(),
        events: vec![sample::event(number)],
    };
    match store.commit(event(6)).await {
        Err(CommitError::Port(error)) => assert_eq!(error.permanence(), Permanence::Temporary),
        other => panic!("{other:?}"),
    }
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    store.commit(event(7)).await.unwrap();
    let events = store.events(Cursor(2), 10).await.unwrap();
    let ids: Vec<_> = events.iter().map(|event| event.recorded.id.0).collect();
    assert_eq!(ids, [sample::uuid(7)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_in_a_group_harms_nobody_else() {
    let folder = TempDir::new().unwrap();
    let store = SqliteStore::open(folder.path().join("school.db"))
        .await
        .unwrap();
    store.commit(filled()).await.unwrap();
    let commits = (10..200_u64).map(|number| {
        let wallet = match number % 2 {
            0 => sample::write_wallet(None, sample::wallet(&format!("user {number}"), 1)),
            // Nobody's wallet is at this version.
            _ => sample::write_wallet(Some(Version(9)), sample::wallet("ada", 1)),
        };
        let events = vec![sample::event(number)];
        store.commit(Commit {
            writes: vec![wallet],
            events,
        })
    });
    let results = futures_util::future::join_all(commits).await;
    for (number, result) in (10_u64..).zip(&results) {
        match result {
            Ok(()) => assert_eq!(number % 2, 0),
            Err(CommitError::Conflict { document }) => {
                assert_eq!((number % 2, *document), (1, "wallet"));
            }
            Err(error) => panic!("{number}: {error}"),
        }
    }
    let events = store.events(Cursor(2), 1_000).await.unwrap();
    assert_eq!(events.len(), 95);
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_read_from_indexes() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("school.db");
    let store = SqliteStore::open(&path).await.unwrap();
    store.commit(filled()).await.unwrap();
    let page = store.contents(PageRequest::default()).await.unwrap();
    assert_eq!(page.items[0].value.id, ContentId(sample::uuid(1)));
    let mut connection = connect(&path).await;
    let queries = [
        "EXPLAIN QUERY PLAN SELECT * FROM submissions WHERE \"user\" = ? AND id < ? \
         ORDER BY id DESC LIMIT 9",
        "EXPLAIN QUERY PLAN SELECT * FROM submissions WHERE \"user\" = ? AND content = ? AND id < ? \
         ORDER BY id DESC LIMIT 9",
        "EXPLAIN QUERY PLAN SELECT id FROM submissions WHERE status = 'pending' AND review_since IS NULL \
         ORDER BY id LIMIT 9",
        "EXPLAIN QUERY PLAN SELECT * FROM entries WHERE credit_user = ? AND id < ? \
         ORDER BY id DESC LIMIT 9",
        "EXPLAIN QUERY PLAN SELECT * FROM entries WHERE debit_user = ? AND id < ? \
         ORDER BY id DESC LIMIT 9",
        "EXPLAIN QUERY PLAN SELECT * FROM wallets WHERE balance = ? AND \"user\" > ? \
         ORDER BY \"user\" LIMIT 9",
        "EXPLAIN QUERY PLAN SELECT * FROM wallets WHERE balance < ? \
         ORDER BY balance DESC, \"user\" LIMIT 9",
        "EXPLAIN QUERY PLAN SELECT count(*) FROM wallets WHERE balance > ?",
        "EXPLAIN QUERY PLAN SELECT c.id, c.version, v.body FROM contents c \
         JOIN content_versions v ON v.content = c.id AND v.version = c.version \
         WHERE c.slug > ? ORDER BY c.slug LIMIT 9",
    ];
    for sql in queries {
        let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(sql)
            .fetch_all(&mut connection)
            .await
            .unwrap();
        assert!(!plan.is_empty());
        for (.., step) in &plan {
            assert!(!step.contains("TEMP B-TREE"), "{sql}: {plan:?}");
            let scans = step.starts_with("SCAN") && !step.contains("INDEX");
            assert!(!scans, "{sql}: {plan:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_document_that_is_written_again_only_what_changed_is_written() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("school.db");
    let store = SqliteStore::open(&path).await.unwrap();
    let write = |expected: Option<u64>, terms: Vec<Term>| {
        let write = Write::Document(DocumentWrite {
            kind: "owl",
            key: "a".to_owned(),
            expected: expected.map(Version),
            change: Change::Put {
                body: "{}".to_owned(),
                terms,
            },
        });
        store.commit(Commit {
            writes: vec![write],
            events: Vec::new(),
        })
    };
    let terms = |text: &str, sort: &str| {
        let nest = [Term::unique("nest", "oak"), Term::listed("wood", "w", sort)];
        Term::words([text]).chain(nest).collect::<Vec<_>>()
    };
    write(None, terms("an owl in a tree", "1")).await.unwrap();
    let mut watcher = connect(&path).await;
    sqlx::raw_sql(
        "CREATE TABLE written (change TEXT);
         CREATE TRIGGER terms_gone AFTER DELETE ON document_terms BEGIN
             INSERT INTO written VALUES ('-' || OLD.value || OLD.sort);
         END;
         CREATE TRIGGER terms_new AFTER INSERT ON document_terms BEGIN
             INSERT INTO written VALUES ('+' || NEW.value || NEW.sort);
         END;",
    )
    .execute(&mut watcher)
    .await
    .unwrap();

    for (version, text, sort, wanted) in [
        (1, "an owl in a tree", "1", &[][..]),
        (2, "an owl in a barn", "1", &["+barn", "-tree"]),
        (3, "an owl in a barn", "2", &["+w2", "-w1"]),
    ] {
        write(Some(version), terms(text, sort)).await.unwrap();
        let written = sqlx::query_scalar("DELETE FROM written RETURNING change");
        let mut written: Vec<String> = written.fetch_all(&mut watcher).await.unwrap();
        written.sort_unstable();
        assert_eq!(written, wanted, "{text} {sort}");
    }
    // All of a long text goes, and another comes.
    let long = |letter: char| -> String {
        let words = (0..150).map(|number| format!("{letter}{number} "));
        words.collect()
    };
    for (version, letter) in [(4, 'x'), (5, 'y')] {
        write(Some(version), terms(&long(letter), "2"))
            .await
            .unwrap();
    }
    let placed = store.documents_of("owl", PageRequest::default()).await;
    let stored = placed.unwrap().items.remove(0).terms;
    let mut wanted: Vec<_> = terms(&long('y'), "2")
        .into_iter()
        .map(StoredTerm::from)
        .collect();
    wanted.sort_unstable();
    assert_eq!(stored, wanted);
}
