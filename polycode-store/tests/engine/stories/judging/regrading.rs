//! SU-1: what was answered is judged again after an author fixed a validator.

use polycode_core::id::{ContentId, SubmissionId};
use polycode_core::judging::{JudgingState, Regrade, RegradeCounts, RegradeEvent, RegradeStatus};
use polycode_core::permission::{Actor, Role};
use polycode_core::port::PageRequest;
use polycode_core::quantity::{Cursor, Points, Score, Version};
use serde_json::json;

use crate::world::{HOST, Trouble, World, draft, program, submit, user};

fn author() -> Actor {
    Actor::user(user("grace")).with(Role::ContentCreator)
}

fn expecting(expected: &str) -> polycode_core::catalogue::ContentDraft {
    draft(
        "squares",
        &json!([{"id": "code", "kind": "code_editor", "languages": {"python": {}}, "validators": [
            {"id": "writes", "kind": "output", "expected": expected},
        ]}]),
    )
}

async fn answer(world: &World, content: ContentId, name: &str, script: &str) -> SubmissionId {
    let answer = submit(name, content, program(script));
    world
        .engine
        .submit(&HOST, answer)
        .await
        .unwrap()
        .submission
        .id
}

/// Ada, Bob and Cleo answered a content whose validator was wrong and is now fixed.
async fn fixed(world: &World) -> (ContentId, [SubmissionId; 3]) {
    let content = world.publish(expecting("6")).await.value.id;
    let ids = [
        answer(world, content, "ada", "5").await,
        answer(world, content, "bob", "6").await,
        answer(world, content, "cleo", "7").await,
    ];
    let fixed = expecting("5");
    let version = world
        .engine
        .update_content(&HOST, content, Version::FIRST, fixed);
    assert_eq!(version.await.unwrap().version, Version(2));
    (content, ids)
}

async fn score(world: &World, id: SubmissionId) -> (Version, Score) {
    let submission = world.engine.submission(&HOST, id).await.unwrap();
    let JudgingState::Graded { score, .. } = submission.judging else {
        panic!("{submission:?}");
    };
    (submission.content_version, score)
}

async fn balance(world: &World, name: &str) -> Points {
    world
        .engine
        .wallet(&HOST, &user(name))
        .await
        .unwrap()
        .balance
}

/// What the log says of a regrade.
async fn told(world: &World) -> Option<Regrade> {
    let mut told: Option<Regrade> = None;
    for logged in world.engine.events(&HOST, Cursor(0), 1_000).await.unwrap() {
        if let polycode_core::event::Event::Regrade(event) = logged.recorded.event {
            told = match &event {
                RegradeEvent::Started { .. } => Regrade::begin(&event),
                _ => told.map(|regrade| regrade.apply(&event)),
            };
        }
    }
    told
}

#[tokio::test]
async fn su_1_answers_are_judged_again_after_a_validator_was_fixed() {
    let world = World::new();
    let (content, [ada, bob, cleo]) = fixed(&world).await;
    let late = submit("dan", content, program("5"));
    let late = world.engine.receive(&HOST, late).await.unwrap();
    let regrade = world.engine.regrade(&author(), content, Version(1)).await;
    let regrade = regrade.unwrap();
    let second = world.engine.regrade(&author(), content, Version(1)).await;
    assert_eq!(second.unwrap_err().code(), "already_done");

    // It goes on in steps, whoever takes them.
    let step = world.engine.continue_regrade(regrade.id, 1).await.unwrap();
    assert_eq!((step.is_running(), step.counts.raised), (true, 1));
    assert_eq!(told(&world).await, Some(step));
    let (one, other) = tokio::join!(
        world.engine.continue_regrade(regrade.id, 100),
        world.engine.continue_regrade(regrade.id, 100),
    );
    let (one, _) = (one.unwrap(), other.unwrap());

    let counts = RegradeCounts {
        raised: 1,
        lowered: 1,
        same: 1,
        left_out: 1,
        failed: 0,
    };
    assert_eq!(one.counts, counts);
    assert!(matches!(one.status, RegradeStatus::Finished { .. }));
    assert_eq!(told(&world).await, Some(one));
    assert_eq!(score(&world, ada).await, (Version(2), Score::FULL));
    assert_eq!(score(&world, bob).await, (Version(2), Score::ZERO));
    assert_eq!(score(&world, cleo).await, (Version(2), Score::ZERO));
    assert!(
        !world
            .engine
            .submission(&HOST, late)
            .await
            .unwrap()
            .is_graded()
    );
    // The better grade pays, the worse one takes nothing back.
    assert_eq!(balance(&world, "ada").await, Points(100));
    assert_eq!(balance(&world, "bob").await, Points(100));
    let progress = world
        .engine
        .progress(&HOST, &user("bob"), content)
        .await
        .unwrap();
    assert!(progress.is_completed());
    let both = world
        .engine
        .regraded(&author(), regrade.id, PageRequest::default())
        .await;
    let both: Vec<_> = both.unwrap().items;
    let grades: Vec<_> = both
        .iter()
        .map(|both| (both.submission, both.before.score, both.after.score))
        .collect();
    let expected = [
        (ada, Score::ZERO, Score::FULL),
        (bob, Score::FULL, Score::ZERO),
        (cleo, Score::ZERO, Score::ZERO),
    ];
    assert_eq!(grades, expected);
    // Once more: nothing is left to judge, and nothing is paid twice.
    let again = world.engine.regrade(&author(), content, Version(1)).await;
    let again = world.engine.continue_regrade(again.unwrap().id, 100).await;
    assert_eq!(again.unwrap().counts.left_out, 4);
    assert_eq!(balance(&world, "ada").await, Points(100));
}

#[tokio::test]
async fn su_1_a_regrade_waits_for_the_sandbox_and_keeps_grades_it_cannot_judge() {
    let world = World::new();
    let (content, [ada, ..]) = fixed(&world).await;
    let regrade = world.engine.regrade(&author(), content, Version(1)).await;
    let id = regrade.unwrap().id;
    world.sandbox.has(Trouble::Busy);
    let error = world.engine.continue_regrade(id, 10).await.unwrap_err();
    assert!(error.is_temporary());
    world.sandbox.has(Trouble::Broken);
    let step = world.engine.continue_regrade(id, 1).await.unwrap();
    assert!(step.is_running());
    assert_eq!(score(&world, ada).await, (Version(1), Score::ZERO));
    world.sandbox.has(None);
    let done = world.engine.continue_regrade(id, 10).await.unwrap();
    let counts = (done.counts.failed, done.counts.lowered, done.counts.same);
    assert_eq!((done.is_running(), counts), (false, (1, 1, 1)));
    assert!(world.engine.tick().await.unwrap().is_idle());
}

#[tokio::test]
async fn su_1_only_those_who_may_grade_start_a_regrade() {
    let world = World::new();
    let (content, _) = fixed(&world).await;
    for actor in [Actor::guest(), Actor::user(user("ada"))] {
        let refused = world.engine.regrade(&actor, content, Version(1)).await;
        assert_eq!(refused.unwrap_err().code(), "not_found");
        let page = PageRequest::default();
        let refused = world.engine.regrades(&actor, content, page).await;
        assert_eq!(refused.unwrap_err().code(), "not_found");
    }
    let newest = world.engine.regrade(&author(), content, Version(2)).await;
    assert_eq!(newest.unwrap_err().code(), "invalid");
    let service = world
        .engine
        .regrade(&Actor::service(), content, Version(1))
        .await;
    assert_eq!(service.unwrap().by, None);
}
