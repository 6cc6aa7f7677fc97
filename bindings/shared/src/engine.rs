//! The engine behind one call for every use case.

use std::path::Path;
use std::sync::Arc;

use polycode_core::Engine;
use polycode_core::catalogue::Course;
use polycode_core::permission::Actor;
use polycode_core::port::Sandbox;
use polycode_store::{RandomIds, SystemClock, read_course};

use crate::dispatch::{Call, Given};
use crate::hooks::Hooks;
use crate::place::Place;
use crate::time::GivenTime;
use crate::{Failure, Json, read, use_cases, write};

/// How a host wants its engine; what is left out is as usual.
#[derive(Debug, Clone, Default)]
pub struct EngineOptions {
    /// What the host adds.
    pub hooks: Option<Hooks>,
    /// The time of a test.
    pub time: Option<Arc<GivenTime>>,
}

/// An engine behind one call for every use case, on behalf of somebody. Clones share it.
///
/// Wherever a content is asked for, its id and its slug will do.
#[derive(Debug, Clone)]
pub struct EngineHandle {
    engine: Engine,
    actor: Actor,
}

impl EngineHandle {
    /// An engine over the store of this place, on behalf of the host itself. Called inside the
    /// Tokio runtime that lives as long as the engine.
    ///
    /// # Errors
    /// A [`Failure`] when the store can't be opened.
    pub async fn open(
        place: Place,
        sandbox: Arc<dyn Sandbox>,
        options: EngineOptions,
    ) -> Result<Self, Failure> {
        let store = place.open().await?;
        let mut engine = match options.time {
            Some(time) => Engine::new(store, sandbox, Arc::clone(&time) as _, time),
            None => Engine::new(store, sandbox, Arc::new(SystemClock), Arc::new(RandomIds)),
        };
        if let Some(hooks) = options.hooks {
            if let Some(grader) = hooks.grader() {
                engine = engine.with_grader(grader);
            }
            if let Some(directory) = hooks.directory() {
                engine = engine.with_directory(directory);
            }
        }
        Ok(Self {
            engine,
            actor: Actor::service(),
        })
    }

    /// The same engine on behalf of somebody else: `Actor` in.
    ///
    /// # Errors
    /// A [`Failure`] when that is no actor.
    pub fn acting_as(&self, actor: &[u8]) -> Result<Self, Failure> {
        Ok(Self {
            engine: self.engine.clone(),
            actor: read("actor", actor)?,
        })
    }

    /// Calls the use case of this name: its arguments by name in, its result out.
    ///
    /// # Errors
    /// A [`Failure`] when there is no such use case, an argument does not fit, or as the use case
    /// says.
    pub async fn call(&self, use_case: &str, given: &[u8]) -> Result<Json, Failure> {
        let Some(found) = use_cases::find(use_case) else {
            let message = format!("there is no use case `{use_case}`");
            return Err(Failure::invalid("useCase", message));
        };
        let (engine, actor) = (self.engine.clone(), self.actor.clone());
        let given = Given::read(given)?;
        found(Call {
            engine,
            actor,
            given,
        })
        .await
    }

    /// Publishes the course in a folder; gives `Imported`.
    ///
    /// # Errors
    /// A [`Failure`] when the folder can't be read or its course breaks a rule.
    pub async fn import_folder(&self, path: &Path) -> Result<Json, Failure> {
        let path = path.to_owned();
        let files = tokio::task::spawn_blocking(move || read_course(path)).await;
        let files = files.map_err(|error| Failure::of_ours(error.to_string()))??;
        let course = Course::from_files(&files)?;
        write(&self.engine.import_course(&self.actor, course).await?)
    }
}
