//! AS-1 to AS-6: tests, by those who make them.

use aide::axum::ApiRouter;
use aide::axum::routing::get_with;
use axum::Json;
use axum::extract::State;
use polycode_core::Engine;
use polycode_core::assessment::{Test, TestDraft};
use polycode_core::port::{Page, PageRequest, Versioned};

use super::paths::{TestPath, TestVersionPath};
use super::reply::{Done, MadeTagged, Reply, Tagged};
use super::{Service, about};
use crate::caller::Member;
use crate::error::ApiError;
use crate::extract::{Body, Named, Params, Read};

pub(super) fn routes() -> ApiRouter<Service> {
    const TAG: &str = "tests";
    ApiRouter::new()
        .api_route(
            "/tests",
            get_with(list, about("listTests", TAG, "List own tests"))
                .post_with(create, about("createTest", TAG, "Create a test")),
        )
        .api_route(
            "/tests/{test}",
            get_with(show, about("getTest", TAG, "Read an own test"))
                .put_with(edit, about("editTest", TAG, "Edit an own test"))
                .delete_with(delete, about("deleteTest", TAG, "Delete an own test")),
        )
        .api_route(
            "/tests/{test}/versions/{version}",
            get_with(
                show_at,
                about("getTestVersion", TAG, "Read an own test as it was"),
            ),
        )
}

async fn create(
    State(engine): State<Engine>,
    Member(actor): Member,
    Body(draft): Body<TestDraft>,
) -> Result<MadeTagged<Versioned<Test>>, ApiError> {
    Ok(MadeTagged(engine.create_test(&actor, draft).await?))
}

async fn list(
    State(engine): State<Engine>,
    Member(actor): Member,
    Params(page): Params<PageRequest>,
) -> Reply<Page<Versioned<Test>>> {
    Ok(Json(engine.tests(&actor, page).await?))
}

async fn show(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(TestPath { test }): Named<TestPath>,
) -> Result<Tagged<Versioned<Test>>, ApiError> {
    Ok(Tagged(engine.test(&actor, test).await?))
}

async fn show_at(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(TestVersionPath { test, version }): Named<TestVersionPath>,
) -> Reply<Test> {
    Ok(Json(engine.test_at(&actor, test, version).await?))
}

async fn edit(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(TestPath { test }): Named<TestPath>,
    Read(read): Read,
    Body(draft): Body<TestDraft>,
) -> Result<Tagged<Versioned<Test>>, ApiError> {
    Ok(Tagged(engine.edit_test(&actor, test, read, draft).await?))
}

async fn delete(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(TestPath { test }): Named<TestPath>,
) -> Result<Done, ApiError> {
    engine.delete_test(&actor, test).await?;
    Ok(Done)
}
