//! Grades of submissions, and how a regrade changed them.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{AttemptId, RegradeId, SubmissionId};
use crate::judging::{Submission, SubmissionStatus, Verdict};
use crate::port::{Document, Term};
use crate::quantity::{Score, Version};

/// The grade of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Grade {
    /// The version of the content that gave it.
    pub content_version: Version,
    /// The opinion of the programs on the whole.
    pub verdict: Verdict,
    /// The share of the mark that was earned; in a test a person may have given another than
    /// the programs found.
    pub score: Score,
    /// When it was judged.
    pub at: Timestamp,
}

/// Both grades of a submission that was judged again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegradedSubmission {
    /// The regrade.
    pub regrade: RegradeId,
    /// The submission.
    pub submission: SubmissionId,
    /// The attempt that it belongs to; none in practice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<AttemptId>,
    /// The grade it had.
    pub before: Grade,
    /// The grade it got.
    pub after: Grade,
}

impl Grade {
    /// The grade of a submission, if it has one.
    pub const fn of(submission: &Submission) -> Option<Self> {
        match submission.status {
            SubmissionStatus::Graded {
                verdict, score, at, ..
            } => Some(Self {
                content_version: submission.content_version,
                verdict,
                score,
                at,
            }),
            _ => None,
        }
    }
}

impl RegradedSubmission {
    /// The list of what a regrade judged again.
    pub(crate) const REGRADE: &str = "regrade";
    /// The list of the regrades that judged a submission again.
    pub(crate) const SUBMISSION: &str = "submission";
}

impl Document for RegradedSubmission {
    const KIND: &'static str = "regraded submission";

    fn key(&self) -> String {
        format!("{} {}", self.regrade, self.submission)
    }

    fn terms(&self) -> Vec<Term> {
        vec![
            Term::listed(Self::REGRADE, &self.regrade, &self.submission),
            Term::listed(Self::SUBMISSION, &self.submission, &self.regrade),
        ]
    }
}
