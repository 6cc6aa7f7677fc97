//! Running and judging programs without a store.

use std::path::PathBuf;
use std::sync::Arc;

use napi::Result;
use napi_derive::napi;
use polycode_bindings::{RunnerHandle, RunnerOptions, Sandbox};

use crate::cancel::Cancel;
use crate::failure::{text, thrown};

/// A sandbox. Engines may share it.
#[napi]
#[derive(Debug)]
pub struct Runner {
    /// The sandbox, for engines that share it.
    pub(crate) sandbox: Arc<dyn Sandbox>,
}

#[napi]
impl Runner {
    /// Starts a sandbox.
    #[napi(constructor)]
    pub fn new(home: Option<String>, workers: Option<u32>, queue: Option<u32>) -> Result<Self> {
        let options = RunnerOptions {
            home: home.map(PathBuf::from),
            workers: workers.map(|workers| workers as usize),
            queue: queue.map(|queue| queue as usize),
        };
        Ok(Self {
            sandbox: options.start().map_err(thrown)?,
        })
    }

    /// Runs a program once.
    #[napi]
    pub async fn run(&self, run: String, cancel: Option<&Cancel>) -> Result<String> {
        let runner = RunnerHandle::new(Arc::clone(&self.sandbox));
        text(Cancel::unless(cancel, runner.run(run.as_bytes())).await)
    }

    /// Judges a case.
    #[napi]
    pub async fn judge(&self, case: String, cancel: Option<&Cancel>) -> Result<String> {
        let runner = RunnerHandle::new(Arc::clone(&self.sandbox));
        text(Cancel::unless(cancel, runner.judge(case.as_bytes())).await)
    }
}
