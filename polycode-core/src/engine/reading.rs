//! Looking things up.

use uuid::Uuid;

use crate::catalogue::{Content, ContentQuery, ContentSummary, ContentView};
use crate::engine::{Engine, EngineError};
use crate::event::Logged;
use crate::id::{ContentId, Slug, SubmissionId, UserId};
use crate::judging::{Answer, Feedback, Report, SubmissionView};
use crate::polypoints::{Entry, Wallet};
use crate::port::{Page, PageRequest, Versioned};
use crate::practice::Progress;
use crate::quantity::Cursor;
use crate::refusal::Refusal;

impl Engine {
    /// The contents there are, in the order of their slugs.
    ///
    /// # Errors
    /// [`EngineError::Refused`] for a page size out of range; [`EngineError::Store`] when the
    /// store failed.
    pub async fn contents(&self, page: PageRequest) -> Result<Page<ContentSummary>, EngineError> {
        self.contents_where(&ContentQuery::default(), page, |_| true)
            .await
    }

    /// A content as learners see it: no hidden validator, no right option.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not there; [`EngineError::Store`] when the store
    /// failed.
    pub async fn content(&self, id: ContentId) -> Result<ContentView, EngineError> {
        Ok(ContentView::from(&self.load_content(id).await?))
    }

    /// The content of this slug as learners see it.
    ///
    /// # Errors
    /// As [`Engine::content`].
    pub async fn content_by_slug(&self, slug: &Slug) -> Result<ContentView, EngineError> {
        let content = self.store.content_by_slug(slug).await?;
        let content = content.ok_or_else(|| not_found("content", slug))?;
        Ok(ContentView::from(&content))
    }

    /// A content with everything its author wrote. Not for learners.
    ///
    /// # Errors
    /// As [`Engine::content`].
    pub async fn authored_content(&self, id: ContentId) -> Result<Versioned<Content>, EngineError> {
        self.load_content(id).await
    }

    /// A submission and how far it has come.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not there; [`EngineError::Store`] when the store
    /// failed.
    pub async fn submission(&self, id: SubmissionId) -> Result<SubmissionView, EngineError> {
        Ok(self.load_submission(id).await?.value.into())
    }

    /// A user's submissions, of one content or of all, newest first.
    ///
    /// # Errors
    /// As [`Engine::contents`].
    pub async fn submissions(
        &self,
        user: &UserId,
        content: Option<ContentId>,
        page: PageRequest,
    ) -> Result<Page<SubmissionView>, EngineError> {
        let page = checked_ids(page)?;
        let submissions = self.store.submissions(user, content, page).await?;
        Ok(submissions.map(SubmissionView::from))
    }

    /// What a user answered.
    ///
    /// # Errors
    /// As [`Engine::submission`].
    pub async fn answer(&self, id: SubmissionId) -> Result<Answer, EngineError> {
        let answer = self.store.answer(id).await?;
        Ok(answer.ok_or_else(|| not_found("submission", &id))?)
    }

    /// What the learner is told of a submission, once it is judged.
    ///
    /// # Errors
    /// As [`Engine::submission`].
    pub async fn feedback(&self, id: SubmissionId) -> Result<Option<Feedback>, EngineError> {
        Ok(self.report(id).await?.as_ref().map(Feedback::from))
    }

    /// Everything that judging a submission found, hidden validators included. Not for learners.
    ///
    /// # Errors
    /// As [`Engine::submission`].
    pub async fn report(&self, id: SubmissionId) -> Result<Option<Report>, EngineError> {
        self.load_submission(id).await?;
        Ok(self.store.report(id).await?)
    }

    /// How far a user has come in a content.
    ///
    /// # Errors
    /// [`EngineError::Store`] when the store failed.
    pub async fn progress(
        &self,
        user: &UserId,
        content: ContentId,
    ) -> Result<Progress, EngineError> {
        let progress = self.store.progress(user, content).await?;
        Ok(progress.map_or_else(
            || Progress::new(user.clone(), content),
            |stored| stored.value,
        ))
    }

    /// What a user owns.
    ///
    /// # Errors
    /// [`EngineError::Store`] when the store failed.
    pub async fn wallet(&self, user: &UserId) -> Result<Wallet, EngineError> {
        let wallet = self.store.wallet(user).await?;
        Ok(wallet.map_or_else(|| Wallet::new(user.clone()), |stored| stored.value))
    }

    /// The lines of the ledger that concern a user, newest first.
    ///
    /// # Errors
    /// As [`Engine::contents`].
    pub async fn entries(
        &self,
        user: &UserId,
        page: PageRequest,
    ) -> Result<Page<Entry>, EngineError> {
        Ok(self.store.entries(user, checked_ids(page)?).await?)
    }

    /// The events after a place in the log, at most 1,000 of them.
    ///
    /// # Errors
    /// [`EngineError::Store`] when the store failed.
    pub async fn events(&self, after: Cursor, limit: u32) -> Result<Vec<Logged>, EngineError> {
        Ok(self.store.events(after, limit.min(1_000)).await?)
    }
}

fn checked(page: PageRequest) -> Result<PageRequest, Refusal> {
    page.check()?;
    Ok(page)
}

/// A page of a list that goes on after an id.
pub(super) fn checked_ids(page: PageRequest) -> Result<PageRequest, Refusal> {
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
