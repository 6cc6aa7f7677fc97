//! TE-1 to TE-12: teams.

use aide::axum::ApiRouter;
use aide::axum::routing::{delete_with, get_with, post_with, put_with};
use axum::Json;
use axum::extract::State;
use polycode_core::Engine;
use polycode_core::id::UserId;
use polycode_core::people::{PublicTeam, TeamCard, TeamInvitation, TeamProfile, TeamView};
use polycode_core::port::{Page, PageRequest};
use schemars::JsonSchema;
use serde::Deserialize;

use super::paths::{TeamPath, TeamUserPath};
use super::reply::{Done, Made, Reply};
use super::{Service, about};
use crate::caller::{Caller, Member};
use crate::error::ApiError;
use crate::extract::{Body, Named, Params};

/// A user.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Whom {
    /// Who.
    user: UserId,
}

pub(super) fn routes() -> ApiRouter<Service> {
    const TAG: &str = "teams";
    ApiRouter::new()
        .api_route(
            "/teams",
            get_with(ranking, about("rankTeams", TAG, "See the ranking of teams")).post_with(
                create,
                about("createTeam", TAG, "Create a team and lead it"),
            ),
        )
        .api_route(
            "/teams/{team}",
            get_with(show, about("getTeam", TAG, "See a team's public profile"))
                .put_with(
                    update,
                    about("updateTeam", TAG, "Edit a team that one leads"),
                )
                .delete_with(
                    dissolve,
                    about("dissolveTeam", TAG, "Dissolve a team that one leads"),
                ),
        )
        .api_route(
            "/teams/{team}/members",
            get_with(members, about("getMembers", TAG, "See a team from within")),
        )
        .api_route(
            "/teams/{team}/members/{user}",
            delete_with(
                remove,
                about("removeMember", TAG, "Leave a team, or kick a member"),
            ),
        )
        .api_route(
            "/teams/{team}/captain",
            put_with(
                hand_over,
                about("handTeamOver", TAG, "Hand the captaincy over"),
            ),
        )
        .api_route(
            "/teams/{team}/invitations",
            post_with(invite, about("inviteToTeam", TAG, "Invite a user")),
        )
        .api_route(
            "/teams/{team}/invitations/{user}",
            delete_with(
                withdraw,
                about("withdrawTeamInvitation", TAG, "Take an invitation back"),
            ),
        )
        .api_route(
            "/teams/{team}/acceptance",
            post_with(accept, about("joinTeam", TAG, "Accept an invitation")),
        )
        .api_route(
            "/teams/{team}/rejection",
            post_with(reject, about("rejectTeam", TAG, "Reject an invitation")),
        )
        .api_route(
            "/own/team",
            get_with(own, about("getOwnTeam", TAG, "See own team")),
        )
        .api_route(
            "/own/team-invitations",
            get_with(
                invitations,
                about("listTeamInvitations", TAG, "List own invitations to teams"),
            ),
        )
}

async fn ranking(
    State(engine): State<Engine>,
    Caller { actor, .. }: Caller,
    Params(page): Params<PageRequest>,
) -> Reply<Page<PublicTeam>> {
    Ok(Json(engine.team_ranking(&actor, page).await?))
}

async fn create(
    State(engine): State<Engine>,
    Member(actor): Member,
    Body(profile): Body<TeamProfile>,
) -> Result<Made<TeamCard>, ApiError> {
    Ok(Made(engine.create_team(&actor, profile).await?))
}

async fn show(
    State(engine): State<Engine>,
    Caller { actor, .. }: Caller,
    Named(TeamPath { team }): Named<TeamPath>,
) -> Reply<PublicTeam> {
    Ok(Json(engine.public_team(&actor, team).await?))
}

async fn members(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(TeamPath { team }): Named<TeamPath>,
) -> Reply<TeamView> {
    Ok(Json(engine.team(&actor, team).await?))
}

async fn own(State(engine): State<Engine>, Member(actor): Member) -> Reply<TeamView> {
    let team = engine.own_team(&actor).await?;
    team.map(Json).ok_or_else(|| ApiError::not_found("team"))
}

async fn update(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(TeamPath { team }): Named<TeamPath>,
    Body(profile): Body<TeamProfile>,
) -> Reply<TeamCard> {
    Ok(Json(engine.update_team(&actor, team, profile).await?))
}

async fn dissolve(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(TeamPath { team }): Named<TeamPath>,
) -> Result<Done, ApiError> {
    engine.dissolve_team(&actor, team).await?;
    Ok(Done)
}

async fn hand_over(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(TeamPath { team }): Named<TeamPath>,
    Body(Whom { user }): Body<Whom>,
) -> Result<Done, ApiError> {
    engine.hand_team_over(&actor, team, &user).await?;
    Ok(Done)
}

async fn invite(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(TeamPath { team }): Named<TeamPath>,
    Body(Whom { user }): Body<Whom>,
) -> Result<Done, ApiError> {
    engine.invite_to_team(&actor, team, &user).await?;
    Ok(Done)
}

async fn withdraw(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(TeamUserPath { team, user }): Named<TeamUserPath>,
) -> Result<Done, ApiError> {
    engine.withdraw_team_invitation(&actor, team, &user).await?;
    Ok(Done)
}

async fn remove(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(TeamUserPath { team, user }): Named<TeamUserPath>,
) -> Result<Done, ApiError> {
    if actor.is(&user) {
        engine.leave_team(&actor, team).await?;
    } else {
        engine.kick_from_team(&actor, team, &user).await?;
    }
    Ok(Done)
}

async fn accept(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(TeamPath { team }): Named<TeamPath>,
) -> Result<Done, ApiError> {
    engine.accept_team_invitation(&actor, team).await?;
    Ok(Done)
}

async fn reject(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(TeamPath { team }): Named<TeamPath>,
) -> Result<Done, ApiError> {
    engine.reject_team_invitation(&actor, team).await?;
    Ok(Done)
}

async fn invitations(
    State(engine): State<Engine>,
    Member(actor): Member,
    Params(page): Params<PageRequest>,
) -> Reply<Page<TeamInvitation>> {
    Ok(Json(engine.team_invitations(&actor, page).await?))
}
