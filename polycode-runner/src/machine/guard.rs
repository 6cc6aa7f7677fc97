//! What protects the host when fuel does not: a ticker, and processor time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle, Thread};
use std::time::Duration;

use wasmtime::{Engine, StoreContextMut, UpdateDeadline};

use crate::cancel::Cancel;
use crate::machine::Guest;

/// Why the guard stopped a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Stopped {
    #[error("the run was cancelled")]
    Cancelled,
    #[error("the run took far more processor time than its fuel should")]
    Overrun,
}

/// What is done at every tick of a run, on its own thread.
///
/// Processor time of the thread is what counts: a machine under load makes a run wait, and
/// must never make it fail.
pub(super) fn at_tick(
    cancel: Cancel,
    allowance: Duration,
) -> impl FnMut(StoreContextMut<'_, Guest>) -> wasmtime::Result<UpdateDeadline> + Send + Sync {
    let start = cpu_time();
    move |_| {
        if cancel.is_cancelled() {
            return Err(wasmtime::Error::new(Stopped::Cancelled));
        }
        if cpu_time().saturating_sub(start) > allowance {
            return Err(wasmtime::Error::new(Stopped::Overrun));
        }
        Ok(UpdateDeadline::Continue(1))
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

/// Moves the engine's epoch every ten milliseconds while anything runs, and sleeps otherwise.
#[derive(Debug)]
pub struct Ticker {
    state: Arc<State>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct State {
    running: AtomicUsize,
    /// Whether the thread sleeps until it is woken.
    asleep: AtomicBool,
    closed: AtomicBool,
}

impl Ticker {
    const PERIOD: Duration = Duration::from_millis(10);

    /// Starts the thread.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub fn start(engine: &Engine) -> std::io::Result<Self> {
        let state = Arc::new(State::default());
        let (engine, shared) = (engine.clone(), Arc::clone(&state));
        let thread = thread::Builder::new()
            .name("polycode-ticker".to_owned())
            .spawn(move || {
                while !shared.closed.load(Ordering::Acquire) {
                    if shared.has_nothing_to_tick_for() {
                        thread::park();
                    } else {
                        thread::park_timeout(Self::PERIOD);
                        engine.increment_epoch();
                    }
                }
            })?;
        Ok(Self {
            state,
            thread: Some(thread),
        })
    }

    /// Ticks for as long as what it returns is kept.
    ///
    /// Waking a thread costs as much as a short run: one that still ticks for the last run is left
    /// alone.
    pub fn keep(&self) -> Ticking<'_> {
        self.state.running.fetch_add(1, Ordering::SeqCst);
        if self.state.asleep.load(Ordering::SeqCst) {
            self.wake();
        }
        Ticking(&self.state)
    }

    fn wake(&self) {
        if let Some(thread) = self.thread.as_ref().map(JoinHandle::thread) {
            Thread::unpark(thread);
        }
    }
}

impl State {
    /// Whoever starts a run counts it before looking for `asleep`, and the thread says that it
    /// sleeps before looking for runs: one of them sees the other.
    fn has_nothing_to_tick_for(&self) -> bool {
        self.asleep.store(true, Ordering::SeqCst);
        let idle = self.running.load(Ordering::SeqCst) == 0;
        if !idle {
            self.asleep.store(false, Ordering::SeqCst);
        }
        idle
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.state.closed.store(true, Ordering::Release);
        self.wake();
        if let Some(thread) = self.thread.take() {
            // It does nothing that could panic.
            let _ = thread.join();
        }
    }
}

/// Keeps a [`Ticker`] ticking.
#[derive(Debug)]
pub struct Ticking<'a>(&'a State);

impl Drop for Ticking<'_> {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::SeqCst);
    }
}
