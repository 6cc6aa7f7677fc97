//! Running and judging programs without a store.

use std::path::PathBuf;
use std::sync::Arc;

use napi::Result;
use napi_derive::napi;
use polycode_bindings::{RunnerHandle, RunnerOptions, Sandbox};

use crate::cancel::Cancel;
use crate::event_loop::EventLoop;
use crate::failure::thrown;

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
    pub fn run(&self, event_loop: &EventLoop, call: u32, run: String, cancel: Option<&Cancel>) {
        let runner = RunnerHandle::new(Arc::clone(&self.sandbox));
        event_loop.post_following(call, cancel, run.len(), async move {
            runner.run(run.as_bytes()).await
        });
    }

    /// Judges a case.
    #[napi]
    pub fn judge(&self, event_loop: &EventLoop, call: u32, case: String, cancel: Option<&Cancel>) {
        let runner = RunnerHandle::new(Arc::clone(&self.sandbox));
        event_loop.post_following(call, cancel, case.len(), async move {
            runner.judge(case.as_bytes()).await
        });
    }
}
