//! Accounts: made, seen, changed, deleted. They are optional, since users belong to the host:
//! whoever has none still earns, joins teams and is ranked.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::Candidate;
use crate::assessment::documents::CandidateCard;
use crate::engine::changes::{Changes, not_found};
use crate::engine::{Engine, EngineError};
use crate::id::UserId;
use crate::integrity::Timeline;
use crate::judging::ReviewNote;
use crate::people::{Settings, Team, TeamCard, User, UserCard, UserEvent, UserProfile};
use crate::permission::{Action, Actor, Resource};
use crate::port::{Document, Lookup, Versioned};
use crate::practice::Workspace;
use crate::refusal::Refusal;

/// An account to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Registration {
    /// The id that the host gives.
    pub user: UserId,
    /// What the user says about themselves.
    pub profile: UserProfile,
    /// How they want the product to be.
    #[serde(default)]
    pub settings: Settings,
}

/// An account as its user sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserAccount {
    /// The user.
    pub user: UserId,
    /// Since when there is the account.
    pub since: Timestamp,
    /// What the user says about themselves.
    pub profile: UserProfile,
    /// How they want the product to be.
    pub settings: Settings,
}

impl Engine {
    /// AC-1: makes an account. How its user signs in is the host's matter, and so is that the id
    /// is theirs.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when there is one, or was one, or the profile breaks a rule;
    /// [`EngineError::Store`] when the store failed.
    pub async fn register(
        &self,
        actor: &Actor,
        registration: Registration,
    ) -> Result<UserAccount, EngineError> {
        actor.require_own(Action::Create.on(Resource::Account), "making an account")?;
        let Registration {
            user,
            profile,
            settings,
        } = registration;
        let card = UserCard {
            user: user.clone(),
            profile,
            settings,
        };
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            if self.find::<User>(&user).await?.is_some() {
                let what = "the account was made";
                return Err(Refusal::AlreadyDone { what }.into());
            }
            let now = self.clock.now();
            let registered = User::decide_register(user.clone(), &card.profile, now)?;
            if let Some(account) = User::begin(&registered) {
                changes.create(&account)?;
            }
            changes.create(&card)?;
            changes.event(registered);
            if tries.lands(changes).await? {
                return Ok(UserAccount::of(now, card));
            }
        }
    }

    /// AC-2: an account with all that its user wrote.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not the actor's own, or there is none;
    /// [`EngineError::Store`] when the store failed.
    pub async fn account(&self, actor: &Actor, user: &UserId) -> Result<UserAccount, EngineError> {
        let read = Action::Read.on(Resource::Account);
        actor.require(read, actor.ownership(user), User::KIND, user)?;
        let account = self.load::<User>(user).await?.value;
        let card = self.card(user).await?.value;
        Ok(UserAccount::of(account.since, card))
    }

    /// AC-3: writes what a user says about themselves anew.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not the actor's own account, there is none, or the
    /// profile breaks a rule; [`EngineError::Store`] when the store failed.
    pub async fn update_profile(
        &self,
        actor: &Actor,
        user: &UserId,
        profile: UserProfile,
    ) -> Result<UserAccount, EngineError> {
        self.change_account(actor, user, |account, card, now| {
            let profiles = (&card.profile, &profile);
            let updated = account.decide_update_profile(user, profiles, now)?;
            let profile = profile.clone();
            Ok((UserCard { profile, ..card }, updated))
        })
        .await
    }

    /// AC-3: writes how a user wants the product to be anew.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not the actor's own account, or there is none;
    /// [`EngineError::Store`] when the store failed.
    pub async fn update_settings(
        &self,
        actor: &Actor,
        user: &UserId,
        settings: Settings,
    ) -> Result<UserAccount, EngineError> {
        self.change_account(actor, user, |account, card, now| {
            let updated = account.decide_update_settings(user, now)?;
            let settings = settings.clone();
            Ok((UserCard { settings, ..card }, vec![updated]))
        })
        .await
    }

    /// AC-4: deletes an account. What the person wrote about themselves and how they typed is
    /// erased, and who they were to the authors of campaigns; their team goes on without them, or
    /// ends when it was theirs alone. The ledger, results and purchases keep the host's opaque
    /// id, so that they still add up.
    ///
    /// Also forgets a user who never had an account here.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not the actor's own, or was deleted before;
    /// [`EngineError::Store`] when the store failed.
    pub async fn delete_account(&self, actor: &Actor, user: &UserId) -> Result<(), EngineError> {
        let delete = Action::Delete.on(Resource::Account);
        actor.require(delete, actor.ownership(user), User::KIND, user)?;
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let now = self.clock.now();
            if let Some(account) = self.find::<User>(user).await? {
                let deleted = account.value.decide_delete(now)?;
                changes.put(&account.value.apply(&deleted), Some(account.version))?;
                changes.event(deleted);
            } else {
                let forgotten = User::decide_forget(user.clone(), now);
                if let Some(account) = User::begin(&forgotten) {
                    changes.create(&account)?;
                }
                changes.event(forgotten);
            }
            if let Some(card) = self.find::<UserCard>(user).await? {
                changes.remove(&card);
            }
            self.forget_in_teams(user, now, &mut changes).await?;
            self.forget_timelines(user, now, &mut changes).await?;
            self.forget_writings(user, &mut changes).await?;
            self.forget_candidates(user, &mut changes).await?;
            if tries.lands(changes).await? {
                return Ok(());
            }
        }
    }

    async fn forget_in_teams(
        &self,
        user: &UserId,
        now: Timestamp,
        changes: &mut Changes,
    ) -> Result<(), EngineError> {
        let mut teams = Vec::from_iter(self.team_of(user).await?);
        let invited = Lookup::of::<Team>(Team::INVITED, user);
        teams.extend(self.all::<Team>(invited).await?);
        for team in teams {
            let events = team.value.decide_forget(user, now);
            let after = events.iter().fold(team.value, Team::apply);
            if after.roster().is_none() {
                // It was this user's alone: nobody else has to be told its name.
                if let Some(card) = self.find::<TeamCard>(&after.id).await? {
                    changes.remove(&card);
                }
            }
            changes.put(&after, Some(team.version))?;
            for event in events {
                changes.event(event);
            }
        }
        Ok(())
    }

    /// What somebody wrote: their unfinished programs, and comments about them and by them.
    async fn forget_writings(
        &self,
        user: &UserId,
        changes: &mut Changes,
    ) -> Result<(), EngineError> {
        let workspaces = Lookup::of::<Workspace>(Workspace::USER, user);
        for workspace in self.all::<Workspace>(workspaces).await? {
            changes.remove(&workspace);
        }
        let about = self.all::<ReviewNote>(Lookup::of::<ReviewNote>(ReviewNote::ABOUT, user));
        let by = self.all::<ReviewNote>(Lookup::of::<ReviewNote>(ReviewNote::BY, user));
        let (about, by) = (about.await?, by.await?);
        let notes = about
            .iter()
            .chain(by.iter().filter(|note| note.value.user != *user));
        notes.for_each(|note| changes.remove(note));
        Ok(())
    }

    /// Who the user was to the authors of campaigns. What they did there stays, without a name.
    async fn forget_candidates(
        &self,
        user: &UserId,
        changes: &mut Changes,
    ) -> Result<(), EngineError> {
        let candidates = Lookup::of::<Candidate>(Candidate::USER, user);
        for candidate in self.all::<Candidate>(candidates).await? {
            let id = candidate.value.id;
            if let Some(Versioned { version, value }) = self.find::<CandidateCard>(&id).await? {
                let profile = value.profile.forgotten(id);
                let card = CandidateCard { profile, ..value };
                changes.put(&card, Some(version))?;
            }
        }
        Ok(())
    }

    async fn forget_timelines(
        &self,
        user: &UserId,
        now: Timestamp,
        changes: &mut Changes,
    ) -> Result<(), EngineError> {
        let own = Lookup::of::<Timeline>(Timeline::OF_USER, user);
        for timeline in self.all::<Timeline>(own).await? {
            changes.event(timeline.value.decide_withdraw(now));
            changes.remove(&timeline);
        }
        Ok(())
    }

    /// Decides on an account of the actor's own, and commits.
    async fn change_account<D>(
        &self,
        actor: &Actor,
        user: &UserId,
        decide: D,
    ) -> Result<UserAccount, EngineError>
    where
        D: Fn(&User, UserCard, Timestamp) -> Result<(UserCard, Vec<UserEvent>), Refusal>
            + Send
            + Sync,
    {
        let update = Action::Update.on(Resource::Account);
        actor.require(update, actor.ownership(user), User::KIND, user)?;
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let account = self.load::<User>(user).await?;
            let Versioned { version, value } = self.card(user).await?;
            let (card, events) = decide(&account.value, value, self.clock.now())?;
            changes.put(&card, Some(version))?;
            for event in events {
                changes.event(event);
            }
            if tries.lands(changes).await? {
                return Ok(UserAccount::of(account.value.since, card));
            }
        }
    }

    /// What a user says and wants. It goes with the account, so an account that was deleted is
    /// not there.
    async fn card(&self, user: &UserId) -> Result<Versioned<UserCard>, EngineError> {
        let card = self.find::<UserCard>(user).await?;
        Ok(card.ok_or_else(|| not_found::<User>(user))?)
    }
}

impl UserAccount {
    fn of(since: Timestamp, card: UserCard) -> Self {
        Self {
            user: card.user,
            since,
            profile: card.profile,
            settings: card.settings,
        }
    }
}
