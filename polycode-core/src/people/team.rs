//! A team: users who add their polypoints up, led by one of them, its captain.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{TeamId, UserId};
use crate::refusal::Refusal;

/// A team. Its name and description stand in a
/// [`TeamProfile`](crate::people::TeamProfile) beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// The most members it may have, its captain included.
    pub max_members: u32,
    /// Whether it still exists, and who is in it.
    pub state: TeamState,
}

/// Whether a team still exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum TeamState {
    /// It does.
    Active(Roster),
    /// It was dissolved, and nothing can be done with it any more.
    Dissolved {
        /// When.
        at: Timestamp,
    },
}

/// Who belongs to a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Roster {
    /// Who leads it: always one of its members.
    pub captain: UserId,
    /// Everybody in it, the captain too, and since when.
    pub members: BTreeMap<UserId, Timestamp>,
    /// Who is invited, and when the invitation lapses.
    pub invited: BTreeMap<UserId, Timestamp>,
}

/// Whether a user is in a team now. A user is in one team at most; a store keeps that rule with
/// a unique index, the rules here see it as this value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Membership {
    /// In none.
    Free,
    /// In this one.
    In(TeamId),
}

/// What happened to a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum TeamEvent {
    /// It began.
    Created {
        /// The team as it begins its life.
        team: Team,
        /// When.
        at: Timestamp,
    },
    /// Its profile was written anew.
    Updated {
        /// The team.
        team: TeamId,
        /// When.
        at: Timestamp,
    },
    /// It ended.
    Dissolved {
        /// The team.
        team: TeamId,
        /// Who was in it, so that they can be told.
        members: BTreeSet<UserId>,
        /// When.
        at: Timestamp,
    },
    /// A user was invited.
    Invited {
        /// The team.
        team: TeamId,
        /// Who was invited.
        user: UserId,
        /// When.
        at: Timestamp,
        /// From when on it can't be accepted any more.
        lapses_at: Timestamp,
    },
    /// The captain took an invitation back.
    InvitationWithdrawn {
        /// The team.
        team: TeamId,
        /// Who was invited.
        user: UserId,
    },
    /// An invitation was not answered in time.
    InvitationLapsed {
        /// The team.
        team: TeamId,
        /// Who was invited.
        user: UserId,
    },
    /// An invited user did not want to join.
    Rejected {
        /// The team.
        team: TeamId,
        /// Who was invited.
        user: UserId,
    },
    /// An invited user joined.
    Joined {
        /// The team.
        team: TeamId,
        /// Who joined.
        user: UserId,
        /// When.
        at: Timestamp,
    },
    /// The captain sent a member away.
    Kicked {
        /// The team.
        team: TeamId,
        /// Who was sent away.
        user: UserId,
    },
    /// A member left.
    Left {
        /// The team.
        team: TeamId,
        /// Who left.
        user: UserId,
    },
    /// Another member leads it now.
    CaptaincyHandedOver {
        /// The team.
        team: TeamId,
        /// Who led it before.
        from: UserId,
        /// Who leads it now.
        to: UserId,
    },
}

impl Team {
    /// The most members that a team can be made for.
    pub const MOST_MEMBERS: u32 = 1_000;
    /// The most invitations that a team has open at once.
    pub const MOST_INVITED: u32 = 1_000;
    /// How long an invitation can be accepted.
    pub const INVITATION_LASTS: SignedDuration = SignedDuration::from_hours(30 * 24);

    /// The team that a [`TeamEvent::Created`] begins; none for any other event.
    pub fn begin(event: &TeamEvent) -> Option<Self> {
        match event {
            TeamEvent::Created { team, .. } => Some(team.clone()),
            _ => None,
        }
    }

    /// The team after an event.
    #[must_use]
    pub fn apply(mut self, event: &TeamEvent) -> Self {
        if let TeamEvent::Dissolved { at, .. } = event {
            self.state = TeamState::Dissolved { at: *at };
        }
        if let TeamState::Active(roster) = &mut self.state {
            roster.take(event);
        }
        self
    }

    /// Who is in it, while it exists.
    pub const fn roster(&self) -> Option<&Roster> {
        match &self.state {
            TeamState::Active(roster) => Some(roster),
            TeamState::Dissolved { .. } => None,
        }
    }

    /// Who is in it.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when it was dissolved.
    pub fn existing(&self) -> Result<&Roster, Refusal> {
        self.roster().ok_or(Refusal::WrongState {
            what: "team",
            state: "dissolved",
        })
    }
}

impl Roster {
    /// Whether somebody is in the team.
    pub fn has(&self, user: &UserId) -> bool {
        self.members.contains_key(user)
    }

    /// The member who would lead the team if the captain went: who has been in it longest, and of
    /// those who joined together the one whose id comes first.
    pub fn heir(&self) -> Option<&UserId> {
        let others = self
            .members
            .iter()
            .filter(|(user, _)| **user != self.captain);
        others
            .min_by_key(|(user, since)| (**since, *user))
            .map(|(user, _)| user)
    }

    fn take(&mut self, event: &TeamEvent) {
        match event {
            TeamEvent::Created { .. } | TeamEvent::Updated { .. } | TeamEvent::Dissolved { .. } => {
            }
            TeamEvent::Invited {
                user, lapses_at, ..
            } => {
                self.invited.insert(user.clone(), *lapses_at);
            }
            TeamEvent::InvitationWithdrawn { user, .. }
            | TeamEvent::InvitationLapsed { user, .. }
            | TeamEvent::Rejected { user, .. } => {
                self.invited.remove(user);
            }
            TeamEvent::Joined { user, at, .. } => {
                self.invited.remove(user);
                self.members.insert(user.clone(), *at);
            }
            TeamEvent::Kicked { user, .. } | TeamEvent::Left { user, .. } => {
                self.members.remove(user);
            }
            TeamEvent::CaptaincyHandedOver { to, .. } => self.captain = to.clone(),
        }
    }
}

mod membership;
mod rules;
pub mod view;

#[cfg(test)]
mod tests;
