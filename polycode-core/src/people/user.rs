//! An account: from its beginning to its deletion, which leaves nothing of the person.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::UserId;
use crate::people::{ProfileVisibility, Settings, UserProfile};
use crate::quantity::Points;
use crate::refusal::Refusal;

/// An account. What the person wrote stands in a [`UserProfile`] and [`Settings`] beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The host's id; opaque, so that ledgers and results can keep it when the person is gone.
    pub id: UserId,
    /// Since when.
    pub since: Timestamp,
    /// Whether it still exists.
    pub state: UserState,
}

/// Whether an account still exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum UserState {
    /// It does.
    Active,
    /// It was deleted, and its profile and settings with it.
    Deleted {
        /// When.
        at: Timestamp,
    },
}

/// What happened to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum UserEvent {
    /// It began.
    Registered {
        /// The account.
        user: UserId,
        /// When.
        at: Timestamp,
    },
    /// Its profile was written anew.
    ProfileUpdated {
        /// The account.
        user: UserId,
        /// When.
        at: Timestamp,
    },
    /// Its address for mails is another one: whoever sends mails confirms it first.
    AddressChanged {
        /// The account.
        user: UserId,
        /// When.
        at: Timestamp,
    },
    /// Its settings were written anew.
    SettingsUpdated {
        /// The account.
        user: UserId,
        /// When.
        at: Timestamp,
    },
    /// It was deleted: whoever keeps personal data of it erases that now.
    Deleted {
        /// The account.
        user: UserId,
        /// When.
        at: Timestamp,
    },
}

/// What others may see of a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublicUser {
    /// The account.
    pub user: UserId,
    /// The name; none when the account was deleted, or is the host's alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Something about the user.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// The place in the ranking of users.
    pub rank: u64,
    /// The polypoints.
    pub points: Points,
}

/// Where a viewer stands to the user whose profile they want to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// It is the user.
    Own,
    /// Somebody of the same team.
    Teammate,
    /// Anybody else, guests too.
    Stranger,
}

impl PublicUser {
    /// What others may see of a user who has no account here, or none any more.
    pub const fn nameless(user: UserId, (rank, points): (u64, Points)) -> Self {
        Self {
            user,
            name: None,
            about: String::new(),
            rank,
            points,
        }
    }
}

impl User {
    /// Begins an account.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when the profile breaks a rule.
    pub fn decide_register(
        id: UserId,
        profile: &UserProfile,
        now: Timestamp,
    ) -> Result<UserEvent, Refusal> {
        profile.check()?;
        Ok(UserEvent::Registered { user: id, at: now })
    }

    /// The account that a [`UserEvent::Registered`] begins, or what is left of one when a
    /// [`UserEvent::Deleted`] comes first; none for any other event.
    pub fn begin(event: &UserEvent) -> Option<Self> {
        let (user, since, state) = match event {
            UserEvent::Registered { user, at } => (user, *at, UserState::Active),
            UserEvent::Deleted { user, at } => (user, *at, UserState::Deleted { at: *at }),
            UserEvent::ProfileUpdated { .. }
            | UserEvent::AddressChanged { .. }
            | UserEvent::SettingsUpdated { .. } => return None,
        };
        Some(Self {
            id: user.clone(),
            since,
            state,
        })
    }

    /// Forgets somebody whose account is the host's alone, and who never had one here.
    pub const fn decide_forget(user: UserId, now: Timestamp) -> UserEvent {
        UserEvent::Deleted { user, at: now }
    }

    /// Takes a new profile in place of the one before.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] when somebody else asks; [`Refusal::WrongState`] when the account
    /// was deleted; [`Refusal::Invalid`] when the profile breaks a rule.
    pub fn decide_update_profile(
        &self,
        by: &UserId,
        (before, profile): (&UserProfile, &UserProfile),
        now: Timestamp,
    ) -> Result<Vec<UserEvent>, Refusal> {
        self.own(by, "changing somebody else's profile")?;
        profile.check()?;
        let updated = UserEvent::ProfileUpdated {
            user: self.id.clone(),
            at: now,
        };
        let changed = profile.email.is_some() && profile.email != before.email;
        let changed = changed.then(|| UserEvent::AddressChanged {
            user: self.id.clone(),
            at: now,
        });
        Ok(std::iter::once(updated).chain(changed).collect())
    }

    /// Takes new settings; settings have no rules beyond their types.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] when somebody else asks; [`Refusal::WrongState`] when the account
    /// was deleted.
    pub fn decide_update_settings(
        &self,
        by: &UserId,
        now: Timestamp,
    ) -> Result<UserEvent, Refusal> {
        self.own(by, "changing somebody else's settings")?;
        Ok(UserEvent::SettingsUpdated {
            user: self.id.clone(),
            at: now,
        })
    }

    /// Deletes the account. Whoever commits this erases the profile, the settings and every other
    /// document with personal data in the same commit, and lets the user's team
    /// [forget](crate::people::Team::decide_forget) them.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when it was deleted before.
    pub fn decide_delete(&self, now: Timestamp) -> Result<UserEvent, Refusal> {
        self.existing()?;
        Ok(UserEvent::Deleted {
            user: self.id.clone(),
            at: now,
        })
    }

    /// The account after an event.
    #[must_use]
    pub fn apply(self, event: &UserEvent) -> Self {
        match event {
            UserEvent::Registered { .. }
            | UserEvent::ProfileUpdated { .. }
            | UserEvent::AddressChanged { .. }
            | UserEvent::SettingsUpdated { .. } => self,
            UserEvent::Deleted { at, .. } => Self {
                state: UserState::Deleted { at: *at },
                ..self
            },
        }
    }

    /// Whether it was deleted.
    pub const fn is_deleted(&self) -> bool {
        matches!(self.state, UserState::Deleted { .. })
    }

    /// What a viewer may see of the user, whose profile is none when it was erased.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when the user does not want to be seen by this viewer.
    pub fn public(
        &self,
        profile: Option<&UserProfile>,
        settings: &Settings,
        viewer: Viewer,
        (rank, points): (u64, Points),
    ) -> Result<PublicUser, Refusal> {
        if !settings.visibility.shows_to(viewer) {
            return Err(Refusal::NotFound {
                what: "user",
                id: self.id.to_string(),
            });
        }
        let profile = profile.filter(|_| !self.is_deleted());
        Ok(PublicUser {
            name: profile.map(|profile| profile.name.clone()),
            about: profile.map_or_else(String::new, |profile| profile.about.clone()),
            ..PublicUser::nameless(self.id.clone(), (rank, points))
        })
    }

    fn own(&self, by: &UserId, what: &'static str) -> Result<(), Refusal> {
        self.existing()?;
        if self.id == *by {
            Ok(())
        } else {
            Err(Refusal::NotAllowed { what })
        }
    }

    const fn existing(&self) -> Result<(), Refusal> {
        match self.state {
            UserState::Active => Ok(()),
            UserState::Deleted { .. } => Err(Refusal::WrongState {
                what: "account",
                state: "deleted",
            }),
        }
    }
}

impl ProfileVisibility {
    /// Whether a viewer may see the profile.
    pub const fn shows_to(self, viewer: Viewer) -> bool {
        match (self, viewer) {
            (_, Viewer::Own) | (Self::Everybody, _) | (Self::Team, Viewer::Teammate) => true,
            (Self::Team, Viewer::Stranger) | (Self::Nobody, _) => false,
        }
    }
}

#[cfg(test)]
mod tests;
