//! Finding and reading contents.

use aide::axum::ApiRouter;
use aide::axum::routing::get_with;
use axum::Json;
use axum::extract::State;
use polycode_core::catalogue::ContentQuery;
use polycode_core::port::{Page, PageRequest};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::{Reply, Service, described};
use crate::content_ref::ContentRef;
use crate::extract::{Named, Params};
use crate::guest::Guest;
use crate::view::{ContentEntry, ContentPage};

/// The content that a path names.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub(super) struct ContentPath {
    /// The id or the slug of a content.
    pub(super) content: ContentRef,
}

pub(super) fn routes() -> ApiRouter<Service> {
    ApiRouter::new()
        .api_route(
            "/contents",
            get_with(list, |operation| {
                described(operation, "listContents", "contents", "List contents").description(
                    "All contents in the order of their slugs, each with the caller's progress.",
                )
            }),
        )
        .api_route(
            "/contents/{content}",
            get_with(show, |operation| {
                described(operation, "getContent", "contents", "Read a content").description(
                    "A content with its tree of components. Hidden validators and right options \
                     are not in it.",
                )
            }),
        )
}

async fn list(
    State(Service { engine, .. }): State<Service>,
    Guest { user, actor }: Guest,
    Params(page): Params<PageRequest>,
) -> Reply<Page<ContentEntry>> {
    let Page { items, next } = engine
        .contents(&actor, &ContentQuery::default(), page)
        .await?;
    let mut entries = Vec::with_capacity(items.len());
    for summary in items {
        let progress = engine.progress(&actor, &user, summary.id).await?;
        entries.push(ContentEntry { summary, progress });
    }
    let page = Page {
        items: entries,
        next,
    };
    Ok(Json(page))
}

async fn show(
    State(Service { engine, .. }): State<Service>,
    Guest { user, actor }: Guest,
    Named(ContentPath { content }): Named<ContentPath>,
) -> Reply<ContentPage> {
    let content = match content {
        ContentRef::Id(id) => engine.content(&actor, id).await?,
        ContentRef::Slug(slug) => engine.content_by_slug(&actor, &slug).await?,
    };
    let progress = engine.progress(&actor, &user, content.summary.id).await?;
    Ok(Json(ContentPage::new(content, progress)))
}
