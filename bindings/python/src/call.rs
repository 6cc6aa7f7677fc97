//! Work that was asked for and has not begun: the sync face waits for it, the other awaits it.

use std::fmt;
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use polycode_bindings::{EngineHandle, Failure, Following, Json, Step, Thrown, begin, follow};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use tokio::runtime::Runtime;

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
    Asked(Asked),
    /// It was begun for somebody who awaits it.
    Begun(Following),
    /// Somebody waits for it, or waited.
    Waited,
}

struct Asked {
    work: Work,
    /// How much is to be read of what is asked for.
    bytes: usize,
    waits_for: WaitsFor,
}

/// What the work waits for, whose threads go on with it for somebody who awaits it.
#[derive(Debug, Clone, Copy)]
enum WaitsFor {
    /// A store, or the host's own code; then it goes on where the work of all calls does.
    Store,
    /// The sandbox and nothing else.
    Sandbox,
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
    /// A call that gives JSON and is asked for in so many bytes.
    pub(crate) fn new(
        bytes: usize,
        work: impl Future<Output = Result<Json, Failure>> + Send + 'static,
    ) -> Self {
        Self::of(bytes, WaitsFor::Store, async { work.await.map(Done::Json) })
    }

    /// The same for what waits for nothing but a sandbox.
    pub(crate) fn following(
        bytes: usize,
        work: impl Future<Output = Result<Json, Failure>> + Send + 'static,
    ) -> Self {
        Self::of(bytes, WaitsFor::Sandbox, async {
            work.await.map(Done::Json)
        })
    }

    /// A call that opens an engine.
    pub(crate) fn opening(
        work: impl Future<Output = Result<EngineHandle, Failure>> + Send + 'static,
    ) -> Self {
        Self::of(0, WaitsFor::Store, async { work.await.map(Done::Engine) })
    }

    fn of(
        bytes: usize,
        waits_for: WaitsFor,
        work: impl Future<Output = Result<Done, Failure>> + Send + 'static,
    ) -> Self {
        let asked = Asked {
            work: Box::pin(work),
            bytes,
            waits_for,
        };
        Self {
            state: Mutex::new(State::Asked(asked)),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> PyResult<Asked> {
        let mut state = self.state();
        match mem::replace(&mut *state, State::Waited) {
            State::Asked(asked) => Ok(asked),
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
        let Asked { mut work, .. } = self.take()?;
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
        let Asked {
            work,
            bytes,
            waits_for,
        } = self.take()?;
        let (future, awaited) = Asyncio::future(py)?;
        let work = async move { awaited.tell(work.await) };
        let begun = py.detach(|| match waits_for {
            WaitsFor::Sandbox => follow(work, bytes, elsewhere),
            WaitsFor::Store => {
                let _inside = RUNTIME.enter();
                begin(work, bytes, elsewhere)
            }
        });
        *self.state() = State::Begun(begun);
        Ok(future)
    }

    /// Ends the work: nobody awaits it any more.
    fn stop(&self) {
        let state = mem::replace(&mut *self.state(), State::Waited);
        if let State::Begun(work) = state {
            work.stop();
        }
    }
}

/// Goes on with work in a thread of the runtime.
fn elsewhere(step: Step) {
    RUNTIME.spawn(async { step.take() });
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
