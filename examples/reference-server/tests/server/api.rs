//! What the API promises, over a store in memory and a scripted sandbox.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::site;
use crate::support::{Browser, CANARY, Scripted, answer, engine, run_of};
use axum::Router;
use axum::body::Body;
use polycode_core::Engine;
use polycode_core::id::SubmissionId;
use polycode_core::permission::Actor;
use serde_json::{Value, json};

async fn server() -> (Router, Arc<Scripted>) {
    let sandbox = Arc::new(Scripted::default());
    let engine = engine(Arc::<Scripted>::clone(&sandbox)).await;
    (site::app(engine).await, sandbox)
}

async fn browser() -> Browser {
    Browser::new(&server().await.0)
}

#[tokio::test]
async fn pr_11_contents_are_listed_in_pages_with_own_progress() {
    let browser = browser().await;
    browser.post("/submissions", &answer("print hi")).await;
    let first = browser.get("/contents?limit=1").await.json();
    assert_eq!(first["items"].as_array().unwrap().len(), 1);
    assert_eq!(first["items"][0]["slug"], "greeting");
    assert_eq!(first["items"][0]["progress"]["paid"], 10);
    let after = first["next"].as_str().unwrap();
    let second = browser
        .get(&format!("/contents?limit=1&after={after}"))
        .await
        .json();
    assert_eq!(second["items"][0]["slug"], "quiz");
    assert_eq!(second["items"][0]["progress"]["score"], 0);
    assert_eq!(second.get("next"), None);
}

#[tokio::test]
async fn pr_12_a_content_is_read_by_slug_or_id_with_safe_html() {
    let browser = browser().await;
    let by_slug = browser.get("/contents/greeting").await.json();
    let id = by_slug["id"].as_str().unwrap();
    assert_eq!(
        browser.get(&format!("/contents/{id}")).await.json(),
        by_slug
    );
    let html = by_slug["html"]["text"]["text"].as_str().unwrap();
    assert!(
        html.contains("<strong>Say</strong>") && !html.contains("<script"),
        "{html}"
    );
    let editor = &by_slug["root"]["components"][1]["components"][0];
    assert_eq!(editor["validators"].as_array().unwrap().len(), 1);
    assert_eq!(editor["hasHidden"], true);
    let quiz = browser.get("/contents/quiz").await.json();
    assert_eq!(
        quiz["html"]["q"]["options"]["two"],
        "<p><code>2</code></p>\n"
    );
}

#[tokio::test]
async fn su_1_a_right_answer_is_graded_rewarded_and_stored() {
    let browser = browser().await;
    let reply = browser.post("/submissions", &answer("print hi")).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    let outcome = reply.json();
    assert_eq!(outcome["feedback"]["verdict"], "passed");
    assert_eq!(outcome["feedback"]["score"], 1_000_000);
    assert_eq!(
        (&outcome["awarded"], &outcome["balance"]),
        (&json!(10), &json!(10))
    );
    let stored = browser.get(reply.header("location")).await.json();
    assert_eq!(stored["submission"], outcome["submission"]);
    assert_eq!(stored["feedback"], outcome["feedback"]);
    assert_eq!(stored["answer"], answer("print hi")["answer"]);
    let progress = browser.get("/progress/greeting").await.json();
    assert_eq!(progress, outcome["progress"]);
    assert_eq!(browser.get("/wallet").await.json()["balance"], 10);
    let entries = browser.get("/wallet/entries").await.json();
    assert_eq!(entries["items"][0]["points"], 10);
    // The same again earns nothing.
    let again = browser
        .post("/submissions", &answer("print hi"))
        .await
        .json();
    assert_eq!(
        (&again["awarded"], &again["balance"]),
        (&json!(0), &json!(10))
    );
    let list = browser.get("/submissions?content=greeting").await.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    assert_eq!(list["items"][1], outcome["submission"]);
    let none = browser.get("/submissions?content=quiz").await.json();
    assert_eq!(none["items"], json!([]));
}

#[tokio::test]
async fn a_wrong_answer_shows_what_the_program_wrote() {
    let outcome = browser()
        .await
        .post("/submissions", &answer("print ho"))
        .await
        .json();
    let open = &outcome["feedback"]["validators"][0];
    assert_eq!(
        (&open["verdict"], &open["run"]["stdout"]["text"]),
        (&json!("wrong_answer"), &json!("ho\n"))
    );
    assert_eq!(outcome["awarded"], 0);
    assert_eq!(outcome["submission"]["judging"]["passed"], false);
}

#[tokio::test]
async fn a_program_that_is_not_valid_gets_the_compilers_words() {
    let outcome = browser()
        .await
        .post("/submissions", &answer("invalid"))
        .await
        .json();
    assert_eq!(outcome["feedback"]["verdict"], "compile_error");
    assert_eq!(
        outcome["feedback"]["diagnostics"],
        "main.js:1: not a command"
    );
}

#[tokio::test]
async fn a_choice_earns_its_share() {
    let body = json!({"content": "quiz", "component": "q",
        "answer": {"kind": "choice", "selected": ["two"]}});
    let outcome = browser().await.post("/submissions", &body).await.json();
    assert_eq!(
        (&outcome["feedback"]["score"], &outcome["awarded"]),
        (&json!(500_000), &json!(2))
    );
}

#[tokio::test]
async fn su_2_a_run_tries_one_visible_validator_and_stores_nothing() {
    let browser = browser().await;
    let feedback = browser
        .post("/runs", &run_of("print hi", "open"))
        .await
        .json();
    assert_eq!(
        (&feedback["verdict"], &feedback["hiddenPassed"]),
        (&json!("passed"), &Value::Null)
    );
    assert_eq!(browser.get("/submissions").await.json()["items"], json!([]));
    assert_eq!(browser.get("/wallet").await.json()["balance"], 0);
}

#[tokio::test]
async fn a_hidden_validator_can_not_be_told_from_none() {
    let browser = browser().await;
    let hidden = browser
        .post("/runs", &run_of("print hi", "canary-id"))
        .await;
    let absent = browser
        .post("/runs", &run_of("print hi", "no-such-id"))
        .await;
    let said = |error: Value| error["message"].as_str().unwrap().to_owned();
    assert_eq!(
        said(hidden.error(404)).replace("canary-id", "X"),
        said(absent.error(404)).replace("no-such-id", "X")
    );
}

#[tokio::test]
async fn nothing_of_hidden_validators_reaches_a_learner() {
    let browser = browser().await;
    let mut seen = vec![browser.get("/").await, browser.get("/docs").await];
    for command in ["print hi", "print ho", "echo", "crash", "invalid"] {
        let reply = browser.post("/submissions", &answer(command)).await;
        seen.push(browser.get(reply.header("location")).await);
        seen.push(reply);
        seen.push(browser.post("/runs", &run_of(command, "open")).await);
    }
    for path in [
        "/contents",
        "/contents/greeting",
        "/contents/quiz",
        "/submissions",
        "/progress/greeting",
        "/wallet",
        "/wallet/entries",
        "/openapi.json",
        "/health",
    ] {
        let reply = browser.get(path).await;
        assert_eq!(reply.status, 200, "{path}");
        seen.push(reply);
    }
    assert_eq!(seen.len(), 26);
    assert!(!browser.get("/contents/quiz").await.text.contains("correct"));
    for reply in seen {
        let headers = format!("{:?}", reply.headers);
        assert!(
            !reply.text.contains(CANARY) && !headers.contains(CANARY),
            "{reply:?}"
        );
    }
}

#[tokio::test]
async fn how_hidden_validators_fail_can_not_be_told() {
    // Both find their letter in the visible input; in a hidden one only the second does and does
    // not crash: one bit about that input, if anything shows it.
    let browser = browser().await;
    let mut told = Vec::new();
    for command in ["guess w", "guess r"] {
        let reply = browser.post("/submissions", &answer(command)).await;
        let mut details = browser.get(reply.header("location")).await.json();
        for field in ["id", "receivedAt"] {
            details["submission"][field] = Value::Null;
        }
        details["submission"]["judging"]["at"] = Value::Null;
        details["answer"] = Value::Null;
        told.push(details);
    }
    assert_eq!(told[0], told[1]);
}

#[tokio::test]
async fn somebody_elses_submission_is_not_found() {
    let (app, _) = server().await;
    let (ada, bob) = (Browser::new(&app), Browser::new(&app));
    let reply = ada.post("/submissions", &answer("print hi")).await;
    let location = reply.header("location");
    let missing = "/submissions/019a9e4b-0000-7000-8000-000000000000";
    let foreign = bob.get(location).await.error(404);
    let absent = bob.get(missing).await.error(404);
    let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    assert_eq!(
        foreign.to_string().replace(&id(location), "X"),
        absent.to_string().replace(&id(missing), "X")
    );
    assert_eq!(bob.get("/submissions").await.json()["items"], json!([]));
    assert_eq!(bob.get("/wallet").await.json()["balance"], 0);
    assert_eq!(ada.get(location).await.status, 200);
}

#[tokio::test]
async fn a_guest_is_a_random_cookie_that_scripts_can_not_read() {
    let (app, _) = server().await;
    let browser = Browser::new(&app);
    let first = browser.get("/").await;
    let cookie = first.header("set-cookie");
    assert!(
        cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax"),
        "{cookie}"
    );
    assert!(
        browser
            .get("/wallet")
            .await
            .headers
            .get("set-cookie")
            .is_none()
    );
    let user = browser.get("/wallet").await.json()["user"]
        .as_str()
        .unwrap()
        .to_owned();
    let secret = browser
        .cookie()
        .unwrap()
        .split_once('=')
        .unwrap()
        .1
        .to_owned();
    assert!(
        !user.contains(secret.get(..16).unwrap()),
        "the id gives the cookie away"
    );
    let other = Browser::new(&app);
    other.get("/").await;
    assert_ne!(other.cookie(), browser.cookie());
}

#[tokio::test]
async fn bad_requests_say_what_is_wrong_and_where() {
    let browser = browser().await;
    let post = async |kind: Option<&'static str>, body: &str| {
        browser
            .send("POST", "/submissions", kind, Body::from(body.to_owned()))
            .await
    };
    let json = Some("application/json");
    post(json, "{").await.error(400);
    post(json, "{} {}").await.error(422);
    post(Some("text/plain"), "{}").await.error(415);
    post(None, "{}").await.error(415);
    post(json, &" ".repeat((1 << 20) + 1)).await.error(413);
    let deep = format!("{{\"answer\":{{\"x\":{}", "[".repeat(100_000));
    post(json, &deep).await.error(400);

    let refused = async |change: fn(&mut Value)| {
        let mut body = answer("print hi");
        change(&mut body);
        browser.post("/submissions", &body).await.error(422)["field"].clone()
    };
    assert_eq!(
        refused(|body| body["content"] = json!("No Slug")).await,
        "content"
    );
    assert_eq!(
        refused(|body| body["user"] = json!("somebody-else")).await,
        "user"
    );
    assert_eq!(
        refused(|body| body["answer"]["language"] = json!("cobol")).await,
        "answer.language"
    );
    assert_eq!(
        refused(|body| body["answer"]["files"] = json!({})).await,
        "answer.files"
    );
    assert_eq!(
        refused(|body| body["answer"]["files"] = json!({"../x": ""})).await,
        "answer"
    );
    assert_eq!(
        refused(|body| body["component"] = json!("text")).await,
        "component"
    );

    for (path, field) in [
        ("/contents?limit=0", "limit"),
        ("/contents?limit=101", "limit"),
        ("/contents?limit=x", "limit"),
        ("/contents?colour=red", "colour"),
        ("/submissions?content=%20", "content"),
    ] {
        assert_eq!(browser.get(path).await.error(422)["field"], field, "{path}");
    }
    browser
        .post("/submissions?wait=perhaps", &answer("print hi"))
        .await
        .error(422);
    let mut body = answer("print hi");
    body["content"] = json!("no-such-content");
    browser.post("/submissions", &body).await.error(404);
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let browser = browser().await;
    for path in [
        "/nothing",
        "/contents/no-such-content",
        "/contents/No%20Slug",
        "/contents/%FF",
        "/contents/019a9e4b-0000-7000-8000-000000000000",
        "/submissions/7",
        "/progress/no-such-content",
        "/progress/019a9e4b-0000-7000-8000-000000000000",
        "/assets/../Cargo.toml",
        "/assets/nothing.js",
    ] {
        browser.get(path).await.error(404);
    }
    for (method, path) in [
        ("DELETE", "/submissions"),
        ("PUT", "/wallet"),
        ("POST", "/"),
    ] {
        let reply = browser.send(method, path, None, Body::empty()).await;
        reply.error(405);
        assert!(reply.header("allow").contains("GET"), "{path}");
    }
}

#[tokio::test]
async fn a_busy_runner_asks_to_come_back() {
    let (app, sandbox) = server().await;
    sandbox.busy.store(1, Ordering::SeqCst);
    let reply = Browser::new(&app)
        .post("/runs", &run_of("print hi", "open"))
        .await;
    reply.error(503);
    assert!(reply.header("retry-after").parse::<u32>().unwrap() > 0);
}

#[tokio::test]
async fn a_submission_is_tried_again_while_the_runner_is_busy() {
    let (app, sandbox) = server().await;
    sandbox.busy.store(2, Ordering::SeqCst);
    let reply = Browser::new(&app)
        .post("/submissions", &answer("print hi"))
        .await;
    assert_eq!(reply.expect(201)["awarded"], 10);
    assert_eq!(sandbox.busy.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_submission_that_takes_long_is_judged_in_the_background() {
    let sandbox = Arc::new(Scripted::default());
    let engine = engine(Arc::<Scripted>::clone(&sandbox)).await;
    let mut server = site::server(engine.clone()).await;
    server.settings.patience = Duration::ZERO;
    let browser = Browser::new(&polycode_reference_server::app(server));
    // One try that finds no room: the caller is told to come back before the next.
    sandbox.busy.store(1, Ordering::SeqCst);
    let reply = browser.post("/submissions", &answer("print hi")).await;
    let told = reply.expect(202);
    assert_eq!(told["submission"]["judging"]["kind"], "pending");
    assert_eq!(told.get("feedback"), None);
    judged(&engine, &told).await;
    let later = browser.get(reply.header("location")).await.json();
    assert_eq!(later["submission"]["judging"]["passed"], true);
    assert_eq!(later["feedback"]["hiddenPassed"], true);
}

#[tokio::test]
async fn a_caller_need_not_wait() {
    let engine = engine(Arc::new(Scripted::default())).await;
    let browser = Browser::new(&site::app(engine.clone()).await);
    let path = "/submissions?wait=false";
    let reply = browser.post(path, &answer("print hi")).await;
    judged(&engine, &reply.expect(202)).await;
    let later = browser.get(reply.header("location")).await.json();
    assert_eq!(later["submission"]["judging"]["kind"], "graded");
    assert_eq!(browser.get("/wallet").await.json()["balance"], 10);
}

/// Over when the submission that a reply tells of is judged.
async fn judged(engine: &Engine, reply: &Value) {
    let id: SubmissionId = reply["submission"]["id"].as_str().unwrap().parse().unwrap();
    let host = Actor::service();
    while !engine.submission(&host, id).await.unwrap().is_graded() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn our_failures_are_ours_and_show_nothing_from_inside() {
    let (app, sandbox) = server().await;
    let browser = Browser::new(&app);
    sandbox.fails.store(2, Ordering::SeqCst);
    for (path, body) in [
        ("/runs", run_of("print hi", "open")),
        ("/submissions", answer("print hi")),
    ] {
        let error = browser.post(path, &body).await.error(500);
        assert!(!error.to_string().contains("secret0"), "{error}");
    }
    let list = browser.get("/submissions").await.json();
    assert_eq!(list["items"][0]["judging"]["kind"], "ungradable");
    sandbox.not_installed.store(1, Ordering::SeqCst);
    let error = browser
        .post("/runs", &run_of("print hi", "open"))
        .await
        .error(501);
    assert!(error.to_string().contains("`javascript`"), "{error}");
}

#[tokio::test]
async fn every_reply_is_locked_down() {
    let browser = browser().await;
    for path in [
        "/",
        "/contents",
        "/nothing",
        "/assets/main.js",
        "/contents?limit=0",
    ] {
        let reply = browser.get(path).await;
        let policy = reply.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'self'") && policy.contains("frame-ancestors 'none'")
        );
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        let cached = if path == "/" || path.starts_with("/assets") {
            "no-cache"
        } else {
            "no-store"
        };
        assert_eq!(reply.header("cache-control"), cached, "{path}");
    }
    // One file from a library, with its script and styles in it: nothing else may run there.
    let policy = browser.get("/docs").await;
    let policy = policy.header("content-security-policy");
    let sources = "default-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; \
                   img-src 'self' data:; ";
    assert!(policy.starts_with(sources), "{policy}");
    assert!(policy.contains("frame-ancestors 'none'"));
}
