//! What candidates see of tests and attempts: nothing that is hidden, and no more of the
//! questions than they have opened.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::attempt::{FinishedBy, Grade};
use crate::assessment::documents::{ATTEMPT, SavedAnswer};
use crate::assessment::{
    Attempt, AttemptStatus, Campaign, CampaignText, Candidate, Cover, ExtraTime, Reveal, StatusName,
};
use crate::catalogue::ContentView;
use crate::engine::{Engine, EngineError};
use crate::id::{AttemptId, CampaignId, CandidateId, ComponentId, ContentId, SeatId, TestId};
use crate::judging::Answer;
use crate::port::{Lookup, Versioned};
use crate::quantity::{Seconds, Weight};

/// What somebody may read before they start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TestIntroduction {
    /// The candidate that they are.
    pub candidate: CandidateId,
    /// The campaign …
    pub campaign: CampaignId,
    /// … and what it says.
    pub text: CampaignText,
    /// How far the candidate has come.
    pub status: StatusName,
    /// When the campaign opens.
    pub starts_at: Option<Timestamp>,
    /// When it closes.
    pub ends_at: Option<Timestamp>,
    /// What the test is about.
    pub cover: Cover,
    /// How long the candidate may take for it, with their extra time.
    pub time_limit: Option<Seconds>,
    /// What the candidate gets on top of the limits that hold for all.
    pub extra_time: ExtraTime,
}

/// A test that is open to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenTest {
    /// The candidate that they are.
    pub candidate: CandidateId,
    /// The campaign …
    pub campaign: CampaignId,
    /// … and its title.
    pub name: String,
    /// How far the candidate has come.
    pub status: StatusName,
    /// When the campaign closes.
    pub ends_at: Option<Timestamp>,
    /// The attempt to go on with, if it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<AttemptId>,
}

/// An attempt as its candidate sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttemptView {
    /// Its id.
    pub id: AttemptId,
    /// The campaign.
    pub campaign: CampaignId,
    /// The candidate.
    pub candidate: CandidateId,
    /// The test.
    pub test: TestId,
    /// How far it has come.
    pub progress: AttemptProgress,
    /// Where it goes on, for whoever has just started or resumed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<SeatId>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ends; none when nothing limits it.
    pub deadline: Option<Timestamp>,
    /// How much time is left, by the clock of the engine.
    pub time_left: Option<Seconds>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
    /// Its grade, once it has one, for whoever may see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// The questions, in the order they are asked.
    pub questions: Vec<QuestionPlace>,
}

/// How far an attempt has come, as its candidate sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum AttemptProgress {
    /// It is being sat.
    InProgress,
    /// The network was lost: it is resumed before anything else is done.
    Paused,
    /// It was received; whether it is graded is another question.
    Finished {
        /// What ended it.
        by: FinishedBy,
    },
    /// It was called off.
    Cancelled,
}

/// A question of an attempt: its place and its clock, and what was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuestionPlace {
    /// The content that is asked.
    pub content: ContentId,
    /// How much it counts beside the others.
    pub points: Weight,
    /// How long it may take from when it is opened, with the candidate's extra time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_limit: Option<Seconds>,
    /// When it was opened, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<Timestamp>,
    /// When its own time is up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// What was answered.
    pub parts: Vec<PartView>,
}

/// What was answered to one submittable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartView {
    /// The submittable.
    pub component: ComponentId,
    /// How often an answer was saved or submitted; the next save names it.
    pub revision: u32,
    /// Which of them was submitted last, if any was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submitted: Option<u32>,
    /// The newest answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
}

/// A question that was opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuestionView {
    /// Its place and its clock, and what was answered.
    pub place: QuestionPlace,
    /// What is asked, at the version that is judged.
    pub content: ContentView,
}

/// Who looks at an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Viewer {
    Candidate,
    Author,
}

impl Engine {
    /// What somebody may read before they start the test of a campaign.
    pub(super) async fn introduction(
        &self,
        candidate: &Candidate,
        campaign: &Campaign,
    ) -> Result<TestIntroduction, EngineError> {
        let plan = &campaign.plan;
        let test = self.load_test_version(plan.test, plan.test_version).await?;
        let (cover, extra_time) = (test.cover(), candidate.extra_time);
        Ok(TestIntroduction {
            candidate: candidate.id,
            campaign: campaign.id,
            text: self.campaign_text(campaign.id).await?,
            status: candidate.status.name(),
            starts_at: plan.starts_at,
            ends_at: plan.ends_at,
            time_limit: cover.time_limit.map(|limit| extra_time.of_test(limit)),
            cover,
            extra_time,
        })
    }

    /// An attempt with the answers that were saved.
    pub(super) async fn seen(
        &self,
        attempt: &Attempt,
        campaign: &Campaign,
        viewer: Viewer,
        now: Timestamp,
    ) -> Result<AttemptView, EngineError> {
        let lookup = Lookup::of::<SavedAnswer>(ATTEMPT, &attempt.id);
        let saved: Vec<Versioned<SavedAnswer>> = self.all(lookup).await?;
        let mut answers: BTreeMap<_, _> = saved
            .into_iter()
            .map(|saved| saved.value)
            .map(|saved| ((saved.question, saved.component), saved.answer))
            .collect();
        let is_told = viewer == Viewer::Author || campaign.plan.reveal == Reveal::Feedback;
        let questions = attempt.paper.iter();
        Ok(AttemptView {
            id: attempt.id,
            campaign: attempt.campaign,
            candidate: attempt.candidate,
            test: attempt.test,
            progress: AttemptProgress::of(&attempt.status),
            seat: None,
            started_at: attempt.started_at,
            deadline: attempt.deadline,
            time_left: attempt.time_left(now),
            finished_at: attempt.finished_at(),
            grade: match &attempt.status {
                AttemptStatus::Graded { grade, .. } if is_told => Some(grade.clone()),
                _ => None,
            },
            questions: questions
                .map(|question| {
                    let id = question.content;
                    attempt.place(id, |component| answers.remove(&(id, component.clone())))
                })
                .collect(),
        })
    }
}

impl Attempt {
    /// The place and the clock of a question, with its answers where they are known.
    pub(super) fn place(
        &self,
        content: ContentId,
        mut answer: impl FnMut(&ComponentId) -> Option<Answer>,
    ) -> QuestionPlace {
        let question = self.question(content);
        let opened = self.opened.get(&content);
        let parts = opened.into_iter().flat_map(|opened| &opened.parts);
        QuestionPlace {
            content,
            points: question.map_or_else(Weight::default, |question| question.points),
            time_limit: question
                .and_then(|question| question.time_limit)
                .map(|limit| self.extra_time.of_question(limit)),
            opened_at: opened.map(|opened| opened.at),
            due: opened.and_then(|opened| opened.due),
            parts: parts
                .map(|(component, part)| PartView {
                    component: component.clone(),
                    revision: part.revision,
                    submitted: part.submitted.map(|submitted| submitted.revision),
                    answer: answer(component),
                })
                .collect(),
        }
    }
}

impl AttemptProgress {
    const fn of(status: &AttemptStatus) -> Self {
        match status {
            AttemptStatus::InProgress => Self::InProgress,
            AttemptStatus::Paused { .. } => Self::Paused,
            AttemptStatus::Finished { by, .. } | AttemptStatus::Graded { by, .. } => {
                Self::Finished { by: *by }
            }
            AttemptStatus::Cancelled { .. } => Self::Cancelled,
        }
    }
}
