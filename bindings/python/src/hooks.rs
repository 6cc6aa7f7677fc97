//! The host's callables, called from threads of their own.

use std::sync::Arc;

use polycode_bindings::{self as bindings, Answering, Hook, Host, HostFailure, Json, Thrown};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// What a host adds to an engine.
#[pyclass(module = "polycode._native", frozen)]
#[derive(Debug)]
pub(crate) struct Hooks {
    /// The same for the engine.
    pub(crate) hooks: bindings::Hooks,
}

/// A callable that takes the name of a hook and JSON, and gives JSON.
#[derive(Debug)]
struct Callable(Arc<Py<PyAny>>);

#[pymethods]
impl Hooks {
    #[new]
    fn new(callable: Py<PyAny>, graders: Vec<String>, has_directory: bool) -> Self {
        let hooks = bindings::Hooks {
            host: Arc::new(Callable(Arc::new(callable))),
            graders: graders.into_iter().collect(),
            has_directory,
        };
        Self { hooks }
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
                    let answer = callable.bind(py).call1((name(hook), given));
                    answer
                        .and_then(|answer| answer.extract::<Vec<u8>>())
                        .map_err(|error| failure(py, error))
                })
            });
            let stopped = |error: tokio::task::JoinError| HostFailure {
                message: error.to_string(),
                thrown: Thrown(Arc::new(())),
            };
            called.await.map_err(stopped)?
        })
    }
}

const fn name(hook: Hook) -> &'static str {
    match hook {
        Hook::Grade => "grade",
        Hook::Profiles => "profiles",
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
        thrown: Thrown(Arc::new(error)),
    }
}
