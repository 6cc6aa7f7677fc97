//! Whether the server can work.

use aide::axum::ApiRouter;
use aide::axum::routing::get_with;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use polycode_core::catalogue::ContentQuery;
use polycode_core::permission::Actor;
use polycode_core::port::PageRequest;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::reply::Reply;
use super::{Service, described};

/// Whether the server can work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Health {
    /// How the server is.
    status: HealthStatus,
}

/// How a server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum HealthStatus {
    /// It answers, and its databases do.
    Ok,
}

pub(super) fn routes() -> ApiRouter<Service> {
    ApiRouter::new()
        .route("/health/live", get(async || StatusCode::NO_CONTENT))
        .route("/metrics", get(metrics))
        .api_route(
            "/health",
            get_with(check, |operation| {
                described(
                    operation,
                    "getHealth",
                    "operation",
                    "Whether the server can work",
                )
                .description("Reads from the store, so that a store that is gone shows here.")
            }),
        )
}

async fn check(
    State(Service {
        engine, accounts, ..
    }): State<Service>,
) -> Reply<Health> {
    let page = PageRequest {
        limit: 1,
        ..PageRequest::default()
    };
    let query = ContentQuery::default();
    engine.contents(&Actor::guest(), &query, page).await?;
    accounts.reach().await?;
    Ok(Json(Health {
        status: HealthStatus::Ok,
    }))
}

/// The figures of this process, for Prometheus.
async fn metrics(State(service): State<Service>) -> impl IntoResponse {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], service.metrics.text())
}
