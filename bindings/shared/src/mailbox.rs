//! Results on their way to the event loops that wait for them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::Failure;

/// The most results that an event loop takes in one turn. Whoever awaits one goes on with it there, such as
/// with another call, and what else the event loop has to do waits for all of them.
const TURN: usize = 8;

/// So many calls that are still waited for are a crowd: an event loop that waits for as many is not woken for one.
const CROWD: usize = 8;

/// How long a result may wait for others of a crowd.
const SOON: Duration = Duration::from_millis(1);

/// What took less does not wait for others: somebody would notice that.
const PATIENT: Duration = Duration::from_millis(2);

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
    content: Mutex<Content<W, V>>,
}

#[derive(Debug)]
struct Content<W, V> {
    letters: VecDeque<(Instant, Letter<W, V>)>,
    /// How many calls have no result yet.
    awaited: usize,
    looks: Looks,
}

/// When the event loop looks next.
#[derive(Debug)]
enum Looks {
    /// When it is woken.
    Woken,
    /// As soon as it can: it was woken.
    Now,
    /// Then, by itself.
    Then(Instant),
}

/// A result, and what waits for it.
type Letter<W, V> = (W, Result<V, Failure>);

/// What an event loop takes in one turn.
#[derive(Debug)]
pub struct Turn<W, V> {
    /// The results, in the order in which they came.
    pub letters: Vec<Letter<W, V>>,
    /// When it is to look again without being woken: in its next turn, if that is zero, as there are more.
    pub again: Option<Duration>,
}

/// Waits for the result of some work, and gets a failure when the work ends without one.
#[derive(Debug)]
pub struct Awaited<L: EventLoop> {
    event_loop: Arc<L>,
    since: Instant,
    waiting: Option<L::Waiting>,
}

impl<W, V> Mailbox<W, V> {
    /// What came first.
    ///
    /// While a crowd of calls is waited for that take their time, the event loop looks again after a while, and is
    /// not woken for each.
    pub fn take(&self) -> Turn<W, V> {
        let mut content = self.content();
        let now = Instant::now();
        let first = content.letters.len().min(TURN);
        let taken: Vec<_> = content.letters.drain(..first).collect();
        let took_long = |(since, _): &(Instant, _)| now.duration_since(*since) >= PATIENT;
        let crowded = content.is_crowded() && !taken.is_empty() && taken.iter().all(took_long);
        let (looks, again) = if !content.letters.is_empty() {
            (Looks::Now, Some(Duration::ZERO))
        } else if crowded {
            (Looks::Then(now + SOON), Some(SOON))
        } else {
            (Looks::Woken, None)
        };
        content.looks = looks;
        let letters = taken.into_iter().map(|(_, letter)| letter).collect();
        Turn { letters, again }
    }

    /// Forgets what came: nobody takes it any more.
    pub fn clear(&self) {
        let mut content = self.content();
        content.looks = Looks::Woken;
        let forgotten = std::mem::take(&mut content.letters);
        // What waited may put another result in when it is dropped.
        drop(content);
        drop(forgotten);
    }

    fn expect_one(&self) {
        self.content().awaited += 1;
    }

    /// Puts a result in; says whether the event loop is to be woken.
    fn put(&self, since: Instant, letter: Letter<W, V>) -> bool {
        let mut content = self.content();
        content.awaited -= 1;
        content.letters.push_back((since, letter));
        let wakes = match content.looks {
            Looks::Woken => true,
            Looks::Now => false,
            // Some clocks of event loops can be stopped.
            Looks::Then(then) => !content.is_crowded() || Instant::now() > then + SOON,
        };
        if wakes {
            content.looks = Looks::Now;
        }
        wakes
    }

    fn content(&self) -> MutexGuard<'_, Content<W, V>> {
        self.content.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<W, V> Content<W, V> {
    fn is_crowded(&self) -> bool {
        self.awaited >= CROWD
    }
}

impl<W, V> Default for Mailbox<W, V> {
    fn default() -> Self {
        let content = Content {
            letters: VecDeque::new(),
            awaited: 0,
            looks: Looks::Woken,
        };
        Self {
            content: Mutex::new(content),
        }
    }
}

impl<L: EventLoop> Awaited<L> {
    /// What waits in an event loop for a result.
    pub fn new(event_loop: Arc<L>, waiting: L::Waiting) -> Self {
        event_loop.mailbox().expect_one();
        Self {
            event_loop,
            since: Instant::now(),
            waiting: Some(waiting),
        }
    }

    /// Hands the result over.
    pub fn tell(mut self, result: Result<L::Value, Failure>) {
        self.put(result);
    }

    fn put(&mut self, result: Result<L::Value, Failure>) {
        if let Some(waiting) = self.waiting.take()
            && self.event_loop.mailbox().put(self.since, (waiting, result))
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
            self.awaiting(waiting).tell(Ok("done"));
        }

        fn awaiting(self: &Arc<Self>, waiting: u32) -> Awaited<Self> {
            Awaited::new(Arc::clone(self), waiting)
        }

        /// So many calls that were asked for long ago.
        fn crowd(self: &Arc<Self>, calls: usize) -> Vec<Awaited<Self>> {
            let long_ago = Instant::now().checked_sub(PATIENT).unwrap();
            let calls = (1..).take(calls);
            let awaited = calls.map(|waiting| {
                let mut awaited = self.awaiting(waiting);
                awaited.since = long_ago;
                awaited
            });
            awaited.collect()
        }

        fn woken(&self) -> usize {
            self.woken.load(Ordering::Relaxed)
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
        assert_eq!(event_loop.woken(), 1);
        assert_eq!(event_loop.taken(), [1, 2, 3]);
        event_loop.tell(4);
        assert_eq!(event_loop.woken(), 2);
        assert_eq!(event_loop.taken(), [4]);
    }

    #[test]
    fn what_is_left_by_a_turn_wakes_nobody_again() {
        let event_loop = Arc::<Noted>::default();
        let all = u32::try_from(TURN + 1).unwrap();
        (1..=all).for_each(|waiting| event_loop.tell(waiting));
        let turn = event_loop.mailbox.take();
        assert_eq!(turn.again, Some(Duration::ZERO));
        assert_eq!(turn.letters.len(), TURN);
        event_loop.tell(all + 1);
        assert_eq!(event_loop.taken(), [all, all + 1]);
        assert_eq!(event_loop.mailbox.take().again, None);
        assert_eq!(event_loop.woken(), 1);
    }

    #[test]
    fn while_a_crowd_is_waited_for_the_event_loop_looks_by_itself() {
        let event_loop = Arc::<Noted>::default();
        let mut crowd = event_loop.crowd(CROWD + 3).into_iter();
        let mut tell_one = || crowd.next().unwrap().tell(Ok("done"));
        tell_one();
        let turn = event_loop.mailbox.take();
        assert_eq!((turn.letters.len(), turn.again), (1, Some(SOON)));
        tell_one();
        tell_one();
        assert_eq!(event_loop.woken(), 1);
        assert_eq!(event_loop.taken(), [2, 3]);
        // It is a crowd no more.
        tell_one();
        assert_eq!(event_loop.woken(), 2);
        assert_eq!(event_loop.mailbox.take().again, None);
    }

    #[test]
    fn an_event_loop_that_found_nothing_waits_until_it_is_woken() {
        let event_loop = Arc::<Noted>::default();
        let mut crowd = event_loop.crowd(CROWD + 2).into_iter();
        crowd.next().unwrap().tell(Ok("done"));
        assert_eq!(event_loop.mailbox.take().again, Some(SOON));
        assert_eq!(event_loop.mailbox.take().again, None);
        crowd.next().unwrap().tell(Ok("done"));
        assert_eq!(event_loop.woken(), 2);
    }

    #[test]
    fn an_event_loop_that_does_not_look_as_it_said_is_woken() {
        let event_loop = Arc::<Noted>::default();
        let mut crowd = event_loop.crowd(CROWD + 2).into_iter();
        let long_ago = Instant::now().checked_sub(SOON + SOON).unwrap();
        event_loop.mailbox.content().looks = Looks::Then(long_ago);
        crowd.next().unwrap().tell(Ok("done"));
        crowd.next().unwrap().tell(Ok("done"));
        assert_eq!(event_loop.woken(), 1);
    }

    #[test]
    fn quick_calls_wake_the_event_loop_however_many_are_waited_for() {
        let event_loop = Arc::<Noted>::default();
        let _crowd = event_loop.crowd(CROWD);
        event_loop.tell(1);
        // However slow this test is.
        let just_now = Instant::now() + Duration::from_mins(1);
        for (since, _) in &mut event_loop.mailbox.content().letters {
            *since = just_now;
        }
        assert_eq!(event_loop.mailbox.take().again, None);
        event_loop.tell(2);
        assert_eq!(event_loop.woken(), 2);
    }

    #[test]
    fn what_comes_for_an_event_loop_that_was_closed_is_told_it_each_time() {
        let event_loop = Arc::<Noted>::default();
        for told in 1..=2 {
            event_loop.tell(1);
            event_loop.mailbox.clear();
            assert_eq!(event_loop.woken(), told);
            assert_eq!(event_loop.taken(), [0; 0]);
        }
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
        assert_eq!(event_loop.woken(), 1);
        let taken = event_loop.mailbox.take().letters;
        let [(1, Err(failure))] = taken.as_slice() else {
            panic!("{taken:?}");
        };
        assert_eq!(failure.code, "internal");
    }
}
