//! An attempt: one candidate's sitting of a test, from the first question to the grade.
//!
//! Everything is measured by when it arrived at the engine. What a candidate began with stays
//! theirs: the questions drawn, the deadline, the rules of the campaign. See [`clock`] for how time
//! runs, stops being forgiven, and ends.

mod answering;
pub mod clock;
mod event;
mod grading;
mod start;

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use event::AttemptEvent;
pub use start::Start;

use crate::assessment::{ExtraTime, Question, Seed};
use crate::id::{
    AttemptId, CampaignId, CandidateId, ComponentId, ContentId, SeatId, SubmissionId, TestId,
    UserId,
};
use crate::quantity::{Score, Seconds, Version};
use crate::refusal::Refusal;

/// One candidate's sitting of a test. The answers are documents stored beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// The campaign.
    pub campaign: CampaignId,
    /// The candidate …
    pub candidate: CandidateId,
    /// … and who that is.
    pub user: UserId,
    /// The test …
    pub test: TestId,
    /// … as it was then.
    pub test_version: Version,
    /// What the questions were drawn from.
    pub seed: Seed,
    /// The questions, in the order they are asked.
    pub paper: Vec<Question>,
    /// What the candidate got on top of the limits that hold for all.
    pub extra_time: ExtraTime,
    /// How long after a deadline an answer may still arrive and count.
    pub arrival_grace: Seconds,
    /// How much time can still be given back for a lost network.
    pub grace_left: Seconds,
    /// The grade from which on it is passed.
    pub pass_mark: Option<Score>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ends; none when nothing limits it.
    pub deadline: Option<Timestamp>,
    /// Where it is sat: answers from anywhere else are refused.
    pub seat: SeatId,
    /// The questions that were opened.
    pub opened: BTreeMap<ContentId, OpenedQuestion>,
    /// How far it has come.
    pub status: AttemptStatus,
}

/// A question that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenedQuestion {
    /// When it was first opened.
    pub at: Timestamp,
    /// When its own time is up, if it has a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// When an answer to it was last saved or submitted by the candidate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Timestamp>,
    /// What was answered so far.
    #[serde(default)]
    pub parts: BTreeMap<ComponentId, Part>,
}

/// What was answered to one submittable of a question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// How often an answer was saved or submitted.
    pub revision: u32,
    /// The newest submission; it is the one that counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submitted: Option<Submitted>,
}

/// An answer that was submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Submitted {
    /// The submission.
    pub submission: SubmissionId,
    /// Which revision of the answer it is.
    pub revision: u32,
    /// What it earned, once it is judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
}

/// How far an attempt has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum AttemptStatus {
    /// It is being sat.
    InProgress,
    /// The network was lost; it is resumed before anything else is done.
    Paused {
        /// Since when.
        since: Timestamp,
    },
    /// It is over, and waits for its grade.
    Finished {
        /// When it ended.
        at: Timestamp,
        /// What ended it.
        by: FinishedBy,
    },
    /// It is over, and has its grade.
    Graded {
        /// When it ended.
        at: Timestamp,
        /// What ended it.
        by: FinishedBy,
        /// Its grade.
        grade: Grade,
    },
    /// It was called off, and does not count.
    Cancelled {
        /// When.
        at: Timestamp,
    },
}

/// What ended an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FinishedBy {
    /// The candidate submitted it.
    Candidate,
    /// The time was up.
    Deadline,
}

/// The grade of an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "TestGrade")]
pub struct Grade {
    /// The average of the questions' grades, weighted by their points.
    pub score: Score,
    /// The grade of each question that was asked.
    pub questions: BTreeMap<ContentId, Score>,
    /// Whether that is enough, where the campaign has a pass mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
}

/// Whether a grade is enough.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "TestOutcome")]
pub enum Outcome {
    /// It is not.
    Failed,
    /// It is.
    Passed,
}

/// A command of the candidate: from where, and when it arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// Where it comes from.
    pub seat: SeatId,
    /// When it arrived at the engine.
    pub at: Timestamp,
}

impl Attempt {
    /// When it ended, once it is over; none for one that was called off.
    pub const fn finished_at(&self) -> Option<Timestamp> {
        match self.status {
            AttemptStatus::Finished { at, .. } | AttemptStatus::Graded { at, .. } => Some(at),
            _ => None,
        }
    }

    /// How long it took, once it is over: by the clock on the wall, pauses included.
    pub fn time_used(&self) -> Option<Seconds> {
        let finished_at = self.finished_at()?;
        Some(Seconds::between(self.started_at, finished_at))
    }

    /// How long a question took: from when it was opened to the last answer to it, by the clock
    /// on the wall, whatever else was done meanwhile; none when it was not answered.
    pub fn time_used_for(&self, question: ContentId) -> Option<Seconds> {
        let opened = self.opened.get(&question)?;
        Some(Seconds::between(opened.at, opened.answered_at?))
    }

    /// The question of the paper that asks this content.
    pub fn question(&self, content: ContentId) -> Option<&Question> {
        self.paper
            .iter()
            .find(|question| question.content == content)
    }

    /// The answers that count and are not judged yet: the question, the submittable and the
    /// submission of each.
    pub fn unmarked(&self) -> impl Iterator<Item = (ContentId, &ComponentId, SubmissionId)> {
        self.opened.iter().flat_map(|(question, opened)| {
            opened.parts.iter().filter_map(|(component, part)| {
                let submitted = part.submitted.filter(|last| last.score.is_none())?;
                Some((*question, component, submitted.submission))
            })
        })
    }

    /// Calls the attempt off, because its campaign or its candidate was.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when it was called off before.
    pub fn decide_cancel(&self, now: Timestamp) -> Result<AttemptEvent, Refusal> {
        match self.status {
            AttemptStatus::Cancelled { .. } => Err(self.status.wrong()),
            _ => Ok(AttemptEvent::Cancelled {
                attempt: self.id,
                at: now,
            }),
        }
    }
}

impl AttemptStatus {
    /// Whether no answer can be given any more.
    pub const fn is_over(&self) -> bool {
        !matches!(self, Self::InProgress | Self::Paused { .. })
    }

    const fn wrong(&self) -> Refusal {
        let state = match self {
            Self::InProgress => "in progress",
            Self::Paused { .. } => "paused: resume it first",
            Self::Finished { .. } => "finished",
            Self::Graded { .. } => "graded",
            Self::Cancelled { .. } => "cancelled",
        };
        Refusal::WrongState {
            what: "the attempt",
            state,
        }
    }
}

#[cfg(test)]
mod tests;
