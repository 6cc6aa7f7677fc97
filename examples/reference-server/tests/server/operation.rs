//! What keeps a server running well: idempotency keys, limits, figures, ids of requests.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use futures_util::future::join_all;
use jiff::SignedDuration;
use polycode_reference_server::{Rates, Settings};
use serde_json::json;

use crate::authoring::published;
use crate::site::{Site, id_of};
use crate::support::{Scripted, answer, greeting};

#[tokio::test]
async fn the_same_request_with_a_key_does_its_work_once() {
    let site = Site::new().await;
    let author = site.user_with("author", &["content_creator"]).await;
    published(&author, &greeting()).await;
    let ada = site.user("ada").await;
    let key = [("idempotency-key", "one-try")];
    let body = answer("print hi");
    let first = ada.ask("POST", "/submissions", &key, Some(&body)).await;
    first.expect(201);
    let again = ada.ask("POST", "/submissions", &key, Some(&body)).await;
    assert_eq!((again.status, &again.text), (first.status, &first.text));
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(again.header("idempotency-replayed"), "true");
    let list = ada.get("/submissions").await.expect(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    // Another request with the key is a mistake; somebody else's key is another key.
    let other = ada
        .ask("POST", "/submissions", &key, Some(&answer("print ho")))
        .await;
    let told = other.error(422);
    assert_eq!(told["field"], "Idempotency-Key");
    assert_eq!(told["code"], "key_reused");
    let elsewhere = ada.ask("POST", "/runs", &key, Some(&body)).await;
    elsewhere.error(422);
    let bob = site.user("bob").await;
    let reply = bob.ask("POST", "/submissions", &key, Some(&body)).await;
    assert!(reply.headers.get("idempotency-replayed").is_none());
    ada.ask(
        "POST",
        "/submissions",
        &[("idempotency-key", "")],
        Some(&body),
    )
    .await
    .error(422);
}

#[tokio::test]
async fn many_at_once_with_a_key_make_one() {
    let site = Site::new().await;
    let ada = site.user("ada").await;
    let key = [("idempotency-key", "team")];
    let body = json!({"name": "Engines"});
    let all = (0..20).map(|_| ada.ask("POST", "/teams", &key, Some(&body)));
    let replies = join_all(all).await;
    let made: Vec<_> = replies.iter().filter(|reply| reply.status == 201).collect();
    assert!(!made.is_empty());
    assert!(made.iter().all(|reply| reply.text == made[0].text));
    assert!(
        replies
            .iter()
            .all(|reply| matches!(reply.status.as_u16(), 201 | 409))
    );
    let teams = ada.get("/teams").await.expect(200);
    assert_eq!(teams["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_caller_who_asks_too_much_is_told_when_to_come_back() {
    let rate = |number| NonZeroU32::new(number).unwrap();
    let rates = Rates {
        reads: rate(3),
        writes: rate(1),
        ..Rates::default()
    };
    let settings = Settings {
        rates,
        ..Settings::default()
    };
    let site = Site::with(Arc::new(Scripted::default()), settings).await;
    let visitor = site.visitor();
    for _ in 0..3 {
        visitor.get("/contents").await.expect(200);
    }
    let refused = visitor.get("/contents").await;
    refused.error(429);
    assert!(refused.header("retry-after").parse::<u32>().unwrap() > 0);
    // Another cookie, or a header that anybody can write, is not another caller.
    let forged = [("x-forwarded-for", "203.0.113.7")];
    site.visitor()
        .ask("GET", "/contents", &forged, None)
        .await
        .error(429);
    visitor.get("/health").await.expect(200);
}

#[tokio::test]
async fn every_reply_has_an_id_that_the_caller_did_not_choose() {
    let site = Site::new().await;
    let chosen = [("x-request-id", "chosen")];
    let reply = site.visitor().ask("GET", "/contents", &chosen, None).await;
    let id = reply.header("x-request-id");
    assert_eq!(id.len(), 36, "{id}");
    assert_ne!(
        id,
        site.visitor().get("/contents").await.header("x-request-id")
    );
}

#[tokio::test]
async fn figures_tell_routes_but_no_secrets() {
    let site = Site::new().await;
    let ada = site.user("ada").await;
    let id = id_of(&ada).await;
    ada.get(&format!("/users/{id}")).await.expect(200);
    ada.get("/invitations/secret-token").await.error(404);
    let figures = ada.get("/metrics").await;
    assert!(
        figures
            .header("content-type")
            .starts_with("application/openmetrics-text")
    );
    let line =
        "polycode_http_requests_total{method=\"GET\",route=\"/users/{user}\",status=\"200\"} 1";
    assert!(figures.text.contains(line), "{}", figures.text);
    assert!(!figures.text.contains("secret-token") && !figures.text.contains(&id));
    assert_eq!(ada.get("/health").await.expect(200)["status"], "ok");
}

#[tokio::test]
async fn a_server_is_ready_as_long_as_programs_can_be_run() {
    let sandbox = Arc::new(Scripted::default());
    let site = Site::with(Arc::<Scripted>::clone(&sandbox), Settings::default()).await;
    let visitor = site.visitor();
    assert_eq!(visitor.get("/ready").await.expect(200)["status"], "ready");
    let later = || site.clock.pass(SignedDuration::from_secs(5));
    // Nobody makes it run programs without end by asking.
    let runs = sandbox.asked.load(Ordering::SeqCst);
    visitor.get("/ready").await.expect(200);
    assert_eq!(sandbox.asked.load(Ordering::SeqCst), runs);
    later();
    sandbox.fails.store(1, Ordering::SeqCst);
    let told = visitor.get("/ready").await;
    assert_eq!(told.error(503)["code"], "not_ready");
    assert!(told.headers.contains_key("retry-after"));
    assert!(!told.text.contains("secret0"), "{}", told.text);
    // It lives all the same, and being busy is no illness.
    visitor.get("/health").await.expect(200);
    later();
    sandbox.busy.store(1, Ordering::SeqCst);
    visitor.get("/ready").await.expect(200);
    assert_eq!(sandbox.busy.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn sy_1_a_sign_in_by_a_provider_is_an_attempt_like_any_other() {
    let settings = Settings {
        rates: Rates {
            attempts: NonZeroU32::new(2).unwrap(),
            ..Rates::default()
        },
        ..Settings::default()
    };
    let site = Site::with(Arc::new(Scripted::default()), settings).await;
    // There is no provider; that is not said to those who ask too often.
    site.visitor().get("/openid/sign-in").await.error(404);
    site.visitor()
        .get("/openid/callback?state=x")
        .await
        .error(404);
    site.visitor().get("/openid/sign-in").await.error(429);
}
