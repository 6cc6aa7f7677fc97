//! PR-1 to PR-3: contents, by those who write them.

use std::collections::BTreeSet;

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with, put_with};
use axum::Json;
use axum::extract::State;
use polycode_core::Engine;
use polycode_core::catalogue::{Authorship, Content, ContentDraft, SavedDraft};
use polycode_core::engine::{AuthoredContent, Imported};
use polycode_core::id::UserId;
use polycode_core::port::{Page, PageRequest, Versioned};

use super::paths::ContentIdPath;
use super::reply::{Done, MadeTagged, Reply, Tagged};
use super::{Service, about};
use crate::caller::Member;
use crate::error::ApiError;
use crate::extract::{Body, MaybeRead, Named, Params};

pub(super) fn routes() -> ApiRouter<Service> {
    const TAG: &str = "authoring";
    ApiRouter::new()
        .api_route(
            "/contents",
            post_with(create, about("draftContent", TAG, "Begin a content")),
        )
        .api_route(
            "/contents/{content}/source",
            get_with(
                source,
                about(
                    "getContentSource",
                    TAG,
                    "Read an own content with everything in it",
                ),
            )
            .put_with(save, about("saveContentDraft", TAG, "Edit an own content")),
        )
        .api_route(
            "/contents/{content}/publication",
            post_with(
                publish,
                about("publishContent", TAG, "Publish what was saved"),
            )
            .delete_with(retire, about("retireContent", TAG, "Delete an own content")),
        )
        .api_route(
            "/contents/{content}/co-authors",
            put_with(
                share,
                about("shareContent", TAG, "Say who else may edit a content"),
            ),
        )
        .api_route(
            "/own/contents",
            get_with(list, about("listOwnContents", TAG, "List own contents")),
        )
        .api_route(
            "/courses",
            post_with(import, about("importCourse", TAG, "Import a course")),
        )
}

async fn create(
    State(engine): State<Engine>,
    Member(actor): Member,
    Body(draft): Body<ContentDraft>,
) -> Result<MadeTagged<Versioned<SavedDraft>>, ApiError> {
    Ok(MadeTagged(engine.draft_content(&actor, draft).await?))
}

async fn source(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ContentIdPath { content }): Named<ContentIdPath>,
) -> Reply<AuthoredContent> {
    Ok(Json(engine.authored_content(&actor, content).await?))
}

async fn save(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ContentIdPath { content }): Named<ContentIdPath>,
    MaybeRead(read): MaybeRead,
    Body(draft): Body<ContentDraft>,
) -> Result<Tagged<Versioned<SavedDraft>>, ApiError> {
    Ok(Tagged(
        engine.save_draft(&actor, content, read, draft).await?,
    ))
}

async fn publish(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ContentIdPath { content }): Named<ContentIdPath>,
) -> Result<Tagged<Versioned<Content>>, ApiError> {
    Ok(Tagged(engine.publish_draft(&actor, content).await?))
}

async fn retire(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ContentIdPath { content }): Named<ContentIdPath>,
) -> Result<Done, ApiError> {
    engine.retire_content(&actor, content).await?;
    Ok(Done)
}

async fn share(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ContentIdPath { content }): Named<ContentIdPath>,
    Body(co_authors): Body<BTreeSet<UserId>>,
) -> Reply<Authorship> {
    Ok(Json(
        engine.share_content(&actor, content, co_authors).await?,
    ))
}

async fn list(
    State(engine): State<Engine>,
    Member(actor): Member,
    Params(page): Params<PageRequest>,
) -> Reply<Page<Authorship>> {
    Ok(Json(engine.own_contents(&actor, page).await?))
}

async fn import(
    State(engine): State<Engine>,
    Member(actor): Member,
    Body(course): Body<polycode_core::catalogue::Course>,
) -> Reply<Imported> {
    Ok(Json(engine.import_course(&actor, course).await?))
}
