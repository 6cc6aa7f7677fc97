//! From an engine to a running server.

use std::future::IntoFuture;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use aide::axum::ApiRouter;
use anyhow::Context;
use axum::Router;
use axum::http::header;
use axum::middleware::from_fn;
use axum::response::IntoResponse;
use axum::routing::get;
use polycode_core::Engine;
use tokio::net::TcpListener;
#[cfg(unix)]
use tokio::signal::unix::SignalKind;

use crate::api::{self, Service};
use crate::grader::Grader;
use crate::{docs, guest, page, shell};

/// The whole server as a router.
///
/// # Examples
/// ```no_run
/// # async fn example(engine: polycode_core::Engine) -> std::io::Result<()> {
/// let app = polycode_reference_server::app(engine);
/// let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
/// axum::serve(listener, app).await
/// # }
/// ```
pub fn app(engine: Engine) -> Router {
    let grader = Grader::new(engine.clone());
    routes(Service { engine, grader })
}

/// Serves on an address until the process is asked to stop, by Ctrl-C or a termination signal.
///
/// # Errors
/// When the address can't be listened on.
pub async fn serve(engine: Engine, address: SocketAddr) -> anyhow::Result<()> {
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("can't listen on {address}"))?;
    serve_until(listener, engine, asked_to_stop()).await
}

/// Serves until `shutdown` is over, then lets requests and judging that have begun come to
/// their end.
///
/// Submissions that an earlier process received and did not judge are judged meanwhile.
///
/// # Errors
/// When the listener fails.
pub async fn serve_until(
    listener: TcpListener,
    engine: Engine,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    const PATIENCE: Duration = Duration::from_secs(20);
    let grader = Grader::new(engine.clone());
    let recovering = tokio::spawn({
        let grader = grader.clone();
        async move { grader.recover().await }
    });
    let service = Service {
        engine,
        grader: grader.clone(),
    };
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let serving = axum::serve(listener, routes(service)).with_graceful_shutdown(async {
        shutdown.await;
        // Nobody listens any more when serving has failed: then there is nothing to stop.
        let _ = stop.send(());
    });
    let served = tokio::select! {
        served = serving.into_future() => served,
        () = late(stopped, PATIENCE) => Ok(()),
    };
    recovering.abort();
    grader.drain(PATIENCE).await;
    served.context("serving failed")
}

/// Over when the process is asked to stop, by Ctrl-C or a termination signal.
pub async fn asked_to_stop() {
    let interrupt = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl-C can't be waited for");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(error) => {
                tracing::error!(%error, "a termination signal can't be waited for");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

/// Some time after shutdown began: callers who keep connections busy don't hold it up for ever.
async fn late(stopped: tokio::sync::oneshot::Receiver<()>, patience: Duration) {
    match stopped.await {
        Ok(()) => tokio::time::sleep(patience).await,
        Err(_) => std::future::pending().await,
    }
}

fn routes(service: Service) -> Router {
    let (routes, document) = docs::document(|| {
        let guests = ApiRouter::new()
            .merge(api::guest_routes())
            .merge(ApiRouter::from(page::page_routes()))
            .layer(from_fn(guest::recognise));
        ApiRouter::new()
            .merge(guests)
            .merge(api::public_routes())
            .merge(ApiRouter::from(page::asset_routes()))
    });
    let document: Arc<str> = document.to_string().into();
    let routes = routes
        .with_state(service)
        .route(
            "/openapi.json",
            get(async move || {
                let json = [(header::CONTENT_TYPE, "application/json")];
                (json, document.to_string()).into_response()
            }),
        )
        .route("/docs", get(docs::page));
    shell::enclose(routes)
}
