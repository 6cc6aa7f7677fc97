//! The sandbox of core, made of a pool of workers and the languages' runtimes.

mod budget;
mod build;
mod builder;
mod cache;
mod calls;
mod check;
mod program;
mod ready;
mod runtime;
mod tested;

use std::sync::Arc;

use async_trait::async_trait;
use polycode_core::id::LanguageId;
use polycode_core::judging::{Limits, Program};
use polycode_core::port::{PortError, Prepared, Sandbox, SandboxError, Uses};
use wasmtime::Engine;

use crate::cancel::Cancel;
use crate::machine::{RunError, Template};
use crate::pool::{Declined, Lost, Pool, Ticket};
use crate::runner::cache::{Cache, Checked, Key, Modules};
use crate::runner::program::Sourced;
use crate::runner::ready::{Loaded, Ready};
use crate::runner::runtime::Way;

pub use builder::{BuildError, Builder};
pub use runtime::Runtime;

/// Runs untrusted programs, each run in a WebAssembly instance of its own.
///
/// It keeps threads and address space: make one and share it. Dropping it cancels what runs.
#[derive(Debug)]
pub struct Runner {
    pool: Pool,
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    engine: Engine,
    runtimes: Vec<Arc<Runtime>>,
    cache: Cache,
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

    /// What a language's programs run in: loaded by a worker if it is not yet.
    async fn template(&self, runtime: Arc<Runtime>) -> Result<Arc<Template>, SandboxError> {
        if let Some(loaded) = runtime.loaded() {
            return Ok(loaded);
        }
        let inner = Arc::clone(&self.inner);
        let work = move |_: &Cancel| inner.load(&runtime);
        finished(self.pool.entrance().submit(work)).await?
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
    async fn prepare(
        &self,
        program: &Program,
        limits: &Limits,
        uses: &Uses,
    ) -> Result<Prepared, SandboxError> {
        let written = self.runtime(&program.language)?;
        let other = match written.way() {
            Way::Translated(id) => Some(self.runtime(id)?),
            _ => None,
        };
        let sourced = match Sourced::new(program, &written) {
            Ok(sourced) => Arc::new(sourced),
            Err(diagnostics) => return Ok(Prepared::Rejected { diagnostics }),
        };
        let key = Key::of(program.language.as_str(), &sourced.entry, &sourced.files);
        let key = match written.way() {
            Way::Built(_) => key.used(uses),
            _ => key,
        };
        let runs = Arc::clone(other.as_ref().unwrap_or(&written));
        let checked = if let Some(known) = self.inner.cache.get(&key) {
            known
        } else {
            let (inner, program) = (Arc::clone(&self.inner), Arc::clone(&sourced));
            let (runtime, uses) = (Arc::clone(&written), uses.clone());
            let work = move |cancel: &Cancel| match (runtime.way(), other) {
                (Way::Built(build), _) => inner.build(&runtime, build, &program, &uses, cancel),
                (Way::ReadyMade(fuel_per_ms), _) => Ok(inner.take(&program, *fuel_per_ms)),
                (_, Some(other)) => inner.translate(&runtime, &other, &program, cancel),
                (_, None) => inner.check(&runtime, &program, cancel),
            };
            let found = finished(self.pool.entrance().submit(work))
                .await??
                .bounded();
            self.inner.cache.put(key, found.clone());
            found
        };
        let (modules, program) = match checked {
            Checked::Rejected { diagnostics } => return Ok(Prepared::Rejected { diagnostics }),
            Checked::Valid => (Modules::of(self.template(runs).await?), sourced),
            Checked::Translated(made) => (Modules::of(self.template(runs).await?), made),
            Checked::Built(modules) => (modules, sourced),
        };
        let (limits, harnesses) = (*limits, written.harnesses());
        Ok(Prepared::Ready(Box::new(Ready::new(
            self.pool.entrance(),
            Loaded {
                modules,
                program,
                limits,
                language: written.id().clone(),
                harnesses,
            },
        ))))
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
