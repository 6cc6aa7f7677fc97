//! The engine: one call for every use case.

use std::path::PathBuf;
use std::sync::Arc;

use polycode_bindings::EngineHandle;
use pyo3::prelude::*;

use crate::call::{Call, Done, raised};
use crate::runner::Runner;

/// The engine over a store, on behalf of somebody.
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

    /// The same engine on behalf of somebody else.
    fn acting_as(&self, py: Python<'_>, actor: &[u8]) -> PyResult<Self> {
        let handle = self.handle.acting_as(actor);
        handle
            .map(Self::new)
            .map_err(|failure| raised(py, &failure))
    }

    /// Calls a use case with its arguments by name.
    fn call(&self, use_case: String, given: Vec<u8>) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.call(&use_case, &given).await })
    }

    /// Publishes the course in a folder.
    fn import_folder(&self, path: PathBuf) -> Call {
        let engine = self.handle.clone();
        Call::new(async move { engine.import_folder(&path).await })
    }
}
