//! Two programs on one line: what each writes to it is what the other reads from it. It is their
//! standard streams, or a file beside them (`beside.rs`).
//!
//! Who runs faster must not matter, or verdicts would depend on the machine. So reading waits
//! until there is something or the other has ended, one read gives no more than one write wrote,
//! writing never waits (what a program may write is bounded), and nothing else of the other is to
//! be seen. Networks of such processes have one outcome, whatever the schedule (G. Kahn, 1974).

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::cancel::Cancel;
use crate::wasi::errno::{Ended, Stop};

/// One program's end of a line; it is hung up when dropped.
#[derive(Debug)]
pub struct End {
    line: Arc<Line>,
    side: Side,
    cancel: Cancel,
}

/// What is known of a line when both ends are hung up.
#[derive(Debug, Clone)]
pub struct Heard(Arc<Line>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    First,
    Second,
}

#[derive(Debug, Default)]
struct Line {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    first: Hearing,
    second: Hearing,
    /// Both wait, and neither has anything to read.
    is_idle: bool,
}

/// What one side hears.
#[derive(Debug, Default)]
struct Hearing {
    /// What the other wrote and this one has not read, a text for each write.
    unread: VecDeque<Vec<u8>>,
    waits: bool,
    hung_up: bool,
    /// It came upon the end of what the other had to say.
    heard_end: bool,
}

/// A line's two ends, and what can be asked of it afterwards.
pub fn line(cancel: &Cancel) -> (End, End, Heard) {
    let line = Arc::new(Line::default());
    let end = |side| End {
        line: Arc::clone(&line),
        side,
        cancel: cancel.clone(),
    };
    (
        end(Side::First),
        end(Side::Second),
        Heard(Arc::clone(&line)),
    )
}

impl Heard {
    /// Whether the second end came upon the end of what the first had to say.
    pub fn second_heard_the_end(&self) -> bool {
        self.0.lock().second.heard_end
    }
}

impl End {
    /// How often somebody who waits looks whether to give up.
    const PATIENCE: Duration = Duration::from_millis(10);

    pub(super) fn write(&self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let mut state = self.line.lock();
        let other = state.side(self.side.other());
        if !other.hung_up {
            other.unread.push_back(bytes.to_owned());
            self.line.changed.notify_all();
        }
    }

    /// Waits until there is something to read or the other has hung up; how many bytes there
    /// are in the next write, 0 at the end.
    pub(super) fn wait(&self) -> Result<usize, Stop> {
        let mut state = self.line.lock();
        loop {
            let other = state.side(self.side.other());
            let (other_hung_up, other_waits) =
                (other.hung_up, other.waits && other.unread.is_empty());
            let own = state.side(self.side);
            own.waits = false;
            if let Some(next) = own.unread.front() {
                return Ok(next.len());
            }
            // One that was found idle first may have hung up before the other gets here.
            if state.is_idle {
                return Err(Stop::End(Ended::Idle));
            }
            let own = state.side(self.side);
            if other_hung_up {
                own.heard_end = true;
                return Ok(0);
            }
            own.waits = true;
            if other_waits {
                state.is_idle = true;
                self.line.changed.notify_all();
                continue;
            }
            if self.cancel.is_cancelled() {
                return Err(Stop::End(Ended::Cancelled));
            }
            let waited = self.line.changed.wait_timeout(state, Self::PATIENCE);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Reads from the next write; 0 bytes at the end.
    pub(super) fn read(&self, into: &mut [u8]) -> Result<usize, Stop> {
        let count = self.wait()?.min(into.len());
        let mut state = self.line.lock();
        let unread = &mut state.side(self.side).unread;
        let Some(next) = unread.front_mut() else {
            return Ok(0);
        };
        if let (Some(into), Some(from)) = (into.get_mut(..count), next.get(..count)) {
            into.copy_from_slice(from);
        }
        next.drain(..count);
        if next.is_empty() {
            unread.pop_front();
        }
        Ok(count)
    }
}

impl Drop for End {
    fn drop(&mut self) {
        let mut state = self.line.lock();
        let own = state.side(self.side);
        own.hung_up = true;
        own.unread.clear();
        self.line.changed.notify_all();
    }
}

impl Line {
    /// The state is whole at every point where a panic could poison it.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn side(&mut self, side: Side) -> &mut Hearing {
        match side {
            Side::First => &mut self.first,
            Side::Second => &mut self.second,
        }
    }
}

impl Side {
    fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    fn read(end: &End) -> Result<Vec<u8>, Stop> {
        let mut into = [0; 10];
        let count = end.read(&mut into)?;
        Ok(into[..count].to_vec())
    }

    #[test]
    fn one_read_gives_what_one_write_wrote() {
        let (one, two, _) = line(&Cancel::default());
        one.write(b"ab");
        one.write(b"");
        one.write(b"0123456789cd");
        assert_eq!(read(&two).unwrap(), b"ab");
        assert_eq!(read(&two).unwrap(), b"0123456789");
        assert_eq!(two.wait().unwrap(), 2);
        assert_eq!(read(&two).unwrap(), b"cd");
    }

    #[test]
    fn the_end_is_heard_after_what_was_said() {
        let (one, two, heard) = line(&Cancel::default());
        one.write(b"last");
        drop(one);
        assert_eq!(read(&two).unwrap(), b"last");
        assert!(!heard.second_heard_the_end());
        assert_eq!(read(&two).unwrap(), b"");
        assert!(heard.second_heard_the_end());
        // Nobody hears it, and it is no failure.
        two.write(b"more");
    }

    #[test]
    fn two_that_both_wait_are_idle() {
        let (one, two, _) = line(&Cancel::default());
        let both = thread::scope(|scope| {
            // Each hangs up as soon as it knows.
            let first = scope.spawn(move || read(&one));
            let second = scope.spawn(move || read(&two));
            [first.join().unwrap(), second.join().unwrap()]
        });
        assert_eq!(
            both,
            [Err(Stop::End(Ended::Idle)), Err(Stop::End(Ended::Idle))]
        );
    }

    #[test]
    fn one_that_is_found_idle_late_is_idle_too() {
        let (one, two, heard) = line(&Cancel::default());
        two.line.lock().second.waits = true;
        assert_eq!(read(&one), Err(Stop::End(Ended::Idle)));
        drop(one);
        assert_eq!(read(&two), Err(Stop::End(Ended::Idle)));
        assert!(!heard.second_heard_the_end());
    }

    #[test]
    fn one_that_has_something_to_read_is_not_idle() {
        let (one, two, _) = line(&Cancel::default());
        let answered = thread::scope(|scope| {
            let second = scope.spawn(|| {
                let asked = read(&two);
                two.write(b"answer");
                asked
            });
            one.write(b"question");
            let answer = read(&one);
            (second.join().unwrap(), answer)
        });
        assert_eq!(answered, (Ok(b"question".to_vec()), Ok(b"answer".to_vec())));
    }

    #[test]
    fn who_waits_can_be_asked_to_stop() {
        let cancel = Cancel::default();
        let (one, _two, _) = line(&cancel);
        cancel.cancel();
        assert_eq!(read(&one), Err(Stop::End(Ended::Cancelled)));
    }
}
