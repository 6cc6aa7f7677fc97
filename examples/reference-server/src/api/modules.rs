//! PR-4 to PR-8: modules, by those who write them.

use std::collections::BTreeSet;

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with, put_with};
use axum::Json;
use axum::extract::State;
use polycode_core::Engine;
use polycode_core::catalogue::{Course, Module, ModuleDraft};
use polycode_core::id::UserId;
use polycode_core::port::{Page, PageRequest, Versioned};
use schemars::JsonSchema;
use serde::Deserialize;

use super::paths::{ModuleContentPath, ModulePath, SubmodulePath};
use super::reply::{Done, MadeTagged, Reply, Tagged};
use super::{Service, about};
use crate::caller::Member;
use crate::error::ApiError;
use crate::extract::{Body, Named, Params, Read};

/// Where in its module something goes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Position {
    /// Before which of those that are there, from 0; after all without it.
    position: Option<u32>,
}

type Edited = Result<Tagged<Versioned<Module>>, ApiError>;

pub(super) fn routes() -> ApiRouter<Service> {
    const TAG: &str = "authoring";
    ApiRouter::new()
        .api_route(
            "/modules",
            post_with(create, about("createModule", TAG, "Create a module")),
        )
        .api_route(
            "/modules/{module}/source",
            get_with(
                source,
                about(
                    "getModuleSource",
                    TAG,
                    "Read an own module with everything in it",
                ),
            )
            .put_with(edit, about("editModule", TAG, "Edit an own module")),
        )
        .api_route(
            "/modules/{module}/publication",
            post_with(
                publish,
                about("publishModule", TAG, "Publish an own module"),
            )
            .delete_with(retire, about("retireModule", TAG, "Delete an own module")),
        )
        .api_route(
            "/modules/{module}/co-authors",
            put_with(
                share,
                about("shareModule", TAG, "Say who else may edit a module"),
            ),
        )
        .api_route(
            "/modules/{module}/contents/{content}",
            put_with(
                place_content,
                about("placeContent", TAG, "Put a content into an own module"),
            )
            .delete_with(
                remove_content,
                about("removeContent", TAG, "Take a content out of it"),
            ),
        )
        .api_route(
            "/modules/{module}/modules/{submodule}",
            put_with(
                place_module,
                about("placeModule", TAG, "Put a sub-module into an own module"),
            )
            .delete_with(
                remove_module,
                about("removeModule", TAG, "Take a sub-module out of it"),
            ),
        )
        .api_route(
            "/modules/{module}/course",
            get_with(
                export,
                about("exportCourse", TAG, "Export a module as a course"),
            ),
        )
        .api_route(
            "/own/modules",
            get_with(list, about("listOwnModules", TAG, "List own modules")),
        )
}

async fn create(
    State(engine): State<Engine>,
    Member(actor): Member,
    Body(draft): Body<ModuleDraft>,
) -> Result<MadeTagged<Versioned<Module>>, ApiError> {
    Ok(MadeTagged(engine.create_module(&actor, draft).await?))
}

async fn source(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ModulePath { module }): Named<ModulePath>,
) -> Edited {
    Ok(Tagged(engine.authored_module(&actor, module).await?))
}

async fn edit(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ModulePath { module }): Named<ModulePath>,
    Read(read): Read,
    Body(draft): Body<ModuleDraft>,
) -> Edited {
    Ok(Tagged(
        engine.edit_module(&actor, module, read, draft).await?,
    ))
}

async fn publish(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ModulePath { module }): Named<ModulePath>,
) -> Edited {
    Ok(Tagged(engine.publish_module(&actor, module).await?))
}

async fn retire(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ModulePath { module }): Named<ModulePath>,
) -> Result<Done, ApiError> {
    engine.retire_module(&actor, module).await?;
    Ok(Done)
}

async fn share(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ModulePath { module }): Named<ModulePath>,
    Body(co_authors): Body<BTreeSet<UserId>>,
) -> Edited {
    Ok(Tagged(
        engine.share_module(&actor, module, co_authors).await?,
    ))
}

async fn place_content(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ModuleContentPath { module, content }): Named<ModuleContentPath>,
    Params(Position { position }): Params<Position>,
) -> Edited {
    Ok(Tagged(
        engine
            .place_content(&actor, module, content, position)
            .await?,
    ))
}

async fn remove_content(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ModuleContentPath { module, content }): Named<ModuleContentPath>,
) -> Edited {
    Ok(Tagged(
        engine.remove_content(&actor, module, content).await?,
    ))
}

async fn place_module(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(SubmodulePath { module, submodule }): Named<SubmodulePath>,
    Params(Position { position }): Params<Position>,
) -> Edited {
    Ok(Tagged(
        engine
            .place_module(&actor, module, submodule, position)
            .await?,
    ))
}

async fn remove_module(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(SubmodulePath { module, submodule }): Named<SubmodulePath>,
) -> Edited {
    Ok(Tagged(
        engine.remove_module(&actor, module, submodule).await?,
    ))
}

async fn export(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ModulePath { module }): Named<ModulePath>,
) -> Reply<Course> {
    Ok(Json(engine.export_course(&actor, module).await?))
}

async fn list(
    State(engine): State<Engine>,
    Member(actor): Member,
    Params(page): Params<PageRequest>,
) -> Reply<Page<Versioned<Module>>> {
    Ok(Json(engine.own_modules(&actor, page).await?))
}
