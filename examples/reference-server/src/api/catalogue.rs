//! PR-9 to PR-13: finding and reading modules and contents.

use aide::axum::ApiRouter;
use aide::axum::routing::get_with;
use axum::Json;
use axum::extract::State;
use polycode_core::Engine;
use polycode_core::catalogue::{
    ContentKind, ContentQuery, ModuleKind, ModuleQuery, ModuleSummary, ModuleView,
};
use polycode_core::id::ContentId;
use polycode_core::id::Tag;
use polycode_core::permission::Actor;
use polycode_core::port::Page;
use polycode_core::practice::Progress;
use schemars::JsonSchema;
use serde::Deserialize;

use super::list::page;
use super::paths::{ContentPath, ModulePath};
use super::reply::Reply;
use super::{Service, about};
use crate::caller::Caller;
use crate::content_ref::ContentRef;
use crate::error::ApiError;
use crate::extract::{Named, Params};
use crate::view::{ContentEntry, ContentPage};

/// Which contents to list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ContentParams {
    /// Only those of this kind.
    #[serde(rename = "type")]
    kind: Option<ContentKind>,
    /// Only those with this tag.
    tag: Option<Tag>,
    /// Only those with each of these words.
    text: Option<String>,
    /// Which of them, by what the caller has done.
    #[serde(default)]
    done: Done,
    /// Where the page before ended; none for the first.
    after: Option<String>,
    /// The most items wanted, 1 to 100; 20 without it.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<u32>,
}

/// Which modules to list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ModuleParams {
    /// Only those of this kind; all but sub-modules without it.
    #[serde(rename = "type")]
    kind: Option<ModuleKind>,
    /// Only those with this tag.
    tag: Option<Tag>,
    /// Only those with each of these words.
    text: Option<String>,
    /// Which of them, by what the caller has done.
    #[serde(default)]
    done: Done,
    /// Where the page before ended; none for the first.
    after: Option<String>,
    /// The most items wanted, 1 to 100; 20 without it.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<u32>,
}

/// Which of them, by what the caller has done.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Done {
    /// All.
    #[default]
    Any,
    /// Those never done.
    Never,
}

pub(super) fn routes() -> ApiRouter<Service> {
    const TAG: &str = "catalogue";
    ApiRouter::new()
        .api_route(
            "/contents",
            get_with(contents, about("listContents", TAG, "List contents")),
        )
        .api_route(
            "/contents/{content}",
            get_with(content, about("getContent", TAG, "Read a content")),
        )
        .api_route(
            "/modules",
            get_with(modules, about("listModules", TAG, "List modules")),
        )
        .api_route(
            "/modules/{module}",
            get_with(module, about("getModule", TAG, "Read a module")),
        )
}

async fn contents(
    State(engine): State<Engine>,
    caller: Caller,
    Params(params): Params<ContentParams>,
) -> Reply<Page<ContentEntry>> {
    let actor = &caller.actor;
    let query = ContentQuery {
        kind: params.kind,
        tag: params.tag,
        text: params.text,
    };
    let request = page(params.after, params.limit);
    let Page { items, next } = match params.done {
        Done::Any => engine.contents(actor, &query, request).await?,
        Done::Never => engine.contents_never_done(actor, &query, request).await?,
    };
    let mut entries = Vec::with_capacity(items.len());
    for summary in items {
        let progress = progress(&engine, actor, summary.id).await?;
        entries.push(ContentEntry { summary, progress });
    }
    Ok(Json(Page {
        items: entries,
        next,
    }))
}

async fn content(
    State(engine): State<Engine>,
    Caller { actor, .. }: Caller,
    Named(ContentPath { content }): Named<ContentPath>,
) -> Reply<ContentPage> {
    let content = match content {
        ContentRef::Id(id) => engine.content(&actor, id).await?,
        ContentRef::Slug(slug) => engine.content_by_slug(&actor, &slug).await?,
    };
    let progress = progress(&engine, &actor, content.summary.id).await?;
    Ok(Json(ContentPage::new(content, progress)))
}

/// How far an actor has come in a content; none of somebody who is nobody.
async fn progress(
    engine: &Engine,
    actor: &Actor,
    content: ContentId,
) -> Result<Option<Progress>, ApiError> {
    match actor.id() {
        Some(user) => Ok(Some(engine.progress(actor, user, content).await?)),
        None => Ok(None),
    }
}

async fn modules(
    State(engine): State<Engine>,
    Caller { actor, .. }: Caller,
    Params(params): Params<ModuleParams>,
) -> Reply<Page<ModuleSummary>> {
    let query = ModuleQuery {
        kind: params.kind,
        tag: params.tag,
        text: params.text,
    };
    let request = page(params.after, params.limit);
    Ok(Json(match params.done {
        Done::Any => engine.modules(&actor, &query, request).await?,
        Done::Never => engine.modules_never_done(&actor, &query, request).await?,
    }))
}

async fn module(
    State(engine): State<Engine>,
    Caller { actor, .. }: Caller,
    Named(ModulePath { module }): Named<ModulePath>,
) -> Reply<ModuleView> {
    Ok(Json(engine.module(&actor, module).await?))
}
