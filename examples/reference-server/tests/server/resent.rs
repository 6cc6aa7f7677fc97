//! Requests that are sent again with their key after the process ended: what the first one did is there,
//! and its reply is not.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use polycode_core::Engine;
use polycode_core::permission::Actor;
use polycode_core::quantity::Cursor;
use polycode_reference_server::serve_until;
use serde_json::{Value, json};
use sqlx::SqlitePool;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, spawn_blocking};

use crate::assessment::Stage;
use crate::authoring::published;
use crate::site::{Site, server_at};
use crate::support::{Browser, Reply, Scripted, answer, engine, greeting, run_of};

const KEY: [(&str, &str); 1] = [("idempotency-key", "one-try")];

#[tokio::test]
async fn a_request_that_was_cut_off_is_done_when_it_is_sent_again_after_the_next_start() {
    let database = Database::new();
    let stuck = Arc::new(Scripted::default());
    // The first process never gets further.
    let _held = stuck.door.lock().await;
    let first = database
        .serve(engine(Arc::<Scripted>::clone(&stuck)).await)
        .await;
    let sent = send(&first, "/runs", run_of("print hi", "open"));
    until_asked(&stuck).await;
    let second = database
        .serve(engine(Arc::new(Scripted::default())).await)
        .await;
    let (status, _) = send(&second, "/runs", run_of("print hi", "open"))
        .await
        .unwrap();
    assert_eq!(status, 200);
    drop(sent);
}

#[tokio::test]
async fn an_answer_that_was_stored_before_a_crash_is_there_once_when_it_is_sent_again() {
    let database = Database::new();
    let stuck = Arc::new(Scripted::default());
    let held = stuck.door.lock().await;
    let engine = engine(Arc::<Scripted>::clone(&stuck)).await;
    let first = database.serve(engine.clone()).await;
    let sent = send(&first, "/submissions", answer("print hi"));
    // It is stored, and nobody has heard of it.
    until_asked(&stuck).await;
    let second = database.serve(engine.clone()).await;
    let again = send(&second, "/submissions", answer("print hi"));
    drop(held);
    let (sent, again) = (sent.await.unwrap(), again.await.unwrap());
    for (status, _) in [&sent, &again] {
        assert!(matches!(status, 201 | 202), "{status}");
    }
    assert_eq!(sent.1, again.1, "they are about the same submission");
    let events = engine.events(&Actor::service(), Cursor(0), 1_000).await;
    let told = serde_json::to_string(&events.unwrap()).unwrap();
    assert_eq!(told.matches("\"received\"").count(), 1, "{told}");
}

#[tokio::test]
async fn an_answer_that_was_judged_before_a_crash_earns_nothing_again() {
    let database = Database::new();
    let site = Site::kept(&database.url).await;
    let author = site.user_with("author", &["content_creator"]).await;
    published(&author, &greeting()).await;
    let ada = site.user("ada").await;
    let submit = async || {
        ada.ask("POST", "/submissions", &KEY, Some(&answer("print hi")))
            .await
    };
    let first = submit().await;
    first.expect(201);
    database.loses_replies().await;
    let again = submit().await;
    assert!(again.headers.get("idempotency-replayed").is_none());
    let told = again.expect(202);
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(told["submission"]["judging"]["kind"], "graded", "{told}");
    assert_eq!(told["feedback"], first.json()["feedback"]);
    let own = ada.get("/submissions").await.expect(200);
    assert_eq!(own["items"].as_array().unwrap().len(), 1);
    // The second reply is kept in its turn.
    assert_eq!(submit().await.header("idempotency-replayed"), "true");
    // With another key it is another answer.
    let other = [("idempotency-key", "another-try")];
    let body = answer("print hi");
    let other = ada.ask("POST", "/submissions", &other, Some(&body)).await;
    assert_ne!(other.header("location"), first.header("location"));
}

#[tokio::test]
async fn su_1_an_answer_of_a_test_is_there_once_when_its_reply_was_lost() {
    let database = Database::new();
    let stage = Stage::new(Site::kept(&database.url).await).await;
    let campaign = stage.campaign().await;
    let (ada, candidate) = stage.candidate(&campaign, "ada").await;
    stage.open().await;
    let start = format!("/own/tests/{candidate}/attempt");
    let attempt = ada.post(&start, &json!({})).await.expect(201);
    let path = format!("/attempts/{}", attempt["id"].as_str().unwrap());
    let seat = json!({"seat": attempt["seat"]});
    let question = format!("{path}/questions/{}", stage.content);
    ada.post(&question, &seat).await.expect(200);
    let given = json!({"seat": attempt["seat"], "answer": answer("print hi")["answer"]});
    let part = format!("{question}/components/code/answer");
    let first = submit(&ada, &part, &given).await.expect(201);
    database.loses_replies().await;
    assert_eq!(submit(&ada, &part, &given).await.expect(201), first);
    // It came in time, whenever that is asked.
    database.loses_replies().await;
    ada.post(&format!("{path}/submission"), &seat)
        .await
        .expect(200);
    assert_eq!(submit(&ada, &part, &given).await.expect(201), first);
    ada.post(&part, &given).await.error(409);
    let answers = stage.creator.get(&format!("{path}/answers")).await;
    let answers = answers.expect(200);
    assert_eq!(answers.as_array().unwrap().len(), 1, "{answers}");
    assert_eq!(answers[0]["submission"], first["submission"]);
}

async fn submit(browser: &Browser, path: &str, body: &Value) -> Reply {
    browser.ask("POST", path, &KEY, Some(body)).await
}

/// A database of accounts that outlives a process.
struct Database {
    url: String,
    _folder: tempfile::TempDir,
}

impl Database {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            url: format!("sqlite:{}", folder.path().join("accounts.db").display()),
            _folder: folder,
        }
    }

    /// A server that runs until the test is over; where it is.
    async fn serve(&self, engine: Engine) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = server_at(&self.url, engine).await;
        tokio::spawn(serve_until(listener, server, std::future::pending()));
        address
    }

    /// What a process leaves behind that ends between what it did and the reply.
    async fn loses_replies(&self) {
        let pool = SqlitePool::connect(&self.url).await.unwrap();
        let lost = "UPDATE replies SET status = NULL, headers = '[]', body = NULL, is_free = 1";
        assert!(
            sqlx::query(lost)
                .execute(&pool)
                .await
                .unwrap()
                .rows_affected()
                > 0
        );
        pool.close().await;
    }
}

async fn until_asked(sandbox: &Scripted) {
    while sandbox.asked.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
}

/// Sends a request with a key; the status, and where the reply says to look.
fn send(address: &str, path: &str, body: Value) -> JoinHandle<(u16, Option<String>)> {
    let url = format!("{address}{path}");
    spawn_blocking(move || {
        let sending = ureq::post(url)
            .config()
            .http_status_as_error(false)
            .build()
            .header("idempotency-key", "one-try")
            .header("cookie", format!("polycode_guest={}", "a".repeat(64)))
            .content_type("application/json");
        let sent = sending.send(body.to_string()).unwrap();
        let place = sent.headers().get("location");
        let place = place.map(|place| place.to_str().unwrap().to_owned());
        (sent.status().as_u16(), place)
    })
}
