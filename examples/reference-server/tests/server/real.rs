//! The real parts together: SQLite, the sandbox, and the sample course in JavaScript.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::site::app;
use crate::support::Browser;
use polycode_core::Engine;
use polycode_core::catalogue::Course;
use polycode_core::permission::Actor;
use polycode_runner::Runner;
use polycode_store::{RandomIds, SystemClock};
use serde_json::{Value, json};

fn course() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../course")
}

async fn engine(folder: &Path) -> Engine {
    let url = format!("sqlite:{}", folder.join("polycode.db").display());
    let store = polycode_store::open(&url).await.unwrap();
    let sandbox = Arc::new(Runner::builder().workers(1).build().unwrap());
    Engine::new(store, sandbox, Arc::new(SystemClock), Arc::new(RandomIds))
}

fn submission(source: &str) -> Value {
    json!({"content": "digit-sum", "component": "code", "answer":
        {"kind": "code", "language": "javascript", "files": {"main.js": source}}})
}

#[tokio::test]
async fn su_1_real_programs_are_judged_and_kept_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let first = engine(folder.path()).await;
    let files = polycode_store::read_course(course()).unwrap();
    first
        .import_course(&Actor::service(), Course::from_files(&files).unwrap())
        .await
        .unwrap();
    let browser = Browser::new(&app(first.clone()).await);

    let wrong = browser
        .post("/submissions", &submission("console.log('nothing')"))
        .await
        .json();
    let seen = &wrong["feedback"]["validators"][0];
    assert_eq!(seen["verdict"], "wrong_answer", "{wrong}");
    assert_eq!(seen["run"]["stdout"]["text"], "nothing\n");
    assert_eq!(wrong["awarded"], 0);

    let endless = browser
        .post("/submissions", &submission("for (;;) {}"))
        .await
        .json();
    assert_eq!(endless["feedback"]["verdict"], "time_limit", "{endless}");

    let broken = browser
        .post("/submissions", &submission("let let = ;"))
        .await
        .json();
    assert_eq!(broken["feedback"]["verdict"], "compile_error", "{broken}");
    let words = broken["feedback"]["diagnostics"].as_str().unwrap();
    assert!(words.contains("main.js"), "{words}");

    let solution = &files["digit-sum/submissions/passed/javascript/main.js"];
    let right = browser.post("/submissions", &submission(solution)).await;
    assert_eq!(right.status, 201, "{}", right.text);
    assert_eq!(
        right.json()["feedback"]["verdict"],
        "passed",
        "{}",
        right.text
    );
    assert_eq!(right.json()["awarded"], 10);
    drop(first);

    let again = browser.moved_to(&app(engine(folder.path()).await).await);
    assert_eq!(again.get("/wallet").await.json()["balance"], 10);
    assert_eq!(
        again.get("/submissions").await.json()["items"]
            .as_array()
            .unwrap()
            .len(),
        4
    );
    let stored = again.get(right.header("location")).await.json();
    assert_eq!(stored["feedback"], right.json()["feedback"]);
}

#[tokio::test]
async fn su_2_a_function_is_called_with_one_validators_arguments() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let files = polycode_store::read_course(course()).unwrap();
    engine
        .import_course(&Actor::service(), Course::from_files(&files).unwrap())
        .await
        .unwrap();
    let browser = Browser::new(&app(engine).await);
    let content = browser.get("/contents/merge-intervals").await.json();
    let components = content["root"]["components"].as_array().unwrap();
    let editor = components
        .iter()
        .find(|one| one["kind"] == "code_editor")
        .unwrap();
    let solution = &files["merge-intervals/submissions/passed/javascript/main.js"];
    let run = json!({"content": "merge-intervals", "component": editor["id"],
        "validator": editor["validators"][0]["id"], "answer":
        {"kind": "code", "language": "javascript", "files": {"main.js": solution}}});
    let feedback = browser.post("/runs", &run).await.json();
    assert_eq!(feedback["verdict"], "passed", "{feedback}");
    let returned = feedback["validators"][0]["run"]["returned"]["text"]
        .as_str()
        .unwrap();
    let returned: Value = serde_json::from_str(returned).unwrap();
    assert_eq!(returned, editor["validators"][0]["expected"]);
}
