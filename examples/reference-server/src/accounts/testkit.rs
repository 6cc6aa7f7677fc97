//! Accounts to try things out with, and a clock that is set by hand.

use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use polycode_core::Engine;
use polycode_core::port::Clock;
use polycode_runner::Runner;
use polycode_store::{MemoryStore, RandomIds};

use super::Accounts;

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub(crate) struct HandClock(Mutex<Timestamp>);

impl HandClock {
    pub(crate) fn pass(&self, time: SignedDuration) {
        *self.0.lock().unwrap() += time;
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Nobody's accounts, in memory, at noon.
pub(crate) async fn accounts() -> (Accounts, Arc<HandClock>) {
    let begin = "2030-01-01T12:00:00Z".parse().unwrap();
    let clock = Arc::new(HandClock(Mutex::new(begin)));
    let ticking: Arc<dyn Clock> = Arc::<HandClock>::clone(&clock);
    let sandbox = Arc::new(Runner::builder().build().unwrap());
    let store = Arc::new(MemoryStore::new());
    let ids = Arc::new(RandomIds);
    let engine = Engine::new(
        store,
        sandbox,
        Arc::clone(&ticking),
        Arc::<RandomIds>::clone(&ids),
    );
    let accounts = Accounts::open("memory:", engine, ticking, ids);
    (accounts.await.unwrap(), clock)
}
