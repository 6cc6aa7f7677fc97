//! PR-14 to PR-16: what a learner has reached, earned and is writing.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use axum::Json;
use axum::extract::State;
use polycode_core::Engine;
use polycode_core::engine::{ContentProgress, ModuleStanding};
use polycode_core::judging::AttemptsLeft;
use polycode_core::polypoints::{Entry, Wallet};
use polycode_core::port::{Page, PageRequest};
use polycode_core::practice::{Edit, PracticeStatistics, Progress, Workspace, WorkspacePlace};

use super::paths::{ComponentPath, ContentPath, EditorPath, ModulePath};
use super::reply::Reply;
use super::{Service, about};
use crate::caller::Learner;
use crate::error::ApiError;
use crate::extract::{Body, Named, Params};

pub(super) fn routes() -> ApiRouter<Service> {
    const TAG: &str = "practice";
    ApiRouter::new()
        .api_route(
            "/progress",
            get_with(all, about("listProgress", TAG, "Follow own progress")),
        )
        .api_route(
            "/progress/{content}",
            get_with(
                progress,
                about("getProgress", TAG, "Follow own progress in a content"),
            ),
        )
        .api_route(
            "/modules/{module}/progress",
            get_with(
                standing,
                about("getModuleProgress", TAG, "Follow own progress in a module"),
            ),
        )
        .api_route(
            "/statistics",
            get_with(
                statistics,
                about("getStatistics", TAG, "See own practice in figures"),
            ),
        )
        .api_route(
            "/contents/{content}/reading",
            post_with(
                read,
                about("finishReading", TAG, "Say that a lesson was read"),
            ),
        )
        .api_route(
            "/contents/{content}/components/{component}/attempts-left",
            get_with(
                attempts_left,
                about("getAttemptsLeft", TAG, "See how often one may still answer"),
            ),
        )
        .api_route(
            "/workspaces/{content}/{component}/{language}",
            get_with(
                workspace,
                about("getWorkspace", TAG, "See own files in a code editor"),
            )
            .post_with(
                edit,
                about("editWorkspace", TAG, "Add, write, rename or remove a file"),
            ),
        )
        .api_route(
            "/wallet",
            get_with(wallet, about("getWallet", TAG, "See own polypoints")),
        )
        .api_route(
            "/wallet/entries",
            get_with(
                entries,
                about("listEntries", TAG, "See what own polypoints come from"),
            ),
        )
}

async fn all(
    State(engine): State<Engine>,
    Learner { actor, .. }: Learner,
    Params(page): Params<PageRequest>,
) -> Reply<Page<ContentProgress>> {
    Ok(Json(engine.own_progress(&actor, page).await?))
}

async fn progress(
    State(engine): State<Engine>,
    Learner { user, actor }: Learner,
    Named(ContentPath { content }): Named<ContentPath>,
) -> Reply<Progress> {
    let content = content.resolve(&engine, &actor).await?;
    Ok(Json(engine.progress(&actor, &user, content).await?))
}

async fn standing(
    State(engine): State<Engine>,
    Learner { actor, .. }: Learner,
    Named(ModulePath { module }): Named<ModulePath>,
) -> Reply<ModuleStanding> {
    Ok(Json(engine.own_standing(&actor, module).await?))
}

async fn statistics(
    State(engine): State<Engine>,
    Learner { user, actor }: Learner,
) -> Reply<PracticeStatistics> {
    Ok(Json(engine.practice_statistics(&actor, &user).await?))
}

async fn read(
    State(engine): State<Engine>,
    Learner { actor, .. }: Learner,
    Named(ContentPath { content }): Named<ContentPath>,
) -> Reply<Progress> {
    let content = content.resolve(&engine, &actor).await?;
    Ok(Json(engine.finish_reading(&actor, content).await?))
}

async fn attempts_left(
    State(engine): State<Engine>,
    Learner { user, actor }: Learner,
    Named(ComponentPath { content, component }): Named<ComponentPath>,
) -> Reply<AttemptsLeft> {
    let content = content.resolve(&engine, &actor).await?;
    Ok(Json(
        engine
            .attempts_left(&actor, &user, content, &component)
            .await?,
    ))
}

async fn workspace(
    State(engine): State<Engine>,
    learner: Learner,
    Named(path): Named<EditorPath>,
) -> Reply<Workspace> {
    let place = place(&engine, &learner, path).await?;
    Ok(Json(engine.workspace(&learner.actor, place).await?))
}

async fn edit(
    State(engine): State<Engine>,
    learner: Learner,
    Named(path): Named<EditorPath>,
    Body(edit): Body<Edit>,
) -> Reply<Workspace> {
    let place = place(&engine, &learner, path).await?;
    Ok(Json(
        engine.edit_workspace(&learner.actor, place, edit).await?,
    ))
}

async fn place(
    engine: &Engine,
    learner: &Learner,
    EditorPath {
        content,
        component,
        language,
    }: EditorPath,
) -> Result<WorkspacePlace, ApiError> {
    Ok(WorkspacePlace {
        user: learner.user.clone(),
        content: content.resolve(engine, &learner.actor).await?,
        component,
        language,
    })
}

async fn wallet(State(engine): State<Engine>, Learner { user, actor }: Learner) -> Reply<Wallet> {
    Ok(Json(engine.wallet(&actor, &user).await?))
}

async fn entries(
    State(engine): State<Engine>,
    Learner { user, actor }: Learner,
    Params(page): Params<PageRequest>,
) -> Reply<Page<Entry>> {
    Ok(Json(engine.entries(&actor, &user, page).await?))
}
