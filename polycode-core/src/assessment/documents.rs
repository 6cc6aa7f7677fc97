//! How tests, campaigns, candidates and attempts are stored and found.
//!
//! What people write, and what is known about them, stands in documents of its own, so that it
//! can be removed without touching what happened.

mod due;

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use due::due;
pub(crate) use due::{DUE, Sweep, SweepTask, Ungraded};

use crate::assessment::{
    Attempt, Campaign, CampaignText, Candidate, CandidateProfile, CandidateStatus, Test,
};
use crate::id::{
    AttemptId, CampaignId, CandidateId, ComponentId, ContentId, SubmissionId, TestId, UserId,
};
use crate::judging::{Answer, AskedIn, Grade, Report};
use crate::port::{Document, Term};
use crate::quantity::{Score, Version};

/// A test as it was at a version; every version is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TestVersion {
    /// The version.
    pub version: Version,
    /// The test as it was then.
    pub test: Test,
}

/// What a campaign's author wrote for people to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CampaignCard {
    /// The campaign.
    pub campaign: CampaignId,
    /// What it says.
    pub text: CampaignText,
}

/// Who a candidate is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CandidateCard {
    /// The candidate.
    pub candidate: CandidateId,
    /// Their campaign.
    pub campaign: CampaignId,
    /// Who they are.
    pub profile: CandidateProfile,
}

/// An answer that a candidate saved: what they find when they come back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedAnswer {
    /// The attempt.
    pub attempt: AttemptId,
    /// The question.
    pub question: ContentId,
    /// The submittable in it.
    pub component: ComponentId,
    /// How often it was saved or submitted.
    pub revision: u32,
    /// The answer.
    pub answer: Answer,
}

/// An answer that a candidate submitted. It is judged by the version of the question that the
/// test pins, and earns no polypoints.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TestAnswer {
    /// The submission.
    pub submission: SubmissionId,
    /// The attempt …
    pub attempt: AttemptId,
    /// … and its campaign.
    pub campaign: CampaignId,
    /// Who answered.
    pub user: UserId,
    /// The question …
    pub question: ContentId,
    /// … as it was asked.
    pub version: Version,
    /// The submittable in it.
    pub component: ComponentId,
    /// The answer.
    pub answer: Answer,
    /// When it arrived, or was collected at the end.
    pub received_at: Timestamp,
    /// What judging found, once it is judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged: Option<JudgedAnswer>,
}

/// What judging found of an answer of a test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JudgedAnswer {
    /// The version of the question that judged it: the one that was asked, or that of the last
    /// regrade.
    pub version: Version,
    /// When.
    pub at: Timestamp,
    /// What was found.
    pub report: Report,
}

/// The list of what belongs to a campaign.
pub(crate) const CAMPAIGN: &str = "campaign";
/// The list of what belongs to an attempt.
pub(crate) const ATTEMPT: &str = "attempt";

impl Test {
    /// The list of the tests of an author that were not deleted.
    pub(crate) const AUTHOR: &str = "author";
}

impl Campaign {
    /// The list of the campaigns of an author that were not deleted.
    pub(crate) const AUTHOR: &str = "author";
    /// The list of the campaigns with a test that were not deleted.
    pub(crate) const TEST: &str = "test";
}

impl Candidate {
    /// The candidate whose invitation this is, by what is kept of its token.
    pub(crate) const INVITATION: &str = "invitation";
    /// The list of the candidates that a user is.
    pub(crate) const USER: &str = "user";
    /// The candidate that a user is in a campaign.
    pub(crate) const PARTICIPANT: &str = "participant";
    /// The list of the candidates of a campaign who were never invited.
    pub(crate) const UNINVITED: &str = "uninvited";
    /// The list of the candidates of a campaign who accepted and were not sent the test.
    pub(crate) const CONFIRMED: &str = "confirmed";
    /// The list of the candidates of a campaign who are neither done nor out of it.
    pub(crate) const LIVE: &str = "live";

    pub(crate) fn participant(campaign: CampaignId, user: &UserId) -> String {
        format!("{campaign} {user}")
    }
}

impl CandidateCard {
    /// The candidate of an address in a campaign.
    pub(crate) const ADDRESS: &str = "address";
    /// The list of the candidates of a campaign who have a tag.
    pub(crate) const TAG: &str = "tag";

    pub(crate) fn place(campaign: CampaignId, value: &impl fmt::Display) -> String {
        format!("{campaign} {value}")
    }
}

impl Document for Test {
    const KIND: &'static str = "test";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn terms(&self) -> Vec<Term> {
        match self.deleted_at {
            None => vec![Term::listed(Self::AUTHOR, &self.author, &self.id)],
            Some(_) => Vec::new(),
        }
    }
}

impl TestVersion {
    pub(crate) fn key_of(test: TestId, version: Version) -> String {
        format!("{test} {version}")
    }
}

impl Document for TestVersion {
    const KIND: &'static str = "test version";

    fn key(&self) -> String {
        Self::key_of(self.test.id, self.version)
    }
}

impl Document for Campaign {
    const KIND: &'static str = "campaign";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn terms(&self) -> Vec<Term> {
        if self.is_deleted() {
            return Vec::new();
        }
        let author = Term::listed(Self::AUTHOR, &self.author, &self.id);
        let test = Term::listed(Self::TEST, &self.plan.test, &self.id);
        [author, test]
            .into_iter()
            .chain(due(self.next_due()))
            .collect()
    }
}

impl Document for CampaignCard {
    const KIND: &'static str = "campaign text";

    fn key(&self) -> String {
        self.campaign.to_string()
    }
}

impl Document for Candidate {
    const KIND: &'static str = "candidate";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn terms(&self) -> Vec<Term> {
        let listed = |name| Term::listed(name, &self.campaign, &self.id);
        let mut terms = Vec::new();
        match &self.status {
            CandidateStatus::Removed { .. } => return terms,
            CandidateStatus::ConfirmationPending { invitation, sent } => {
                if let Some(invitation) = invitation {
                    terms.push(Term::unique(Self::INVITATION, &invitation.token));
                    terms.extend(due(Some(invitation.expires_at)));
                }
                if *sent == 0 {
                    terms.push(listed(Self::UNINVITED));
                }
            }
            CandidateStatus::Confirmed { .. } => terms.push(listed(Self::CONFIRMED)),
            _ => {}
        }
        if let Some(user) = self.status.user() {
            let participant = Self::participant(self.campaign, user);
            terms.push(Term::unique(Self::PARTICIPANT, &participant));
            terms.push(Term::listed(Self::USER, user, &self.id));
        }
        if !self.status.is_final() {
            terms.push(listed(Self::LIVE));
        }
        terms.push(listed(CAMPAIGN));
        terms
    }
}

impl Document for CandidateCard {
    const KIND: &'static str = "candidate profile";

    fn key(&self) -> String {
        self.candidate.to_string()
    }

    fn terms(&self) -> Vec<Term> {
        let address = Self::place(self.campaign, &self.profile.address);
        let tags = self.profile.tags.iter().map(|tag| {
            let place = Self::place(self.campaign, tag);
            Term::listed(Self::TAG, &place, &self.candidate)
        });
        [
            Term::unique(Self::ADDRESS, &address),
            Term::listed(CAMPAIGN, &self.campaign, &self.candidate),
        ]
        .into_iter()
        .chain(tags)
        .collect()
    }
}

impl Document for Attempt {
    const KIND: &'static str = "attempt";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn terms(&self) -> Vec<Term> {
        let campaign = Term::listed(CAMPAIGN, &self.campaign, &self.id);
        std::iter::once(campaign)
            .chain(due(self.next_due()))
            .collect()
    }
}

impl SavedAnswer {
    pub(crate) fn key_of(
        attempt: AttemptId,
        question: ContentId,
        component: &ComponentId,
    ) -> String {
        format!("{attempt} {question} {component}")
    }
}

impl Document for SavedAnswer {
    const KIND: &'static str = "saved answer";

    fn key(&self) -> String {
        Self::key_of(self.attempt, self.question, &self.component)
    }

    fn terms(&self) -> Vec<Term> {
        vec![Term::listed(ATTEMPT, &self.attempt, &self.key())]
    }
}

impl TestAnswer {
    /// The list of what was answered to one question of a campaign.
    pub(crate) const ASKED_IN: &str = "asked in";

    /// What judging found, once it is judged.
    pub fn report(&self) -> Option<&Report> {
        self.judged.as_ref().map(|judged| &judged.report)
    }
}

impl JudgedAnswer {
    /// The grade of the answer that has this mark.
    pub(crate) const fn grade(&self, mark: Score) -> Grade {
        Grade {
            content_version: self.version,
            verdict: self.report.verdict,
            score: mark,
            at: self.at,
        }
    }
}

impl Document for TestAnswer {
    const KIND: &'static str = "test answer";

    fn key(&self) -> String {
        self.submission.to_string()
    }

    fn terms(&self) -> Vec<Term> {
        let asked = AskedIn::campaign(self.campaign, self.question);
        vec![
            Term::listed(ATTEMPT, &self.attempt, &self.submission),
            Term::listed(CAMPAIGN, &self.campaign, &self.submission),
            Term::listed(Self::ASKED_IN, &asked, &self.submission),
        ]
    }
}
