//! The check of a store: a sound one has no findings, and each kind of damage is found.
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

#[path = "engine/world.rs"]
#[expect(
    dead_code,
    reason = "shared with the tests of the engine, which use all of it"
)]
mod world;

use std::path::Path;

use polycode_core::catalogue::{Course, CourseContent, Sample};
use polycode_core::people::TeamProfile;
use polycode_core::permission::Actor;
use polycode_core::quantity::Cursor;
use polycode_store::{SqliteStore, check, open};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use tempfile::TempDir;

use crate::world::{HOST, World, exercise, program, submit, user};

/// A school where something of everything happened.
async fn school(url: &str) {
    let world = World::on(open(url).await.unwrap());
    let content = |slug| CourseContent {
        draft: exercise(slug),
        samples: vec![sample()],
    };
    let course = Course {
        name: "Course of loops".to_owned(),
        contents: ["loops", "lists", "maps"].map(content).to_vec(),
        modules: Vec::new(),
    };
    let imported = world.engine.import_course(&HOST, course).await.unwrap();
    let content = imported.contents.first().unwrap().id;
    for name in ["ada", "bob", "cy"] {
        let answer = submit(name, content, program("5 25"));
        world.engine.submit(&HOST, answer).await.unwrap();
    }
    let profile: TeamProfile = serde_json::from_value(serde_json::json!({"name": "Owls"})).unwrap();
    let captain = Actor::user(user("ada"));
    world.engine.create_team(&captain, profile).await.unwrap();
    let grades = "grades".parse().unwrap();
    let noted = world.engine.note_consumed(&HOST, &grades, Cursor(1));
    noted.await.unwrap();
}

fn sample() -> Sample {
    let answer = program("5 25");
    serde_json::from_value(serde_json::json!({
        "name": "python", "component": "code", "verdict": "passed", "answer": answer,
    }))
    .unwrap()
}

async fn findings(path: &Path) -> Vec<String> {
    let store = SqliteStore::open(path).await.unwrap();
    let checked = check(&store).await.unwrap();
    assert!(checked.documents >= 4, "{checked:?}");
    store.close().await;
    checked.findings.iter().map(ToString::to_string).collect()
}

/// Writes to a database behind the back of its rules.
async fn damage(path: &Path, sql: &str) {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(false);
    let mut connection = options.connect().await.unwrap();
    sqlx::query("PRAGMA ignore_check_constraints = ON")
        .execute(&mut connection)
        .await
        .unwrap();
    let triggers: Vec<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
            .fetch_all(&mut connection)
            .await
            .unwrap();
    let drops = triggers.iter().map(|name| format!("DROP TRIGGER {name}"));
    for sql in drops.chain([sql.to_owned()]) {
        let done = sqlx::query(AssertSqlSafe(sql)).execute(&mut connection);
        done.await.unwrap();
    }
    connection.close().await.unwrap();
}

/// What is done to a store behind its back, and words of what is found then.
const DAMAGES: &[(&str, &str)] = &[
    (
        "DELETE FROM events WHERE cursor = 5",
        "the log goes on at it after",
    ),
    (
        "UPDATE wallets SET balance = 99 WHERE user = 'ada'",
        "wallet ada: it holds 99",
    ),
    (
        "DELETE FROM wallets WHERE user = 'bob'",
        "wallet bob: the log tells of it",
    ),
    (
        "INSERT INTO wallet_counts VALUES (0, 500, 7)",
        "wallets hold more, but",
    ),
    ("UPDATE purses SET points = points + 1", "but its purse"),
    ("DELETE FROM purses", "its members hold"),
    (
        "DELETE FROM entries WHERE credit_user = 'cy'",
        "wallet cy: it holds 100, but the ledger",
    ),
    (
        "UPDATE progress SET paid = 1 WHERE user = 'ada'",
        "progress of ada in",
    ),
    (
        "DELETE FROM progress WHERE user = 'ada'",
        "the log tells of it, but it is not stored",
    ),
    (
        "UPDATE submissions SET score = 5",
        "it is stored otherwise than the log tells",
    ),
    (
        "DELETE FROM submissions",
        "the log tells of it, but it is not stored",
    ),
    (
        "INSERT INTO submissions SELECT randomblob(16), version, user, content, content_version, \
             component, received_at, status, verdict, score, fuel, judged_at, review_since \
             FROM submissions LIMIT 1",
        "the log does not tell of it",
    ),
    ("DELETE FROM answers", "it has no answer"),
    ("DELETE FROM reports", "it is graded without a report"),
    (
        "UPDATE contents SET version = 2",
        "what lists show of its content is not what the newest version says",
    ),
    (
        "DELETE FROM document_terms WHERE name = 'word' AND value = 'loops'",
        "is not found by its word `loops`",
    ),
    (
        "DELETE FROM document_terms WHERE name = 'member'",
        "it is not found by its member `ada`",
    ),
    (
        "UPDATE document_terms SET value = 'bob' WHERE name = 'member'",
        "it is found by the member `bob`",
    ),
    (
        "UPDATE document_terms SET sort = '!' WHERE name = 'published'",
        "which it does not name",
    ),
    (
        "UPDATE document_terms SET is_unique = 0 WHERE name = 'member'",
        "team ",
    ),
    (
        "UPDATE documents SET key = 'x' WHERE kind = 'team'",
        "team x: it calls itself",
    ),
    (
        "UPDATE documents SET body = '{}' WHERE kind = 'team'",
        "it can't be read",
    ),
    (
        "UPDATE documents SET version = 0 WHERE kind = 'module'",
        "it is at version 0",
    ),
    (
        "UPDATE documents SET body = '{}' WHERE kind = 'content samples'",
        "content samples ",
    ),
    (
        "UPDATE documents SET body = '{}' WHERE kind = 'consumer'",
        "consumer grades: it can't be read",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_damage_is_found() {
    let folder = TempDir::new().unwrap();
    let sound = folder.path().join("sound.db");
    school(&format!("sqlite:{}", sound.display())).await;
    assert_eq!(findings(&sound).await, [""; 0]);
    for (number, (sql, words)) in DAMAGES.iter().enumerate() {
        let copy = folder.path().join(format!("{number}.db"));
        std::fs::copy(&sound, &copy).unwrap();
        damage(&copy, sql).await;
        let found = findings(&copy).await;
        let is_found = found.iter().any(|finding| finding.contains(words));
        assert!(is_found, "{sql}: {found:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn terms_without_their_document_are_not_held_against_others() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("school.db");
    school(&format!("sqlite:{}", path.display())).await;
    // It stands between others, and its terms stay.
    let sql = "DELETE FROM documents WHERE kind = 'content authorship' AND key = (\
               SELECT key FROM documents WHERE kind = 'content authorship' \
               ORDER BY key LIMIT 1 OFFSET 1)";
    damage(&path, sql).await;
    assert_eq!(findings(&path).await, [""; 0]);
}
