//! What protects the host when fuel does not: the run is looked at between slices of its fuel.

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use crate::cancel::Cancel;

/// Fuel after which a run is looked at: well below a millisecond of it.
pub(super) const SLICE: u64 = 1_000_000;

/// Why the guard stopped a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stopped {
    /// Whoever asked for it wants it no more.
    Cancelled,
    /// It took far more processor time than its fuel should.
    Overrun,
}

/// Watches one run, on its own thread.
#[derive(Debug)]
pub(super) struct Guard {
    cancel: Cancel,
    allowance: Duration,
    start: Duration,
}

impl Guard {
    /// From now on.
    pub(super) fn new(cancel: Cancel, allowance: Duration) -> Self {
        Self {
            cancel,
            allowance,
            start: cpu_time(),
        }
    }

    /// Goes on with a run, slice by slice, until it ends by itself or is stopped.
    pub(super) fn watch<T>(&self, run: impl Future<Output = T>) -> Result<T, Stopped> {
        driven(run, || self.look())
    }

    /// Processor time of the thread is what counts: a machine under load makes a run wait, and
    /// must never make it fail.
    fn look(&self) -> Result<(), Stopped> {
        if self.cancel.is_cancelled() {
            return Err(Stopped::Cancelled);
        }
        if cpu_time().saturating_sub(self.start) > self.allowance {
            return Err(Stopped::Overrun);
        }
        Ok(())
    }
}

/// Goes on with a future on this thread, whenever it pauses, until it is ready or must go on no more.
pub(crate) fn driven<T, E>(
    future: impl Future<Output = T>,
    go_on: impl Fn() -> Result<(), E>,
) -> Result<T, E> {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return Ok(value),
            Poll::Pending => go_on()?,
        }
    }
}

/// The processor time that a run may take: ten times what its fuel should, and two seconds.
pub(super) fn allowance(fuel: u64, fuel_per_ms: u64) -> Duration {
    let nominal = Duration::from_millis(fuel.checked_div(fuel_per_ms).unwrap_or(0));
    nominal
        .saturating_mul(10)
        .saturating_add(Duration::from_secs(2))
}

#[cfg(unix)]
fn cpu_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

/// Where a thread's processor time is not to be had, the time since the first question.
#[cfg(not(unix))]
fn cpu_time() -> Duration {
    static FIRST: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    FIRST.get_or_init(std::time::Instant::now).elapsed()
}
