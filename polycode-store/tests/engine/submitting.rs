//! From an answer to its grade.

use polycode_core::EngineError;
use polycode_core::engine::{Outcome, RunValidator, Submit};
use polycode_core::id::SubmissionId;
use polycode_core::judging::{JudgingState, Verdict};
use polycode_core::port::{Ids, PageRequest};
use polycode_core::quantity::{Cursor, Points, Score, Version};
use polycode_core::refusal::Refusal;
use polycode_store::RandomIds;
use serde_json::json;

use crate::world::{HOST, World, choice, draft, exercise, page, program, question, submit, user};

#[tokio::test]
async fn a_right_answer_is_judged_graded_paid_and_recorded() {
    let world = World::new();
    let content = world.publish(exercise("squares")).await.value.id;

    let outcome = world
        .engine
        .submit(&HOST, submit("ada", content, program("5 25")))
        .await
        .unwrap();

    assert_eq!(outcome.feedback.verdict, Verdict::Passed);
    assert_eq!(
        (outcome.awarded, outcome.balance),
        (Points(100), Points(100))
    );
    assert_eq!(outcome.progress.score, Score::FULL);
    let stored = world
        .engine
        .submission(&HOST, outcome.submission.id)
        .await
        .unwrap();
    assert_eq!(stored, outcome.submission);
    let JudgingState::Graded { passed, score, .. } = stored.judging else {
        panic!("{stored:?}");
    };
    assert_eq!((passed, score), (true, Score::FULL));
    let progress = world
        .engine
        .progress(&HOST, &user("ada"), content)
        .await
        .unwrap();
    assert_eq!(progress, outcome.progress);
    assert!(progress.is_completed());
    let entries = world
        .engine
        .entries(&HOST, &user("ada"), PageRequest::default())
        .await
        .unwrap();
    assert_eq!(
        entries.items.iter().map(|e| e.points).collect::<Vec<_>>(),
        [Points(100)]
    );
    let events = world.engine.events(&HOST, Cursor(0), 100).await.unwrap();
    let told: Vec<_> = events
        .iter()
        .map(|logged| {
            let event = serde_json::to_value(&logged.recorded.event).unwrap();
            format!("{} {}", event["subject"], event["event"]["type"]).replace('"', "")
        })
        .collect();
    assert_eq!(
        told,
        [
            "content published",
            "submission received",
            "submission graded",
            "progress advanced",
            "progress completed",
            "progress rewarded",
            "wallet credited",
        ]
    );
}

#[tokio::test]
async fn a_wrong_answer_and_a_program_that_is_none_earn_nothing() {
    let world = World::new();
    let content = world.publish(exercise("squares")).await.value.id;
    let cases = [
        ("6 24", Verdict::WrongAnswer),
        ("rejected", Verdict::CompileError),
    ];
    for (script, verdict) in cases {
        let outcome = world
            .engine
            .submit(&HOST, submit("ada", content, program(script)))
            .await
            .unwrap();
        assert_eq!(outcome.feedback.verdict, verdict);
        assert_eq!((outcome.awarded, outcome.balance), (Points(0), Points(0)));
        assert!(!outcome.progress.is_completed());
    }
    let wallet = world.store.wallet(&user("ada")).await.unwrap();
    assert_eq!(wallet, None);
}

#[tokio::test]
async fn options_that_are_partly_right_earn_a_part() {
    let world = World::new();
    let content = world.publish(question("colours")).await.value.id;
    let cases: [(&[&str], u64); 6] = [
        (&[], 0),
        (&["c"], 0),
        (&["a", "c"], 0),
        (&["a"], 50),
        (&["a", "b", "d"], 50),
        (&["a", "b"], 100),
    ];
    for (number, (selected, points)) in cases.into_iter().enumerate() {
        let name = format!("user {number}");
        let answer = submit(&name, content, choice(selected));
        let outcome = world.engine.submit(&HOST, answer).await.unwrap();
        assert_eq!(outcome.awarded, Points(points), "{selected:?}");
    }
}

#[tokio::test]
async fn a_hidden_validator_looks_like_one_that_is_not_there() {
    let world = World::new();
    let content = world.publish(exercise("squares")).await.value.id;
    let run = |validator: &str| {
        let run = RunValidator {
            content,
            component: "code".parse().unwrap(),
            validator: validator.parse().unwrap(),
            answer: program("5 25"),
        };
        world.engine.run_validator(&HOST, run)
    };
    let seen = run("writes").await.unwrap();
    assert_eq!(seen.verdict, Verdict::Passed);
    let runs = world.sandbox.runs();
    let [hidden, absent] = [run("gives").await, run("given").await];
    let [hidden, absent] = [hidden, absent].map(|result| match result {
        Err(EngineError::Refused(refusal @ Refusal::NotFound { .. })) => refusal.to_string(),
        other => panic!("{other:?}"),
    });
    assert_eq!(hidden.replace("gives", "given"), absent);
    assert_eq!(world.sandbox.runs(), runs, "neither was run");
    // Trying an answer leaves nothing behind.
    let page = PageRequest::default();
    let submissions = world
        .store
        .submissions(&user("ada"), None, page)
        .await
        .unwrap();
    assert_eq!(submissions.items, []);
}

#[tokio::test]
async fn an_answer_is_judged_by_the_version_it_was_given_to() {
    let world = World::new();
    let content = world.publish(exercise("squares")).await.value.id;
    let early = submit("ada", content, program("5 25"));
    let early = world.engine.receive(&HOST, early).await.unwrap();
    let harder = draft(
        "squares",
        &json!([{"id": "code", "kind": "code_editor", "languages": {"python": {}}, "validators": [
            {"id": "writes", "kind": "output", "expected": "6"},
        ]}]),
    );
    let version = world
        .engine
        .update_content(&HOST, content, Version::FIRST, harder)
        .await
        .unwrap();
    assert_eq!(version.version, Version(2));

    let late = world
        .engine
        .submit(&HOST, submit("bob", content, program("5 25")))
        .await
        .unwrap();
    let early = world.engine.grade(early).await.unwrap();

    assert_eq!(early.feedback.verdict, Verdict::Passed);
    assert_eq!(early.submission.content_version, Version::FIRST);
    assert_eq!(late.feedback.verdict, Verdict::WrongAnswer);
    assert_eq!(late.submission.content_version, Version(2));
}

#[tokio::test]
async fn an_answer_that_does_not_fit_is_refused_and_not_kept() {
    let world = World::new();
    let content = world.publish(exercise("squares")).await.value.id;
    let mut no_component = submit("ada", content, program("5"));
    no_component.component = "root".parse().unwrap();
    let mut wrong_kind = submit("ada", content, choice(&["a"]));
    wrong_kind.component = "code".parse().unwrap();
    for answer in [no_component, wrong_kind] {
        let error = world.engine.submit(&HOST, answer).await.unwrap_err();
        assert_eq!(error.code(), "invalid");
    }
    assert_eq!(world.store.pending(10).await.unwrap(), []);
    let events = world.store.events(Cursor(1), 10).await.unwrap();
    assert_eq!(events, [], "only the content was published");
}

#[tokio::test]
async fn a_page_that_no_list_gave_is_refused() {
    let world = World::new();
    let after = || PageRequest {
        after: Some("nonsense".to_owned()),
        ..PageRequest::default()
    };
    let ada = user("ada");
    let submissions = world
        .engine
        .submissions(&HOST, &ada, None, after())
        .await
        .unwrap_err();
    let entries = world
        .engine
        .entries(&HOST, &ada, after())
        .await
        .unwrap_err();
    for error in [submissions, entries] {
        assert_eq!(error.code(), "invalid", "{error}");
        assert_eq!(error.problems()[0].field, "after");
    }
}

#[tokio::test]
async fn an_answer_that_is_sent_again_with_its_id_is_taken_once() {
    let world = World::new();
    let mut draft = serde_json::to_value(exercise("squares")).unwrap();
    draft["root"]["components"][0]["rules"] = json!({"maxAttempts": 1});
    let draft = serde_json::from_value(draft).unwrap();
    let content = world.publish(draft).await.value.id;
    let id = Some(SubmissionId(RandomIds.next()));
    let answer = Submit {
        id,
        ..submit("ada", content, program("5 25"))
    };
    // Before it is judged, after it, and when the content takes no more answers.
    let first = world.engine.receive(&HOST, answer.clone()).await.unwrap();
    assert_eq!(Some(first), id);
    let again = world.engine.receive(&HOST, answer.clone()).await.unwrap();
    let outcome = world.engine.submit(&HOST, answer.clone()).await.unwrap();
    assert_eq!((again, outcome.submission.id), (first, first));
    assert_eq!(outcome.awarded, Points(100));
    let events = world.store.events(Cursor(0), 100).await.unwrap();
    let runs = world.sandbox.runs();
    let replayed = world.engine.submit(&HOST, answer.clone()).await.unwrap();
    let nothing_new = Outcome {
        awarded: Points(0),
        ..outcome
    };
    assert_eq!(replayed, nothing_new);
    assert_eq!(world.sandbox.runs(), runs);
    let after = world.store.events(Cursor(0), 100).await.unwrap();
    assert_eq!(after.len(), events.len());
    let ada = user("ada");
    let own = world.engine.submissions(&HOST, &ada, None, page()).await;
    assert_eq!(own.unwrap().items.len(), 1);
}

#[tokio::test]
async fn an_answer_that_waits_for_a_person_can_be_sent_again() {
    let world = World::new();
    let components = json!([{"id": "code", "kind": "code_editor", "languages": {"python": {}},
        "validators": [{"id": "style", "kind": "manual", "criteria": [
            {"id": "clear", "text": "Is it clear?", "points": 4}]}]}]);
    let content = world.publish(draft("essay", &components)).await.value.id;
    let answer = Submit {
        id: Some(SubmissionId(RandomIds.next())),
        ..submit("ada", content, program("5"))
    };
    let first = world.engine.submit(&HOST, answer.clone()).await.unwrap();
    assert_eq!(first.feedback.verdict, Verdict::AwaitingReview);
    let again = world.engine.submit(&HOST, answer).await.unwrap();
    assert_eq!(again, first);
}

#[tokio::test]
async fn the_id_of_another_answer_is_refused_and_tells_nothing() {
    let world = World::new();
    let content = world.publish(exercise("squares")).await.value.id;
    let other = world.publish(exercise("cubes")).await.value.id;
    let id = Some(SubmissionId(RandomIds.next()));
    let given = |name: &str, content, script: &str| Submit {
        id,
        ..submit(name, content, program(script))
    };
    let first = given("ada", content, "5 25");
    world.engine.submit(&HOST, first).await.unwrap();
    let refused = [
        given("eve", content, "5 25"),
        given("ada", other, "5 25"),
        given("ada", content, "5 24"),
    ];
    let mut told = Vec::new();
    for answer in refused {
        let error = world.engine.submit(&HOST, answer).await.unwrap_err();
        assert_eq!(error.code(), "already_done");
        told.push(error.to_string());
    }
    told.dedup();
    assert_eq!(told, ["another answer was given this id already"]);
    let eve = user("eve");
    let own = world.engine.submissions(&HOST, &eve, None, page()).await;
    assert_eq!(own.unwrap().items, []);
    // Ids are in the order of time, which only those of version 7 are.
    let unordered = Submit {
        id: Some(SubmissionId(uuid::Uuid::nil())),
        ..submit("eve", content, program("5 25"))
    };
    let error = world.engine.submit(&HOST, unordered).await.unwrap_err();
    assert_eq!(error.problems()[0].field, "id");
}
