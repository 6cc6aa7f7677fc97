//! Judging again what was answered to a content, after its author published a fixed version.
//!
//! A regrade goes through the submissions in the order of their ids and notes how far it came
//! with every one it passes, so that it can stop at any time and go on elsewhere. Both grades are
//! kept. What was earned stays: a better grade pays the difference, a worse one takes nothing
//! back.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{ContentId, RegradeId, SubmissionId, UserId};
use crate::judging::{Submission, SubmissionStatus, Verdict};
use crate::port::{Document, Term};
use crate::quantity::{Score, Version};
use crate::refusal::Refusal;

/// The judging again of what was answered to older versions of a content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Regrade {
    /// Its id.
    pub id: RegradeId,
    /// The content.
    pub content: ContentId,
    /// The oldest version whose submissions are judged again.
    pub from: Version,
    /// The version that they are judged by.
    pub to: Version,
    /// Who asked for it, if it was a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<UserId>,
    /// How far it has come.
    pub status: RegradeStatus,
    /// What came of the submissions so far.
    pub counts: RegradeCounts,
}

/// How far a regrade has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum RegradeStatus {
    /// It goes on.
    Running {
        /// The last submission it passed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<SubmissionId>,
    },
    /// It is done.
    Finished {
        /// When.
        at: Timestamp,
    },
}

/// What came of the submissions that a regrade passed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegradeCounts {
    /// Their score is higher now.
    pub raised: u64,
    /// Their score is lower now.
    pub lowered: u64,
    /// Their score is what it was.
    pub same: u64,
    /// They have no grade yet, or the new version can't judge them.
    pub left_out: u64,
    /// We failed to judge them: they keep their grade.
    pub failed: u64,
}

/// What came of a submission in a regrade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RegradeOutcome {
    /// Its score is higher now.
    Raised,
    /// Its score is lower now.
    Lowered,
    /// Its score is what it was.
    Same,
    /// It has no grade yet, or the new version can't judge it.
    LeftOut,
    /// We failed to judge it: it keeps its grade.
    Failed,
}

/// Both grades of a submission that was judged again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegradedSubmission {
    /// The regrade.
    pub regrade: RegradeId,
    /// The submission.
    pub submission: SubmissionId,
    /// The grade it had.
    pub before: Grade,
    /// The grade it got.
    pub after: Grade,
}

/// The grade of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Grade {
    /// The version of the content that gave it.
    pub content_version: Version,
    /// The opinion on the whole.
    pub verdict: Verdict,
    /// The share of the mark that was earned.
    pub score: Score,
    /// When it was given.
    pub at: Timestamp,
}

/// What happened to a regrade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum RegradeEvent {
    /// It began.
    Started {
        /// The regrade as it begins.
        regrade: Regrade,
    },
    /// It passed a submission.
    Passed {
        /// The regrade.
        regrade: RegradeId,
        /// The submission.
        submission: SubmissionId,
        /// What came of it.
        outcome: RegradeOutcome,
    },
    /// No submission is left.
    Finished {
        /// The regrade.
        regrade: RegradeId,
        /// When.
        at: Timestamp,
    },
}

impl Regrade {
    /// The list of the regrades of a content.
    pub(crate) const CONTENT: &str = "content";
    /// The one regrade of a content that goes on.
    pub(crate) const RUNNING_IN: &str = "running in";
    /// The list of all regrades that go on.
    pub(crate) const RUNNING: &str = "running";

    /// Begins to judge again what was answered to versions from `from` on, by the version `to`.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when there is no version between; [`Refusal::AlreadyDone`] when a
    /// regrade of the content goes on.
    pub fn decide_start(
        id: RegradeId,
        content: ContentId,
        (from, to): (Version, Version),
        by: Option<UserId>,
        running: Option<&Self>,
    ) -> Result<RegradeEvent, Refusal> {
        if running.is_some() {
            return Err(Refusal::AlreadyDone {
                what: "a regrade of the content was started",
            });
        }
        if from < Version::FIRST || from >= to {
            let message = format!("is a version before {to}, which judges now");
            return Err(Refusal::invalid("from", message));
        }
        Ok(RegradeEvent::Started {
            regrade: Self {
                id,
                content,
                from,
                to,
                by,
                status: RegradeStatus::Running { after: None },
                counts: RegradeCounts::default(),
            },
        })
    }

    /// The regrade that a [`RegradeEvent::Started`] begins; none for any other event.
    pub fn begin(event: &RegradeEvent) -> Option<Self> {
        match event {
            RegradeEvent::Started { regrade } => Some(regrade.clone()),
            RegradeEvent::Passed { .. } | RegradeEvent::Finished { .. } => None,
        }
    }

    /// Passes a submission; nothing happens when it was passed before.
    pub fn decide_pass(
        &self,
        submission: SubmissionId,
        outcome: RegradeOutcome,
    ) -> Option<RegradeEvent> {
        self.is_ahead(submission).then_some(RegradeEvent::Passed {
            regrade: self.id,
            submission,
            outcome,
        })
    }

    /// Notes that no submission is left; nothing happens when that is known.
    pub fn decide_finish(&self, at: Timestamp) -> Option<RegradeEvent> {
        self.is_running().then_some(RegradeEvent::Finished {
            regrade: self.id,
            at,
        })
    }

    /// The regrade after an event.
    #[must_use]
    pub fn apply(mut self, event: &RegradeEvent) -> Self {
        match event {
            RegradeEvent::Started { .. } => {}
            RegradeEvent::Passed {
                submission,
                outcome,
                ..
            } => {
                let after = Some(*submission);
                self.status = RegradeStatus::Running { after };
                self.counts.count(*outcome);
            }
            RegradeEvent::Finished { at, .. } => {
                self.status = RegradeStatus::Finished { at: *at };
            }
        }
        self
    }

    /// Whether it goes on.
    pub const fn is_running(&self) -> bool {
        matches!(self.status, RegradeStatus::Running { .. })
    }

    /// The last submission it passed.
    pub const fn passed(&self) -> Option<SubmissionId> {
        match self.status {
            RegradeStatus::Running { after } => after,
            RegradeStatus::Finished { .. } => None,
        }
    }

    /// Whether it has still to pass a submission.
    pub fn is_ahead(&self, submission: SubmissionId) -> bool {
        self.is_running() && self.passed().is_none_or(|passed| passed < submission)
    }

    /// Whether it judges a submission again.
    pub fn takes(&self, submission: &Submission) -> bool {
        let version = submission.content_version;
        submission.is_graded() && (self.from..self.to).contains(&version)
    }
}

impl RegradeCounts {
    /// Counts what came of one more.
    pub const fn count(&mut self, outcome: RegradeOutcome) {
        *match outcome {
            RegradeOutcome::Raised => &mut self.raised,
            RegradeOutcome::Lowered => &mut self.lowered,
            RegradeOutcome::Same => &mut self.same,
            RegradeOutcome::LeftOut => &mut self.left_out,
            RegradeOutcome::Failed => &mut self.failed,
        } += 1;
    }
}

impl RegradeOutcome {
    /// What came of a submission that was judged again.
    pub fn of(before: Score, after: Score) -> Self {
        match after.cmp(&before) {
            std::cmp::Ordering::Greater => Self::Raised,
            std::cmp::Ordering::Less => Self::Lowered,
            std::cmp::Ordering::Equal => Self::Same,
        }
    }
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

impl Document for Regrade {
    const KIND: &'static str = "regrade";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn terms(&self) -> Vec<Term> {
        let mut terms = vec![Term::listed(Self::CONTENT, &self.content, &self.id)];
        if self.is_running() {
            terms.push(Term::unique(Self::RUNNING_IN, &self.content));
            terms.push(Term::listed(Self::RUNNING, "", &self.id));
        }
        terms
    }
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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn started(from: u64, to: u64, running: Option<&Regrade>) -> Result<Regrade, Refusal> {
        let id = RegradeId(Uuid::from_u128(1));
        let content = ContentId(Uuid::from_u128(2));
        let versions = (Version(from), Version(to));
        let event = Regrade::decide_start(id, content, versions, None, running)?;
        Ok(Regrade::begin(&event).unwrap())
    }

    #[test]
    fn a_regrade_goes_from_an_older_version_to_the_newest_one_at_a_time() {
        let codes = [(0, 2), (2, 2), (3, 2)].map(|(from, to)| {
            let refusal = started(from, to, None).unwrap_err();
            refusal.code()
        });
        assert_eq!(codes, ["invalid"; 3]);
        let running = started(1, 2, None).unwrap();
        let second = started(1, 3, Some(&running)).unwrap_err();
        assert_eq!(second.code(), "already_done");
    }

    #[test]
    fn every_submission_is_passed_once_and_in_order() {
        let submission = |number| SubmissionId(Uuid::from_u128(number));
        let mut regrade = started(1, 2, None).unwrap();
        for (number, outcome) in [
            (3, RegradeOutcome::Raised),
            (5, RegradeOutcome::Same),
            (7, RegradeOutcome::Raised),
        ] {
            let passed = regrade.decide_pass(submission(number), outcome).unwrap();
            regrade = regrade.apply(&passed);
            assert_eq!(regrade.decide_pass(submission(number), outcome), None);
            assert_eq!(regrade.decide_pass(submission(2), outcome), None);
        }
        assert_eq!((regrade.counts.raised, regrade.counts.same), (2, 1));
        let finished = regrade.decide_finish(Timestamp::UNIX_EPOCH).unwrap();
        let regrade = regrade.apply(&finished);
        assert_eq!(regrade.decide_finish(Timestamp::UNIX_EPOCH), None);
        let late = regrade.decide_pass(submission(9), RegradeOutcome::Same);
        assert_eq!(late, None);
        assert_eq!(regrade.terms().len(), 1, "another may begin");
    }
}
