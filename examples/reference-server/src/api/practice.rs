//! What a guest has reached and earned.

use aide::axum::ApiRouter;
use aide::axum::routing::get_with;
use axum::Json;
use axum::extract::State;
use polycode_core::polypoints::{Entry, Wallet};
use polycode_core::port::{Page, PageRequest};
use polycode_core::practice::Progress;

use crate::api::contents::ContentPath;
use crate::api::{Reply, Service, described};
use crate::extract::{Named, Params};
use crate::guest::Guest;

pub(super) fn routes() -> ApiRouter<Service> {
    ApiRouter::new()
        .api_route(
            "/progress/{content}",
            get_with(progress, |operation| {
                described(
                    operation,
                    "getProgress",
                    "practice",
                    "Follow own progress in a content",
                )
            }),
        )
        .api_route(
            "/wallet",
            get_with(wallet, |operation| {
                described(operation, "getWallet", "practice", "See own polypoints")
            }),
        )
        .api_route(
            "/wallet/entries",
            get_with(entries, |operation| {
                described(
                    operation,
                    "listEntries",
                    "practice",
                    "See what own polypoints come from",
                )
                .description("The lines of the ledger that concern the caller, newest first.")
            }),
        )
}

async fn progress(
    State(Service { engine, .. }): State<Service>,
    Guest { user, actor }: Guest,
    Named(ContentPath { content }): Named<ContentPath>,
) -> Reply<Progress> {
    let content = content.resolve(&engine, &actor).await?;
    Ok(Json(engine.progress(&actor, &user, content).await?))
}

async fn wallet(
    State(Service { engine, .. }): State<Service>,
    Guest { user, actor }: Guest,
) -> Reply<Wallet> {
    Ok(Json(engine.wallet(&actor, &user).await?))
}

async fn entries(
    State(Service { engine, .. }): State<Service>,
    Guest { user, actor }: Guest,
    Params(page): Params<PageRequest>,
) -> Reply<Page<Entry>> {
    Ok(Json(engine.entries(&actor, &user, page).await?))
}
