//! The engine: every use case as a call that takes names and JSON.

use std::path::PathBuf;
use std::sync::Arc;

use polycode_bindings::EngineHandle;
use pyo3::prelude::*;

use crate::call::{Call, Done};
use crate::runner::Runner;

/// The engine over a store.
#[pyclass(module = "polycode._native", frozen)]
#[derive(Debug)]
pub(crate) struct Engine {
    handle: EngineHandle,
}

impl Engine {
    /// The Python object of an engine.
    pub(crate) fn new(handle: EngineHandle) -> Self {
        Self { handle }
    }
}

#[pymethods]
impl Engine {
    /// Opens the store that a URL names.
    #[staticmethod]
    fn open(url: String, runner: &Runner) -> Call {
        let sandbox = Arc::clone(&runner.sandbox);
        Call::of(async move { EngineHandle::open(&url, sandbox).await.map(Done::Engine) })
    }

    /// Publishes the course in a folder.
    fn import_course(&self, path: PathBuf) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.import_course(&path).await })
    }

    /// Publishes a new content.
    fn create_content(&self, draft: Vec<u8>) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.create_content(&draft).await })
    }

    /// Publishes a new version of a content.
    fn update_content(&self, content: String, version: u64, draft: Vec<u8>) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.update_content(&content, version, &draft).await })
    }

    /// A page of contents.
    #[pyo3(signature = (after, limit))]
    fn contents(&self, after: Option<String>, limit: u32) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.contents(after, limit).await })
    }

    /// A content as learners see it.
    fn content(&self, content: String) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.content(&content).await })
    }

    /// A content with everything its author wrote.
    fn authored_content(&self, content: String) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.authored_content(&content).await })
    }

    /// Takes an answer, judges it and books what it earns.
    fn submit(&self, user: String, content: String, component: String, answer: Vec<u8>) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.submit(&user, &content, &component, &answer).await })
    }

    /// Takes an answer, to be judged later.
    fn receive(&self, user: String, content: String, component: String, answer: Vec<u8>) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.receive(&user, &content, &component, &answer).await })
    }

    /// Judges a stored submission.
    fn grade(&self, submission: String) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.grade(&submission).await })
    }

    /// Grades submissions that wait.
    fn grade_pending(&self, limit: u32) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.grade_pending(limit).await })
    }

    /// Tries an answer against one visible validator.
    fn run_validator(
        &self,
        content: String,
        component: String,
        validator: String,
        answer: Vec<u8>,
    ) -> Call {
        let engine = self.handle.clone();
        Call::new(async move {
            engine
                .run_validator(&content, &component, &validator, &answer)
                .await
        })
    }

    /// A submission and how far it has come.
    fn submission(&self, submission: String) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.submission(&submission).await })
    }

    /// What a user answered.
    fn answer(&self, submission: String) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.answer(&submission).await })
    }

    /// What the learner is told of a submission.
    fn feedback(&self, submission: String) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.feedback(&submission).await })
    }

    /// Everything that judging a submission found.
    fn report(&self, submission: String) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.report(&submission).await })
    }

    /// A page of a user's submissions.
    #[pyo3(signature = (user, content, after, limit))]
    fn submissions(
        &self,
        user: String,
        content: Option<String>,
        after: Option<String>,
        limit: u32,
    ) -> Call {
        let engine = self.handle.clone();
        Call::new(async move {
            engine
                .submissions(&user, content.as_deref(), after, limit)
                .await
        })
    }

    /// How far a user has come in a content.
    fn progress(&self, user: String, content: String) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.progress(&user, &content).await })
    }

    /// What a user owns.
    fn wallet(&self, user: String) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.wallet(&user).await })
    }

    /// A page of the ledger's lines that concern a user.
    #[pyo3(signature = (user, after, limit))]
    fn entries(&self, user: String, after: Option<String>, limit: u32) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.entries(&user, after, limit).await })
    }

    /// The events after a place in the log.
    fn events(&self, after: u64, limit: u32) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.events(after, limit).await })
    }
}
