//! A submission as its learner sees it. The verdict on all validators together and the fuel they
//! took are not in it: both would tell how hidden validators ended.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{ComponentId, ContentId, SubmissionId, UserId};
use crate::judging::{Submission, SubmissionStatus};
use crate::quantity::{Score, Version};

/// A submission as its learner sees it. [`Feedback`](crate::judging::Feedback) has the verdict
/// that learners may know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionView {
    /// Its id.
    pub id: SubmissionId,
    /// Who answered.
    pub user: UserId,
    /// What was answered …
    pub content: ContentId,
    /// … as it was then.
    pub content_version: Version,
    /// The submittable in the content.
    pub component: ComponentId,
    /// When it arrived.
    pub received_at: Timestamp,
    /// How far judging has come.
    pub judging: JudgingState,
}

/// How far the judging of a submission has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum JudgingState {
    /// It waits to be judged.
    Pending,
    /// It waits for a person to mark what programs can't judge.
    AwaitingReview {
        /// Since when.
        at: Timestamp,
    },
    /// It was judged.
    Graded {
        /// Whether every validator passed.
        passed: bool,
        /// The share of the mark that was earned.
        score: Score,
        /// When it was judged.
        at: Timestamp,
    },
    /// It could not be judged, for a reason that is not the learner's.
    Ungradable {
        /// When that was found.
        at: Timestamp,
    },
}

impl SubmissionView {
    /// Whether it was judged.
    pub const fn is_graded(&self) -> bool {
        matches!(self.judging, JudgingState::Graded { .. })
    }
}

impl From<Submission> for SubmissionView {
    fn from(submission: Submission) -> Self {
        let judging = match submission.status {
            SubmissionStatus::Pending => JudgingState::Pending,
            SubmissionStatus::AwaitingReview { at } => JudgingState::AwaitingReview { at },
            SubmissionStatus::Graded {
                verdict, score, at, ..
            } => JudgingState::Graded {
                passed: verdict.is_passed(),
                score,
                at,
            },
            SubmissionStatus::Ungradable { at } => JudgingState::Ungradable { at },
        };
        Self {
            id: submission.id,
            user: submission.user,
            content: submission.content,
            content_version: submission.content_version,
            component: submission.component,
            received_at: submission.received_at,
            judging,
        }
    }
}
