//! SU-1, SU-2: answers are judged in groups, as often as their author allows, and what is hidden
//! stays hidden.

use polycode_core::EngineError;
use polycode_core::catalogue::ContentDraft;
use polycode_core::engine::{Outcome, RunValidator, Submit};
use polycode_core::id::ContentId;
use polycode_core::judging::feedback::HiddenCount;
use polycode_core::judging::{JudgingState, Verdict};
use polycode_core::port::PageRequest;
use polycode_core::quantity::{Points, Score, Version};
use serde_json::{Value, json};

use crate::world::{HOST, Trouble, World, choice, draft, exercise, program, submit, user};

fn editor(rules: &Value, validators: &Value) -> ContentDraft {
    draft(
        "squares",
        &json!([{"id": "code", "kind": "code_editor", "languages": {"python": {}},
                 "rules": rules, "validators": validators}]),
    )
}

async fn judged(world: &World, content: ContentId, script: &str) -> Outcome {
    let answer = submit("ada", content, program(script));
    world.engine.submit(&HOST, answer).await.unwrap()
}

#[tokio::test]
async fn su_1_a_group_that_depends_on_a_failed_one_is_skipped() {
    let world = World::new();
    let content = world
        .publish(editor(
            &json!({"groups": [{"id": "hard", "dependsOn": ["easy"]}, {"id": "easy"}]}),
            &json!([
                {"id": "gives", "kind": "function", "name": "square", "args": [5],
                 "expected": 25, "group": "hard", "weight": 3},
                {"id": "writes", "kind": "output", "expected": "5", "group": "easy"},
            ]),
        ))
        .await
        .value
        .id;
    let failed = judged(&world, content, "6 25").await;
    let verdicts: Vec<_> = failed
        .feedback
        .validators
        .iter()
        .map(|v| v.verdict)
        .collect();
    assert_eq!(verdicts, [Verdict::Skipped, Verdict::WrongAnswer]);
    assert_eq!(failed.feedback.verdict, Verdict::WrongAnswer);
    assert_eq!(failed.feedback.score, Score::ZERO);
    let report = world
        .engine
        .report(&HOST, failed.submission.id)
        .await
        .unwrap();
    let skipped = &report.unwrap().judgements[0];
    assert_eq!(skipped.evidence, None, "it was not run");
    let half = judged(&world, content, "5 24").await;
    assert_eq!(half.feedback.score, Score::ratio(1, 4));
    let right = judged(&world, content, "5 25").await;
    assert_eq!(right.feedback.verdict, Verdict::Passed);
    assert_eq!(right.awarded, Points(100));
}

#[tokio::test]
async fn su_1_groups_that_make_no_sense_are_refused_by_name() {
    let world = World::new();
    let refused = async |rules: Value, validators: Value| {
        let error = world
            .engine
            .create_content(&HOST, editor(&rules, &validators));
        let error = error.await.unwrap_err();
        error.problems()[0].field.clone()
    };
    let one = json!([{"id": "v", "kind": "output", "group": "a"}]);
    let field = "component code";
    assert_eq!(
        refused(json!({}), one.clone()).await,
        format!("{field}.validators[0].group")
    );
    let circle =
        json!({"groups": [{"id": "a", "dependsOn": ["b"]}, {"id": "b", "dependsOn": ["a"]}]});
    assert_eq!(
        refused(circle, one.clone()).await,
        format!("{field}.rules.groups[0].dependsOn")
    );
    let never = json!({"groups": [{"id": "a"}], "maxAttempts": 0});
    assert_eq!(
        refused(never, one).await,
        format!("{field}.rules.maxAttempts")
    );
    let tests =
        json!([{"id": "v", "kind": "tests", "files": {"test.py": ""}, "entry": "tests.py"}]);
    assert_eq!(
        refused(json!({}), tests).await,
        format!("{field}.validators[0].entry")
    );
    let checker = json!([{"id": "v", "kind": "checker",
        "checker": {"language": "python", "files": {"answer.txt": ""}}}]);
    assert_eq!(
        refused(json!({}), checker).await,
        format!("{field}.validators[0].checker.files")
    );
}

#[tokio::test]
async fn su_1_an_answer_may_be_given_as_often_as_its_author_allows() {
    let world = World::new();
    let mut draft = exercise("squares");
    let content = world.publish(draft.clone()).await.value.id;
    // What was answered before there was a limit counts as well.
    judged(&world, content, "0 0").await;
    let mut wire = serde_json::to_value(&draft).unwrap();
    wire["root"]["components"][0]["rules"] = json!({"maxAttempts": 3});
    draft = serde_json::from_value(wire).unwrap();
    let updated = world
        .engine
        .update_content(&HOST, content, Version::FIRST, draft);
    updated.await.unwrap();
    let left = async || {
        let code = "code".parse().unwrap();
        let left = world
            .engine
            .attempts_left(&HOST, &user("ada"), content, &code)
            .await;
        left.unwrap().left
    };
    assert_eq!(left().await, Some(2));

    // An attempt that we fail to judge is none.
    world.sandbox.has(Trouble::Broken);
    let answer = || submit("ada", content, program("5 0"));
    world.engine.submit(&HOST, answer()).await.unwrap_err();
    world.sandbox.has(None);
    assert_eq!(left().await, Some(2));
    // Trying the program out is none either.
    let run = RunValidator {
        content,
        component: "code".parse().unwrap(),
        validator: "writes".parse().unwrap(),
        answer: program("5"),
    };
    world.engine.run_validator(&HOST, run).await.unwrap();
    judged(&world, content, "5 0").await;
    // One that waits is one.
    world.engine.receive(&HOST, answer()).await.unwrap();
    assert_eq!(left().await, Some(0));
    let EngineError::Refused(refusal) = world.engine.submit(&HOST, answer()).await.unwrap_err()
    else {
        panic!("not refused");
    };
    assert_eq!(refusal.code(), "limit_reached");
    // Others have their own.
    let other = submit("bob", content, program("5 25"));
    world.engine.submit(&HOST, other).await.unwrap();
}

#[tokio::test]
async fn su_1_of_many_last_answers_at_once_only_one_is_taken() {
    let world = World::new();
    let draft = editor(
        &json!({"maxAttempts": 2}),
        &json!([{"id": "writes", "kind": "output", "expected": "5"}]),
    );
    let content = world.publish(draft).await.value.id;
    let mut tasks = Vec::new();
    for _ in 0..12 {
        let engine = world.engine.clone();
        let answer = submit("ada", content, program("5"));
        tasks.push(tokio::spawn(async move {
            engine.receive(&HOST, answer).await.is_ok()
        }));
    }
    let mut taken = 0;
    for task in tasks {
        taken += u32::from(task.await.unwrap());
    }
    let page = PageRequest::default();
    let stored = world.store.submissions(&user("ada"), None, page).await;
    assert_eq!((taken, stored.unwrap().items.len()), (2, 2));
}

#[tokio::test]
async fn su_1_an_author_may_tell_how_many_validators_are_hidden() {
    let hidden = |hidden: &str| {
        editor(
            &json!({"hidden": hidden}),
            &json!([
                {"id": "writes", "kind": "output", "expected": "5"},
                {"id": "secret", "hidden": true, "kind": "output", "expected": "6"},
                {"id": "other", "hidden": true, "kind": "output", "expected": "5"},
            ]),
        )
    };
    for (rule, count) in [
        ("all_passed", None),
        (
            "count",
            Some(HiddenCount {
                count: 2,
                passed: 1,
            }),
        ),
    ] {
        let world = World::new();
        let content = world.publish(hidden(rule)).await.value.id;
        let feedback = judged(&world, content, "5").await.feedback;
        assert_eq!(
            (feedback.hidden_passed, feedback.hidden),
            (Some(false), count)
        );
        let view = world.engine.content(&HOST, content).await.unwrap();
        let view = serde_json::to_value(&view).unwrap();
        let told = &view["root"]["components"][0]["hiddenCount"];
        assert_eq!(told.as_u64(), count.map(|_| 2));
    }
}

#[tokio::test]
async fn su_2_code_is_tried_against_one_validator_and_a_choice_is_not() {
    let world = World::new();
    let content = world.publish(exercise("squares")).await.value.id;
    let run = |script: &str| RunValidator {
        content,
        component: "code".parse().unwrap(),
        validator: "writes".parse().unwrap(),
        answer: program(script),
    };
    let feedback = world.engine.run_validator(&HOST, run("5 0")).await.unwrap();
    assert_eq!(
        (feedback.verdict, feedback.validators.len()),
        (Verdict::Passed, 1)
    );
    let feedback = world
        .engine
        .run_validator(&HOST, run("6 25"))
        .await
        .unwrap();
    assert_eq!(feedback.verdict, Verdict::WrongAnswer);
    let quiz = world
        .publish(crate::world::question("colours"))
        .await
        .value
        .id;
    let guess = RunValidator {
        content: quiz,
        component: "quiz".parse().unwrap(),
        validator: "right".parse().unwrap(),
        answer: choice(&["a", "b"]),
    };
    let error = world.engine.run_validator(&HOST, guess).await.unwrap_err();
    assert_eq!(
        error.code(),
        "not_found",
        "guessing is no way around attempts"
    );
}

#[tokio::test]
async fn defect_a_run_that_timed_out_never_passes() {
    let world = World::new();
    let content = world.publish(exercise("squares")).await.value.id;
    // Everything it wrote is right.
    let validators = json!([{"id": "writes", "kind": "output", "expected": "endless"}]);
    let endless = world.publish(ContentDraft {
        slug: "endless".parse().unwrap(),
        ..editor(&json!({}), &validators)
    });
    let endless = endless.await.value.id;
    for (content, script) in [(content, "5 endless"), (endless, "endless")] {
        let outcome = judged(&world, content, script).await;
        assert_eq!(outcome.feedback.verdict, Verdict::TimeLimit);
        assert_eq!(
            (outcome.feedback.score, outcome.awarded),
            (Score::ZERO, Points(0))
        );
    }
}

#[tokio::test]
async fn defect_output_without_a_final_newline_passes() {
    for expected in ["5", "5\n", "5\r\n\n"] {
        let world = World::new();
        let validators = json!([{"id": "writes", "kind": "output", "expected": expected}]);
        let content = world
            .publish(editor(&json!({}), &validators))
            .await
            .value
            .id;
        for script in ["5", "5\n"] {
            let outcome = judged(&world, content, script).await;
            assert_eq!(outcome.feedback.verdict, Verdict::Passed, "{script:?}");
        }
    }
}

#[tokio::test]
async fn defect_a_hidden_validators_output_never_leaks() {
    const SECRET: &str = "canary-7c1f";
    let world = World::new();
    let validators = json!([
        {"id": "writes", "kind": "output", "expected": "5"},
        {"id": SECRET, "hidden": true, "kind": "output", "stdin": SECRET, "args": [SECRET],
         "files": {"in.txt": SECRET}, "expected": SECRET},
    ]);
    let content = world
        .publish(editor(&json!({}), &validators))
        .await
        .value
        .id;
    let mut told = Vec::new();
    for script in ["5 25", "5 endless"] {
        let answer = Submit {
            ..submit("ada", content, program(script))
        };
        let outcome = world.engine.submit(&HOST, answer).await.unwrap();
        let id = outcome.submission.id;
        let JudgingState::Graded { .. } = outcome.submission.judging else {
            panic!("{outcome:?}");
        };
        let feedback = world.engine.feedback(&HOST, id).await.unwrap();
        assert_eq!(feedback.as_ref(), Some(&outcome.feedback));
        let view = world.engine.content(&HOST, content).await.unwrap();
        for text in [
            serde_json::to_string(&outcome).unwrap(),
            serde_json::to_string(&feedback).unwrap(),
            serde_json::to_string(&view).unwrap(),
        ] {
            assert!(!text.contains(SECRET), "{text}");
        }
        told.push(outcome.feedback);
    }
    assert_eq!(told[0].verdict, Verdict::WrongAnswer);
    assert_eq!(told[0].hidden_passed, Some(false));
    let report = world
        .engine
        .events(&HOST, polycode_core::quantity::Cursor(0), 100)
        .await;
    let events = serde_json::to_string(&report.unwrap()).unwrap();
    assert!(!events.contains(SECRET), "events tell it");
}
