//! A process that is killed in the middle of its commits loses nothing that it acknowledged.
//!
//! The test starts itself again as a child that commits as fast as it can and names each commit
//! once it is acknowledged; it kills the child without warning, and looks at what is left.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test without a harness: it is its own child process"
)]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use polycode_core::id::SubmissionId;
use polycode_core::port::{Commit, Store};
use polycode_core::quantity::Cursor;
use polycode_store::SqliteStore;
use polycode_store::testkit::sample;

/// The child's part is told by this variable: the database and the first number.
const CHILD: &str = "POLYCODE_CRASH_TEST_CHILD";
/// After how many acknowledged commits each child is killed.
const KILLED_AFTER: [usize; 6] = [1, 40, 3, 333, 97, 150];
const WRITERS: u64 = 24;

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    match std::env::var(CHILD) {
        Ok(task) => {
            let (first, path) = task.split_once(' ').unwrap();
            runtime.block_on(commit_for_ever(first.parse().unwrap(), PathBuf::from(path)));
        }
        Err(_) => runtime.block_on(nothing_acknowledged_is_lost()),
    }
}

async fn nothing_acknowledged_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("school.db");
    let store = SqliteStore::open(&path).await.unwrap();
    let content = sample::new_content(sample::content(1, "one", "text"));
    let writes = vec![content];
    let events = Vec::new();
    store.commit(Commit { writes, events }).await.unwrap();
    store.close().await;

    let mut acknowledged = BTreeSet::new();
    for (round, count) in (1_u64..).zip(KILLED_AFTER) {
        acknowledged.extend(kill_a_child_after(count, round * 1_000_000, &path));
        let store = SqliteStore::open(&path).await.unwrap();
        assert_all_there(&store, &acknowledged).await;
        store.close().await;
    }
    assert!(acknowledged.len() >= KILLED_AFTER.iter().sum());
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "crash: {} acknowledged commits survived",
        acknowledged.len()
    )
    .unwrap();
}

/// Starts a child and kills it; returns what it acknowledged.
fn kill_a_child_after(count: usize, first: u64, path: &Path) -> Vec<u64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .env(CHILD, format!("{first} {}", path.display()))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut acknowledged = Vec::new();
    let mut line = String::new();
    // A line without an end was cut by the kill: nobody was told.
    while lines.read_line(&mut line).unwrap() > 0 && line.ends_with('\n') {
        acknowledged.push(line.trim_end().parse().unwrap());
        line.clear();
        if acknowledged.len() == count {
            child.kill().unwrap();
        }
    }
    let status = child.wait().unwrap();
    assert!(!status.success(), "the child ended by itself: {status}");
    assert!(acknowledged.len() >= count, "the child died early");
    acknowledged
}

async fn assert_all_there(store: &SqliteStore, acknowledged: &BTreeSet<u64>) {
    for number in acknowledged {
        let id = SubmissionId(sample::uuid(*number));
        let stored = store.submission(id).await.unwrap();
        assert!(stored.is_some(), "submission {number} is lost");
    }
    // Whatever else is there, is there whole.
    let mut logged = 0;
    let mut last = Cursor(0);
    loop {
        let events = store.events(last, 1_000).await.unwrap();
        let Some(newest) = events.last() else { break };
        last = newest.cursor;
        for event in &events {
            let id = SubmissionId(event.recorded.id.0);
            assert!(store.submission(id).await.unwrap().is_some());
            assert!(store.answer(id).await.unwrap().is_some());
            logged += 1;
        }
    }
    assert!(logged >= acknowledged.len());
    let pending = store.pending(u32::MAX).await.unwrap();
    assert_eq!(pending.len(), logged, "each with its event");
}

async fn commit_for_ever(first: u64, path: PathBuf) {
    let store = Arc::new(SqliteStore::open(path).await.unwrap());
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                for number in (first + writer..).step_by(24) {
                    let submission = sample::submission(number, "ada", 1);
                    let commit = Commit {
                        writes: sample::new_submission(submission).to_vec(),
                        events: vec![sample::event(number)],
                    };
                    store.commit(commit).await.unwrap();
                    println!("{number}");
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
}
