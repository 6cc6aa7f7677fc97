//! Judging again what was answered to a content, in practice or in a campaign, after its author
//! published a fixed version.
//!
//! A regrade goes through the submissions in the order of their ids and notes how far it came
//! with every one it passes, so that it can stop at any time and go on elsewhere. Both grades are
//! kept. What was earned in practice stays: a better grade pays the difference, a worse one takes
//! nothing back. A mark in a test is what the fixed version gives, better or worse.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{CampaignId, ContentId, RegradeId, SubmissionId, UserId};
use crate::judging::AskedIn;
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
    /// The campaign whose candidates answered it as a question of their test; none for practice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<CampaignId>,
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
    /// The list of the regrades of what was practised of a content.
    pub(crate) const CONTENT: &str = "content";
    /// The list of the regrades of a campaign.
    pub(crate) const CAMPAIGN: &str = "campaign";
    /// The one regrade that goes on of what was [asked in](AskedIn) one place.
    pub(crate) const RUNNING_IN: &str = "running in";
    /// The list of all regrades that go on.
    pub(crate) const RUNNING: &str = "running";

    /// Begins to judge again what was answered to versions from `from` on, by the version `to`.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when there is no version between; [`Refusal::AlreadyDone`] when a
    /// regrade of what was asked there goes on.
    pub fn decide_start(
        id: RegradeId,
        asked: AskedIn,
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
            let before = || format!("is a version before {to}, which judges now");
            let after = || format!("is a version after {from}, which the test asks");
            return Err(match asked.campaign {
                None => Refusal::invalid("from", before()),
                Some(_) => Refusal::invalid("to", after()),
            });
        }
        Ok(RegradeEvent::Started {
            regrade: Self {
                id,
                content: asked.content,
                campaign: asked.campaign,
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

    /// Whether it judges again what a version gave a grade.
    pub fn takes(&self, judged_by: Version) -> bool {
        (self.from..self.to).contains(&judged_by)
    }

    /// Where the answers were given that it goes through.
    pub const fn asked(&self) -> AskedIn {
        AskedIn {
            content: self.content,
            campaign: self.campaign,
        }
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

impl Document for Regrade {
    const KIND: &'static str = "regrade";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn terms(&self) -> Vec<Term> {
        let mut terms = vec![match &self.campaign {
            None => Term::listed(Self::CONTENT, &self.content, &self.id),
            Some(campaign) => Term::listed(Self::CAMPAIGN, campaign, &self.id),
        }];
        if self.is_running() {
            terms.push(Term::unique(Self::RUNNING_IN, &self.asked()));
            terms.push(Term::listed(Self::RUNNING, "", &self.id));
        }
        terms
    }
}

#[cfg(test)]
mod tests;
