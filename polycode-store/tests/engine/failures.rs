//! When the sandbox fails, it is never the learner's fault, and nothing is lost.

use polycode_core::EngineError;
use polycode_core::judging::JudgingState;
use polycode_core::port::PageRequest;
use polycode_core::quantity::Points;

use crate::world::{HOST, Trouble, World, exercise, program, submit, user};

#[tokio::test]
async fn a_busy_sandbox_leaves_the_submission_to_be_graded_later() {
    let world = World::new();
    let content = world.publish(exercise("squares")).await.value.id;
    world.sandbox.has(Trouble::Busy);
    let error = world
        .engine
        .submit(&HOST, submit("ada", content, program("5 25")))
        .await
        .unwrap_err();
    assert_eq!((error.code(), error.is_temporary()), ("busy", true));
    let pending = world.store.pending(10).await.unwrap();
    assert_eq!(pending.len(), 1);
    // Still busy: nothing is graded, nothing is lost.
    assert_eq!(world.engine.grade_pending(10).await.unwrap(), 0);
    assert_eq!(world.store.pending(10).await.unwrap(), pending);

    world.sandbox.has(None);
    assert_eq!(world.engine.grade_pending(10).await.unwrap(), 1);

    assert_eq!(world.store.pending(10).await.unwrap(), []);
    assert!(
        world
            .engine
            .submission(&HOST, pending[0])
            .await
            .unwrap()
            .is_graded()
    );
    let wallet = world.engine.wallet(&HOST, &user("ada")).await.unwrap();
    assert_eq!(wallet.balance, Points(100));
}

#[tokio::test]
async fn pending_submissions_are_graded_oldest_first_and_no_more_than_asked() {
    let world = World::new();
    let content = world.publish(exercise("squares")).await.value.id;
    let mut received = Vec::new();
    for name in ["ada", "bob", "cleo"] {
        let answer = submit(name, content, program("5 25"));
        received.push(world.engine.receive(&HOST, answer).await.unwrap());
    }
    assert_eq!(world.store.pending(10).await.unwrap(), received);
    assert_eq!(world.engine.grade_pending(2).await.unwrap(), 2);
    assert_eq!(world.store.pending(10).await.unwrap(), received[2..]);
}

#[tokio::test]
async fn a_broken_sandbox_makes_a_submission_ungradable_until_it_is_mended() {
    for (trouble, code) in [
        (Trouble::NotInstalled, "not_installed"),
        (Trouble::Broken, "sandbox_failed"),
    ] {
        let world = World::new();
        let content = world.publish(exercise("squares")).await.value.id;
        world.sandbox.has(trouble);
        let answer = submit("ada", content, program("5 25"));
        let error = world.engine.submit(&HOST, answer).await.unwrap_err();
        assert_eq!((error.code(), error.is_temporary()), (code, false));
        let page = PageRequest::default();
        let all = world
            .engine
            .submissions(&HOST, &user("ada"), None, page)
            .await
            .unwrap();
        let [submission] = &all.items[..] else {
            panic!("{all:?}");
        };
        let ungradable = matches!(submission.judging, JudgingState::Ungradable { .. });
        assert!(ungradable, "{submission:?}");
        assert_eq!(world.store.pending(10).await.unwrap(), []);

        world.sandbox.has(None);
        let outcome = world.engine.grade(submission.id).await.unwrap();

        assert_eq!(outcome.awarded, Points(100));
        let again = world.engine.grade(submission.id).await.unwrap_err();
        assert!(matches!(again, EngineError::Refused(_)), "{again}");
        assert_eq!(again.code(), "already_graded");
    }
}

#[tokio::test]
async fn a_question_is_graded_even_when_no_program_can_run() {
    let world = World::new();
    world.sandbox.has(Trouble::Broken);
    let content = world
        .publish(crate::world::question("colours"))
        .await
        .value
        .id;
    let answer = submit("ada", content, crate::world::choice(&["a", "b"]));
    let outcome = world.engine.submit(&HOST, answer).await.unwrap();
    assert_eq!(outcome.awarded, Points(100));
}
