//! Teams: made, seen, changed, ended, and handed from one captain to another.

mod members;
mod public;

use jiff::Timestamp;

use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::id::{TeamId, UserId};
use crate::people::{
    Invited, Member, Membership, Team, TeamCard, TeamEvent, TeamProfile, TeamState, TeamView,
    Viewer,
};
use crate::permission::{Action, Actor, Ownership, Permission, Resource, Role};
use crate::port::{Document, Lookup, Versioned, sortable};
use crate::quantity::Points;
use crate::refusal::Refusal;

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

    /// TE-2: the team that the actor is in, if any.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor did not sign in; [`EngineError::Directory`] when the
    /// host's directory failed; [`EngineError::Store`] when the store failed.
    pub async fn own_team(&self, actor: &Actor) -> Result<Option<TeamView>, EngineError> {
        actor.require_own(Action::Read.on(Resource::Team), "seeing a team")?;
        let user = actor.signed_in("seeing a team")?;
        match self.team_of(user).await? {
            Some(team) => Ok(Some(self.view(actor, team.value).await?)),
            None => Ok(None),
        }
    }

    /// A team as those in it see it; also one that was dissolved, for those who run the platform
    /// and for the parts of it that write mails.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not in it; [`EngineError::Directory`] when the
    /// host's directory failed; [`EngineError::Store`] when the store failed.
    pub async fn team(&self, actor: &Actor, id: TeamId) -> Result<TeamView, EngineError> {
        let team = self
            .team_for(actor, id, Action::Read.on(Resource::Team))
            .await?;
        self.view(actor, team.value).await
    }

    /// TE-3: writes what a team says about itself anew.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not its captain or the profile breaks a rule;
    /// [`EngineError::Store`] when the store failed.
    pub async fn update_team(
        &self,
        actor: &Actor,
        id: TeamId,
        profile: TeamProfile,
    ) -> Result<TeamCard, EngineError> {
        profile.check()?;
        let card = TeamCard { team: id, profile };
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let update = Action::Update.on(Resource::Team);
            let team = self.team_for(actor, id, update).await?;
            let by = actor.signed_in("changing the team")?;
            let updated = team.value.decide_update(by, self.clock.now())?;
            // The team is written too, so that whoever leads it no more changes nothing.
            changes.put(&team.value.apply(&updated), Some(team.version))?;
            let old = self.find::<TeamCard>(&id).await?;
            changes.put(&card, old.map(|old| old.version))?;
            changes.event(updated);
            if tries.lands(changes).await? {
                return Ok(card);
            }
        }
    }

    /// TE-4: ends a team. Its name is kept, so that its members can be told which it was.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor neither leads it nor runs the platform;
    /// [`EngineError::Store`] when the store failed.
    pub async fn dissolve_team(&self, actor: &Actor, id: TeamId) -> Result<(), EngineError> {
        let dissolve = Action::Delete.on(Resource::Team);
        // Whom the table lets through without being captain runs the platform.
        self.change_team(actor, id, dissolve, |team, now| match actor.id() {
            Some(by) if leads(team, actor) => team.decide_dissolve(by, now),
            _ => team.decide_close(now),
        })
        .await
    }

    /// TE-10: makes another member the captain.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not the captain, or the other is not in the
    /// team; [`EngineError::Store`] when the store failed.
    pub async fn hand_team_over(
        &self,
        actor: &Actor,
        id: TeamId,
        to: &UserId,
    ) -> Result<(), EngineError> {
        let by = actor.signed_in("handing the captaincy over")?;
        let update = Action::Update.on(Resource::Team);
        self.change_team(actor, id, update, |team, _| team.decide_hand_over(by, to))
            .await
    }

    /// Lets every invitation to a team lapse whose time is over, and says how many did. They
    /// can't be accepted before that either; this clears them away and tells of it.
    ///
    /// # Errors
    /// [`EngineError::Store`] when the store failed.
    pub async fn lapse_team_invitations(&self) -> Result<u64, EngineError> {
        let mut lapsed = 0;
        let now = self.clock.now();
        let due = Lookup::of::<Team>(Team::DUE, "").until(&sortable(now));
        for stored in self.all::<Team>(due).await? {
            let mut tries = self.tries();
            loop {
                let mut changes = Changes::default();
                let team = self.load::<Team>(&stored.value.id).await?;
                let events = team.value.decide_tick(now);
                let count = events.len() as u64;
                if !events.is_empty() {
                    let after = events.iter().fold(team.value, Team::apply);
                    changes.put(&after, Some(team.version))?;
                }
                for event in events {
                    changes.event(event);
                }
                if tries.lands(changes).await? {
                    lapsed += count;
                    break;
                }
            }
        }
        Ok(lapsed)
    }

    /// Decides on a team that the actor is in, or may do this to anyway, and commits.
    async fn change_team<D>(
        &self,
        actor: &Actor,
        id: TeamId,
        permission: Permission,
        decide: D,
    ) -> Result<(), EngineError>
    where
        D: Fn(&Team, Timestamp) -> Result<TeamEvent, Refusal> + Send + Sync,
    {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let team = self.team_for(actor, id, permission).await?;
            let event = decide(&team.value, self.clock.now())?;
            changes.put(&team.value.apply(&event), Some(team.version))?;
            changes.event(event);
            if tries.lands(changes).await? {
                return Ok(());
            }
        }
    }

    /// A team to do something to. It is not there for those who are not in it.
    async fn team_for(
        &self,
        actor: &Actor,
        id: TeamId,
        permission: Permission,
    ) -> Result<Versioned<Team>, EngineError> {
        let team = self.load::<Team>(&id).await?;
        let ownership = match (team.value.roster(), actor.id()) {
            (Some(roster), Some(user)) if roster.has(user) => Ownership::Own,
            _ => Ownership::Other,
        };
        let as_captain = actor.clone().with(Role::Captain);
        let led = leads(&team.value, actor);
        let actor = if led { &as_captain } else { actor };
        let read = Action::Read.on(Resource::Team);
        actor.require(read, ownership, Team::KIND, &id)?;
        actor.require(permission, ownership, Team::KIND, &id)?;
        Ok(team)
    }

    async fn view(&self, actor: &Actor, team: Team) -> Result<TeamView, EngineError> {
        let profile = self.team_profile_of(team.id).await?;
        let led = leads(&team, actor);
        let mut view = TeamView {
            team: team.id,
            profile,
            max_members: team.max_members,
            captain: None,
            members: Vec::new(),
            invited: Vec::new(),
            points: Points(0),
            dissolved_at: None,
        };
        let roster = match team.state {
            TeamState::Active(roster) => roster,
            TeamState::Dissolved { at } => {
                view.dissolved_at = Some(at);
                return Ok(view);
            }
        };
        let purse = self.store.purse(Team::KIND, &view.team.to_string()).await?;
        view.points = purse.unwrap_or_default();
        if led {
            let invited = roster.invited.into_iter();
            let invited = invited.map(|(user, lapses_at)| Invited { user, lapses_at });
            view.invited = invited.collect();
        }
        let users: Vec<_> = roster.members.keys().cloned().collect();
        let known = self.introduced(&users).await?;
        for (user, since) in roster.members {
            let viewer = if actor.is(&user) {
                Viewer::Own
            } else {
                Viewer::Teammate
            };
            let shown = self.shown(&user, viewer, (0, Points(0)), &known).await?;
            let name = shown.and_then(|shown| shown.name);
            view.members.push(Member { user, name, since });
        }
        view.captain = Some(roster.captain);
        Ok(view)
    }

    /// What a team says about itself; nothing when that was erased.
    async fn team_profile_of(&self, id: TeamId) -> Result<TeamProfile, EngineError> {
        let card = self.find::<TeamCard>(&id).await?;
        Ok(card.map_or_else(TeamProfile::default, |card| card.value.profile))
    }

    async fn membership(&self, user: &UserId) -> Result<Membership, EngineError> {
        let team = self.team_of(user).await?;
        Ok(team.map_or(Membership::Free, |team| Membership::In(team.value.id)))
    }

    /// The team that a user is in.
    pub(in crate::engine) async fn team_of(
        &self,
        user: &UserId,
    ) -> Result<Option<Versioned<Team>>, EngineError> {
        self.find_by(Lookup::of::<Team>(Team::MEMBER, user)).await
    }
}

fn leads(team: &Team, actor: &Actor) -> bool {
    let roster = team.roster();
    roster.is_some_and(|roster| actor.is(&roster.captain))
}
