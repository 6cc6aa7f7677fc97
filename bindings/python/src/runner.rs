//! Running and judging programs without a store.

use std::path::PathBuf;
use std::sync::Arc;

use polycode_bindings::{RunnerHandle, RunnerOptions, Sandbox};
use pyo3::prelude::*;

use crate::call::{Call, raised};

/// A sandbox. Engines may share it.
#[pyclass(module = "polycode._native", frozen)]
#[derive(Debug)]
pub(crate) struct Runner {
    /// The sandbox, for engines that share it.
    pub(crate) sandbox: Arc<dyn Sandbox>,
}

#[pymethods]
impl Runner {
    #[new]
    #[pyo3(signature = (home=None, workers=None, queue=None))]
    fn new(
        py: Python<'_>,
        home: Option<PathBuf>,
        workers: Option<usize>,
        queue: Option<usize>,
    ) -> PyResult<Self> {
        let options = RunnerOptions {
            home,
            workers,
            queue,
        };
        let sandbox = py
            .detach(|| options.start())
            .map_err(|failure| raised(py, &failure))?;
        Ok(Self { sandbox })
    }

    /// Runs a program once.
    fn run(&self, run: Vec<u8>) -> Call {
        let runner = RunnerHandle::new(Arc::clone(&self.sandbox));
        Call::following(run.len(), async move { runner.run(&run).await })
    }

    /// Judges a case.
    fn judge(&self, case: Vec<u8>) -> Call {
        let runner = RunnerHandle::new(Arc::clone(&self.sandbox));
        Call::following(case.len(), async move { runner.judge(&case).await })
    }
}
