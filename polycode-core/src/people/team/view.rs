//! A team as those in it see it, and as everybody does.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{TeamId, UserId};
use crate::people::TeamProfile;
use crate::quantity::Points;

/// A team as those in it see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TeamView {
    /// The team.
    pub team: TeamId,
    /// What it says about itself.
    pub profile: TeamProfile,
    /// The most members it may have.
    pub max_members: u32,
    /// Who leads it; none when it was dissolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captain: Option<UserId>,
    /// Everybody in it, in the order of their ids.
    pub members: Vec<Member>,
    /// Who is invited, which only the captain sees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invited: Vec<Invited>,
    /// The polypoints of its members together.
    pub points: Points,
    /// When it was dissolved, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dissolved_at: Option<Timestamp>,
}

/// Somebody in a team, as the others in it see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// Their name, if they have an account and show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Since when they are in the team.
    pub since: Timestamp,
}

/// Somebody who is invited to a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Invited {
    /// Who.
    pub user: UserId,
    /// From when on the invitation can't be accepted any more.
    pub lapses_at: Timestamp,
}

/// An invitation to a team, as the invited user sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TeamInvitation {
    /// The team.
    pub team: TeamId,
    /// What it says about itself.
    pub profile: TeamProfile,
    /// From when on the invitation can't be accepted any more.
    pub lapses_at: Timestamp,
}

/// A team as everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublicTeam {
    /// The team.
    pub team: TeamId,
    /// What it says about itself.
    pub profile: TeamProfile,
    /// How many members it has.
    pub members: u32,
    /// Its place in the ranking of teams.
    pub rank: u64,
    /// The polypoints of its members together.
    pub points: Points,
}
