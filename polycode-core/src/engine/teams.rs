//! Teams: made, changed, joined and left.

use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::id::{TeamId, UserId};
use crate::people::{Membership, Team, TeamCard, TeamProfile};
use crate::permission::{Action, Actor, Resource};
use crate::port::{Lookup, Versioned};

/// The most members that a team has when its captain does not say.
const MEMBERS: u32 = 50;

impl Engine {
    /// TE-1: makes a team; the actor is its captain.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, is in a team already, or the profile
    /// breaks a rule; [`EngineError::Store`] when the store failed.
    pub async fn create_team(
        &self,
        actor: &Actor,
        profile: TeamProfile,
    ) -> Result<TeamCard, EngineError> {
        actor.require_own(Action::Create.on(Resource::Team), "making a team")?;
        let captain = actor.signed_in("making a team")?;
        profile.check()?;
        let card = TeamCard {
            team: TeamId(self.ids.next()),
            profile,
        };
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let membership = self.membership(captain).await?;
            let now = self.clock.now();
            let created =
                Team::decide_create(card.team, captain.clone(), membership, MEMBERS, now)?;
            if let Some(team) = Team::begin(&created) {
                changes.create(&team)?;
            }
            changes.create(&card)?;
            changes.event(created);
            if tries.lands(changes).await? {
                return Ok(card);
            }
        }
    }

    async fn membership(&self, user: &UserId) -> Result<Membership, EngineError> {
        let team = self.team_of(user).await?;
        Ok(team.map_or(Membership::Free, |team| Membership::In(team.value.id)))
    }

    /// The team that a user is in.
    async fn team_of(&self, user: &UserId) -> Result<Option<Versioned<Team>>, EngineError> {
        self.find_by(Lookup::of::<Team>(Team::MEMBER, user)).await
    }
}
