//! The engine behind calls that take names and JSON.

use std::path::Path;
use std::sync::Arc;

use polycode_core::Engine;
use polycode_core::catalogue::{ContentDraft, ContentQuery, Course};
use polycode_core::engine::{RunValidator, Submit};
use polycode_core::id::{ComponentId, ContentId, Slug, SubmissionId, UserId, ValidatorId};
use polycode_core::permission::Actor;
use polycode_core::port::{PageRequest, Sandbox};
use polycode_core::quantity::{Cursor, Version};
use polycode_core::refusal::Refusal;
use polycode_store::{RandomIds, SystemClock, open, read_course};

use crate::{Failure, Json, read, write};

/// An engine behind calls that take names and JSON. Clones share it.
///
/// Wherever a content is asked for, its id and its slug will do.
#[derive(Debug, Clone)]
pub struct EngineHandle {
    engine: Engine,
    /// Whoever holds an engine is the host: it says on behalf of whom a call is made.
    host: Actor,
}

impl EngineHandle {
    /// An engine over the store that the URL names. Called inside the Tokio runtime that lives as
    /// long as the engine.
    ///
    /// # Errors
    /// A [`Failure`] when the store can't be opened.
    pub async fn open(url: &str, sandbox: Arc<dyn Sandbox>) -> Result<Self, Failure> {
        let store = open(url).await?;
        let (clock, ids) = (Arc::new(SystemClock), Arc::new(RandomIds));
        Ok(Self {
            engine: Engine::new(store, sandbox, clock, ids),
            host: Actor::service(),
        })
    }

    /// Publishes the course in a folder; gives `Imported`.
    ///
    /// # Errors
    /// A [`Failure`] when the folder can't be read or its course breaks a rule.
    pub async fn import_course(&self, path: &Path) -> Result<Json, Failure> {
        let path = path.to_owned();
        let files = tokio::task::spawn_blocking(move || read_course(path)).await;
        let files = files.map_err(|error| Failure::of_ours(error.to_string()))??;
        write(
            &self
                .engine
                .import_course(&self.host, Course::from_files(&files)?)
                .await?,
        )
    }

    /// Publishes a new content: `ContentDraft` in, `VersionedContent` out.
    ///
    /// # Errors
    /// A [`Failure`] when it breaks a rule or its slug is taken.
    pub async fn create_content(&self, draft: &[u8]) -> Result<Json, Failure> {
        let draft: ContentDraft = read("draft", draft)?;
        write(&self.engine.create_content(&self.host, draft).await?)
    }

    /// Publishes a new version of a content that was read at `version`.
    ///
    /// # Errors
    /// A [`Failure`] when it breaks a rule, or somebody published another version meanwhile.
    pub async fn update_content(
        &self,
        content: &str,
        version: u64,
        draft: &[u8],
    ) -> Result<Json, Failure> {
        let draft: ContentDraft = read("draft", draft)?;
        let id = self.find(content).await?;
        write(
            &self
                .engine
                .update_content(&self.host, id, Version(version), draft)
                .await?,
        )
    }

    /// A page of contents in the order of their slugs; gives `ContentSummaryPage`.
    ///
    /// # Errors
    /// A [`Failure`] for a page size out of range.
    pub async fn contents(&self, after: Option<String>, limit: u32) -> Result<Json, Failure> {
        let query = ContentQuery::default();
        write(
            &self
                .engine
                .contents(&self.host, &query, PageRequest { after, limit })
                .await?,
        )
    }

    /// A content as learners see it; gives `ContentView`.
    ///
    /// # Errors
    /// A [`Failure`] when it is not there.
    pub async fn content(&self, content: &str) -> Result<Json, Failure> {
        let id = self.find(content).await?;
        write(&self.engine.content(&self.host, id).await?)
    }

    /// A content with everything its author wrote; gives `VersionedContent`.
    ///
    /// # Errors
    /// A [`Failure`] when it is not there.
    pub async fn authored_content(&self, content: &str) -> Result<Json, Failure> {
        let id = self.find(content).await?;
        let authored = self.engine.authored_content(&self.host, id).await?;
        let published = authored.published.ok_or_else(|| Refusal::NotFound {
            what: "content",
            id: id.to_string(),
        })?;
        write(&published)
    }

    /// Takes an answer, judges it and books what it earns: `Answer` in, `Outcome` out.
    ///
    /// # Errors
    /// A [`Failure`] when the answer does not fit, or can't be judged now.
    pub async fn submit(
        &self,
        user: &str,
        content: &str,
        component: &str,
        answer: &[u8],
    ) -> Result<Json, Failure> {
        let submit = self.read_submit(user, content, component, answer).await?;
        write(&self.engine.submit(&self.host, submit).await?)
    }

    /// Takes an answer and stores it, to be judged later: `Answer` in, `SubmissionId` out.
    ///
    /// # Errors
    /// A [`Failure`] when the answer does not fit.
    pub async fn receive(
        &self,
        user: &str,
        content: &str,
        component: &str,
        answer: &[u8],
    ) -> Result<Json, Failure> {
        let submit = self.read_submit(user, content, component, answer).await?;
        write(&self.engine.receive(&self.host, submit).await?)
    }

    /// Judges a stored submission; gives `Outcome`.
    ///
    /// # Errors
    /// A [`Failure`] when it is graded already, or can't be judged now.
    pub async fn grade(&self, submission: &str) -> Result<Json, Failure> {
        write(&self.engine.grade(submission_id(submission)?).await?)
    }

    /// Grades submissions that wait; gives how many were graded.
    ///
    /// # Errors
    /// A [`Failure`] when the store failed.
    pub async fn grade_pending(&self, limit: u32) -> Result<Json, Failure> {
        write(&self.engine.grade_pending(limit).await?)
    }

    /// Tries an answer against one visible validator: `Answer` in, `Feedback` out.
    ///
    /// # Errors
    /// A [`Failure`] when there is no such validator or the answer does not fit.
    pub async fn run_validator(
        &self,
        content: &str,
        component: &str,
        validator: &str,
        answer: &[u8],
    ) -> Result<Json, Failure> {
        let run = RunValidator {
            component: component_id(component)?,
            validator: ValidatorId::new(validator).map_err(Failure::name("validator"))?,
            answer: read("answer", answer)?,
            content: self.find(content).await?,
        };
        write(&self.engine.run_validator(&self.host, run).await?)
    }

    /// A submission and how far it has come; gives `SubmissionView`.
    ///
    /// # Errors
    /// A [`Failure`] when it is not there.
    pub async fn submission(&self, submission: &str) -> Result<Json, Failure> {
        write(
            &self
                .engine
                .submission(&self.host, submission_id(submission)?)
                .await?,
        )
    }

    /// What a user answered; gives `Answer`.
    ///
    /// # Errors
    /// A [`Failure`] when it is not there.
    pub async fn answer(&self, submission: &str) -> Result<Json, Failure> {
        write(
            &self
                .engine
                .answer(&self.host, submission_id(submission)?)
                .await?,
        )
    }

    /// What the learner is told of a submission; gives `Feedback` or null.
    ///
    /// # Errors
    /// A [`Failure`] when it is not there.
    pub async fn feedback(&self, submission: &str) -> Result<Json, Failure> {
        write(
            &self
                .engine
                .feedback(&self.host, submission_id(submission)?)
                .await?,
        )
    }

    /// Everything that judging a submission found; gives `Report` or null.
    ///
    /// # Errors
    /// A [`Failure`] when it is not there.
    pub async fn report(&self, submission: &str) -> Result<Json, Failure> {
        write(
            &self
                .engine
                .report(&self.host, submission_id(submission)?)
                .await?,
        )
    }

    /// A page of a user's submissions, newest first; gives `SubmissionPage`.
    ///
    /// # Errors
    /// A [`Failure`] for a page size out of range.
    pub async fn submissions(
        &self,
        user: &str,
        content: Option<&str>,
        after: Option<String>,
        limit: u32,
    ) -> Result<Json, Failure> {
        let user = user_id(user)?;
        let content = match content {
            Some(content) => Some(self.find(content).await?),
            None => None,
        };
        write(
            &self
                .engine
                .submissions(&self.host, &user, content, PageRequest { after, limit })
                .await?,
        )
    }

    /// How far a user has come in a content; gives `Progress`.
    ///
    /// # Errors
    /// A [`Failure`] when there is no such content.
    pub async fn progress(&self, user: &str, content: &str) -> Result<Json, Failure> {
        let user = user_id(user)?;
        let content = self.find(content).await?;
        write(&self.engine.progress(&self.host, &user, content).await?)
    }

    /// What a user owns; gives `Wallet`.
    ///
    /// # Errors
    /// A [`Failure`] when the store failed.
    pub async fn wallet(&self, user: &str) -> Result<Json, Failure> {
        write(&self.engine.wallet(&self.host, &user_id(user)?).await?)
    }

    /// A page of the ledger's lines that concern a user, newest first; gives `EntryPage`.
    ///
    /// # Errors
    /// A [`Failure`] for a page size out of range.
    pub async fn entries(
        &self,
        user: &str,
        after: Option<String>,
        limit: u32,
    ) -> Result<Json, Failure> {
        write(
            &self
                .engine
                .entries(&self.host, &user_id(user)?, PageRequest { after, limit })
                .await?,
        )
    }

    /// The events after a place in the log; gives a list of `Logged`.
    ///
    /// # Errors
    /// A [`Failure`] when the store failed.
    pub async fn events(&self, after: u64, limit: u32) -> Result<Json, Failure> {
        write(&self.engine.events(&self.host, Cursor(after), limit).await?)
    }

    async fn read_submit(
        &self,
        user: &str,
        content: &str,
        component: &str,
        answer: &[u8],
    ) -> Result<Submit, Failure> {
        Ok(Submit {
            user: user_id(user)?,
            component: component_id(component)?,
            answer: read("answer", answer)?,
            content: self.find(content).await?,
        })
    }

    /// The content of this id or slug.
    async fn find(&self, content: &str) -> Result<ContentId, Failure> {
        if let Ok(id) = content.parse() {
            return Ok(id);
        }
        let slug = Slug::new(content).map_err(Failure::name("content"))?;
        Ok(self
            .engine
            .content_by_slug(&self.host, &slug)
            .await?
            .summary
            .id)
    }
}

fn user_id(user: &str) -> Result<UserId, Failure> {
    UserId::new(user).map_err(Failure::name("user"))
}

fn component_id(component: &str) -> Result<ComponentId, Failure> {
    ComponentId::new(component).map_err(Failure::name("component"))
}

fn submission_id(submission: &str) -> Result<SubmissionId, Failure> {
    submission.parse().map_err(Failure::name("submission"))
}
