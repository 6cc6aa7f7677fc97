//! Starting after a crash, and stopping.

use std::sync::Arc;

use crate::site::server;
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
