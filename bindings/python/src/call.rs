//! Work that was asked for and has not begun: the sync face waits for it, the other awaits it.

use std::fmt;
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use polycode_bindings::{EngineHandle, Failure, Json, Thrown};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use tokio::runtime::Runtime;
use tokio::task::AbortHandle;

use crate::engine::Engine;
use crate::event_loop::Asyncio;

/// Where the work of all calls is done.
#[expect(clippy::expect_used, reason = "without threads nothing can be done")]
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Runtime::new().expect("the threads of the calls can be started"));

/// Work that was asked for; it begins when it is waited for, and ends when nobody waits any more.
#[pyclass(module = "polycode._native", frozen)]
pub(crate) struct Call {
    state: Mutex<State>,
}

enum State {
    /// It was not begun.
    Asked(Work),
    /// It was begun for somebody who awaits it.
    Begun(AbortHandle),
    /// Somebody waits for it, or waited.
    Waited,
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
            state: Mutex::new(State::Asked(Box::pin(work))),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> PyResult<Work> {
        let mut state = self.state();
        match mem::replace(&mut *state, State::Waited) {
            State::Asked(work) => Ok(work),
            begun => {
                *state = begun;
                Err(PyRuntimeError::new_err("the call was begun before"))
            }
        }
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
                RUNTIME.block_on(async { tokio::time::timeout(BETWEEN_SIGNALS, &mut work).await })
            });
            match waited {
                Ok(result) => return result.map_err(|failure| raised(py, &failure)),
                Err(_) => py.check_signals()?,
            }
        }
    }

    /// Begins the work and gives a future of the event loop that runs on this thread.
    fn start<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let work = self.take()?;
        let (future, awaited) = Asyncio::future(py)?;
        let begun = RUNTIME.spawn(async move { awaited.tell(work.await) });
        *self.state() = State::Begun(begun.abort_handle());
        Ok(future)
    }

    /// Ends the work that was begun: nobody awaits it any more.
    fn stop(&self) {
        if let State::Begun(work) = &*self.state() {
            work.abort();
        }
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
