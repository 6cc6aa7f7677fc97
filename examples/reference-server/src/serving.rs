//! From an engine to a running server.

use std::future::IntoFuture;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use aide::axum::ApiRouter;
use anyhow::{Context, anyhow};
use axum::Router;
use axum::http::header;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::get;
use polycode_core::Engine;
use polycode_store::{RandomIds, SystemClock};
use tokio::net::TcpListener;
#[cfg(unix)]
use tokio::signal::unix::SignalKind;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use crate::accounts::Accounts;
use crate::mail::{Log, MailSettings, Mailer};
use crate::report::ReportFonts;
use crate::service::{Server, Service, Settings};
use crate::{
    api, audit, caller, clockwork, docs, guard, idempotency, limit, links, metrics, openid, page,
    shell,
};

/// The whole server as a router. What happens by itself (what is due, mails) does so only in
/// [`serve_until`].
///
/// # Examples
/// ```no_run
/// # async fn example(server: polycode_reference_server::Server) -> std::io::Result<()> {
/// let app = polycode_reference_server::app(server);
/// let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
/// axum::serve(listener, app).await
/// # }
/// ```
pub fn app(server: Server) -> Router {
    routes(Service::new(server))
}

/// Serves an engine on an address until the process is asked to stop, by Ctrl-C or a termination
/// signal. Accounts are kept in memory and mails go to the log: this is to try things out.
///
/// # Errors
/// When the address can't be listened on.
pub async fn serve(engine: Engine, address: SocketAddr) -> anyhow::Result<()> {
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(RandomIds));
    let accounts = Accounts::open("memory:", engine.clone(), clock, ids).await?;
    let settings = MailSettings {
        public_url: format!("http://{address}"),
        ..MailSettings::default()
    };
    let server = Server {
        engine,
        mailer: Mailer::new(accounts.clone(), Arc::new(Log), settings),
        accounts,
        openid: None,
        report_fonts: ReportFonts::default(),
        settings: Settings::default(),
    };
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("can't listen on {address}"))?;
    serve_until(listener, server, asked_to_stop()).await
}

/// Serves until `shutdown` is over, then lets requests and judging that have begun come to
/// their end.
///
/// Meanwhile it does what is due, sends mails, and judges submissions that an earlier process
/// received and did not judge.
///
/// # Errors
/// When the listener fails, or the database of the accounts at the start.
pub async fn serve_until(
    listener: TcpListener,
    server: Server,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    const PATIENCE: Duration = Duration::from_secs(20);
    let service = Service::new(server);
    let settled = idempotency::settle(&service).await;
    settled.map_err(|error| anyhow!("requests that were cut off can't be forgotten: {error:?}"))?;
    let grader = service.grader.clone();
    let recovering = tokio::spawn({
        let grader = grader.clone();
        async move { grader.recover().await }
    });
    let (stop_clockwork, told_to_stop) = watch::channel(false);
    let clockwork = tokio::spawn(clockwork::run(service.clone(), told_to_stop));
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let (leaving, readiness) = (grader.clone(), Arc::clone(&service.readiness));
    let notice = service.settings.notice;
    let app = routes(service).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, app).with_graceful_shutdown(async move {
        shutdown.await;
        readiness.leave();
        sleep(notice).await;
        leaving.dismiss();
        // Nobody listens any more when serving has failed: then there is nothing to stop.
        let _ = stop.send(());
    });
    let ended = tokio::select! {
        ended = serving.into_future() => ended,
        () = late(stopped, PATIENCE) => Ok(()),
    };
    recovering.abort();
    // It does not listen any more when it has failed: then there is nothing to stop.
    let _ = stop_clockwork.send(true);
    if timeout(PATIENCE, clockwork).await.is_err() {
        tracing::warn!("what goes on by itself did not come to its end");
    }
    grader.drain(PATIENCE).await;
    ended.context("serving failed")
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
        Ok(()) => sleep(patience).await,
        Err(_) => std::future::pending().await,
    }
}

fn routes(service: Service) -> Router {
    let (routes, document) = docs::document(|| {
        let kept = api::routes().layer(from_fn_with_state(service.clone(), idempotency::once));
        let called = ApiRouter::new()
            .merge(kept)
            .merge(api::secret_routes())
            .merge(ApiRouter::from(page::page_routes()))
            .merge(ApiRouter::from(links::routes()))
            .merge(openid::routes())
            .layer(from_fn_with_state(service.clone(), audit::write_down))
            .layer(from_fn_with_state(service.clone(), limit::limit))
            .layer(from_fn(guard::same_origin))
            .layer(from_fn_with_state(service.clone(), caller::recognise));
        ApiRouter::new()
            .merge(called)
            .merge(api::public_routes())
            .merge(ApiRouter::from(page::asset_routes()))
            .layer(from_fn_with_state(service.clone(), metrics::count))
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
