//! AC-8, AC-9: what others see of users.

use aide::axum::ApiRouter;
use aide::axum::routing::get_with;
use axum::Json;
use axum::extract::State;
use polycode_core::Engine;
use polycode_core::people::PublicUser;
use polycode_core::port::{Page, PageRequest};

use super::paths::UserPath;
use super::reply::Reply;
use super::{Service, about};
use crate::caller::Caller;
use crate::extract::{Named, Params};

pub(super) fn routes() -> ApiRouter<Service> {
    const TAG: &str = "people";
    ApiRouter::new()
        .api_route(
            "/users",
            get_with(ranking, about("rankUsers", TAG, "See the ranking of users")),
        )
        .api_route(
            "/users/{user}",
            get_with(show, about("getUser", TAG, "See a public profile")),
        )
}

async fn ranking(
    State(engine): State<Engine>,
    Caller { actor, .. }: Caller,
    Params(page): Params<PageRequest>,
) -> Reply<Page<PublicUser>> {
    Ok(Json(engine.user_ranking(&actor, page).await?))
}

async fn show(
    State(engine): State<Engine>,
    Caller { actor, .. }: Caller,
    Named(UserPath { user }): Named<UserPath>,
) -> Reply<PublicUser> {
    Ok(Json(engine.public_user(&actor, &user).await?))
}
