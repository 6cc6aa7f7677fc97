//! Time for tests.

use std::sync::Arc;

use napi::Result;
use napi_derive::napi;
use polycode_bindings::GivenTime;

use crate::failure::thrown;

/// Time that stands where it is put.
#[napi]
#[derive(Debug)]
pub struct Time {
    /// The same for engines.
    pub(crate) time: Arc<GivenTime>,
}

#[napi]
impl Time {
    /// Time that stands here.
    #[napi(constructor)]
    pub fn new(now: String) -> Result<Self> {
        let time = GivenTime::new(&now).map_err(thrown)?;
        Ok(Self {
            time: Arc::new(time),
        })
    }

    /// Puts time somewhere else.
    #[napi]
    pub fn set(&self, now: String) -> Result<()> {
        self.time.set(&now).map_err(thrown)
    }
}
