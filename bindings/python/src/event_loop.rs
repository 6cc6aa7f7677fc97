//! The event loops of asyncio, where results are awaited.

use std::cell::RefCell;
use std::sync::Arc;

use polycode_bindings::{Awaited, EventLoop, Failure, Mailbox, Turn};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyString;

use crate::call::{Done, raised};

/// The way to an event loop: a future of it waits for each result.
pub(crate) struct Asyncio {
    event_loop: Py<PyAny>,
    mailbox: Mailbox<Py<PyAny>, Done>,
}

/// What the event loop calls.
#[pyclass(frozen)]
struct Delivery(Arc<Asyncio>);

thread_local! {
    /// The way to the event loop that ran on this thread last.
    static LAST: RefCell<Option<Arc<Asyncio>>> = const { RefCell::new(None) };
}

impl Asyncio {
    /// A new future of the event loop that runs on this thread, and the way to it.
    pub(crate) fn future(py: Python<'_>) -> PyResult<(Bound<'_, PyAny>, Awaited<Self>)> {
        static GET_RUNNING_LOOP: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let get_running_loop = GET_RUNNING_LOOP.import(py, "asyncio", "get_running_loop")?;
        let event_loop = get_running_loop.call0()?;
        let future = event_loop.call_method0(intern!(py, "create_future"))?;
        let awaited = Awaited::new(Self::to(event_loop), future.clone().unbind());
        Ok((future, awaited))
    }

    fn to(event_loop: Bound<'_, PyAny>) -> Arc<Self> {
        LAST.with_borrow_mut(|last| match last {
            Some(last) if last.event_loop.is(&event_loop) => Arc::clone(last),
            last => Arc::clone(last.insert(Arc::new(Self {
                event_loop: event_loop.unbind(),
                mailbox: Mailbox::default(),
            }))),
        })
    }

    /// Has the event loop call, by that method of its, what delivers the results. Where it was closed, nobody
    /// waits for them.
    fn deliver(self: &Arc<Self>, by: &Bound<'_, PyString>) {
        let delivery = Delivery(Arc::clone(self));
        let event_loop = self.event_loop.bind(by.py());
        if event_loop.call_method1(by, (delivery,)).is_err() {
            self.mailbox.clear();
        }
    }
}

impl EventLoop for Asyncio {
    type Waiting = Py<PyAny>;
    type Value = Done;

    fn mailbox(&self) -> &Mailbox<Py<PyAny>, Done> {
        &self.mailbox
    }

    fn wake(self: &Arc<Self>) {
        let woken = Python::try_attach(|py| self.deliver(intern!(py, "call_soon_threadsafe")));
        // Where there is no interpreter any more, nobody waits either.
        if woken.is_none() {
            self.mailbox.clear();
        }
    }
}

#[pymethods]
impl Delivery {
    fn __call__(&self, py: Python<'_>) {
        let Turn { letters, more } = self.0.mailbox.take();
        for (future, result) in letters {
            let future = future.bind(py);
            if let Err(error) = tell(future, result) {
                error.write_unraisable(py, Some(future));
            }
        }
        if more {
            self.0.deliver(intern!(py, "call_soon"));
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
