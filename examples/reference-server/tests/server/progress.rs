//! A submission that is followed while it is judged.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, header};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

use crate::authoring::published;
use crate::site::Site;
use crate::support::{Browser, Scripted, answer, greeting};
use polycode_reference_server::Settings;

/// The names and the data of server-sent events.
fn events(text: &str) -> Vec<(String, Value)> {
    let field = |event: &str, name: &str| {
        let line = event.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_else(|| panic!("no {name} in {event}"))
            .trim()
            .to_owned()
    };
    let events = text.split("\n\n").filter(|event| event.contains("event:"));
    let read = |event: &str| {
        let data = serde_json::from_str(&field(event, "data:")).unwrap();
        (field(event, "event:"), data)
    };
    events.map(read).collect()
}

async fn site(sandbox: &Arc<Scripted>) -> (Site, Browser) {
    let sandbox = Arc::<Scripted>::clone(sandbox);
    let site = Site::with(sandbox, Settings::default()).await;
    let author = site.user_with("author", &["content_creator"]).await;
    published(&author, &greeting()).await;
    let ada = site.user("ada").await;
    (site, ada)
}

#[tokio::test]
async fn su_1_a_submission_is_followed_until_its_verdict() {
    let sandbox = Arc::new(Scripted::default());
    let (site, ada) = site(&sandbox).await;
    let held = sandbox.door.lock().await;
    let sent = ada
        .post("/submissions?wait=false", &answer("print hi"))
        .await;
    sent.expect(202);
    let path = format!("{}/events", sent.header("location"));
    let request = Request::get(&path).header(header::COOKIE, ada.cookie().unwrap());
    let request = request.body(Body::empty()).unwrap();
    let response = site.app.clone().oneshot(request).await.unwrap();
    assert_eq!(
        response.headers()[header::CONTENT_TYPE],
        "text/event-stream"
    );
    let mut body = response.into_body();
    let first = body.frame().await.unwrap().unwrap().into_data().unwrap();
    let first = events(std::str::from_utf8(&first).unwrap());
    assert_eq!(first[0].0, "received");
    assert_eq!(first[0].1["submission"]["judging"]["kind"], "pending");
    drop(held);
    let rest = body.collect().await.unwrap().to_bytes();
    let rest = events(std::str::from_utf8(&rest).unwrap());
    assert_eq!(rest.len(), 1, "{rest:?}");
    assert_eq!(rest[0].0, "judged");
    assert_eq!(rest[0].1["feedback"]["verdict"], "passed");
    assert!(!rest[0].1.to_string().contains("canary"));

    // Whoever comes later is told at once; somebody else is told nothing.
    let later = events(&ada.get(&path).await.text);
    assert_eq!((later.len(), later[0].0.as_str()), (1, "judged"));
    site.user("bob").await.get(&path).await.error(404);
    site.visitor().get(&path).await.error(404);
}
