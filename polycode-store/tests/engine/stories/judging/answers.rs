//! SU-1: answers of every kind, what they earn, and what they never tell.

use polycode_core::engine::{RunValidator, Submit};
use polycode_core::judging::{Answer, Verdict};
use polycode_core::quantity::{Points, Score};
use serde_json::{Value, json};

use crate::stories::catalogue::{code, learner, published};
use crate::world::{HOST, World, draft, exercise, page, program, submit, user};

fn answer(wire: Value) -> Answer {
    serde_json::from_value(wire).unwrap()
}

#[tokio::test]
async fn su_1_questions_in_words_numbers_and_quizzes_are_answered() {
    let World { engine, .. } = World::new();
    let components = json!([
        {"id": "words", "kind": "short_text", "question": "?",
         "validators": [{"id": "v", "kind": "text", "accepted": ["Bern"]}]},
        {"id": "number", "kind": "number", "question": "?",
         "validators": [{"id": "v", "kind": "number", "value": 1.0, "tolerance": 0.1}]},
        {"id": "both", "kind": "quiz", "questions": [
            {"id": "c", "kind": "choice", "question": "?",
             "options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]},
            {"id": "t", "kind": "text", "question": "?"},
         ], "validators": [
            {"id": "c", "kind": "question", "question": "c",
             "expected": {"kind": "choice", "correct": ["a"]}},
            {"id": "t", "kind": "question", "question": "t", "weight": 3, "hidden": true,
             "expected": {"kind": "text", "accepted": ["x"]}},
        ]},
    ]);
    let id = published(&engine, "ada", draft("quiz", &components)).await;
    let give = |component: &str, wire: Value| {
        engine.submit(
            &HOST,
            Submit {
                id: None,
                user: user("eve"),
                content: id,
                component: component.parse().unwrap(),
                answer: answer(wire),
            },
        )
    };
    let quiz = |c: &str, t: &str| {
        json!({"kind": "quiz", "answers": {
            "c": {"kind": "choice", "selected": [c]}, "t": {"kind": "text", "text": t}}})
    };
    let cases = [
        (
            "words",
            json!({"kind": "text", "text": " bern "}),
            Verdict::Passed,
        ),
        (
            "words",
            json!({"kind": "text", "text": "Basel"}),
            Verdict::WrongAnswer,
        ),
        (
            "number",
            json!({"kind": "number", "value": "1.1"}),
            Verdict::Passed,
        ),
        (
            "number",
            json!({"kind": "number", "value": "1.11"}),
            Verdict::WrongAnswer,
        ),
        (
            "both",
            json!({"kind": "quiz", "answers": {}}),
            Verdict::WrongAnswer,
        ),
        ("both", quiz("a", "y"), Verdict::WrongAnswer),
        ("both", quiz("a", "x"), Verdict::Passed),
    ];
    for (component, wire, verdict) in cases {
        let outcome = give(component, wire.clone()).await.unwrap();
        assert_eq!(outcome.feedback.verdict, verdict, "{wire}");
    }
    assert_eq!(
        engine.wallet(&HOST, &user("eve")).await.unwrap().balance,
        Points(100)
    );
    let misfits = [
        ("words", json!({"kind": "number", "value": "1"})),
        ("words", json!({"kind": "text", "text": "x".repeat(2_001)})),
        ("number", json!({"kind": "number", "value": "one"})),
        ("both", quiz("z", "x")),
        (
            "both",
            json!({"kind": "quiz", "answers": {"z": {"kind": "text", "text": "x"}}}),
        ),
        (
            "both",
            json!({"kind": "quiz", "answers": {"c": {"kind": "text", "text": "a"}}}),
        ),
    ];
    for (component, wire) in misfits {
        assert_eq!(code(give(component, wire).await), "invalid");
    }
}

#[tokio::test]
async fn defect_an_editor_nested_two_levels_deep_earns_its_reward() {
    let World { engine, .. } = World::new();
    let editor = serde_json::to_value(&exercise("x").root).unwrap()["components"].clone();
    let nested = json!([{"id": "outer", "kind": "container", "components": [
        {"id": "inner", "kind": "container", "components": editor}]}]);
    let id = published(&engine, "ada", draft("deep", &nested)).await;
    let outcome = engine
        .submit(&HOST, submit("eve", id, program("5 25")))
        .await
        .unwrap();
    assert_eq!(
        (outcome.awarded, outcome.balance),
        (Points(100), Points(100))
    );
    assert!(outcome.progress.is_completed());
}

#[tokio::test]
async fn defect_one_component_does_not_pay_the_whole_reward() {
    let World { engine, .. } = World::new();
    let one = |id: &str| {
        json!({"id": id, "kind": "short_text", "question": "?",
               "validators": [{"id": "v", "kind": "text", "accepted": ["x"]}]})
    };
    let mut both = draft("both", &json!([one("first"), one("second")]));
    both.pass_mark = Score::FULL;
    let id = published(&engine, "ada", both).await;
    let give = |component: &str| {
        engine.submit(
            &HOST,
            Submit {
                id: None,
                user: user("eve"),
                content: id,
                component: component.parse().unwrap(),
                answer: answer(json!({"kind": "text", "text": "x"})),
            },
        )
    };
    let first = give("first").await.unwrap();
    assert_eq!(
        (first.awarded, first.progress.is_completed()),
        (Points(0), false)
    );
    assert_eq!(give("first").await.unwrap().awarded, Points(0));
    assert_eq!(give("second").await.unwrap().awarded, Points(100));
}

#[tokio::test]
async fn defect_hidden_validators_leak_nothing() {
    const SECRET: &str = "canary-7c1f";
    let World { engine, .. } = World::new();
    let secrets = json!([{"id": "code", "kind": "code_editor", "languages": {"python": {}},
    "validators": [
        {"id": "open", "kind": "output", "expected": "5"},
        {"id": SECRET, "hidden": true, "kind": "output", "stdin": SECRET, "args": [SECRET],
         "expected": SECRET},
        {"id": "canary-7c1f-2", "hidden": true, "kind": "function", "name": "f",
         "args": [SECRET], "expected": SECRET},
    ]}]);
    let id = published(&engine, "ada", draft("secret", &secrets)).await;
    let eve = learner("eve");
    let view = serde_json::to_string(&engine.content(&eve, id).await.unwrap()).unwrap();
    let outcome = engine
        .submit(&HOST, submit("eve", id, program("5 25")))
        .await
        .unwrap();
    let told = [
        view,
        serde_json::to_string(&outcome).unwrap(),
        serde_json::to_string(&engine.feedback(&HOST, outcome.submission.id).await.unwrap())
            .unwrap(),
        serde_json::to_string(
            &engine
                .submission(&HOST, outcome.submission.id)
                .await
                .unwrap(),
        )
        .unwrap(),
        serde_json::to_string(&engine.own_progress(&eve, page()).await.unwrap()).unwrap(),
    ];
    for text in told {
        assert!(!text.contains("canary"), "{text}");
    }
    assert_eq!(outcome.feedback.hidden_passed, Some(false));
    let run = RunValidator {
        content: id,
        component: "code".parse().unwrap(),
        validator: SECRET.parse().unwrap(),
        answer: program("5 25"),
    };
    assert_eq!(code(engine.run_validator(&HOST, run).await), "not_found");
}
