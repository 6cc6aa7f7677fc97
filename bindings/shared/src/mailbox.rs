//! Results on their way to the event loops that wait for them.

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::Failure;

/// A way to an event loop. What comes while it is busy is handed over together, so that it is woken
/// once for many results.
pub trait EventLoop {
    /// What waits in it for one result.
    type Waiting;
    /// What a result is.
    type Value;

    /// The results that it has not taken yet.
    fn mailbox(&self) -> &Mailbox<Self::Waiting, Self::Value>;

    /// Has it take them.
    fn wake(self: &Arc<Self>);
}

/// Results that an event loop has not taken yet, and what waits for each.
#[derive(Debug)]
pub struct Mailbox<W, V> {
    letters: Mutex<Vec<(W, Result<V, Failure>)>>,
}

/// Waits for the result of some work, and gets a failure when the work ends without one.
#[derive(Debug)]
pub struct Awaited<L: EventLoop> {
    event_loop: Arc<L>,
    waiting: Option<L::Waiting>,
}

impl<W, V> Mailbox<W, V> {
    /// Everything that came, in its order; the next that comes wakes the event loop again.
    pub fn take(&self) -> Vec<(W, Result<V, Failure>)> {
        mem::take(&mut *self.letters())
    }

    /// Puts a result in; says whether it is the first.
    fn put(&self, waiting: W, result: Result<V, Failure>) -> bool {
        let mut letters = self.letters();
        letters.push((waiting, result));
        letters.len() == 1
    }

    fn letters(&self) -> MutexGuard<'_, Vec<(W, Result<V, Failure>)>> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<W, V> Default for Mailbox<W, V> {
    fn default() -> Self {
        Self {
            letters: Mutex::default(),
        }
    }
}

impl<L: EventLoop> Awaited<L> {
    /// What waits in an event loop for a result.
    pub fn new(event_loop: Arc<L>, waiting: L::Waiting) -> Self {
        Self {
            event_loop,
            waiting: Some(waiting),
        }
    }

    /// Hands the result over.
    pub fn tell(mut self, result: Result<L::Value, Failure>) {
        self.put(result);
    }

    fn put(&mut self, result: Result<L::Value, Failure>) {
        if let Some(waiting) = self.waiting.take()
            && self.event_loop.mailbox().put(waiting, result)
        {
            self.event_loop.wake();
        }
    }
}

impl<L: EventLoop> Drop for Awaited<L> {
    fn drop(&mut self) {
        self.put(Err(Failure::of_ours("the work ended without a result")));
    }
}

#[cfg(test)]
mod tests {
    use std::panic;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[derive(Debug, Default)]
    struct Noted {
        mailbox: Mailbox<u32, &'static str>,
        woken: AtomicUsize,
    }

    impl EventLoop for Noted {
        type Waiting = u32;
        type Value = &'static str;

        fn mailbox(&self) -> &Mailbox<u32, &'static str> {
            &self.mailbox
        }

        fn wake(self: &Arc<Self>) {
            self.woken.fetch_add(1, Ordering::Relaxed);
        }
    }

    impl Noted {
        fn tell(self: &Arc<Self>, waiting: u32) {
            Awaited::new(Arc::clone(self), waiting).tell(Ok("done"));
        }

        fn taken(&self) -> Vec<u32> {
            let taken = self.mailbox.take().into_iter();
            taken.map(|(waiting, _)| waiting).collect()
        }
    }

    #[test]
    fn results_that_come_before_the_event_loop_looks_wake_it_once() {
        let event_loop = Arc::<Noted>::default();
        (1..=3).for_each(|waiting| event_loop.tell(waiting));
        assert_eq!(event_loop.woken.load(Ordering::Relaxed), 1);
        assert_eq!(event_loop.taken(), [1, 2, 3]);
        event_loop.tell(4);
        assert_eq!(event_loop.woken.load(Ordering::Relaxed), 2);
        assert_eq!(event_loop.taken(), [4]);
    }

    #[test]
    fn work_that_panics_is_told_as_a_failure_of_ours() {
        let event_loop = Arc::<Noted>::default();
        let awaited = Awaited::new(Arc::clone(&event_loop), 1);
        let work = panic::AssertUnwindSafe(|| {
            let _awaited = awaited;
            panic!("of the test");
        });
        panic::catch_unwind(work).unwrap_err();
        assert_eq!(event_loop.woken.load(Ordering::Relaxed), 1);
        let taken = event_loop.mailbox.take();
        let [(1, Err(failure))] = taken.as_slice() else {
            panic!("{taken:?}");
        };
        assert_eq!(failure.code, "internal");
    }
}
