//! Figures for those who run the server, in the format of Prometheus.

use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use tokio::time::Instant;

use crate::mail::Delivered;
use crate::service::Service;

/// What a server counts.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Served, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    mails: Family<Outcome, Counter>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Served {
    method: String,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    method: String,
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    outcome: &'static str,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("polycode");
        let requests = Family::default();
        let seconds = Family::new_with_constructor(buckets as fn() -> Histogram);
        let mails = Family::default();
        registry.register(
            "http_requests",
            "Requests that were answered",
            requests.clone(),
        );
        registry.register(
            "http_request_seconds",
            "How long answers took",
            seconds.clone(),
        );
        registry.register("mails", "Mails, by what came of them", mails.clone());
        Self {
            registry,
            requests,
            seconds,
            mails,
        }
    }
}

fn buckets() -> Histogram {
    Histogram::new([
        0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
    ])
}

impl Metrics {
    /// Counts what came of mails.
    pub(crate) fn note_mails(&self, delivered: Delivered) {
        for (outcome, count) in [
            ("sent", delivered.sent),
            ("delayed", delivered.delayed),
            ("failed", delivered.failed),
            ("in_doubt", delivered.in_doubt),
            ("dropped", delivered.dropped),
        ] {
            self.mails
                .get_or_create(&Outcome { outcome })
                .inc_by(count.into());
        }
    }

    /// All figures, as Prometheus reads them.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a text can't fail.
        let _ = encode(&mut text, &self.registry);
        text
    }

    fn note(&self, route: Route, status: u16, took: Duration) {
        self.seconds
            .get_or_create(&route)
            .observe(took.as_secs_f64());
        let Route { method, route } = route;
        self.requests
            .get_or_create(&Served {
                method,
                route,
                status,
            })
            .inc();
    }
}

/// Counts a request by its route, so that ids and secrets make no labels.
pub(crate) async fn count(
    State(service): State<Service>,
    request: Request,
    next: Next,
) -> Response {
    let matched = request.extensions().get::<MatchedPath>();
    let route = Route {
        method: request.method().to_string(),
        route: matched.map_or("none", MatchedPath::as_str).to_owned(),
    };
    let began = Instant::now();
    let response = next.run(request).await;
    service
        .metrics
        .note(route, response.status().as_u16(), began.elapsed());
    response
}
