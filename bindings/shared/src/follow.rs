//! Work that begins where it is asked for: no thread has to be woken for that.

use std::fmt;
use std::future::Future;

use async_task::{Builder, Runnable, Task};

/// What is asked for in more bytes is not read where it is asked for: that may be an event loop, which is not to be
/// held up.
const HERE: usize = 16 << 10;

/// Begins work, and goes on with it in whatever thread wakes it, before that does anything else. So it is for work
/// that waits for nothing but a sandbox, and does little between: it goes on in the threads of the sandbox, and
/// needs none of its own.
///
/// Where much is asked for, so many `bytes`, it begins `elsewhere`.
pub fn follow(
    work: impl Future<Output = ()> + Send + 'static,
    bytes: usize,
    elsewhere: impl FnOnce(Step),
) -> Following {
    let go_on = |step: Step| step.take();
    started(work, go_on, bytes, elsewhere)
}

/// Begins work, and goes on with it `elsewhere` once it had to wait. So it is for work that does little before it
/// waits for the first time, such as for a store: what need not wait is done at once.
///
/// Where much is asked for, so many `bytes`, it begins `elsewhere`, too.
pub fn begin(
    work: impl Future<Output = ()> + Send + 'static,
    bytes: usize,
    elsewhere: impl Fn(Step) + Copy + Send + Sync + 'static,
) -> Following {
    started(work, elsewhere, bytes, elsewhere)
}

fn started(
    work: impl Future<Output = ()> + Send + 'static,
    go_on: impl Fn(Step) + Send + Sync + 'static,
    bytes: usize,
    elsewhere: impl FnOnce(Step),
) -> Following {
    // What panics is not to end the thread that goes on with it.
    let builder = Builder::new().propagate_panic(true);
    let (runnable, task) = builder.spawn(|()| work, move |runnable| go_on(Step(runnable)));
    let first = Step(runnable);
    if bytes <= HERE {
        first.take();
    } else {
        elsewhere(first);
    }
    Following(Some(task))
}

/// What is to be done of work until it waits again.
pub struct Step(Runnable);

/// Work that was begun. Dropped, it goes on.
pub struct Following(Option<Task<()>>);

impl Step {
    /// Does it in this thread.
    pub fn take(self) {
        self.0.run();
    }
}

impl Following {
    /// Ends the work: it is dropped in this thread, or by the one that goes on with it just now.
    pub fn stop(mut self) {
        drop(self.0.take());
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        if let Some(task) = self.0.take() {
            task.detach();
        }
    }
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Step").finish_non_exhaustive()
    }
}

impl fmt::Debug for Following {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Following").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::sync::mpsc;
    use std::task::Poll;
    use std::thread::{self, ThreadId};

    use tokio::sync::oneshot;

    use super::*;

    /// Work that waits, and then tells where it goes on; it is woken by the sender.
    fn waiting() -> (
        oneshot::Sender<()>,
        mpsc::Receiver<ThreadId>,
        impl Future<Output = ()> + Send + 'static,
    ) {
        let (wake, woken) = oneshot::channel();
        let (tell, told) = mpsc::channel();
        let work = async move {
            woken.await.unwrap();
            tell.send(thread::current().id()).unwrap();
        };
        (wake, told, work)
    }

    /// Work that tells at once where it is done.
    fn telling(tell: mpsc::Sender<ThreadId>) -> impl Future<Output = ()> + Send + 'static {
        poll_fn(move |_| {
            tell.send(thread::current().id()).unwrap();
            Poll::Ready(())
        })
    }

    fn nowhere(_: Step) {
        panic!("little is begun here");
    }

    fn in_another_thread(step: Step) {
        thread::spawn(|| step.take()).join().unwrap();
    }

    #[test]
    fn what_need_not_wait_is_done_where_it_is_asked_for() {
        let (tell, told) = mpsc::channel();
        drop(begin(telling(tell), HERE, nowhere));
        assert_eq!(told.try_recv().unwrap(), thread::current().id());
    }

    #[test]
    fn what_had_to_wait_goes_on_elsewhere() {
        let (wake, told, work) = waiting();
        drop(begin(work, HERE, in_another_thread));
        wake.send(()).unwrap();
        assert_ne!(told.try_recv().unwrap(), thread::current().id());
    }

    #[test]
    fn it_goes_on_in_the_thread_that_wakes_it() {
        let (wake, told, work) = waiting();
        let following = follow(work, HERE, nowhere);
        drop(following);
        let other = thread::spawn(move || {
            wake.send(()).unwrap();
            // It went on before this.
            told.try_recv().unwrap() == thread::current().id()
        });
        assert!(other.join().unwrap());
    }

    #[test]
    fn what_is_stopped_is_dropped_at_once() {
        let (wake, told, work) = waiting();
        follow(work, HERE, nowhere).stop();
        assert!(wake.is_closed());
        assert_eq!(told.try_recv(), Err(mpsc::TryRecvError::Disconnected));
    }

    #[test]
    fn much_is_begun_elsewhere() {
        let (tell, told) = mpsc::channel();
        drop(follow(telling(tell.clone()), HERE + 1, in_another_thread));
        drop(begin(telling(tell), HERE + 1, in_another_thread));
        for _ in 0..2 {
            assert_ne!(told.try_recv().unwrap(), thread::current().id());
        }
    }

    #[test]
    fn a_panic_stays_out_of_the_thread_that_wakes_it() {
        let (wake, woken) = oneshot::channel::<()>();
        let (held, is_held) = mpsc::channel::<()>();
        let work = async move {
            let _held = held;
            woken.await.unwrap();
            panic!("of the test");
        };
        drop(follow(work, HERE, nowhere));
        wake.send(()).unwrap();
        assert_eq!(is_held.try_recv(), Err(mpsc::TryRecvError::Disconnected));
    }
}
