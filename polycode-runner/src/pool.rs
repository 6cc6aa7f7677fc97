//! Threads that do the work, and a queue with an end.

use std::any::Any;
use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::thread;

use tokio::sync::oneshot;

use crate::cancel::Cancel;

/// A fixed number of threads.
///
/// Dropping it cancels what runs and forgets what waits. It does not wait for the threads, which end by themselves:
/// in them goes on whoever waits for work, and that may be waiting for what the thread holds that drops the pool.
#[derive(Debug)]
pub(crate) struct Pool {
    queue: Arc<Queue>,
}

/// Where work is handed in.
#[derive(Debug, Clone)]
pub(crate) struct Entrance(Arc<Queue>);

/// Why work was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Declined {
    /// Too much is waiting.
    Full { waiting: usize },
    /// The pool is gone.
    Closed,
}

/// Why work that was taken has no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lost {
    /// It panicked, with these words.
    Panicked(String),
    /// The pool was dropped first.
    Closed,
}

#[derive(Debug)]
struct Queue {
    state: Mutex<State>,
    ready: Condvar,
    capacity: usize,
    /// How many there are. One without a task waits for work, or is about to look for it.
    threads: usize,
}

#[derive(Debug, Default)]
struct State {
    waiting: VecDeque<Task>,
    running: Vec<(u64, Cancel)>,
    next_id: u64,
    closed: bool,
}

struct Task {
    id: u64,
    cancel: Cancel,
    work: Box<dyn FnOnce() + Send>,
}

impl Pool {
    /// Starts the threads.
    ///
    /// # Errors
    /// When the system has no threads to give.
    pub(crate) fn start(threads: usize, capacity: usize) -> io::Result<Self> {
        let queue = Queue {
            state: Mutex::default(),
            ready: Condvar::new(),
            capacity,
            threads,
        };
        let pool = Self {
            queue: Arc::new(queue),
        };
        for number in 0..threads {
            let queue = Arc::clone(&pool.queue);
            thread::Builder::new()
                .name(format!("polycode-runner-{number}"))
                .spawn(move || queue.work())?;
        }
        Ok(pool)
    }

    pub(crate) fn entrance(&self) -> Entrance {
        Entrance(Arc::clone(&self.queue))
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        let forgotten = {
            let mut state = self.queue.lock();
            state.closed = true;
            state.running.iter().for_each(|(_, cancel)| cancel.cancel());
            std::mem::take(&mut state.waiting)
        };
        self.queue.ready.notify_all();
        drop(forgotten);
    }
}

impl Entrance {
    /// Hands in work; what it returns is a future that cancels the work when it is dropped.
    pub(crate) fn submit<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Cancel) -> T + Send + 'static,
    ) -> Result<Ticket<T>, Declined> {
        let (sender, result) = oneshot::channel();
        let cancel = Cancel::default();
        let given = cancel.clone();
        let work = Box::new(move || {
            let result = catch_unwind(AssertUnwindSafe(|| work(&given)));
            // Nobody waits for it any more when this fails.
            let _ = sender.send(result.map_err(|panic| Lost::Panicked(words(&*panic))));
        });
        let (id, is_waited_for) = {
            let mut state = self.0.lock();
            if state.closed {
                return Err(Declined::Closed);
            }
            let waiting = state.waiting.len();
            if waiting >= self.0.capacity {
                return Err(Declined::Full { waiting });
            }
            let id = state.next_id;
            state.next_id += 1;
            state.waiting.push_back(Task {
                id,
                cancel: cancel.clone(),
                work,
            });
            (id, state.running.len() < self.0.threads)
        };
        if is_waited_for {
            self.0.ready.notify_one();
        }
        Ok(Ticket {
            result,
            place: Place {
                queue: Arc::clone(&self.0),
                id,
                cancel,
                is_free: false,
            },
        })
    }
}

/// Work that was handed in.
#[derive(Debug)]
pub(crate) struct Ticket<T> {
    result: oneshot::Receiver<Result<T, Lost>>,
    place: Place,
}

impl<T> Future for Ticket<T> {
    type Output = Result<T, Lost>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let result = Pin::new(&mut self.result).poll(context);
        self.place.is_free = result.is_ready();
        result.map(|result| result.unwrap_or(Err(Lost::Closed)))
    }
}

/// A place in the queue or at a thread, given back when dropped.
#[derive(Debug)]
struct Place {
    queue: Arc<Queue>,
    id: u64,
    cancel: Cancel,
    /// Whether nobody is at it any more.
    is_free: bool,
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.is_free {
            return;
        }
        self.cancel.cancel();
        let forgotten = {
            let mut state = self.queue.lock();
            let at = state.waiting.iter().position(|task| task.id == self.id);
            at.and_then(|at| state.waiting.remove(at))
        };
        drop(forgotten);
    }
}

impl Queue {
    fn work(&self) {
        let mut done = None;
        while let Some(Task { id, cancel, work }) = self.next(done) {
            if !cancel.is_cancelled() {
                work();
            }
            done = Some(id);
        }
    }

    /// The next task for a thread that has done one before.
    fn next(&self, done: Option<u64>) -> Option<Task> {
        let mut state = self.lock();
        state.running.retain(|(running, _)| Some(*running) != done);
        loop {
            if state.closed {
                return None;
            }
            if let Some(task) = state.waiting.pop_front() {
                state.running.push((task.id, task.cancel.clone()));
                return Some(task);
            }
            state = self
                .ready
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The state is whole at every point where a panic could poison it.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn block<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(future)
    }

    /// Keeps a thread busy until the sender is dropped; returns once it is.
    fn occupy(entrance: &Entrance) -> (mpsc::Sender<()>, Ticket<()>) {
        let (release, wait) = mpsc::channel::<()>();
        let (started, is_running) = mpsc::channel();
        let ticket = entrance.submit(move |_| {
            started.send(()).unwrap();
            let _ = wait.recv();
        });
        is_running.recv().unwrap();
        (release, ticket.unwrap())
    }

    #[test]
    fn work_is_done_and_its_result_returned() {
        let pool = Pool::start(2, 10).unwrap();
        let tickets: Vec<_> = (0..10)
            .map(|n| pool.entrance().submit(move |_| n * n).unwrap())
            .collect();
        for (n, ticket) in tickets.into_iter().enumerate() {
            assert_eq!(block(ticket), Ok(n * n));
        }
    }

    #[test]
    fn a_full_queue_declines_and_says_how_much_is_waiting() {
        let pool = Pool::start(1, 2).unwrap();
        let entrance = pool.entrance();
        let (release, running) = occupy(&entrance);
        let waiting = [
            entrance.submit(|_| 1).unwrap(),
            entrance.submit(|_| 2).unwrap(),
        ];
        assert_eq!(
            entrance.submit(|_| 3).unwrap_err(),
            Declined::Full { waiting: 2 }
        );
        drop(release);
        block(running).unwrap();
        for (ticket, result) in waiting.into_iter().zip(1..) {
            assert_eq!(block(ticket), Ok(result));
        }
        assert_eq!(block(entrance.submit(|_| 4).unwrap()), Ok(4));
    }

    #[test]
    fn a_dropped_ticket_gives_its_place_back_at_once() {
        let pool = Pool::start(1, 1).unwrap();
        let entrance = pool.entrance();
        let (release, running) = occupy(&entrance);
        let (sender, was_run) = mpsc::channel::<()>();
        let dropped = entrance.submit(move |_| sender.send(())).unwrap();
        drop(dropped);
        let next = entrance.submit(|_| 5).unwrap();
        drop(release);
        block(running).unwrap();
        assert_eq!(block(next), Ok(5));
        assert!(was_run.recv().is_err(), "cancelled work was done");
    }

    #[test]
    fn running_work_is_asked_to_stop_when_its_ticket_is_dropped() {
        let pool = Pool::start(1, 1).unwrap();
        let entrance = pool.entrance();
        let (started, is_running) = mpsc::channel();
        let ticket = entrance.submit(move |cancel| {
            started.send(()).unwrap();
            while !cancel.is_cancelled() {
                thread::yield_now();
            }
        });
        is_running.recv().unwrap();
        drop(ticket);
        assert_eq!(block(entrance.submit(|_| 6).unwrap()), Ok(6));
    }

    #[test]
    fn a_panic_is_reported_and_the_thread_lives_on() {
        let pool = Pool::start(1, 1).unwrap();
        let entrance = pool.entrance();
        let ticket = entrance.submit(|_| panic!("on purpose")).unwrap();
        let lost: Result<(), Lost> = block(ticket);
        assert_eq!(lost, Err(Lost::Panicked("on purpose".to_owned())));
        assert_eq!(block(entrance.submit(|_| 7).unwrap()), Ok(7));
    }

    #[test]
    fn a_pool_is_dropped_while_its_threads_are_at_work() {
        let pool = Pool::start(1, 1).unwrap();
        let (release, running) = occupy(&pool.entrance());
        drop(pool);
        drop(release);
        assert_eq!(block(running), Ok(()));
    }

    #[test]
    fn a_dropped_pool_cancels_forgets_and_declines() {
        let pool = Pool::start(1, 5).unwrap();
        let entrance = pool.entrance();
        let (started, is_running) = mpsc::channel();
        let running = entrance.submit(move |cancel| {
            started.send(()).unwrap();
            while !cancel.is_cancelled() {
                thread::yield_now();
            }
        });
        let waiting = entrance.submit(|_| ()).unwrap();
        is_running.recv().unwrap();
        drop(pool);
        assert_eq!(block(running.unwrap()), Ok(()));
        assert_eq!(block(waiting), Err(Lost::Closed));
        assert_eq!(entrance.submit(|_| ()).unwrap_err(), Declined::Closed);
    }
}
