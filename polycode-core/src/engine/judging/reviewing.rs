//! Marking what programs can't judge: a person gives marks by the rubric, and the grade follows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::id::{ContentId, SubmissionId};
use crate::judging::{
    Marks, Remark, ReviewNote, ReviewTask, Scheme, Submission, SubmissionStatus, SubmissionView,
};
use crate::permission::{Action, Actor, Resource};
use crate::port::{Lookup, Page, PageRequest, Versioned};
use crate::refusal::Refusal;

/// What a person makes of a submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReviewSubmission {
    /// The submission.
    pub submission: SubmissionId,
    /// The marks for each validator that waits for them.
    pub marks: Vec<Marks>,
    /// What the learner is told about the whole.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// What the learner is told about single criteria.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
}

impl Engine {
    /// SU-1: the submissions to a content that wait for a person, those that wait longest first.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not mark them, or the content is not there;
    /// [`EngineError::Store`] when the store failed.
    pub async fn submissions_to_review(
        &self,
        actor: &Actor,
        content: ContentId,
        page: PageRequest,
    ) -> Result<Page<ReviewTask>, EngineError> {
        self.require_grading(actor, content).await?;
        let lookup = Lookup::of::<ReviewTask>(ReviewTask::CONTENT, &content);
        let tasks = self.list::<ReviewTask>(lookup, page).await?;
        Ok(tasks.map(|task| task.value))
    }

    /// SU-1: marks what programs could not judge of a submission, and grades it: the grade, what
    /// it earns and what the learner is told land together.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not mark it, it does not wait for a person,
    /// or the marks break a rule of their rubric; [`EngineError::Store`] when the store failed.
    pub async fn review(
        &self,
        actor: &Actor,
        review: ReviewSubmission,
    ) -> Result<SubmissionView, EngineError> {
        let reviewer = actor.signed_in("marking an answer")?;
        let id = review.submission;
        let mut tries = self.tries();
        loop {
            let submission = self.load_submission(id).await?;
            let ownership = self
                .ownership_of_content(actor, submission.value.content)
                .await?;
            actor.require(
                Action::Grade.on(Resource::Submission),
                ownership,
                "submission",
                &id,
            )?;
            let now = self.clock.now();
            let marked = submission.value.decide_review(reviewer, now)?;
            let content = self.content_judged(&submission.value).await?;
            let component = content.component_of(&submission.value.component)?;
            let scheme = component
                .submittable()
                .map_or(Scheme::ungrouped(&[]), |part| part.scheme());
            let report = self.store.report(id).await?;
            let report =
                report.ok_or_else(|| crate::engine::judging::grading::lost("report", id))?;
            let report = report.marked(scheme, &review.marks)?;
            let note = ReviewNote {
                submission: id,
                user: submission.value.user.clone(),
                by: reviewer.clone(),
                comment: review.comment.clone(),
                remarks: review.remarks.clone(),
            };
            note.check()?;
            let mut changes = Changes::default();
            changes.create(&note)?;
            changes.event(marked);
            let goal = content.draft.goal();
            let (graded, _) = self
                .book_report(&mut changes, submission, &goal, &report)
                .await?;
            if tries.lands(changes).await? {
                return Ok(graded.into());
            }
        }
    }

    /// Puts a submission onto the list of those that wait for a person, or takes it from there.
    pub(in crate::engine) async fn note_review_task(
        &self,
        changes: &mut Changes,
        submission: &Submission,
    ) -> Result<(), EngineError> {
        let task = self.find::<ReviewTask>(&submission.id).await?;
        let waits = matches!(submission.status, SubmissionStatus::AwaitingReview { .. });
        match task {
            None if waits => changes.create(&ReviewTask {
                submission: submission.id,
                content: submission.content,
                component: submission.component.clone(),
            })?,
            Some(task) if !waits => changes.remove(&task),
            None | Some(_) => {}
        }
        Ok(())
    }

    /// What a person said about a submission.
    pub(in crate::engine) async fn note_on(
        &self,
        submission: SubmissionId,
    ) -> Result<Option<ReviewNote>, EngineError> {
        let note: Option<Versioned<ReviewNote>> = self.find(&submission).await?;
        Ok(note.map(|note| note.value))
    }

    /// Refuses who may not grade the submissions to a content.
    pub(in crate::engine) async fn require_grading(
        &self,
        actor: &Actor,
        content: ContentId,
    ) -> Result<(), EngineError> {
        let absent = || Refusal::NotFound {
            what: "content",
            id: content.to_string(),
        };
        let permission = Action::Grade.on(Resource::Submission);
        let ownership = self.ownership_of_content(actor, content).await?;
        let may = actor.require(permission, ownership, "content", &content);
        // Learners may read the content, but what was answered to it is nothing to them.
        may.map_err(|_| absent())?;
        self.load_content(content).await?;
        Ok(())
    }
}
