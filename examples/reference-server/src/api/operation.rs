//! What other parts of the system read: the events, and the audit log.

use aide::axum::ApiRouter;
use aide::axum::routing::get_with;
use axum::Json;
use axum::extract::State;
use polycode_core::Engine;
use polycode_core::event::Logged;
use polycode_core::quantity::Cursor;
use schemars::JsonSchema;
use serde::Deserialize;

use super::list::page;
use super::reply::Reply;
use super::{Service, about};
use crate::caller::Member;
use crate::extract::Params;

/// Which events to read.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct EventParams {
    /// After which place in the log; from the beginning without it.
    #[serde(default)]
    after: u64,
    /// The most events wanted, 1 to 100; 20 without it.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<u32>,
}

pub(super) fn routes() -> ApiRouter<Service> {
    let summary = "Read the events that the engine recorded";
    ApiRouter::new().api_route(
        "/events",
        get_with(events, about("listEvents", "operation", summary)),
    )
}

async fn events(
    State(engine): State<Engine>,
    Member(actor): Member,
    Params(EventParams { after, limit }): Params<EventParams>,
) -> Reply<Vec<Logged>> {
    let page = page(None, limit);
    page.check()?;
    Ok(Json(
        engine.events(&actor, Cursor(after), page.limit).await?,
    ))
}
