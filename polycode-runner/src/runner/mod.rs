//! The sandbox of core, made of a pool of workers and the languages' runtimes.

mod builder;
mod cache;
mod check;
mod program;
mod runtime;

use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use polycode_core::id::LanguageId;
use polycode_core::judging::{Ending, Limits, Observation, Program};
use polycode_core::port::{Executable, PortError, Prepared, Run, Sandbox, SandboxError};
use polycode_core::quantity::{ByteCount, Fuel};
use wasmtime::Engine;

use crate::machine::{Cancel, Outcome, RunError, Template, Ticker};
use crate::pool::{Declined, Entrance, Lost, Pool, Ticket};
use crate::runner::cache::{Cache, Checked, Key};
use crate::runner::program::Sourced;

pub use builder::{BuildError, Builder};
pub use runtime::Runtime;

/// Runs untrusted programs, each run in a WebAssembly instance of its own.
///
/// It keeps threads and address space: make one and share it. Dropping it cancels what runs.
#[derive(Debug)]
pub struct Runner {
    // Dropped first, so that no worker outlives what it works with.
    pool: Pool,
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    engine: Engine,
    ticker: Ticker,
    runtimes: Vec<Arc<Runtime>>,
    cache: Cache,
}

/// A program that was checked and can be run.
#[derive(Debug)]
struct Ready {
    entrance: Entrance,
    inner: Arc<Inner>,
    template: Arc<Template>,
    program: Arc<Sourced>,
    limits: Limits,
}

impl Runner {
    /// What to set before a runner starts.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The languages that it knows, installed or not.
    pub fn runtimes(&self) -> impl Iterator<Item = &Runtime> {
        self.inner.runtimes.iter().map(|runtime| &**runtime)
    }

    fn runtime(&self, language: &LanguageId) -> Result<Arc<Runtime>, SandboxError> {
        let found = self
            .inner
            .runtimes
            .iter()
            .find(|runtime| runtime.id() == language);
        found.cloned().ok_or_else(|| SandboxError::UnknownLanguage {
            language: language.clone(),
            known: self
                .runtimes()
                .map(|runtime| runtime.id().to_string())
                .collect(),
        })
    }
}

#[async_trait]
impl Sandbox for Runner {
    async fn prepare(&self, program: &Program, limits: &Limits) -> Result<Prepared, SandboxError> {
        let runtime = self.runtime(&program.language)?;
        let other = runtime.runner().map(|id| self.runtime(id)).transpose()?;
        let sourced = match Sourced::new(program, &runtime) {
            Ok(sourced) => Arc::new(sourced),
            Err(diagnostics) => return Ok(Prepared::Rejected { diagnostics }),
        };
        let key = Key::of(program.language.as_str(), &sourced.entry, &sourced.files);
        let loaded = other.as_ref().unwrap_or(&runtime).loaded();
        let known = loaded.zip(self.inner.cache.get(&key));
        let (template, checked) = if let Some(known) = known {
            known
        } else {
            let (inner, program) = (Arc::clone(&self.inner), Arc::clone(&sourced));
            let work = move |cancel: &Cancel| match other {
                Some(other) => inner.load_and_translate(&runtime, &other, &program, cancel),
                None => inner.load_and_check(&runtime, &program, cancel),
            };
            let found = finished(self.pool.entrance().submit(work)).await??;
            self.inner.cache.put(key, found.1.clone());
            found
        };
        let program = match checked {
            Checked::Rejected { diagnostics } => return Ok(Prepared::Rejected { diagnostics }),
            Checked::Valid => sourced,
            Checked::Translated(translated) => translated,
        };
        Ok(Prepared::Ready(Box::new(Ready {
            entrance: self.pool.entrance(),
            inner: Arc::clone(&self.inner),
            template,
            program,
            limits: *limits,
        })))
    }
}

#[async_trait]
impl Executable for Ready {
    async fn run(&self, run: Run) -> Result<Observation, SandboxError> {
        let (inner, template) = (Arc::clone(&self.inner), Arc::clone(&self.template));
        let (program, limits) = (Arc::clone(&self.program), self.limits);
        let work = move |cancel: &Cancel| {
            let is_call = run.call.is_some();
            let job = program.job(run, &limits, template.fuel_per_ms(), cancel);
            let _ticking = inner.ticker.keep();
            let start = Instant::now();
            let outcome = template.run(job)?;
            let wall_us = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
            Ok(observation(outcome, is_call, wall_us))
        };
        finished(self.entrance.submit(work))
            .await?
            .map_err(|error| failed(&error))
    }
}

fn observation(outcome: Outcome, is_call: bool, wall_us: u64) -> Observation {
    let returned =
        is_call && outcome.ending == (Ending::Exited { code: 0 }) && !outcome.answer.is_empty();
    Observation {
        returned: returned.then(|| String::from_utf8_lossy(&outcome.answer).into_owned()),
        ending: outcome.ending,
        stdout: outcome.stdout,
        stderr: outcome.stderr,
        files: outcome.files,
        fuel: Fuel(outcome.fuel),
        peak_memory: ByteCount(outcome.peak_memory),
        wall_us,
    }
}

fn failed(error: &RunError) -> SandboxError {
    let message = error.to_string();
    let failure = match error {
        RunError::Cancelled | RunError::HostOutOfMemory | RunError::Machine(_) => {
            PortError::temporary(message)
        }
        RunError::Clash(_) | RunError::Runtime(_) => PortError::permanent(message),
    };
    failure.into()
}

/// Waits for work that was handed in.
async fn finished<T>(ticket: Result<Ticket<T>, Declined>) -> Result<T, SandboxError> {
    let closed = || PortError::permanent("the runner was closed");
    let ticket = ticket.map_err(|declined| match declined {
        Declined::Full { waiting } => SandboxError::Busy { waiting },
        Declined::Closed => closed().into(),
    })?;
    ticket.await.map_err(|lost| match lost {
        Lost::Panicked(words) => PortError::permanent(format!("the runner failed: {words}")).into(),
        Lost::Closed => closed().into(),
    })
}
