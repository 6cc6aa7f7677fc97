//! How many graded submissions a second a SQLite store takes: `cargo run -p polycode-store
//! --release --example throughput --features testkit -- [FILE]`.
//!
//! Each is two commits, as the engine makes them: the answer as it arrives; then its grade, the
//! report, the progress, the wallet, the entry and their events.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that prints its result"
)]

use std::sync::Arc;
use std::time::Instant;

use polycode_core::port::{Commit, Store, Write};
use polycode_core::quantity::Version;
use polycode_store::SqliteStore;
use polycode_store::testkit::sample;
use tokio::task::JoinSet;

const SUBMISSIONS: u64 = 10_000;
const AT_ONCE: u64 = 256;

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let path = std::env::args_os()
        .nth(1)
        .map_or_else(|| folder.path().join("x.db"), Into::into);
    let store = Arc::new(SqliteStore::open(path).await.unwrap());
    let writes = vec![sample::new_content(sample::content(1, "one", "text"))];
    let events = Vec::new();
    store.commit(Commit { writes, events }).await.unwrap();

    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for lane in 0..AT_ONCE {
        let store = Arc::clone(&store);
        tasks.spawn(async move {
            for number in (lane..SUBMISSIONS).step_by(256) {
                store.commit(received(number)).await.unwrap();
                store.commit(graded(number)).await.unwrap();
            }
        });
    }
    tasks.join_all().await;
    let seconds = started.elapsed().as_secs_f64();
    let rate = f64::from(u32::try_from(SUBMISSIONS).unwrap()) / seconds;
    println!("{SUBMISSIONS} graded submissions in {seconds:.2} s: {rate:.0} a second");
}

fn learner(number: u64) -> String {
    format!("learner {number}")
}

fn received(number: u64) -> Commit {
    let submission = sample::submission(1_000 + number, &learner(number), 1);
    Commit {
        writes: sample::new_submission(submission).to_vec(),
        events: vec![sample::event(number * 8)],
    }
}

fn graded(number: u64) -> Commit {
    let learner = learner(number);
    let submission = sample::graded(sample::submission(1_000 + number, &learner, 1));
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
