//! What can be set before a runner starts.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use crate::engine::new_engine;
use crate::install::{self, NoHome, default_home};
use crate::pool::Pool;
use crate::runner::cache::Cache;
use crate::runner::{Inner, Runner, Runtime};

/// What can be set before a [`Runner`] starts.
#[derive(Debug)]
pub struct Builder {
    home: Option<PathBuf>,
    workers: usize,
    queue: usize,
    runtimes: Vec<Runtime>,
}

/// Why a runner could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// There is no folder of runtimes.
    #[error(transparent)]
    Home(#[from] NoHome),
    /// WebAssembly can't run on this machine.
    #[error("the sandbox can't start: {0}")]
    Engine(wasmtime::Error),
    /// The system has no threads to give.
    #[error("the sandbox's threads can't start: {0}")]
    Threads(#[from] std::io::Error),
}

impl Default for Builder {
    fn default() -> Self {
        let workers = thread::available_parallelism().map_or(2, NonZero::get);
        Self {
            home: None,
            workers,
            queue: 1_024,
            runtimes: Vec::new(),
        }
    }
}

impl Builder {
    /// The folder of installed languages; by default `POLYCODE_HOME`, or else `polycode` in the
    /// user's cache folder.
    #[must_use]
    pub fn home(self, home: impl Into<PathBuf>) -> Self {
        Self {
            home: Some(home.into()),
            ..self
        }
    }

    /// How many programs run at the same time; at least one, by default one per core.
    #[must_use]
    pub fn workers(self, workers: usize) -> Self {
        Self {
            workers: workers.max(1),
            ..self
        }
    }

    /// How many runs may wait before the runner says that it is busy; by default 1,024.
    #[must_use]
    pub fn queue(self, queue: usize) -> Self {
        Self { queue, ..self }
    }

    /// Adds a language to those that are known, or takes the place of one of the same name.
    #[must_use]
    pub fn runtime(mut self, runtime: Runtime) -> Self {
        self.runtimes.push(runtime);
        self
    }

    /// Starts the runner.
    ///
    /// # Errors
    /// [`BuildError`] when the machine does not allow it.
    pub fn build(self) -> Result<Runner, BuildError> {
        let home = self.home.map_or_else(default_home, Ok)?;
        let mut runtimes = install::runtimes(&home);
        for runtime in self.runtimes {
            runtimes.retain(|other| other.id() != runtime.id());
            runtimes.push(runtime);
        }
        // A worker runs two programs while they talk.
        let slots = u32::try_from(self.workers.saturating_mul(2)).unwrap_or(u32::MAX);
        let engine = new_engine(slots).map_err(BuildError::Engine)?;
        let pool = Pool::start(self.workers, self.queue)?;
        let runtimes = runtimes.into_iter().map(Arc::new).collect();
        let inner = Arc::new(Inner {
            engine,
            runtimes,
            cache: Cache::new(),
        });
        Ok(Runner { pool, inner })
    }
}
