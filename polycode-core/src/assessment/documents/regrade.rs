//! The judging again of what the candidates of a campaign answered, after a question was fixed.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::CAMPAIGN;
use super::due::due;
use crate::id::{AttemptId, CampaignId, ContentId, RegradeId, SubmissionId, UserId};
use crate::judging::{RegradeCounts, RegradeOutcome};
use crate::port::{Document, Term};
use crate::quantity::{Score, Version};

/// The judging again of the answers to one question of a campaign, by another version of it.
///
/// It goes through the answers in the order of their ids and notes how far it came with every one
/// it passes, so that it can stop at any time and go on elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CampaignRegrade {
    /// Its id.
    pub id: RegradeId,
    /// The campaign.
    pub campaign: CampaignId,
    /// The question …
    pub question: ContentId,
    /// … and the version of it that judges now.
    pub to: Version,
    /// Who asked for it, if it was a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<UserId>,
    /// When it began.
    pub started_at: Timestamp,
    /// The last answer it passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<SubmissionId>,
    /// What came of the answers so far.
    pub counts: RegradeCounts,
    /// When it was done, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
}

/// Both marks of an answer that was judged again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegradedAnswer {
    /// The regrade.
    pub regrade: RegradeId,
    /// The answer …
    pub submission: SubmissionId,
    /// … and its attempt.
    pub attempt: AttemptId,
    /// What it had earned.
    pub before: Score,
    /// What it earns now.
    pub after: Score,
}

impl CampaignRegrade {
    /// Whether an answer is still to be passed.
    pub fn is_ahead(&self, submission: SubmissionId) -> bool {
        self.finished_at.is_none() && self.after.is_none_or(|after| after < submission)
    }

    /// The regrade once an answer was passed; those to other questions are not counted.
    #[must_use]
    pub fn passing(mut self, submission: SubmissionId, outcome: Option<RegradeOutcome>) -> Self {
        self.after = Some(submission);
        if let Some(outcome) = outcome {
            self.counts.count(outcome);
        }
        self
    }
}

impl RegradedAnswer {
    /// The list of what a regrade judged again.
    pub(crate) const REGRADE: &str = "regrade";
}

impl Document for CampaignRegrade {
    const KIND: &'static str = "campaign regrade";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn terms(&self) -> Vec<Term> {
        let goes_on = self.finished_at.is_none().then_some(self.started_at);
        let listed = Term::listed(CAMPAIGN, &self.campaign, &self.id);
        std::iter::once(listed).chain(due(goes_on)).collect()
    }
}

impl Document for RegradedAnswer {
    const KIND: &'static str = "regraded answer";

    fn key(&self) -> String {
        format!("{} {}", self.regrade, self.submission)
    }

    fn terms(&self) -> Vec<Term> {
        vec![Term::listed(Self::REGRADE, &self.regrade, &self.submission)]
    }
}
