//! AS-18 to AS-21: invitations to campaigns, by those who are invited.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use axum::Json;
use axum::extract::State;
use polycode_core::Engine;
use polycode_core::engine::{AttemptView, OpenTest, TestIntroduction};
use polycode_core::port::{Page, PageRequest};

use super::paths::{CandidatePath, InvitationPath};
use super::reply::{Done, Made, Reply};
use super::{Service, about};
use crate::caller::{Caller, Member};
use crate::error::ApiError;
use crate::extract::{Named, Params};

pub(super) fn routes() -> ApiRouter<Service> {
    const TAG: &str = "invitations";
    ApiRouter::new()
        .api_route(
            "/invitations/{token}",
            get_with(
                show,
                about("getInvitation", TAG, "Read what one is invited to"),
            ),
        )
        .api_route(
            "/invitations/{token}/acceptance",
            post_with(
                accept,
                about("acceptInvitation", TAG, "Accept an invitation"),
            ),
        )
        .api_route(
            "/invitations/{token}/rejection",
            post_with(
                decline,
                about("declineInvitation", TAG, "Decline an invitation"),
            ),
        )
        .api_route(
            "/own/tests",
            get_with(
                open_tests,
                about("listOpenTests", TAG, "List the tests that are open to one"),
            ),
        )
        .api_route(
            "/own/tests/{candidate}",
            get_with(
                introduction,
                about("getTestIntroduction", TAG, "Read what a test is about"),
            )
            .delete_with(
                withdraw,
                about("withdraw", TAG, "Decline after having accepted"),
            ),
        )
        .api_route(
            "/own/tests/{candidate}/attempt",
            post_with(start, about("startTest", TAG, "Start a test")),
        )
}

async fn show(
    State(engine): State<Engine>,
    Named(InvitationPath { token }): Named<InvitationPath>,
) -> Reply<TestIntroduction> {
    Ok(Json(engine.invitation(&token).await?))
}

async fn accept(
    State(service): State<Service>,
    Member(actor): Member,
    Named(InvitationPath { token }): Named<InvitationPath>,
) -> Reply<TestIntroduction> {
    let address = match actor.id() {
        Some(user) => service.accounts.confirmed_address(user).await?,
        None => None,
    };
    let accepted = service
        .engine
        .accept_invitation(&actor, &token, address.as_ref());
    Ok(Json(accepted.await?))
}

async fn decline(
    State(engine): State<Engine>,
    Caller { actor, .. }: Caller,
    Named(InvitationPath { token }): Named<InvitationPath>,
) -> Result<Done, ApiError> {
    engine.decline_invitation(&actor, &token).await?;
    Ok(Done)
}

async fn open_tests(
    State(engine): State<Engine>,
    Member(actor): Member,
    Params(page): Params<PageRequest>,
) -> Reply<Page<OpenTest>> {
    Ok(Json(engine.open_tests(&actor, page).await?))
}

async fn introduction(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CandidatePath { candidate }): Named<CandidatePath>,
) -> Reply<TestIntroduction> {
    Ok(Json(engine.test_introduction(&actor, candidate).await?))
}

async fn withdraw(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CandidatePath { candidate }): Named<CandidatePath>,
) -> Result<Done, ApiError> {
    engine.withdraw(&actor, candidate).await?;
    Ok(Done)
}

async fn start(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CandidatePath { candidate }): Named<CandidatePath>,
) -> Result<Made<AttemptView>, ApiError> {
    Ok(Made(engine.start_test(&actor, candidate).await?))
}
