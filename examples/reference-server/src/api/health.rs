//! Whether the server can work.

use aide::axum::ApiRouter;
use aide::axum::routing::get_with;
use axum::Json;
use axum::extract::State;
use polycode_core::catalogue::ContentQuery;
use polycode_core::permission::Actor;
use polycode_core::port::PageRequest;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::{Reply, Service, described};

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
    /// It answers, and its store does.
    Ok,
}

pub(super) fn routes() -> ApiRouter<Service> {
    ApiRouter::new().api_route(
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

async fn check(State(Service { engine, .. }): State<Service>) -> Reply<Health> {
    let page = PageRequest {
        limit: 1,
        ..PageRequest::default()
    };
    let query = ContentQuery::default();
    engine.contents(&Actor::guest(), &query, page).await?;
    Ok(Json(Health {
        status: HealthStatus::Ok,
    }))
}
