//! SU-1: what programs can't judge waits for a person.

use polycode_core::EngineError;
use polycode_core::catalogue::ContentDraft;
use polycode_core::engine::ReviewSubmission;
use polycode_core::id::{ContentId, SubmissionId};
use polycode_core::judging::{JudgingState, Mark, Marks, Remark, Verdict};
use polycode_core::permission::{Actor, Role};
use polycode_core::port::PageRequest;
use polycode_core::quantity::{Cursor, Points, Score};
use serde_json::json;

use crate::world::{HOST, World, draft, program, submit, user};

/// A program that writes 5 (weight 1), and whose style a person marks (weight 1).
fn reviewed() -> ContentDraft {
    let levels = json!([{"text": "no", "points": 0}, {"text": "yes", "points": 6}]);
    draft(
        "style",
        &json!([{"id": "code", "kind": "code_editor", "languages": {"python": {}}, "validators": [
            {"id": "writes", "kind": "output", "expected": "5"},
            {"id": "style", "kind": "manual", "criteria": [
                {"id": "clear", "text": "Is it clear?", "points": 6, "levels": levels},
                {"id": "short", "text": "Is it short?", "points": 2},
            ]},
        ]}]),
    )
}

fn teacher() -> Actor {
    Actor::user(user("grace")).with(Role::ContentCreator)
}

fn review(submission: SubmissionId, points: &[(&str, u32)]) -> ReviewSubmission {
    let mark = |(criterion, points): &(&str, u32)| Mark {
        criterion: criterion.parse().unwrap(),
        points: *points,
    };
    ReviewSubmission {
        submission,
        marks: vec![Marks {
            validator: "style".parse().unwrap(),
            marks: points.iter().map(mark).collect(),
        }],
        comment: "canary: well done, Ada".to_owned(),
        remarks: vec![Remark {
            validator: "style".parse().unwrap(),
            criterion: "short".parse().unwrap(),
            text: "canary: could be shorter".to_owned(),
        }],
    }
}

async fn answered(world: &World, script: &str) -> (ContentId, SubmissionId) {
    let content = world.publish(reviewed()).await.value.id;
    let answer = submit("ada", content, program(script));
    let outcome = world.engine.submit(&HOST, answer).await.unwrap();
    let waits = matches!(
        outcome.submission.judging,
        JudgingState::AwaitingReview { .. }
    );
    assert!(waits, "{outcome:?}");
    assert_eq!(outcome.feedback.verdict, Verdict::AwaitingReview);
    assert_eq!((outcome.awarded, outcome.balance), (Points(0), Points(0)));
    (content, outcome.submission.id)
}

#[tokio::test]
async fn su_1_a_person_marks_what_programs_cannot_judge() {
    let world = World::new();
    let (content, id) = answered(&world, "5").await;
    let seen = world.engine.feedback(&HOST, id).await.unwrap().unwrap();
    let verdicts: Vec<_> = seen.validators.iter().map(|v| v.verdict).collect();
    assert_eq!(verdicts, [Verdict::Passed, Verdict::AwaitingReview]);
    // No worker tries it again.
    assert_eq!(world.store.pending(10).await.unwrap(), []);
    assert_eq!(world.engine.grade_pending(10).await.unwrap(), 0);
    let again = world.engine.grade(id).await.unwrap_err();
    assert_eq!(again.code(), "wrong_state");
    let list = world
        .engine
        .submissions_to_review(&teacher(), content, PageRequest::default())
        .await;
    let list: Vec<_> = list.unwrap().items.iter().map(|t| t.submission).collect();
    assert_eq!(list, [id]);

    let graded = world
        .engine
        .review(&teacher(), review(id, &[("clear", 6), ("short", 0)]))
        .await
        .unwrap();

    let score = Score::try_from(875_000).unwrap();
    assert!(matches!(graded.judging, JudgingState::Graded { score: s, .. } if s == score));
    let feedback = world.engine.feedback(&HOST, id).await.unwrap().unwrap();
    assert_eq!(feedback.comment.as_deref(), Some("canary: well done, Ada"));
    assert_eq!(feedback.remarks.len(), 1);
    assert_eq!(feedback.validators[1].marks.len(), 2);
    let wallet = world.engine.wallet(&HOST, &user("ada")).await.unwrap();
    assert_eq!(wallet.balance, Points(87));
    let list = world
        .engine
        .submissions_to_review(&teacher(), content, PageRequest::default())
        .await;
    assert_eq!(list.unwrap().items, []);
    let events = world.engine.events(&HOST, Cursor(0), 100).await.unwrap();
    let log = serde_json::to_string(&events).unwrap();
    assert!(!log.contains("canary"), "comments are personal");
    let twice = world.engine.review(&teacher(), review(id, &[])).await;
    assert_eq!(twice.unwrap_err().code(), "already_graded");
}

#[tokio::test]
async fn su_1_marks_are_refused_from_others_and_when_they_break_the_rubric() {
    let world = World::new();
    let (content, id) = answered(&world, "5").await;
    let good = [("clear", 6), ("short", 1)];
    let learner = Actor::user(user("bob"));
    let ada = Actor::user(user("ada")).with(Role::ContentCreator);
    let codes = [
        world
            .engine
            .review(&Actor::guest(), review(id, &good))
            .await,
        world.engine.review(&learner, review(id, &good)).await,
        world.engine.review(&ada, review(id, &good)).await,
    ]
    .map(|result| result.unwrap_err().code());
    assert_eq!(codes, ["not_allowed", "not_found", "not_allowed"]);
    let list = world
        .engine
        .submissions_to_review(&learner, content, PageRequest::default())
        .await;
    assert_eq!(list.unwrap_err().code(), "not_found");
    for bad in [&[("clear", 3), ("short", 1)][..], &[("clear", 6)], &[]] {
        let error = world.engine.review(&teacher(), review(id, bad)).await;
        let EngineError::Refused(refusal) = error.unwrap_err() else {
            panic!("not refused");
        };
        assert_eq!(refusal.code(), "invalid");
    }
    let stored = world.engine.submission(&HOST, id).await.unwrap();
    assert!(matches!(
        stored.judging,
        JudgingState::AwaitingReview { .. }
    ));
}

#[tokio::test]
async fn su_1_a_program_that_is_none_needs_no_person() {
    let world = World::new();
    let content = world.publish(reviewed()).await.value.id;
    let answer = submit("ada", content, program("rejected"));
    let outcome = world.engine.submit(&HOST, answer).await.unwrap();
    assert_eq!(outcome.feedback.verdict, Verdict::CompileError);
    assert!(outcome.submission.is_graded());
}

#[tokio::test]
async fn su_1_a_free_answer_is_marked_and_paid() {
    let world = World::new();
    let essay = draft(
        "essay",
        &json!([{"id": "essay", "kind": "free_answer", "question": "Why?", "validators": [
            {"id": "marked", "kind": "manual", "criteria": [
                {"id": "depth", "text": "Is it deep?", "points": 4},
            ]},
        ]}]),
    );
    let content = world.publish(essay).await.value.id;
    let wire = json!({"user": "ada", "content": content, "component": "essay",
        "answer": {"kind": "text", "text": "Because."}});
    let ada = Actor::user(user("ada"));
    let answer = serde_json::from_value(wire).unwrap();
    let outcome = world.engine.submit(&ada, answer).await.unwrap();
    assert_eq!(outcome.feedback.verdict, Verdict::AwaitingReview);
    let id = outcome.submission.id;
    let review = serde_json::from_value(json!({"submission": id, "marks": [
        {"validator": "marked", "marks": [{"criterion": "depth", "points": 3}]},
    ]}));
    let graded = world
        .engine
        .review(&teacher(), review.unwrap())
        .await
        .unwrap();
    let score = Score::ratio(3, 4);
    assert!(matches!(graded.judging, JudgingState::Graded { score: s, .. } if s == score));
    let progress = world
        .engine
        .progress(&ada, &user("ada"), content)
        .await
        .unwrap();
    assert_eq!((progress.score, progress.paid), (score, Points(75)));
}
