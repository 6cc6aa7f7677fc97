//! How people's documents are stored and found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::TeamId;
use crate::people::{Team, TeamProfile};
use crate::port::{Document, Term};

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
    pub(crate) const MEMBER: &str = "member";
    /// The list of the teams that invited a user.
    pub(crate) const INVITED: &str = "invited";
    /// The list of all teams that were not dissolved.
    pub(crate) const ACTIVE: &str = "active";
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
        members
            .map(|user| Term::unique(Self::MEMBER, user))
            .chain(invited.map(|(user, lapses_at)| Term::listed(Self::INVITED, user, lapses_at)))
            .chain([Term::listed(Self::ACTIVE, "", &self.id)])
            .collect()
    }
}

impl Document for TeamCard {
    const KIND: &'static str = "team profile";

    fn key(&self) -> String {
        self.team.to_string()
    }
}
