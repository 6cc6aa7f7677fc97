//! Submitting: each is two commits, as the engine makes them: the answer as it arrives; then its
//! grade, the report, the progress, the wallet, the entry and their events.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use polycode_core::port::{Commit, Store, Write};
use polycode_core::quantity::Version;
use polycode_store::testkit::sample;
use tokio::task::JoinSet;

use crate::load::{FIRST_FREE, user};

/// Who submits: newcomers whose names lie among those of the users that are there.
#[derive(Debug)]
pub(crate) struct Newcomers {
    next: AtomicU64,
    users: u64,
}

impl Newcomers {
    pub(crate) fn among(users: u64) -> Self {
        Self {
            next: AtomicU64::new(FIRST_FREE),
            users: users.max(1),
        }
    }

    /// A number for the ids of what is submitted, which are in the order of time for all clients
    /// together, as the engine's are; and the name of the one who submits it, anywhere among the
    /// users.
    fn next(&self) -> (u64, String) {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        // Fibonacci hashing: one after the other lands far from each other.
        let neighbour = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) % self.users;
        (number, format!("{}, newcomer {number}", user(neighbour)))
    }
}

/// How many graded submissions so many clients get done in a time.
pub(crate) async fn graded(
    store: &Arc<dyn Store>,
    clients: u64,
    newcomers: &Arc<Newcomers>,
    time: Duration,
) -> u64 {
    let end = Instant::now() + time;
    let mut tasks = JoinSet::new();
    for _ in 0..clients {
        let (store, newcomers) = (Arc::clone(store), Arc::clone(newcomers));
        tasks.spawn(async move {
            let mut done = 0;
            while Instant::now() < end {
                let (number, learner) = newcomers.next();
                store.commit(received(number, &learner)).await.unwrap();
                store.commit(grade(number, &learner)).await.unwrap();
                done += 1;
            }
            done
        });
    }
    tasks.join_all().await.into_iter().sum()
}

/// How often a second the disk takes a little and says that it has it: what the stores can do at most.
pub(crate) fn to_disk(time: Duration) -> u128 {
    let mut file = tempfile::tempfile().unwrap();
    let (begun, mut done) = (Instant::now(), 0);
    while begun.elapsed() < time {
        file.write_all(&[0x55; 4096]).unwrap();
        file.sync_data().unwrap();
        done += 1;
    }
    done * 1_000 / time.as_millis().max(1)
}

fn received(number: u64, learner: &str) -> Commit {
    let submission = sample::submission(number, learner, 1);
    Commit {
        writes: sample::new_submission(submission).to_vec(),
        events: vec![sample::event(number * 8)],
    }
}

fn grade(number: u64, learner: &str) -> Commit {
    let submission = sample::graded(sample::submission(number, learner, 1));
    Commit {
        writes: vec![
            Write::Report {
                submission: submission.id,
                report: Box::new(sample::report("5")),
            },
            Write::Submission {
                expected: Some(Version::FIRST),
                submission,
            },
            Write::Progress {
                expected: None,
                progress: sample::progress(learner, 1, 100),
            },
            sample::write_wallet(None, sample::wallet(learner, 100)),
            Write::Entry(sample::entry(number, learner, 1, 100)),
        ],
        events: (1..=5)
            .map(|step| sample::event(number * 8 + step))
            .collect(),
    }
}
