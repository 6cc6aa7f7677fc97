//! The event loops of asyncio, where results are awaited.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use polycode_bindings::{Awaited, EventLoop, Failure, Mailbox, Turn};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyWeakrefMethods, PyWeakrefReference};

use crate::bell::Bell;
use crate::call::{Done, raised};

/// The way to an event loop: a future of it waits for each result.
pub(crate) struct Asyncio {
    /// It keeps what delivers the results, and is not kept by that.
    event_loop: Py<PyWeakrefReference>,
    mailbox: Mailbox<Py<PyAny>, Done>,
    /// What it hears, where it can.
    bell: Option<Bell>,
}

/// What the event loop calls.
#[pyclass(frozen)]
struct Delivery(Arc<Asyncio>);

thread_local! {
    /// The ways to the event loops that ran on this thread.
    static WAYS: RefCell<Vec<Arc<Asyncio>>> = const { RefCell::new(Vec::new()) };
}

impl Asyncio {
    /// A new future of the event loop that runs on this thread, and the way to it.
    pub(crate) fn future(py: Python<'_>) -> PyResult<(Bound<'_, PyAny>, Awaited<Self>)> {
        static GET_RUNNING_LOOP: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let get_running_loop = GET_RUNNING_LOOP.import(py, "asyncio", "get_running_loop")?;
        let event_loop = get_running_loop.call0()?;
        let future = event_loop.call_method0(intern!(py, "create_future"))?;
        let awaited = Awaited::new(Self::to(&event_loop)?, future.clone().unbind());
        Ok((future, awaited))
    }

    fn to(event_loop: &Bound<'_, PyAny>) -> PyResult<Arc<Self>> {
        let py = event_loop.py();
        let known = WAYS.with_borrow(|ways| {
            let way = ways.iter().find(|way| way.leads_to(event_loop));
            way.map(Arc::clone)
        });
        if let Some(way) = known {
            return Ok(way);
        }
        let way = Self::new(event_loop)?;
        let mut ways = WAYS.take();
        ways.retain(|way| way.is_open(py));
        ways.push(Arc::clone(&way));
        WAYS.set(ways);
        Ok(way)
    }

    fn new(event_loop: &Bound<'_, PyAny>) -> PyResult<Arc<Self>> {
        let py = event_loop.py();
        let way = |bell| {
            let event_loop = PyWeakrefReference::new(event_loop)?.unbind();
            Ok::<_, PyErr>(Arc::new(Self {
                event_loop,
                mailbox: Mailbox::default(),
                bell,
            }))
        };
        if let Some(bell) = Bell::hang() {
            let (hung, heard) = (bell.heard_at(), way(Some(bell))?);
            let delivery = Delivery(Arc::clone(&heard));
            let watched = event_loop.call_method1(intern!(py, "add_reader"), (hung, delivery));
            if watched.is_ok() {
                return Ok(heard);
            }
        }
        way(None)
    }

    fn leads_to(&self, event_loop: &Bound<'_, PyAny>) -> bool {
        let own = self.event_loop.bind(event_loop.py()).upgrade();
        own.is_some_and(|own| own.is(event_loop))
    }

    fn is_open(&self, py: Python<'_>) -> bool {
        let closed = |event_loop: Bound<'_, PyAny>| {
            event_loop
                .call_method0(intern!(py, "is_closed"))?
                .is_truthy()
        };
        let event_loop = self.event_loop.bind(py).upgrade();
        event_loop.is_some_and(|event_loop| matches!(closed(event_loop), Ok(false)))
    }

    /// Has the event loop call, by that method of its, what delivers the results, and after that time where it is
    /// asked for. Where it was closed, nobody waits for them.
    fn deliver(self: &Arc<Self>, by: &Bound<'_, PyString>, after: Option<Duration>) {
        let delivery = Delivery(Arc::clone(self));
        let event_loop = self.event_loop.bind(by.py()).upgrade();
        let told = event_loop.is_some_and(|event_loop| {
            let told = match after {
                Some(after) => event_loop.call_method1(by, (after.as_secs_f64(), delivery)),
                None => event_loop.call_method1(by, (delivery,)),
            };
            told.is_ok()
        });
        if !told {
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
        if let Some(bell) = &self.bell {
            bell.ring();
            return;
        }
        let woken =
            Python::try_attach(|py| self.deliver(intern!(py, "call_soon_threadsafe"), None));
        // Where there is no interpreter any more, nobody waits either.
        if woken.is_none() {
            self.mailbox.clear();
        }
    }
}

#[pymethods]
impl Delivery {
    fn __call__(&self, py: Python<'_>) {
        let Self(way) = self;
        // Before it looks, so that whatever comes after that rings again.
        way.bell.iter().for_each(Bell::still);
        let Turn { letters, again } = way.mailbox.take();
        for (future, result) in letters {
            let future = future.bind(py);
            if let Err(error) = tell(future, result) {
                error.write_unraisable(py, Some(future));
            }
        }
        match (again, &way.bell) {
            (None, _) => {}
            (Some(Duration::ZERO), Some(bell)) => bell.ring(),
            (Some(Duration::ZERO), None) => way.deliver(intern!(py, "call_soon"), None),
            (later, _) => way.deliver(intern!(py, "call_later"), later),
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
