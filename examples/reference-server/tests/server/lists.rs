//! Lists of candidates as they come in, and results as they go out: piece by piece.

use std::convert::Infallible;
use std::future::IntoFuture;
use std::io::Write;

use axum::body::{Body, Bytes};
use axum::http::{Request, header};
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;
use tower::ServiceExt;
use ureq::SendBody;

use crate::assessment::Stage;
use crate::site::Site;

const CSV: Option<&str> = Some("text/csv");

/// The rows of so many candidates.
fn rows(numbers: std::ops::Range<u32>) -> String {
    let row = |number| format!("c{number:03}@example.org,c{number:03}\n");
    numbers.map(row).collect::<Vec<_>>().concat()
}

async fn count(stage: &Stage, campaign: &str) -> usize {
    let path = format!("{campaign}/candidates?limit=100");
    let page = stage.creator.get(&path).await.expect(200);
    page["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn as_12_a_list_that_breaks_off_changes_nothing() {
    let stage = Stage::new(Site::new().await).await;
    let campaign = stage.campaign().await;
    let path = format!("{campaign}/candidates.csv");
    let (taken, is_taken) = oneshot::channel::<()>();
    let (break_off, broken_off) = oneshot::channel::<()>();
    let half = format!("email,name\n{}", rows(0..700));
    let begun = stream::once(async { Ok(Bytes::from(half)) });
    // More is asked for when what has come is written down.
    let rest = stream::once(async {
        taken.send(()).unwrap();
        broken_off.await.unwrap();
        Err("the line broke")
    });
    let body = Body::from_stream(begun.chain(rest));
    let observed = async {
        is_taken.await.unwrap();
        assert_eq!(count(&stage, &campaign).await, 0);
        break_off.send(()).unwrap();
    };
    let sent = stage.creator.send("POST", &path, CSV, body);
    let (reply, ()) = tokio::join!(sent, observed);
    assert_eq!(reply.error(400)["code"], "unreadable");
    assert_eq!(count(&stage, &campaign).await, 0);
    // What is wrong at the end of a list is found before anything is done with its beginning.
    let long = format!("email,name\n{}", "c@example.org,\n".repeat(100_001));
    let reply = stage
        .creator
        .send("POST", &path, CSV, Body::from(long))
        .await;
    assert_eq!(reply.error(409)["code"], "limit_reached");
    assert_eq!(count(&stage, &campaign).await, 0);
}

#[tokio::test]
async fn as_12_as_15_a_list_is_sent_bit_by_bit_and_answered_once() {
    let stage = Stage::new(Site::new().await).await;
    let campaign = stage.campaign().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = format!("http://{}", listener.local_addr().unwrap());
    let serving = tokio::spawn(axum::serve(listener, stage.site.app.clone()).into_future());
    // Sends the list in two halves, the second when nothing has come of the first.
    let send = async |path: &str, key: &'static str, halves: [String; 2]| {
        let (url, cookie) = (format!("{server}{campaign}/{path}"), stage.creator.cookie());
        let (mut body, mut pipe) = std::io::pipe().unwrap();
        let sending = spawn_blocking(move || {
            let request = ureq::post(url)
                .header("cookie", cookie.unwrap())
                .header("idempotency-key", key)
                .content_type("text/csv");
            let reply = request.send(SendBody::from_reader(&mut body)).unwrap();
            let again = reply.headers().contains_key("idempotency-replayed");
            let mut body = reply.into_body();
            let text = body.read_to_string().unwrap();
            (serde_json::from_str::<Value>(&text).unwrap(), again)
        });
        let before = count(&stage, &campaign).await;
        for half in halves {
            assert_eq!(count(&stage, &campaign).await, before);
            pipe = spawn_blocking(move || {
                pipe.write_all(half.as_bytes()).unwrap();
                pipe
            })
            .await
            .unwrap();
        }
        drop(pipe);
        sending.await.unwrap()
    };
    let halves = || {
        [
            format!("email,name\nnowhere,\n{}", rows(0..700)),
            rows(600..1_200),
        ]
    };
    let (intake, again) = send("candidates.csv", "one", halves()).await;
    let counts =
        |intake: &Value| ["added", "removed", "skipped", "wrong"].map(|name| intake[name].clone());
    assert_eq!(
        counts(&intake),
        [1_200, 0, 100, 1].map(|count| json!(count))
    );
    let lines = intake["lines"].as_array().unwrap();
    assert_eq!(lines.len(), 1_301);
    assert_eq!(
        (&lines[0]["row"], &lines[0]["kind"]),
        (&json!(2), &json!("wrong"))
    );
    assert_eq!(
        lines[702]["problem"]["message"],
        "stands in row 604 already"
    );
    assert!(!again);
    let (same, again) = send("candidates.csv", "one", halves()).await;
    assert_eq!((&same, again), (&intake, true));
    let (intake, _) = send("removals.csv", "two", halves()).await;
    assert_eq!(
        counts(&intake),
        [0, 1_200, 100, 1].map(|count| json!(count))
    );
    serving.abort();
}

#[tokio::test]
async fn st_6_sorted_results_are_sent_while_they_are_read() {
    let stage = Stage::new(Site::new().await).await;
    let campaign = stage.campaign().await;
    let csv = Body::from(format!("email,name\n{}", rows(0..250)));
    let path = format!("{campaign}/candidates.csv");
    let intake = stage
        .creator
        .send("POST", &path, CSV, csv)
        .await
        .expect(200);
    let request = Request::get(format!(
        "{campaign}/results.csv?by=name&direction=descending"
    ))
    .header(header::COOKIE, stage.creator.cookie().unwrap())
    .body(Body::empty())
    .unwrap();
    let response: Result<_, Infallible> = stage.site.app.clone().oneshot(request).await;
    let mut pieces = response.unwrap().into_body().into_data_stream();
    let mut piece = async || {
        let piece = pieces.next().await?.unwrap();
        Some(String::from_utf8(piece.to_vec()).unwrap())
    };
    assert!(piece().await.unwrap().starts_with("candidate,name,"));
    let first = piece().await.unwrap();
    assert_eq!(first.lines().count(), 100);
    assert!(first.lines().next().unwrap().contains(",c249,"));
    // Whoever goes while the first rows are read does not stand in the last.
    let gone = json!([intake["lines"][5]["candidate"]]);
    let path = format!("{campaign}/removals");
    stage.creator.post(&path, &gone).await.expect(200);
    let mut rest = String::new();
    while let Some(piece) = piece().await {
        rest += &piece;
    }
    assert_eq!(rest.lines().count(), 149);
    assert!(rest.contains(",c006,") && !rest.contains(",c005,"));
}
