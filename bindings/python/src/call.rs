//! Work that was asked for and has not begun: the sync face waits for it, the other awaits it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use polycode_bindings::{EngineHandle, Failure, Json, Thrown};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use pyo3_async_runtimes::tokio::{future_into_py, get_runtime};

use crate::engine::Engine;

/// Work that was asked for; it begins when it is waited for, and ends when nobody waits any more.
#[pyclass(module = "polycode._native", frozen)]
pub(crate) struct Call {
    work: Mutex<Option<Work>>,
}

type Work = Pin<Box<dyn Future<Output = Result<Done, Failure>> + Send>>;

/// What came of a call.
pub(crate) enum Done {
    /// A value as JSON.
    Json(Json),
    /// An engine that was opened.
    Engine(EngineHandle),
}

impl Call {
    /// A call that gives JSON.
    pub(crate) fn new(work: impl Future<Output = Result<Json, Failure>> + Send + 'static) -> Self {
        Self::of(async { work.await.map(Done::Json) })
    }

    /// A call.
    pub(crate) fn of(work: impl Future<Output = Result<Done, Failure>> + Send + 'static) -> Self {
        Self {
            work: Mutex::new(Some(Box::pin(work))),
        }
    }

    fn take(&self) -> PyResult<Work> {
        let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        work.take()
            .ok_or_else(|| PyRuntimeError::new_err("the call was begun before"))
    }
}

#[pymethods]
impl Call {
    /// Does the work and gives its result; other threads run meanwhile, and a signal such as
    /// Ctrl-C ends it.
    fn wait(&self, py: Python<'_>) -> PyResult<Done> {
        const BETWEEN_SIGNALS: Duration = Duration::from_millis(50);
        let mut work = self.take()?;
        loop {
            let waited = py.detach(|| {
                get_runtime()
                    .block_on(async { tokio::time::timeout(BETWEEN_SIGNALS, &mut work).await })
            });
            match waited {
                Ok(result) => return result.map_err(|failure| raised(py, &failure)),
                Err(_) => py.check_signals()?,
            }
        }
    }

    /// Begins the work and gives an awaitable of its result; cancelling it ends the work.
    fn start<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let work = self.take()?;
        future_into_py(py, async move {
            work.await
                .map_err(|failure| Python::attach(|py| raised(py, &failure)))
        })
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}

impl<'py> IntoPyObject<'py> for Done {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Self::Json(json) => Ok(PyBytes::new(py, &json).into_any()),
            Self::Engine(engine) => Ok(Bound::new(py, Engine::new(engine))?.into_any()),
        }
    }
}

/// The exception of a failure, made by the Python half, where their classes are.
pub(crate) fn raised(py: Python<'_>, failure: &Failure) -> PyErr {
    let error = py
        .import("polycode.errors")
        .and_then(|errors| errors.getattr("_error_of")?.call1((failure.to_json(),)));
    let error = match error {
        Ok(error) => PyErr::from_value(error),
        Err(error) => error,
    };
    let thrown = failure.thrown.as_ref();
    if let Some(cause) = thrown.and_then(|Thrown(thrown)| thrown.downcast_ref::<PyErr>()) {
        error.set_cause(py, Some(cause.clone_ref(py)));
    }
    error
}
