//! Work that goes on where it is woken: no thread has to be woken for it.

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
    elsewhere: impl FnOnce(Beginning),
) -> Following {
    // What panics is not to end the thread that goes on with it.
    let builder = Builder::new().propagate_panic(true);
    let (runnable, task) = builder.spawn(
        |()| work,
        |runnable: Runnable| {
            runnable.run();
        },
    );
    let beginning = Beginning(runnable);
    if bytes <= HERE {
        beginning.begin();
    } else {
        elsewhere(beginning);
    }
    Following(Some(task))
}

/// Work that has not begun.
pub struct Beginning(Runnable);

/// Work that was begun. Dropped, it goes on.
pub struct Following(Option<Task<()>>);

impl Beginning {
    /// Begins it in this thread.
    pub fn begin(self) {
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

impl fmt::Debug for Beginning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Beginning").finish_non_exhaustive()
    }
}

impl fmt::Debug for Following {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Following").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
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

    fn nowhere(_: Beginning) {
        panic!("little is begun here");
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
        let work = async move { tell.send(thread::current().id()).unwrap() };
        let following = follow(work, HERE + 1, |beginning| {
            thread::spawn(|| beginning.begin()).join().unwrap();
        });
        assert_ne!(told.try_recv().unwrap(), thread::current().id());
        drop(following);
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
