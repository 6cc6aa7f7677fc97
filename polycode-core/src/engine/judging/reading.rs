//! Looking things up.

use uuid::Uuid;

use crate::engine::{Engine, EngineError};
use crate::id::{ContentId, SubmissionId, UserId};
use crate::judging::{Answer, Feedback, Report, Submission, SubmissionView};
use crate::permission::{Action, Actor, Ownership, Resource};
use crate::polypoints::{Entry, Wallet};
use crate::port::{Page, PageRequest};
use crate::practice::Progress;
use crate::refusal::Refusal;

impl Engine {
    /// SU-1: a submission and how far it has come, for its user and for the content's authors.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not there for the actor; [`EngineError::Store`] when
    /// the store failed.
    pub async fn submission(
        &self,
        actor: &Actor,
        id: SubmissionId,
    ) -> Result<SubmissionView, EngineError> {
        let submission = self.submission_for(actor, Action::Read, id).await?;
        Ok(submission.into())
    }

    /// SU-3: a user's submissions, of one content or of all, newest first.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when they are not the actor's own or the page is none;
    /// [`EngineError::Store`] when the store failed.
    pub async fn submissions(
        &self,
        actor: &Actor,
        user: &UserId,
        content: Option<ContentId>,
        page: PageRequest,
    ) -> Result<Page<SubmissionView>, EngineError> {
        let read = Action::Read.on(Resource::Submission);
        actor.require(read, actor.ownership(user), "user", user)?;
        let page = checked_ids(page)?;
        let submissions = self.store.submissions(user, content, page).await?;
        Ok(submissions.map(SubmissionView::from))
    }

    /// SU-3: what a user answered.
    ///
    /// # Errors
    /// As [`Engine::submission`].
    pub async fn answer(&self, actor: &Actor, id: SubmissionId) -> Result<Answer, EngineError> {
        self.submission_for(actor, Action::Read, id).await?;
        let answer = self.store.answer(id).await?;
        Ok(answer.ok_or_else(|| not_found("submission", &id))?)
    }

    /// SU-1: what the learner is told of a submission, once it is judged.
    ///
    /// # Errors
    /// As [`Engine::submission`].
    pub async fn feedback(
        &self,
        actor: &Actor,
        id: SubmissionId,
    ) -> Result<Option<Feedback>, EngineError> {
        self.submission_for(actor, Action::Read, id).await?;
        self.feedback_on(id).await
    }

    pub(super) async fn feedback_on(
        &self,
        id: SubmissionId,
    ) -> Result<Option<Feedback>, EngineError> {
        let Some(report) = self.store.report(id).await? else {
            return Ok(None);
        };
        let mut feedback = Feedback::from(&report);
        if let Some(note) = self.note_on(id).await? {
            feedback.comment = (!note.comment.is_empty()).then_some(note.comment);
            feedback.remarks = note.remarks;
        }
        Ok(Some(feedback))
    }

    /// SU-1: everything that judging a submission found, hidden validators included: for those
    /// who may grade it, never for its learner.
    ///
    /// # Errors
    /// As [`Engine::submission`].
    pub async fn report(
        &self,
        actor: &Actor,
        id: SubmissionId,
    ) -> Result<Option<Report>, EngineError> {
        self.submission_for(actor, Action::Grade, id).await?;
        Ok(self.store.report(id).await?)
    }

    /// PR-16: how far a user has come in a content.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not the actor's own; [`EngineError::Store`] when the
    /// store failed.
    pub async fn progress(
        &self,
        actor: &Actor,
        user: &UserId,
        content: ContentId,
    ) -> Result<Progress, EngineError> {
        see_progress(actor, user)?;
        let progress = self.store.progress(user, content).await?;
        Ok(progress.map_or_else(
            || Progress::new(user.clone(), content),
            |stored| stored.value,
        ))
    }

    /// PR-16: what a user owns.
    ///
    /// # Errors
    /// As [`Engine::progress`].
    pub async fn wallet(&self, actor: &Actor, user: &UserId) -> Result<Wallet, EngineError> {
        see_progress(actor, user)?;
        let wallet = self.store.wallet(user).await?;
        Ok(wallet.map_or_else(|| Wallet::new(user.clone()), |stored| stored.value))
    }

    /// PR-16: the lines of the ledger that concern a user, newest first.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when they are not the actor's own or the page is none;
    /// [`EngineError::Store`] when the store failed.
    pub async fn entries(
        &self,
        actor: &Actor,
        user: &UserId,
        page: PageRequest,
    ) -> Result<Page<Entry>, EngineError> {
        see_progress(actor, user)?;
        Ok(self.store.entries(user, checked_ids(page)?).await?)
    }

    /// A submission, if the actor may do this to it: as its user, as an author of its content, or
    /// to anybody's.
    async fn submission_for(
        &self,
        actor: &Actor,
        action: Action,
        id: SubmissionId,
    ) -> Result<Submission, EngineError> {
        let submission = self.load_submission(id).await?.value;
        let permission = action.on(Resource::Submission);
        // Being its user is enough to read it, not to grade it.
        let is_own = action == Action::Read && actor.is(&submission.user);
        let ownership = if is_own {
            Ownership::Own
        } else {
            self.ownership_of_content(actor, submission.content).await?
        };
        actor.require(permission, ownership, "submission", &id)?;
        Ok(submission)
    }
}

fn see_progress(actor: &Actor, user: &UserId) -> Result<(), Refusal> {
    let read = Action::Read.on(Resource::Progress);
    actor.require(read, actor.ownership(user), "user", user)
}

fn checked(page: PageRequest) -> Result<PageRequest, Refusal> {
    page.check()?;
    Ok(page)
}

/// A page of a list that goes on after an id.
pub(in crate::engine) fn checked_ids(page: PageRequest) -> Result<PageRequest, Refusal> {
    let is_id = |after: &String| Uuid::parse_str(after).is_ok();
    if page.after.as_ref().is_none_or(is_id) {
        checked(page)
    } else {
        let message = "is what the page before gave as `next`";
        Err(Refusal::invalid("after", message))
    }
}

fn not_found(what: &'static str, id: &impl ToString) -> Refusal {
    Refusal::NotFound {
        what,
        id: id.to_string(),
    }
}
