//! Results on their way to the event loops that wait for them.

use std::fmt;
use std::future::Future;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use napi::bindgen_prelude::{Function, spawn};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Env, Result, Status};
use napi_derive::napi;
use polycode_bindings::{Failure, Json};

use crate::cancel::Cancel;
use crate::failure;

/// The way to one event loop. What comes while it is busy is handed over together, so that it is
/// woken once for many results; a Promise made here would wake it for each.
#[napi]
#[derive(Debug, Clone)]
pub struct Mailbox {
    letters: Arc<Mutex<Vec<Letter>>>,
    delivery: Arc<Mutex<Delivery>>,
}

/// What came of a call.
#[napi(object)]
#[derive(Debug)]
pub struct Letter {
    /// The number that the JavaScript half gave the call.
    pub call: u32,
    /// The JSON of its result …
    pub json: Option<String>,
    /// … or of its failure.
    pub failure: Option<String>,
}

struct Delivery(ThreadsafeFunction<(), (), Vec<Letter>, Status, false, true>);

#[napi]
impl Mailbox {
    /// A mailbox that hands results over to a function. It keeps no event loop going.
    #[napi(constructor)]
    pub fn new(deliver: Function<'_, Vec<Letter>, ()>) -> Result<Self> {
        let letters = Arc::<Mutex<Vec<Letter>>>::default();
        let taken = Arc::clone(&letters);
        let delivery = deliver
            .build_threadsafe_function::<()>()
            .weak::<true>()
            .build_callback(move |_| Ok(mem::take(&mut *lock(&taken))))?;
        Ok(Self {
            letters,
            delivery: Arc::new(Mutex::new(Delivery(delivery))),
        })
    }

    /// Keeps the event loop going: somebody waits.
    #[napi]
    pub fn hold(&self, env: Env) -> Result<()> {
        lock(&self.delivery).hold(env)
    }

    /// Lets the event loop end: nobody waits.
    #[napi]
    pub fn rest(&self, env: Env) -> Result<()> {
        lock(&self.delivery).rest(env)
    }

    /// Does the work of a call, and delivers what comes of it.
    pub(crate) fn post(
        &self,
        call: u32,
        cancel: Option<&Cancel>,
        work: impl Future<Output = std::result::Result<Json, Failure>> + Send + 'static,
    ) {
        let work = Cancel::unless(cancel, work);
        let awaited = Awaited {
            call,
            mailbox: Some(self.clone()),
        };
        spawn(async move { awaited.tell(work.await) });
    }

    fn put(&self, letter: Letter) {
        let is_first = {
            let mut letters = lock(&self.letters);
            letters.push(letter);
            letters.len() == 1
        };
        if is_first {
            // When the event loop has ended, nobody waits any more.
            lock(&self.delivery).call();
        }
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
        self.0.call((), ThreadsafeFunctionCallMode::NonBlocking);
    }
}

/// A call that is told what came of its work, also if that ends without a result.
struct Awaited {
    call: u32,
    mailbox: Option<Mailbox>,
}

impl Awaited {
    fn tell(mut self, result: std::result::Result<Json, Failure>) {
        self.put(result);
    }

    fn put(&mut self, result: std::result::Result<Json, Failure>) {
        let Some(mailbox) = self.mailbox.take() else {
            return;
        };
        let (json, failure) = match failure::text(result) {
            Ok(json) => (Some(json), None),
            Err(failure) => (None, Some(failure)),
        };
        mailbox.put(Letter {
            call: self.call,
            json,
            failure,
        });
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        self.put(Err(Failure::of_ours("the work ended without a result")));
    }
}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery").finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
