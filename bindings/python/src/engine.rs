//! The engine: one call for every use case.

use std::path::PathBuf;
use std::sync::Arc;

use polycode_bindings::{EngineHandle, EngineOptions, Place};
use pyo3::prelude::*;

use crate::call::{Call, raised};
use crate::hooks::{Hooks, Store};
use crate::runner::Runner;
use crate::time::Time;

/// The engine over a store, on behalf of somebody.
#[pyclass(module = "polycode._native", frozen)]
#[derive(Debug)]
pub(crate) struct Engine {
    handle: EngineHandle,
}

/// Where an engine keeps what it commits.
#[derive(FromPyObject)]
enum Kept<'py> {
    Url(String),
    Store(Bound<'py, Store>),
}

impl Engine {
    /// The Python object of an engine.
    pub(crate) fn new(handle: EngineHandle) -> Self {
        Self { handle }
    }
}

#[pymethods]
impl Engine {
    /// Opens a store.
    #[staticmethod]
    #[pyo3(signature = (store, runner, hooks=None, time=None))]
    fn open(store: Kept<'_>, runner: &Runner, hooks: Option<&Hooks>, time: Option<&Time>) -> Call {
        let place = match store {
            Kept::Url(url) => Place::Url(url),
            Kept::Store(store) => Place::Host(Arc::clone(&store.get().host)),
        };
        let sandbox = Arc::clone(&runner.sandbox);
        let options = EngineOptions {
            hooks: hooks.map(|hooks| hooks.hooks.clone()),
            time: time.map(|time| Arc::clone(&time.time)),
        };
        Call::opening(EngineHandle::open(place, sandbox, options))
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
        Call::new(
            given.len(),
            async move { engine.call(&use_case, &given).await },
        )
    }

    /// Publishes the course in a folder.
    fn import_folder(&self, path: PathBuf) -> Call {
        let engine = self.handle.clone();
        Call::new(0, async move { engine.import_folder(&path).await })
    }
}
