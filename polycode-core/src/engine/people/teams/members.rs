//! Who belongs to a team: invited, joined, left, sent away.

use crate::engine::changes::{Changes, not_found};
use crate::engine::{Engine, EngineError};
use crate::id::{TeamId, UserId};
use crate::people::{Team, TeamInvitation, User};
use crate::permission::{Action, Actor, Ownership, Resource};
use crate::port::{Lookup, Page, PageRequest};

impl Engine {
    /// TE-5: invites a user. Users belong to the host, so it is the host that knows whether there
    /// is such a user; one whose account was deleted is not invited.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not the captain, the user is in the team or
    /// invited already, or too many are invited; [`EngineError::Store`] when the store failed.
    pub async fn invite_to_team(
        &self,
        actor: &Actor,
        id: TeamId,
        user: &UserId,
    ) -> Result<(), EngineError> {
        let by = actor.signed_in("inviting users")?;
        let invite = Action::Create.on(Resource::TeamInvitation);
        // Only captains learn who is there.
        self.team_for(actor, id, invite).await?;
        let account = self.find::<User>(user).await?;
        if account.is_some_and(|account| account.value.is_deleted()) {
            return Err(not_found::<User>(user).into());
        }
        self.change_team(actor, id, invite, |team, now| {
            team.decide_invite(by, user.clone(), now)
        })
        .await
    }

    /// TE-5: takes an invitation back.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not the captain or the user is not invited;
    /// [`EngineError::Store`] when the store failed.
    pub async fn withdraw_team_invitation(
        &self,
        actor: &Actor,
        id: TeamId,
        user: &UserId,
    ) -> Result<(), EngineError> {
        let by = actor.signed_in("withdrawing invitations")?;
        let revoke = Action::Revoke.on(Resource::TeamInvitation);
        self.change_team(actor, id, revoke, |team, _| team.decide_withdraw(by, user))
            .await
    }

    /// TE-6: sends a member away.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not the captain, the user is not in the team
    /// or is its captain; [`EngineError::Store`] when the store failed.
    pub async fn kick_from_team(
        &self,
        actor: &Actor,
        id: TeamId,
        user: &UserId,
    ) -> Result<(), EngineError> {
        let by = actor.signed_in("kicking members")?;
        let kick = Action::Delete.on(Resource::Membership);
        self.change_team(actor, id, kick, |team, _| team.decide_kick(by, user))
            .await
    }

    /// TE-7: joins a team that invited the actor.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when there is no invitation that can be accepted now, the actor
    /// is in a team, or the team is full; [`EngineError::Store`] when the store failed.
    pub async fn accept_team_invitation(
        &self,
        actor: &Actor,
        id: TeamId,
    ) -> Result<(), EngineError> {
        self.answer_team_invitation(actor, id, Answer::Accept).await
    }

    /// TE-8: does not join a team that invited the actor.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when there is no invitation that can be answered now;
    /// [`EngineError::Store`] when the store failed.
    pub async fn reject_team_invitation(
        &self,
        actor: &Actor,
        id: TeamId,
    ) -> Result<(), EngineError> {
        self.answer_team_invitation(actor, id, Answer::Reject).await
    }

    /// TE-9: leaves a team.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not in it, or leads it: a captain hands the
    /// captaincy over or dissolves the team first; [`EngineError::Store`] when the store failed.
    pub async fn leave_team(&self, actor: &Actor, id: TeamId) -> Result<(), EngineError> {
        let user = actor.signed_in("leaving a team")?;
        let leave = Action::Delete.on(Resource::Membership);
        self.change_team(actor, id, leave, |team, _| team.decide_leave(user))
            .await
    }

    /// TE-7: the invitations that the actor can answer now, the one that lapses first before
    /// others.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor did not sign in or the page is not one;
    /// [`EngineError::Store`] when the store failed.
    pub async fn team_invitations(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<TeamInvitation>, EngineError> {
        let what = "seeing invitations";
        actor.require_own(Action::Read.on(Resource::TeamInvitation), what)?;
        let user = actor.signed_in(what)?;
        let now = self.clock.now();
        let invited = Lookup::of::<Team>(Team::INVITED, user);
        let teams = self.list::<Team>(invited, page).await?;
        let mut items = Vec::with_capacity(teams.items.len());
        for team in teams.items {
            let lapses_at = team
                .value
                .roster()
                .and_then(|roster| roster.invited.get(user).copied());
            let Some(lapses_at) = lapses_at.filter(|lapses_at| now < *lapses_at) else {
                continue;
            };
            let team = team.value.id;
            let profile = self.team_profile_of(team).await?;
            items.push(TeamInvitation {
                team,
                profile,
                lapses_at,
            });
        }
        Ok(Page {
            items,
            next: teams.next,
        })
    }

    async fn answer_team_invitation(
        &self,
        actor: &Actor,
        id: TeamId,
        answer: Answer,
    ) -> Result<(), EngineError> {
        let user = actor.signed_in("answering an invitation")?;
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let team = self.load::<Team>(&id).await?;
            let roster = team.value.roster();
            let is_invited = roster.is_some_and(|roster| roster.invited.contains_key(user));
            let ownership = if is_invited {
                Ownership::Own
            } else {
                Ownership::Other
            };
            let permission = Action::Answer.on(Resource::TeamInvitation);
            actor.require(permission, ownership, "invitation", user)?;
            let now = self.clock.now();
            let event = match answer {
                Answer::Accept => {
                    let membership = self.membership(user).await?;
                    team.value.decide_accept(user, membership, now)?
                }
                Answer::Reject => team.value.decide_reject(user, now)?,
            };
            changes.put(&team.value.apply(&event), Some(team.version))?;
            changes.event(event);
            if tries.lands(changes).await? {
                return Ok(());
            }
        }
    }
}

/// What a user says to an invitation.
#[derive(Debug, Clone, Copy)]
enum Answer {
    Accept,
    Reject,
}
