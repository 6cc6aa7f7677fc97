//! Running and judging programs without a store.

use std::path::PathBuf;
use std::sync::Arc;

use polycode_core::engine::{RunProgram, judge_program, run_program};
use polycode_core::judging::Case;
use polycode_core::port::{PortError, Sandbox, SandboxError};
use polycode_runner::{BuildError, Runner, language};

use crate::{Failure, Json, read, write};

/// How a host wants its programs run; what is left out is as usual.
#[derive(Debug, Clone, Default)]
pub struct RunnerOptions {
    /// The folder that installed languages are in.
    pub home: Option<PathBuf>,
    /// How many programs run at the same time.
    pub workers: Option<usize>,
    /// How many may wait beside them.
    pub queue: Option<usize>,
}

impl RunnerOptions {
    /// Starts a sandbox.
    ///
    /// # Errors
    /// A [`Failure`] when it can't be started.
    pub fn start(self) -> Result<Arc<dyn Sandbox>, Failure> {
        let mut builder = Runner::builder();
        if let Some(home) = self.home {
            builder = builder.home(home);
        }
        if let Some(workers) = self.workers {
            builder = builder.workers(workers);
        }
        if let Some(queue) = self.queue {
            builder = builder.queue(queue);
        }
        let failed = |error: BuildError| PortError::permanent(error.to_string());
        Ok(Arc::new(
            builder
                .build()
                .map_err(failed)
                .map_err(SandboxError::from)?,
        ))
    }
}

/// A sandbox behind calls that take and give JSON. Clones share it.
#[derive(Debug, Clone)]
pub struct RunnerHandle {
    sandbox: Arc<dyn Sandbox>,
}

impl RunnerHandle {
    /// A handle of this sandbox.
    pub fn new(sandbox: Arc<dyn Sandbox>) -> Self {
        Self { sandbox }
    }

    /// Runs a program once: `RunProgram` in, `RunResult` out.
    ///
    /// # Errors
    /// A [`Failure`] when it could not be run for a reason that is not the program's.
    pub async fn run(&self, run: &[u8]) -> Result<Json, Failure> {
        let run: RunProgram = read("program", run)?;
        run.check()?;
        write(&run_program(&*self.sandbox, &run).await?)
    }

    /// Judges a case: `Case` in, `Report` out.
    ///
    /// # Errors
    /// A [`Failure`] when it could not be judged for a reason that is not the program's.
    pub async fn judge(&self, case: &[u8]) -> Result<Json, Failure> {
        let case: Case = read("case", case)?;
        case.check()?;
        let Case { limits, args, .. } = &case;
        let (program, scheme) = (case.program(), case.scheme());
        let report = judge_program(&*self.sandbox, &program, limits, scheme, args).await?;
        write(&report)
    }
}

/// The usual name of a program's only file in a language; `main` where the language is not known.
pub fn usual_entry(id: &str) -> String {
    let known = language::find(id);
    known.map_or_else(|| "main".to_owned(), |known| known.entry.to_string())
}
