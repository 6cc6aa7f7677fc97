//! What a campaign carries out, when, and by which rules.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::TestId;
use crate::quantity::{Score, Seconds, Version};
use crate::refusal::Problem;

/// What the author of a campaign writes for people to read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CampaignText {
    /// Its title, 1 to 200 bytes.
    pub name: String,
    /// What it is about, in `CommonMark`, at most 20,000 bytes.
    #[serde(default)]
    pub description: String,
}

/// What a campaign carries out, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CampaignPlan {
    /// The test …
    pub test: TestId,
    /// … as it was then, however it is edited afterwards.
    pub test_version: Version,
    /// When it opens; needed to schedule it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Timestamp>,
    /// When it closes; without it, only when its author closes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    /// The grade from which on a candidate has passed; without it nobody passes or fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass_mark: Option<Score>,
    /// What the clock forgives.
    #[serde(default)]
    pub grace: Grace,
    /// What candidates are told of their answers while they sit the test.
    #[serde(default)]
    pub reveal: Reveal,
    /// How long an invitation is good for, an hour to a year; never longer than the campaign.
    #[serde(default = "fortnight")]
    pub invitation_valid: Seconds,
}

/// What candidates are told of their answers while they sit the test.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Reveal {
    /// Nothing but that they arrived.
    #[default]
    Nothing,
    /// What a learner is told in practice: everything of visible validators, nothing of hidden
    /// ones but whether they all passed.
    Feedback,
}

/// What the clock of an attempt forgives. Without any, the clock goes on whatever happens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Grace {
    /// How much time is given back, in all, for times when the network was lost; at most an hour.
    #[serde(default)]
    pub network: Seconds,
    /// How long after a deadline an answer may still arrive and count, at most a minute: the time
    /// it was on its way. No more can be done in it than to send what is there.
    #[serde(default)]
    pub arrival: Seconds,
}

impl Grace {
    /// The most that can be given back for a lost network.
    pub const MAX_NETWORK: Seconds = Seconds::HOUR;
    /// The longest that an answer can be on its way.
    pub const MAX_ARRIVAL: Seconds = Seconds(60);
}

const fn fortnight() -> Seconds {
    Seconds(14 * Seconds::DAY.0)
}

impl CampaignText {
    pub(super) fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let (name, description) = (self.name.len(), self.description.len());
        if !(1..=200).contains(&name) {
            problems.push(Problem::new(
                "name",
                format!("is 1 to 200 bytes long, not {name}"),
            ));
        }
        if description > 20_000 {
            let message = format!("is at most 20000 bytes long, not {description}");
            problems.push(Problem::new("description", message));
        }
        problems
    }
}

impl CampaignPlan {
    /// What is wrong with the plan whenever it is looked at.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut require = |holds: bool, field: &str, message: &str| {
            if !holds {
                problems.push(Problem::new(field, message));
            }
        };
        require(
            self.test_version >= Version::FIRST,
            "testVersion",
            "is at least 1",
        );
        let is_ordered = match (self.starts_at, self.ends_at) {
            (Some(start), Some(end)) => start < end,
            _ => true,
        };
        require(is_ordered, "endsAt", "is after `startsAt`");
        require(
            self.grace.network <= Grace::MAX_NETWORK,
            "grace.network",
            "is at most 3600 seconds",
        );
        require(
            self.grace.arrival <= Grace::MAX_ARRIVAL,
            "grace.arrival",
            "is at most 60 seconds",
        );
        let year = Seconds(365 * Seconds::DAY.0);
        require(
            (Seconds::HOUR..=year).contains(&self.invitation_valid),
            "invitationValid",
            "is an hour to a year (3600 to 31536000 seconds)",
        );
        problems
    }

    /// What keeps the plan from being made firm now.
    pub(super) fn problems_to_schedule(&self, now: Timestamp) -> Vec<Problem> {
        let mut problems = self.problems_of_end(now);
        if self.starts_at.is_none() {
            problems.push(Problem::new(
                "startsAt",
                "is needed to schedule the campaign",
            ));
        }
        problems
    }

    pub(super) fn problems_of_end(&self, now: Timestamp) -> Vec<Problem> {
        match self.ends_at {
            Some(end) if end <= now => vec![Problem::new("endsAt", "is past")],
            _ => Vec::new(),
        }
    }

    /// What of another plan would change the rules of a campaign that is open.
    pub(super) fn problems_of_change(&self, new: &Self) -> Vec<Problem> {
        let fixed = [
            ("test", self.test == new.test),
            ("testVersion", self.test_version == new.test_version),
            ("startsAt", self.starts_at == new.starts_at),
            ("passMark", self.pass_mark == new.pass_mark),
            ("grace", self.grace == new.grace),
            ("reveal", self.reveal == new.reveal),
        ];
        let changed = fixed.into_iter().filter(|(_, is_same)| !is_same);
        changed
            .map(|(field, _)| Problem::new(field, "can't change once the campaign is open"))
            .collect()
    }
}
