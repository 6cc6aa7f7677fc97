//! The host's callables, called from threads of their own.

use std::sync::Arc;

use polycode_bindings::{
    self as bindings, Answering, Hook, Host, HostFailure, Json, Permanence, Thrown,
};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// What a host adds to an engine.
#[pyclass(module = "polycode._native", frozen)]
#[derive(Debug)]
pub(crate) struct Hooks {
    /// The same for the engine.
    pub(crate) hooks: bindings::Hooks,
}

/// The host's own store.
#[pyclass(module = "polycode._native", frozen)]
#[derive(Debug)]
pub(crate) struct Store {
    /// The way to it.
    pub(crate) host: Arc<dyn Host>,
}

/// A callable that takes the name of a hook and JSON, and gives JSON.
#[derive(Debug)]
struct Callable(Arc<Py<PyAny>>);

impl Callable {
    fn new(callable: Py<PyAny>) -> Self {
        Self(Arc::new(callable))
    }
}

#[pymethods]
impl Hooks {
    #[new]
    fn new(callable: Py<PyAny>, graders: Vec<String>, has_directory: bool) -> Self {
        let hooks = bindings::Hooks {
            host: Arc::new(Callable::new(callable)),
            graders: graders.into_iter().collect(),
            has_directory,
        };
        Self { hooks }
    }
}

#[pymethods]
impl Store {
    #[new]
    fn new(callable: Py<PyAny>) -> Self {
        Self {
            host: Arc::new(Callable::new(callable)),
        }
    }
}

impl Host for Callable {
    fn call(&self, hook: Hook, given: Json) -> Answering {
        let callable = Arc::clone(&self.0);
        Box::pin(async move {
            // A thread of its own waits for the interpreter, so that no other work does.
            let called = tokio::task::spawn_blocking(move || {
                Python::attach(|py| {
                    let given = PyBytes::new(py, &given);
                    let answer = callable.bind(py).call1((hook.name(), given));
                    answer
                        .and_then(|answer| answer.extract::<Vec<u8>>())
                        .map_err(|error| failure(py, error))
                })
            });
            let stopped =
                |error: tokio::task::JoinError| HostFailure::on_the_way(error.to_string());
            called.await.map_err(stopped)?
        })
    }
}

/// What was raised, in its own words, or by its name where it has none.
fn failure(py: Python<'_>, error: PyErr) -> HostFailure {
    let words = error.value(py).to_string();
    let message = if words.is_empty() {
        error.get_type(py).to_string()
    } else {
        words
    };
    HostFailure {
        message,
        permanence: permanence(py, &error).unwrap_or(Permanence::Temporary),
        thrown: Thrown(Arc::new(error)),
    }
}

/// Whether trying again may help, if what was raised says so, as exceptions of ours do.
fn permanence(py: Python<'_>, error: &PyErr) -> PyResult<Permanence> {
    let ours = py.import("polycode.errors")?.getattr("PolycodeError")?;
    let value = error.value(py);
    if value.is_instance(&ours)? && !value.getattr("temporary")?.is_truthy()? {
        Ok(Permanence::Permanent)
    } else {
        Ok(Permanence::Temporary)
    }
}
