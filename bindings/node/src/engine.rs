//! The engine: every use case as a Promise, from names and JSON to JSON.

use std::path::Path;
use std::sync::Arc;

use napi::Result;
use napi_derive::napi;
use polycode_bindings::EngineHandle;

use crate::failure::{text, thrown, whole};
use crate::runner::Runner;

/// The engine over a store.
#[napi]
#[derive(Debug)]
pub struct Engine {
    handle: EngineHandle,
}

#[napi]
impl Engine {
    /// Opens the store that a URL names.
    #[napi]
    pub async fn open(url: String, runner: &Runner) -> Result<Self> {
        let handle = EngineHandle::open(&url, Arc::clone(&runner.sandbox)).await;
        Ok(Self {
            handle: handle.map_err(thrown)?,
        })
    }

    /// Publishes the course in a folder.
    #[napi]
    pub async fn import_course(&self, path: String) -> Result<String> {
        text(self.handle.import_course(Path::new(&path)).await)
    }

    /// Publishes a new content.
    #[napi]
    pub async fn create_content(&self, draft: String) -> Result<String> {
        text(self.handle.create_content(draft.as_bytes()).await)
    }

    /// Publishes a new version of a content.
    #[napi]
    pub async fn update_content(
        &self,
        content: String,
        version: f64,
        draft: String,
    ) -> Result<String> {
        let version = whole("version", version).map_err(thrown)?;
        text(
            self.handle
                .update_content(&content, version, draft.as_bytes())
                .await,
        )
    }

    /// A page of contents.
    #[napi]
    pub async fn contents(&self, after: Option<String>, limit: u32) -> Result<String> {
        text(self.handle.contents(after, limit).await)
    }

    /// A content as learners see it.
    #[napi]
    pub async fn content(&self, content: String) -> Result<String> {
        text(self.handle.content(&content).await)
    }

    /// A content with everything its author wrote.
    #[napi]
    pub async fn authored_content(&self, content: String) -> Result<String> {
        text(self.handle.authored_content(&content).await)
    }

    /// Takes an answer, judges it and books what it earns.
    #[napi]
    pub async fn submit(
        &self,
        user: String,
        content: String,
        component: String,
        answer: String,
    ) -> Result<String> {
        text(
            self.handle
                .submit(&user, &content, &component, answer.as_bytes())
                .await,
        )
    }

    /// Takes an answer, to be judged later.
    #[napi]
    pub async fn receive(
        &self,
        user: String,
        content: String,
        component: String,
        answer: String,
    ) -> Result<String> {
        text(
            self.handle
                .receive(&user, &content, &component, answer.as_bytes())
                .await,
        )
    }

    /// Judges a stored submission.
    #[napi]
    pub async fn grade(&self, submission: String) -> Result<String> {
        text(self.handle.grade(&submission).await)
    }

    /// Grades submissions that wait.
    #[napi]
    pub async fn grade_pending(&self, limit: u32) -> Result<String> {
        text(self.handle.grade_pending(limit).await)
    }

    /// Tries an answer against one visible validator.
    #[napi]
    pub async fn run_validator(
        &self,
        content: String,
        component: String,
        validator: String,
        answer: String,
    ) -> Result<String> {
        text(
            self.handle
                .run_validator(&content, &component, &validator, answer.as_bytes())
                .await,
        )
    }

    /// A submission and how far it has come.
    #[napi]
    pub async fn submission(&self, submission: String) -> Result<String> {
        text(self.handle.submission(&submission).await)
    }

    /// What a user answered.
    #[napi]
    pub async fn answer(&self, submission: String) -> Result<String> {
        text(self.handle.answer(&submission).await)
    }

    /// What the learner is told of a submission.
    #[napi]
    pub async fn feedback(&self, submission: String) -> Result<String> {
        text(self.handle.feedback(&submission).await)
    }

    /// Everything that judging a submission found.
    #[napi]
    pub async fn report(&self, submission: String) -> Result<String> {
        text(self.handle.report(&submission).await)
    }

    /// A page of a user's submissions.
    #[napi]
    pub async fn submissions(
        &self,
        user: String,
        content: Option<String>,
        after: Option<String>,
        limit: u32,
    ) -> Result<String> {
        text(
            self.handle
                .submissions(&user, content.as_deref(), after, limit)
                .await,
        )
    }

    /// How far a user has come in a content.
    #[napi]
    pub async fn progress(&self, user: String, content: String) -> Result<String> {
        text(self.handle.progress(&user, &content).await)
    }

    /// What a user owns.
    #[napi]
    pub async fn wallet(&self, user: String) -> Result<String> {
        text(self.handle.wallet(&user).await)
    }

    /// A page of the ledger's lines that concern a user.
    #[napi]
    pub async fn entries(&self, user: String, after: Option<String>, limit: u32) -> Result<String> {
        text(self.handle.entries(&user, after, limit).await)
    }

    /// The events after a place in the log.
    #[napi]
    pub async fn events(&self, after: f64, limit: u32) -> Result<String> {
        let after = whole("after", after).map_err(thrown)?;
        text(self.handle.events(after, limit).await)
    }
}
