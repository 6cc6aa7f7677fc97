//! Whether the server lives, and whether it can work.

use aide::axum::ApiRouter;
use aide::axum::routing::get_with;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::reply::Reply;
use super::{Service, described};
use crate::error::ApiError;

/// How a server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Health {
    /// How it is.
    status: HealthStatus,
}

/// How a server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum HealthStatus {
    /// It answers.
    Ok,
    /// It can do what it is for.
    Ready,
}

pub(super) fn routes() -> ApiRouter<Service> {
    const TAG: &str = "operation";
    ApiRouter::new()
        .route("/metrics", get(metrics))
        .api_route(
            "/health",
            get_with(live, |operation| {
                described(operation, "getHealth", TAG, "Whether the process lives").description(
                    "It answers: that is all. Where this fails, starting the process anew helps.",
                )
            }),
        )
        .api_route(
            "/ready",
            get_with(ready, |operation| {
                let summary = "Whether requests should be sent to the process";
                described(operation, "getReadiness", TAG, summary).description(
                    "Its databases answer, programs can be run, and it is not about to stop.",
                )
            }),
        )
}

async fn live() -> Json<Health> {
    Json(Health {
        status: HealthStatus::Ok,
    })
}

async fn ready(State(service): State<Service>) -> Reply<Health> {
    let Service {
        readiness,
        engine,
        accounts,
        ..
    } = &service;
    let found = readiness.check(engine, accounts).await;
    found.map_err(ApiError::not_ready)?;
    Ok(Json(Health {
        status: HealthStatus::Ready,
    }))
}

/// The figures of this process, for Prometheus.
async fn metrics(State(service): State<Service>) -> impl IntoResponse {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], service.metrics.text())
}
