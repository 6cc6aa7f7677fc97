//! How often a learner may answer: counted with the submissions, in the same commit.

use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::id::{ComponentId, ContentId, UserId};
use crate::judging::{AttemptsLeft, CountedAttempts, Submission, SubmissionStatus};
use crate::permission::{Action, Actor, Resource};
use crate::port::{PageRequest, Versioned};
use crate::quantity::Version;

impl Engine {
    /// SU-1: how often a user may still answer a submittable.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not about the actor, or the content or component is
    /// not there; [`EngineError::Store`] when the store failed.
    pub async fn attempts_left(
        &self,
        actor: &Actor,
        user: &UserId,
        content: ContentId,
        component: &ComponentId,
    ) -> Result<AttemptsLeft, EngineError> {
        let read = Action::Read.on(Resource::Submission);
        actor.require(read, actor.ownership(user), "user", user)?;
        let stored = self.load_content(content).await?.value;
        let part = stored.component_of(component)?.submittable();
        let Some(max) = part.and_then(|part| part.rules.max_attempts) else {
            let (max, left) = (None, None);
            return Ok(AttemptsLeft { max, left });
        };
        let (_, counted) = self.counted_attempts(user, content, component).await?;
        Ok(AttemptsLeft {
            max: Some(max),
            left: Some(counted.left(max)),
        })
    }

    /// Counts a new submission, if there is room for it.
    pub(in crate::engine) async fn count_attempt(
        &self,
        changes: &mut Changes,
        submission: &Submission,
        max: u32,
    ) -> Result<(), EngineError> {
        let (user, component) = (&submission.user, &submission.component);
        let counted = self.counted_attempts(user, submission.content, component);
        let (read, mut counted) = counted.await?;
        counted.require_room(max)?;
        counted.submissions.insert(submission.id);
        Ok(changes.put(&counted, read)?)
    }

    /// Counts a submission as long as it is not our failure, where attempts are counted at all.
    pub(in crate::engine) async fn recount_attempt(
        &self,
        changes: &mut Changes,
        submission: &Submission,
    ) -> Result<(), EngineError> {
        let (user, component) = (&submission.user, &submission.component);
        let key = CountedAttempts::key_of(user, submission.content, component);
        let Some(Versioned { version, mut value }) = self.find::<CountedAttempts>(&key).await?
        else {
            return Ok(());
        };
        let is_news = if counts(submission) {
            value.submissions.insert(submission.id)
        } else {
            value.submissions.remove(&submission.id)
        };
        if is_news {
            changes.put(&value, Some(version))?;
        }
        Ok(())
    }

    /// What counts so far. Where it was not counted yet, since the author had set no limit, what
    /// is stored is counted now.
    async fn counted_attempts(
        &self,
        user: &UserId,
        content: ContentId,
        component: &ComponentId,
    ) -> Result<(Option<Version>, CountedAttempts), EngineError> {
        let key = CountedAttempts::key_of(user, content, component);
        if let Some(Versioned { version, value }) = self.find(&key).await? {
            return Ok((Some(version), value));
        }
        let mut counted = CountedAttempts::new(user.clone(), content, component.clone());
        let mut after = None;
        loop {
            let limit = PageRequest::MAX;
            let page = PageRequest { after, limit };
            let page = self.store.submissions(user, Some(content), page).await?;
            let own = page
                .items
                .iter()
                .filter(|submission| submission.component == *component && counts(submission));
            counted
                .submissions
                .extend(own.map(|submission| submission.id));
            after = page.next;
            if after.is_none() {
                return Ok((None, counted));
            }
        }
    }
}

const fn counts(submission: &Submission) -> bool {
    !matches!(submission.status, SubmissionStatus::Ungradable { .. })
}
