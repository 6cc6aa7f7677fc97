//! Many at the same time.
#![expect(clippy::panic, reason = "a rule is a test")]

use std::sync::Arc;

use polycode_core::id::{ContentId, SubmissionId};
use polycode_core::port::{Commit, CommitError, PageRequest, Store, Write};
use polycode_core::quantity::{Cursor, Points, Version};
use tokio::task::JoinSet;

use crate::testkit::sample::{self, uuid};
use crate::testkit::{is_conflict, write};

const TASKS: u64 = 64;

/// Adds a point to a wallet, again and again until nobody else was quicker.
async fn credit(store: &dyn Store, number: u64) {
    loop {
        let stored = store.wallet(&sample::user("ada")).await.unwrap();
        let (expected, balance) = match stored {
            Some(stored) => (Some(stored.version), stored.value.balance.0),
            None => (None, 0),
        };
        let commit = Commit {
            writes: vec![
                sample::write_wallet(expected, sample::wallet("ada", balance + 1)),
                Write::Entry(sample::entry(number, "ada", number, 1)),
            ],
            events: vec![sample::event(number)],
        };
        match store.commit(commit).await {
            Ok(()) => return,
            Err(CommitError::Conflict { .. }) => tokio::task::yield_now().await,
            Err(error) => panic!("credit {number}: {error}"),
        }
    }
}

pub(super) async fn credits_at_the_same_time_all_count(store: Arc<dyn Store>) {
    let mut tasks = JoinSet::new();
    for number in 1..=TASKS {
        let store = Arc::clone(&store);
        tasks.spawn(async move { credit(&*store, number).await });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    let ada = sample::user("ada");
    let wallet = store.wallet(&ada).await.unwrap().unwrap();
    assert_eq!(wallet.value.balance, Points(TASKS));
    assert_eq!(wallet.version, Version(TASKS));
    let page = PageRequest {
        limit: 100,
        ..PageRequest::default()
    };
    let entries = store.entries(&ada, page).await.unwrap().items;
    assert_eq!(
        entries.iter().map(|entry| entry.points.0).sum::<u64>(),
        TASKS
    );
    let events = store.events(Cursor(0), 1_000).await.unwrap();
    assert_eq!(events.len() as u64, TASKS);
}

pub(super) async fn one_of_many_graders_wins(store: Arc<dyn Store>) {
    let pending = sample::submission(2, "ada", 1);
    let mut writes = vec![sample::new_content(sample::content(1, "one", "text"))];
    writes.extend(sample::new_submission(pending.clone()));
    write(&*store, writes).await.unwrap();
    let mut tasks = JoinSet::new();
    for number in 1..=TASKS {
        let store = Arc::clone(&store);
        let submission = sample::graded(pending.clone());
        tasks.spawn(async move {
            let commit = Commit {
                writes: vec![
                    Write::Report {
                        submission: submission.id,
                        report: Box::new(sample::report(&format!("grader {number}"))),
                    },
                    Write::Submission {
                        expected: Some(Version::FIRST),
                        submission,
                    },
                ],
                events: vec![sample::event(number)],
            };
            store.commit(commit).await.map(|()| number)
        });
    }
    let mut winners = Vec::new();
    while let Some(done) = tasks.join_next().await {
        match done.unwrap() {
            Ok(number) => winners.push(number),
            Err(CommitError::Conflict { .. }) => {}
            Err(error) => panic!("a grader failed: {error}"),
        }
    }
    let [winner] = winners[..] else {
        panic!("{} graders won", winners.len());
    };
    let report = store.report(pending.id).await.unwrap();
    assert_eq!(report, Some(sample::report(&format!("grader {winner}"))));
    let events = store.events(Cursor(0), 1_000).await.unwrap();
    let recorded: Vec<_> = events.into_iter().map(|event| event.recorded).collect();
    assert_eq!(recorded, [sample::event(winner)]);
}

/// Many send the same answer with the same id: one is stored, and the others are told.
pub(super) async fn an_id_is_given_once(store: Arc<dyn Store>) {
    let content = sample::new_content(sample::content(1, "one", "text"));
    write(&*store, vec![content]).await.unwrap();
    let submission = sample::submission(2, "ada", 1);
    let id = submission.id;
    let mut tasks = JoinSet::new();
    for number in 10..10 + TASKS {
        let (store, submission) = (Arc::clone(&store), submission.clone());
        tasks.spawn(async move {
            let commit = Commit {
                writes: sample::new_submission(submission).to_vec(),
                events: vec![sample::event(number)],
            };
            store.commit(commit).await
        });
    }
    let results = tasks.join_all().await;
    let refused = results.iter().filter(|result| is_conflict(result)).count();
    assert_eq!(refused as u64, TASKS - 1, "{results:?}");
    assert!(results.iter().any(Result::is_ok), "{results:?}");
    assert_eq!(store.events(Cursor(0), 1_000).await.unwrap().len(), 1);
    let stored = store.submission(id).await.unwrap().unwrap();
    assert_eq!((stored.version, stored.value), (Version::FIRST, submission));
    // It stays refused when it is judged, and when somebody else asks for it.
    let judged = Write::Submission {
        expected: Some(Version::FIRST),
        submission: sample::graded(sample::submission(2, "ada", 1)),
    };
    write(&*store, vec![judged]).await.unwrap();
    for of in ["ada", "bob"] {
        let again = sample::new_submission(sample::submission(2, of, 1)).to_vec();
        assert!(is_conflict(&write(&*store, again).await), "{of}");
    }
    let stored = store.submission(id).await.unwrap().unwrap();
    assert_eq!(
        stored.value,
        sample::graded(sample::submission(2, "ada", 1))
    );
}

pub(super) async fn a_commit_is_seen_whole_once_it_is_acknowledged(store: Arc<dyn Store>) {
    let content = sample::new_content(sample::content(1, "one", "text"));
    write(&*store, vec![content]).await.unwrap();
    let mut tasks = JoinSet::new();
    for number in 10..10 + TASKS {
        let store = Arc::clone(&store);
        tasks.spawn(async move {
            let submission = sample::submission(number, "ada", 1);
            let commit = Commit {
                writes: sample::new_submission(submission.clone()).to_vec(),
                events: vec![sample::event(number)],
            };
            store.commit(commit).await.unwrap();
            let stored = store.submission(submission.id).await.unwrap();
            assert_eq!(stored.unwrap().value, submission);
            assert!(store.answer(submission.id).await.unwrap().is_some());
            // Whatever the log shows is there, with everything that was committed with it.
            for event in store.events(Cursor(0), 1_000).await.unwrap() {
                let id = SubmissionId(event.recorded.id.0);
                assert!(store.answer(id).await.unwrap().is_some());
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    let of_content = Some(ContentId(uuid(1)));
    let page = PageRequest {
        limit: 100,
        ..PageRequest::default()
    };
    let ada = sample::user("ada");
    let listed = store.submissions(&ada, of_content, page);
    assert_eq!(listed.await.unwrap().items.len() as u64, TASKS);
}

pub(super) async fn a_caller_that_leaves_breaks_nothing(store: Arc<dyn Store>) {
    let content = sample::new_content(sample::content(1, "one", "text"));
    write(&*store, vec![content]).await.unwrap();
    let mut tasks = JoinSet::new();
    for number in 10..10 + 4 * TASKS {
        let store = Arc::clone(&store);
        tasks.spawn(async move {
            let commit = Commit {
                writes: sample::new_submission(sample::submission(number, "ada", 1)).to_vec(),
                events: vec![sample::event(number)],
            };
            store.commit(commit).await.unwrap();
        });
        if number % 3 == 0 {
            // Those that were started so far and are not done are dropped where they wait.
            tokio::task::yield_now().await;
            tasks.abort_all();
        }
    }
    while tasks.join_next().await.is_some() {}
    // The store still takes commits, and each one that was dropped is there whole or not at all,
    // though some may be on their way yet: what was there before the log was read is in the log,
    // and what is in the log is there after it.
    credit(&*store, 1).await;
    let numbers = 10..10 + 4 * TASKS;
    let mut before = Vec::new();
    for number in numbers.clone() {
        let id = SubmissionId(uuid(number));
        if store.submission(id).await.unwrap().is_some() {
            before.push(number);
        }
    }
    let events = store.events(Cursor(0), 1_000).await.unwrap();
    let logged = |number: &u64| {
        let id = uuid(*number);
        events.iter().any(|event| event.recorded.id.0 == id)
    };
    assert!(before.iter().all(logged), "{before:?}");
    for number in numbers.filter(logged) {
        let id = SubmissionId(uuid(number));
        let stored = store.submission(id).await.unwrap();
        assert!(stored.is_some(), "submission {number}");
        let answer = store.answer(id).await.unwrap();
        assert!(answer.is_some(), "answer {number}");
    }
}
