//! The event loop of JavaScript, where results are awaited: that of the process, or of a worker.

use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use napi::bindgen_prelude::{Function, spawn, within_runtime_if_available};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Env, Result, Status};
use napi_derive::napi;
use polycode_bindings::{Awaited, Failure, Json, Step, begin, follow};

use crate::cancel::Cancel;
use crate::failure;

/// The way to an event loop: the number of a call waits for each result. A Promise that is made here
/// would wake it for each.
#[napi]
#[derive(Debug)]
pub struct EventLoop {
    way: Arc<Way>,
}

/// What came of calls since the event loop looked.
#[napi(object)]
#[derive(Debug)]
pub struct Turn {
    /// What came first, each as JSON: the number that the JavaScript half gave the call, with its `value` or its
    /// `failure`.
    pub letters: Vec<String>,
    /// In how many milliseconds to ask for what is left, or came by then: once the event loop has looked elsewhere, if
    /// that is 0.
    pub again: Option<u32>,
}

type Mailbox = polycode_bindings::Mailbox<u32, Json>;

#[derive(Debug)]
struct Way {
    mailbox: Arc<Mailbox>,
    delivery: Mutex<Delivery>,
}

struct Delivery(ThreadsafeFunction<(), (), Turn, Status, false, true>);

#[napi]
impl EventLoop {
    /// The way to the event loop that this runs in; results are handed over to a function. It does not
    /// keep the event loop going.
    #[napi(constructor)]
    pub fn new(deliver: Function<'_, Turn, ()>) -> Result<Self> {
        let mailbox = Arc::<Mailbox>::default();
        let taken = Arc::clone(&mailbox);
        let delivery = deliver
            .build_threadsafe_function::<()>()
            .weak::<true>()
            .build_callback(move |_| Ok(Turn::of(taken.take())))?;
        let delivery = Mutex::new(Delivery(delivery));
        Ok(Self {
            way: Arc::new(Way { mailbox, delivery }),
        })
    }

    /// What is left.
    #[napi]
    pub fn take(&self) -> Turn {
        Turn::of(self.way.mailbox.take())
    }

    /// Keeps the event loop going: somebody waits.
    #[napi]
    pub fn hold(&self, env: Env) -> Result<()> {
        self.way.delivery().hold(env)
    }

    /// Lets the event loop end: nobody waits.
    #[napi]
    pub fn rest(&self, env: Env) -> Result<()> {
        self.way.delivery().rest(env)
    }

    /// Does the work of a call, which is asked for in so many bytes, and delivers what comes of it.
    pub(crate) fn post(
        &self,
        call: u32,
        cancel: Option<&Cancel>,
        bytes: usize,
        work: impl Future<Output = std::result::Result<Json, Failure>> + Send + 'static,
    ) {
        let work = self.posted(call, cancel, work);
        within_runtime_if_available(|| begin(work, bytes, elsewhere));
    }

    /// The same for work that waits for nothing but a sandbox: it goes on in the sandbox's threads.
    pub(crate) fn post_following(
        &self,
        call: u32,
        cancel: Option<&Cancel>,
        bytes: usize,
        work: impl Future<Output = std::result::Result<Json, Failure>> + Send + 'static,
    ) {
        follow(self.posted(call, cancel, work), bytes, elsewhere);
    }

    fn posted(
        &self,
        call: u32,
        cancel: Option<&Cancel>,
        work: impl Future<Output = std::result::Result<Json, Failure>> + Send + 'static,
    ) -> impl Future<Output = ()> + Send + 'static {
        let work = Cancel::unless(cancel, work);
        let awaited = Awaited::new(Arc::clone(&self.way), call);
        async move { awaited.tell(work.await) }
    }
}

/// Goes on with work in a thread of the runtime.
fn elsewhere(step: Step) {
    spawn(async { step.take() });
}

impl polycode_bindings::EventLoop for Way {
    type Waiting = u32;
    type Value = Json;

    fn mailbox(&self) -> &Mailbox {
        &self.mailbox
    }

    fn wake(self: &Arc<Self>) {
        self.delivery().call();
    }
}

impl Way {
    fn delivery(&self) -> MutexGuard<'_, Delivery> {
        self.delivery.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[expect(
    deprecated,
    reason = "a clone would keep the event loop going whether somebody waits or not"
)]
impl Delivery {
    fn hold(&mut self, env: Env) -> Result<()> {
        self.0.refer(&env)
    }

    fn rest(&mut self, env: Env) -> Result<()> {
        self.0.unref(&env)
    }

    fn call(&self) {
        // Where the event loop has ended, nobody waits any more.
        self.0.call((), ThreadsafeFunctionCallMode::NonBlocking);
    }
}

impl Turn {
    fn of(turn: polycode_bindings::Turn<u32, Json>) -> Self {
        let letters = turn.letters.into_iter();
        Self {
            letters: letters.map(|(call, result)| letter(call, result)).collect(),
            again: turn.again.map(|after| after.subsec_millis()),
        }
    }
}

/// A result, or a failure, with the number of its call.
fn letter(call: u32, result: std::result::Result<Json, Failure>) -> String {
    // The longest text there is in JavaScript has some bytes more.
    const LONGEST: usize = 500 << 20;
    let told = result.and_then(|json| {
        if json.len() > LONGEST {
            let (bytes, most) = (json.len(), LONGEST);
            let message =
                format!("the result has {bytes} bytes, and {most} can be handed over at most");
            return Err(Failure::of_ours(message));
        }
        String::from_utf8(json).map_err(|error| Failure::of_ours(error.to_string()))
    });
    match told {
        Ok(value) => format!(r#"{{"call":{call},"value":{value}}}"#),
        Err(failure) => format!(r#"{{"call":{call},"failure":{}}}"#, failure::told(&failure)),
    }
}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery").finish_non_exhaustive()
    }
}
