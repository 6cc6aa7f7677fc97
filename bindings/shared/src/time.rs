//! Time and ids for tests of hosts.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use polycode_core::port::{Clock, Ids};
use uuid::{Builder, Uuid};

use crate::Failure;

/// Time that stands where it is put, and ids and secrets that follow each other: the same calls in
/// the same order give the same results. For tests only, since everybody can guess the secrets, and one
/// for each database: another one makes the same ids again.
#[derive(Debug)]
pub struct GivenTime {
    now: Mutex<Timestamp>,
    made: AtomicU64,
}

impl GivenTime {
    /// Time that stands here: RFC 3339.
    ///
    /// # Errors
    /// A [`Failure`] when that is no time.
    pub fn new(now: &str) -> Result<Self, Failure> {
        Ok(Self {
            now: Mutex::new(read(now)?),
            made: AtomicU64::new(0),
        })
    }

    /// Puts time somewhere else.
    ///
    /// # Errors
    /// A [`Failure`] when that is no time.
    pub fn set(&self, now: &str) -> Result<(), Failure> {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = read(now)?;
        Ok(())
    }

    fn count(&self) -> u64 {
        self.made.fetch_add(1, Ordering::Relaxed)
    }
}

impl Clock for GivenTime {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ids for GivenTime {
    fn next(&self) -> Uuid {
        let millis = u64::try_from(self.now().as_millisecond()).unwrap_or_default();
        let mut rest = [0; 10];
        if let Some(last) = rest.last_chunk_mut() {
            *last = self.count().to_be_bytes();
        }
        Builder::from_unix_timestamp_millis(millis, &rest).into_uuid()
    }

    fn secret(&self) -> [u8; 32] {
        let mut secret = [0; 32];
        if let Some(last) = secret.last_chunk_mut() {
            *last = self.count().to_be_bytes();
        }
        secret
    }
}

fn read(time: &str) -> Result<Timestamp, Failure> {
    time.parse()
        .map_err(|error: jiff::Error| Failure::invalid("now", error.to_string()))
}
