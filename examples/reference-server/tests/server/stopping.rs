//! Starting after a crash, and stopping.

use std::io::{BufRead, BufReader};
use std::sync::Arc;
use std::time::Duration;

use crate::site::{Site, address_of, id_of, server, sign_up};
use crate::support::{Scripted, answer, engine};
use polycode_core::engine::Submit;
use polycode_core::id::UserId;
use polycode_core::permission::Actor;
use polycode_reference_server::serve_until;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

#[tokio::test]
async fn what_was_received_before_a_crash_is_judged_after_it() {
    let engine = engine(Arc::new(Scripted::default())).await;
    let host = Actor::service();
    let content = engine
        .content_by_slug(&host, &"greeting".parse().unwrap())
        .await
        .unwrap();
    let body = answer("print hi");
    let submit = Submit {
        id: None,
        user: UserId::new("ada").unwrap(),
        content: content.summary.id,
        component: "code".parse().unwrap(),
        answer: serde_json::from_value(body["answer"].clone()).unwrap(),
    };
    let id = engine.receive(&host, submit).await.unwrap();

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(serve_until(listener, server(engine.clone()).await, async {
        stopped.await.unwrap();
    }));
    while !engine.submission(&host, id).await.unwrap().is_graded() {
        assert!(!serving.is_finished(), "the server stopped by itself");
        tokio::task::yield_now().await;
    }
    stop.send(()).unwrap();
    serving.await.unwrap().unwrap();
    let ada = UserId::new("ada").unwrap();
    assert_eq!(engine.wallet(&host, &ada).await.unwrap().balance.0, 10);
}

#[tokio::test]
async fn accounts_and_letters_are_kept_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("accounts.db").display());
    let engine = engine(Arc::new(Scripted::default())).await;
    let first = Site::at(&url, engine.clone()).await;
    let ada = first.user("ada").await;
    let id = id_of(&ada).await;
    first
        .visitor()
        .post("/accounts", &sign_up("bob"))
        .await
        .expect(202);
    drop(first);

    let second = Site::at(&url, engine).await;
    second.mailer.settle().await.unwrap();
    let ada = ada.moved_to(&second.app);
    assert_eq!(id_of(&ada).await, id);
    // What was mailed before is not mailed again, and what was not is.
    let mails = second.mails().await;
    let to: Vec<_> = mails.iter().map(|mail| mail.to.to_string()).collect();
    assert_eq!(to, [address_of("bob"), address_of("bob")]);
}

#[tokio::test]
async fn who_follows_a_submission_is_let_go_when_the_server_stops() {
    let sandbox = Arc::new(Scripted::default());
    let held = sandbox.door.lock().await;
    let engine = engine(Arc::<Scripted>::clone(&sandbox)).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(serve_until(listener, server(engine).await, async {
        stopped.await.unwrap();
    }));
    let (first, begun) = oneshot::channel();
    let following = tokio::task::spawn_blocking(move || {
        let caller = ureq::agent();
        let sending = caller.post(format!("{address}/submissions?wait=false"));
        let body = answer("print hi").to_string();
        let sent = sending.content_type("application/json").send(&body);
        let sent = sent.unwrap();
        let header = |name: &str| sent.headers()[name].to_str().unwrap().to_owned();
        let cookie = header("set-cookie").split(';').next().unwrap().to_owned();
        let path = format!("{address}{}/events", header("location"));
        let followed = caller.get(path).header("cookie", cookie).call().unwrap();
        let lines = BufReader::new(followed.into_body().into_reader()).lines();
        let mut events = lines
            .map(Result::unwrap)
            .filter(|line| line.contains("event:"));
        first.send(events.next().unwrap()).unwrap();
        events.count()
    });
    assert_eq!(begun.await.unwrap().trim(), "event: received");
    stop.send(()).unwrap();
    assert_eq!(following.await.unwrap(), 0, "it is not judged yet");
    drop(held);
    serving.await.unwrap().unwrap();
}

#[tokio::test]
async fn who_is_asked_to_stop_says_so_before_it_stops() {
    let mut server = server(engine(Arc::new(Scripted::default())).await).await;
    // It goes on until the test is over.
    server.settings.notice = Duration::from_hours(1);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(serve_until(listener, server, async {
        stopped.await.unwrap();
    }));
    let status = async |path: &str| {
        let url = format!("{address}{path}");
        let asking = move || {
            let asking = ureq::get(url).config().http_status_as_error(false).build();
            asking.call().unwrap().status().as_u16()
        };
        tokio::task::spawn_blocking(asking).await.unwrap()
    };
    assert_eq!(status("/ready").await, 200);
    stop.send(()).unwrap();
    while status("/ready").await == 200 {
        tokio::task::yield_now().await;
    }
    assert_eq!(status("/ready").await, 503);
    assert_eq!(status("/health").await, 200);
    assert_eq!(status("/contents").await, 200);
    assert!(!serving.is_finished());
}
