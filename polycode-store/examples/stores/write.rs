//! Submitting: each is two commits, as the engine makes them: the answer as it arrives; then its
//! grade, the report, the progress, the wallet, the entry and their events.

use std::sync::Arc;
use std::time::{Duration, Instant};

use polycode_core::port::{Commit, Store, Write};
use polycode_core::quantity::Version;
use polycode_store::testkit::sample;
use tokio::task::JoinSet;

/// How far the numbers of one client are from those of the next.
pub(crate) const STRIDE: u64 = 1 << 24;

/// How many graded submissions so many clients get done in a time.
pub(crate) async fn graded(
    store: &Arc<dyn Store>,
    clients: u64,
    first: u64,
    time: Duration,
) -> u64 {
    let end = Instant::now() + time;
    let mut tasks = JoinSet::new();
    for client in 0..clients {
        let store = Arc::clone(store);
        tasks.spawn(async move {
            let first = first + client * STRIDE;
            let mut done = 0;
            while Instant::now() < end {
                store.commit(received(first + done)).await.unwrap();
                store.commit(grade(first + done)).await.unwrap();
                done += 1;
            }
            done
        });
    }
    tasks.join_all().await.into_iter().sum()
}

fn learner(number: u64) -> String {
    format!("newcomer {number}")
}

fn received(number: u64) -> Commit {
    let submission = sample::submission(number, &learner(number), 1);
    Commit {
        writes: sample::new_submission(submission).to_vec(),
        events: vec![sample::event(number * 8)],
    }
}

fn grade(number: u64) -> Commit {
    let learner = learner(number);
    let submission = sample::graded(sample::submission(number, &learner, 1));
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
                progress: sample::progress(&learner, 1, 100),
            },
            sample::write_wallet(None, sample::wallet(&learner, 100)),
            Write::Entry(sample::entry(number, &learner, 1, 100)),
        ],
        events: (1..=5)
            .map(|step| sample::event(number * 8 + step))
            .collect(),
    }
}
