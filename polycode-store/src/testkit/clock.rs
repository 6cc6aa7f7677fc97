//! Time for tests of hosts.

use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use polycode_core::port::Clock;

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct HandClock(Mutex<Timestamp>);

impl HandClock {
    /// It stands here.
    #[must_use]
    pub const fn at(now: Timestamp) -> Self {
        Self(Mutex::new(now))
    }

    /// Time goes by.
    pub fn pass(&self, time: SignedDuration) {
        *self.0.lock().unwrap() += time;
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}
