//! Results on their way to the event loops that wait for them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::Failure;

/// The most results that an event loop takes in one turn. Whoever awaits one goes on with it there, such as
/// with another call, and what else the event loop has to do waits for all of them.
const TURN: usize = 8;

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
    letters: Mutex<VecDeque<Letter<W, V>>>,
}

/// A result, and what waits for it.
type Letter<W, V> = (W, Result<V, Failure>);

/// What an event loop takes in one turn.
#[derive(Debug)]
pub struct Turn<W, V> {
    /// The results, in the order in which they came.
    pub letters: Vec<Letter<W, V>>,
    /// Whether there are more, for which it is not woken: it takes them in its next turn.
    pub more: bool,
}

/// Waits for the result of some work, and gets a failure when the work ends without one.
#[derive(Debug)]
pub struct Awaited<L: EventLoop> {
    event_loop: Arc<L>,
    waiting: Option<L::Waiting>,
}

impl<W, V> Mailbox<W, V> {
    /// What came first. Where that is all, the next that comes wakes the event loop again.
    pub fn take(&self) -> Turn<W, V> {
        let mut letters = self.letters();
        let first = letters.len().min(TURN);
        Turn {
            letters: letters.drain(..first).collect(),
            more: !letters.is_empty(),
        }
    }

    /// Forgets what came: nobody takes it any more.
    pub fn clear(&self) {
        let forgotten = std::mem::take(&mut *self.letters());
        drop(forgotten);
    }

    /// Puts a result in; says whether it is the first.
    fn put(&self, waiting: W, result: Result<V, Failure>) -> bool {
        let mut letters = self.letters();
        letters.push_back((waiting, result));
        letters.len() == 1
    }

    fn letters(&self) -> MutexGuard<'_, VecDeque<Letter<W, V>>> {
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
            let taken = self.mailbox.take().letters.into_iter();
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
    fn what_is_left_by_a_turn_wakes_nobody_again() {
        let event_loop = Arc::<Noted>::default();
        let all = u32::try_from(TURN + 1).unwrap();
        (1..=all).for_each(|waiting| event_loop.tell(waiting));
        let turn = event_loop.mailbox.take();
        assert!(turn.more);
        assert_eq!(turn.letters.len(), TURN);
        event_loop.tell(all + 1);
        assert_eq!(event_loop.taken(), [all, all + 1]);
        assert!(!event_loop.mailbox.take().more);
        assert_eq!(event_loop.woken.load(Ordering::Relaxed), 1);
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
        let taken = event_loop.mailbox.take().letters;
        let [(1, Err(failure))] = taken.as_slice() else {
            panic!("{taken:?}");
        };
        assert_eq!(failure.code, "internal");
    }
}
