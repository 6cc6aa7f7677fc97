//! Points: once, however often and however many at a time somebody asks.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use polycode_core::EngineError;
use polycode_core::port::{PageRequest, Store};
use polycode_core::quantity::{Cursor, Points};
use polycode_core::refusal::Refusal;
use polycode_store::{MemoryStore, SqliteStore};
use tokio::task::JoinSet;

use crate::world::{Contended, HOST, World, exercise, program, submit, user};

/// What the ledger has paid to a user, and what their wallet holds.
async fn paid_and_held(world: &World, name: &str) -> (Points, Points) {
    let page = PageRequest {
        limit: 100,
        ..PageRequest::default()
    };
    let entries = world
        .engine
        .entries(&HOST, &user(name), page)
        .await
        .unwrap();
    let paid = entries.items.iter().map(|entry| entry.points.0).sum();
    let held = world
        .engine
        .wallet(&HOST, &user(name))
        .await
        .unwrap()
        .balance;
    (Points(paid), held)
}

/// A world on each kind of store.
async fn worlds(folder: &std::path::Path) -> [World; 2] {
    let sqlite = SqliteStore::open(folder.join("school.db")).await.unwrap();
    [World::new(), World::on(Arc::new(sqlite))]
}

#[tokio::test]
async fn an_improvement_pays_the_difference_and_a_repetition_nothing() {
    let world = World::new();
    let content = world.publish(exercise("squares")).await.value.id;
    // 3 of 4 weights, all of them, again, and worse.
    let cases = [
        ("0 25", 75, 75),
        ("5 25", 25, 100),
        ("5 25", 0, 100),
        ("5 0", 0, 100),
    ];
    for (script, awarded, balance) in cases {
        let outcome = world
            .engine
            .submit(&HOST, submit("ada", content, program(script)))
            .await
            .unwrap();
        let earned = (outcome.awarded, outcome.balance);
        assert_eq!(earned, (Points(awarded), Points(balance)), "{script}");
    }
    assert_eq!(
        paid_and_held(&world, "ada").await,
        (Points(100), Points(100))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_submission_that_is_graded_a_hundred_times_at_once_is_graded_once() {
    let folder = tempfile::tempdir().unwrap();
    for world in worlds(folder.path()).await {
        let content = world.publish(exercise("squares")).await.value.id;
        let answer = submit("ada", content, program("5 25"));
        let id = world.engine.receive(&HOST, answer).await.unwrap();
        let mut tasks = JoinSet::new();
        for _ in 0..100 {
            let engine = world.engine.clone();
            tasks.spawn(async move { engine.grade(id).await });
        }
        let mut graded = 0;
        while let Some(result) = tasks.join_next().await {
            match result.unwrap() {
                Ok(outcome) => {
                    graded += 1;
                    assert_eq!(outcome.awarded, Points(100));
                }
                Err(EngineError::Refused(Refusal::AlreadyGraded)) => {}
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(graded, 1);
        assert_eq!(
            paid_and_held(&world, "ada").await,
            (Points(100), Points(100))
        );
        // Published, received, graded, advanced, completed, rewarded, credited.
        assert_eq!(world.store.events(Cursor(0), 100).await.unwrap().len(), 7);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_submissions_to_one_content_at_once_are_paid_as_one() {
    let folder = tempfile::tempdir().unwrap();
    for world in worlds(folder.path()).await {
        let content = world.publish(exercise("squares")).await.value.id;
        let scripts = ["5 25", "0 25", "5 0", "0 0"];
        let mut tasks = JoinSet::new();
        for script in scripts.into_iter().cycle().take(32) {
            let engine = world.engine.clone();
            let answer = submit("ada", content, program(script));
            tasks.spawn(async move { engine.submit(&HOST, answer).await.unwrap().awarded.0 });
        }
        let awarded: u64 = tasks.join_all().await.into_iter().sum();
        assert_eq!(awarded, 100);
        assert_eq!(
            paid_and_held(&world, "ada").await,
            (Points(100), Points(100))
        );
        assert_eq!(world.store.pending(100).await.unwrap(), []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_contents_at_once_all_pay_into_one_wallet() {
    let folder = tempfile::tempdir().unwrap();
    for world in worlds(folder.path()).await {
        let mut tasks = JoinSet::new();
        for number in 0..32 {
            let content = world.publish(exercise(&format!("content-{number}"))).await;
            let engine = world.engine.clone();
            let answer = submit("ada", content.value.id, program("5 25"));
            tasks.spawn(async move { engine.submit(&HOST, answer).await.unwrap().awarded.0 });
        }
        let awarded: u64 = tasks.join_all().await.into_iter().sum();
        assert_eq!(awarded, 3_200);
        assert_eq!(
            paid_and_held(&world, "ada").await,
            (Points(3_200), Points(3_200))
        );
    }
}

/// A world where the next commits of a grade fail because others were quicker.
fn contended(conflicts: u32) -> (World, Arc<Contended>) {
    let store = Arc::new(Contended {
        inner: MemoryStore::new(),
        conflicts: AtomicU32::new(conflicts),
        tried: AtomicU32::new(0),
    });
    (World::on(Arc::clone(&store) as Arc<dyn Store>), store)
}

#[tokio::test]
async fn a_grade_is_decided_again_when_others_were_quicker() {
    let (world, store) = contended(5);
    let content = world.publish(exercise("squares")).await.value.id;
    let outcome = world
        .engine
        .submit(&HOST, submit("ada", content, program("5 25")))
        .await
        .unwrap();
    assert_eq!(outcome.awarded, Points(100));
    assert_eq!(store.tried.load(Ordering::Relaxed), 6);
    assert_eq!(world.sandbox.runs(), 1, "the program was not run again");
    assert_eq!(
        paid_and_held(&world, "ada").await,
        (Points(100), Points(100))
    );
}

#[tokio::test]
async fn a_grade_that_never_gets_through_is_kept_for_later() {
    let (world, store) = contended(u32::MAX);
    let content = world.publish(exercise("squares")).await.value.id;
    let error = world
        .engine
        .submit(&HOST, submit("ada", content, program("5 25")))
        .await
        .unwrap_err();
    assert!(matches!(error, EngineError::Contended), "{error}");
    assert!(error.is_temporary());
    assert_eq!(world.store.pending(10).await.unwrap().len(), 1);

    store.conflicts.store(0, Ordering::Relaxed);
    assert_eq!(world.engine.grade_pending(10).await.unwrap(), 1);
    assert_eq!(
        paid_and_held(&world, "ada").await,
        (Points(100), Points(100))
    );
}
