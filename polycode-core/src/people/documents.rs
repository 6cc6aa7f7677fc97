//! How people's documents are stored and found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{TeamId, UserId};
use crate::people::{Settings, Team, TeamProfile, User, UserProfile};
use crate::port::{Document, Term, sortable};

/// What a user says about themselves, and how they want the product to be. It is all that is
/// known of the person, and goes with the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserCard {
    /// The user.
    pub user: UserId,
    /// What they say.
    pub profile: UserProfile,
    /// What they want.
    pub settings: Settings,
}

/// What a team says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TeamCard {
    /// The team.
    pub team: TeamId,
    /// What it says.
    pub profile: TeamProfile,
}

impl Team {
    /// The list of the teams that a user is in: one at most.
    pub(crate) const MEMBER: &str = Term::HOLDER;
    /// The list of the teams that invited a user, the invitation that lapses first before others.
    pub(crate) const INVITED: &str = "invited";
    /// The list of all teams that were not dissolved.
    pub(crate) const ACTIVE: &str = "active";
    /// The list of the teams for which time will decide something, the first to come before
    /// others.
    pub(crate) const DUE: &str = "due";
}

impl Document for User {
    const KIND: &'static str = "account";

    fn key(&self) -> String {
        self.id.to_string()
    }
}

impl Document for UserCard {
    const KIND: &'static str = "user profile";

    fn key(&self) -> String {
        self.user.to_string()
    }
}

impl Document for Team {
    const KIND: &'static str = "team";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn terms(&self) -> Vec<Term> {
        let Some(roster) = self.roster() else {
            return Vec::new();
        };
        let members = roster.members.keys();
        let invited = roster.invited.iter();
        let due = self.next_tick().map(sortable);
        members
            .map(|user| Term::unique(Self::MEMBER, user))
            .chain(
                invited.map(|(user, lapses_at)| {
                    Term::listed(Self::INVITED, user, &sortable(*lapses_at))
                }),
            )
            .chain([Term::listed(Self::ACTIVE, "", &self.id)])
            .chain(due.map(|due| Term::listed(Self::DUE, "", &due)))
            .collect()
    }
}

impl Document for TeamCard {
    const KIND: &'static str = "team profile";

    fn key(&self) -> String {
        self.team.to_string()
    }
}
