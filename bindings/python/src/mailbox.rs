//! Results on their way to the event loops that wait for them.

use std::cell::RefCell;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use polycode_bindings::Failure;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

use crate::call::{Done, raised};

/// The way to one event loop. What comes while it is busy is handed over together, so that it is
/// woken once for many results, and whoever has one does not wait for the interpreter.
pub(crate) struct Mailbox {
    event_loop: Py<PyAny>,
    letters: Mutex<Vec<Letter>>,
}

/// A result, and the future of the event loop that is for it.
struct Letter {
    future: Py<PyAny>,
    result: Result<Done, Failure>,
}

/// A future that is told what came of some work, also if the work ends without a result.
pub(crate) struct Awaited {
    mailbox: Arc<Mailbox>,
    future: Option<Py<PyAny>>,
}

/// What the event loop calls.
#[pyclass(frozen)]
struct Delivery(Arc<Mailbox>);

thread_local! {
    /// The way to the event loop that ran on this thread last.
    static LAST: RefCell<Option<Arc<Mailbox>>> = const { RefCell::new(None) };
}

impl Mailbox {
    /// A new future of the event loop that runs on this thread, and the way to it.
    pub(crate) fn future(py: Python<'_>) -> PyResult<(Bound<'_, PyAny>, Awaited)> {
        static GET_RUNNING_LOOP: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let get_running_loop = GET_RUNNING_LOOP.import(py, "asyncio", "get_running_loop")?;
        let event_loop = get_running_loop.call0()?;
        let future = event_loop.call_method0(intern!(py, "create_future"))?;
        let awaited = Awaited {
            mailbox: Self::to(event_loop),
            future: Some(future.clone().unbind()),
        };
        Ok((future, awaited))
    }

    fn to(event_loop: Bound<'_, PyAny>) -> Arc<Self> {
        LAST.with_borrow_mut(|last| match last {
            Some(mailbox) if mailbox.event_loop.is(&event_loop) => Arc::clone(mailbox),
            last => Arc::clone(last.insert(Arc::new(Self {
                event_loop: event_loop.unbind(),
                letters: Mutex::default(),
            }))),
        })
    }

    fn letters(&self) -> MutexGuard<'_, Vec<Letter>> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(self: &Arc<Self>, letter: Letter) {
        let is_first = {
            let mut letters = self.letters();
            letters.push(letter);
            letters.len() == 1
        };
        if is_first {
            // Where there is no interpreter any more, nobody waits.
            let woken = Python::try_attach(|py| self.wake(py));
            // Nor where the event loop was closed.
            if !matches!(woken, Some(Ok(()))) {
                drop(mem::take(&mut *self.letters()));
            }
        }
    }

    fn wake(self: &Arc<Self>, py: Python<'_>) -> PyResult<()> {
        let delivery = Delivery(Arc::clone(self));
        let call = intern!(py, "call_soon_threadsafe");
        let event_loop = self.event_loop.bind(py);
        event_loop.call_method1(call, (delivery,)).map(drop)
    }
}

#[pymethods]
impl Delivery {
    fn __call__(&self, py: Python<'_>) {
        let letters = mem::take(&mut *self.0.letters());
        for letter in letters {
            let future = letter.future.bind(py);
            if let Err(error) = tell(future, letter.result) {
                error.write_unraisable(py, Some(future));
            }
        }
    }
}

/// Ends a future, unless it was cancelled meanwhile.
fn tell(future: &Bound<'_, PyAny>, result: Result<Done, Failure>) -> PyResult<()> {
    let py = future.py();
    if future.call_method0(intern!(py, "done"))?.is_truthy()? {
        return Ok(());
    }
    match result {
        Ok(done) => future.call_method1(intern!(py, "set_result"), (done,))?,
        Err(failure) => {
            let error = raised(py, &failure);
            future.call_method1(intern!(py, "set_exception"), (error,))?
        }
    };
    Ok(())
}

impl Awaited {
    /// Tells what came of the work.
    pub(crate) fn tell(mut self, result: Result<Done, Failure>) {
        self.put(result);
    }

    fn put(&mut self, result: Result<Done, Failure>) {
        if let Some(future) = self.future.take() {
            self.mailbox.put(Letter { future, result });
        }
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        self.put(Err(Failure::of_ours("the work ended without a result")));
    }
}
