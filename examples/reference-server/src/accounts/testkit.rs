//! Accounts to try things out with.

use std::sync::Arc;

use polycode_core::Engine;
use polycode_core::port::Clock;
use polycode_runner::Runner;
use polycode_store::testkit::HandClock;
use polycode_store::{MemoryStore, RandomIds};

use super::Accounts;

/// Nobody's accounts, in memory, at noon.
pub(crate) async fn accounts() -> (Accounts, Arc<HandClock>) {
    let begin = "2030-01-01T12:00:00Z".parse().unwrap();
    let clock = Arc::new(HandClock::at(begin));
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
