//! What learners do: progress, what was never done, and files in the code editor.

use polycode_core::catalogue::{ContentQuery, ModuleDraft, ModuleKind, ModuleQuery};
use polycode_core::engine::{RunValidator, Submit};
use polycode_core::id::ContentId;
use polycode_core::judging::{Answer, FileName, Verdict};
use polycode_core::permission::Actor;
use polycode_core::polypoints::EntryReason;
use polycode_core::port::PageRequest;
use polycode_core::practice::{Edit, WorkspacePlace};
use polycode_core::quantity::{Points, Score};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::catalogue::{code, creator, learner, module, published, shown};
use crate::world::{HOST, World, draft, exercise, program, submit, user};

fn paying(slug: &str, kind: ModuleKind, reward: u64, pass_mark: u32) -> ModuleDraft {
    ModuleDraft {
        reward: Points(reward),
        pass_mark: Score::try_from(pass_mark).unwrap(),
        ..module(slug, kind)
    }
}

fn page() -> PageRequest {
    PageRequest {
        after: None,
        limit: 100,
    }
}

#[tokio::test]
async fn pr_13_what_was_never_passed_is_listed() {
    let World { engine, .. } = World::new();
    let eve = learner("eve");
    let one = published(&engine, "ada", exercise("one")).await;
    let two = published(&engine, "ada", exercise("two")).await;
    let easy = shown(
        &engine,
        "ada",
        paying("easy", ModuleKind::Practice, 0, 500_000),
        &[one],
    )
    .await;
    let hard = shown(
        &engine,
        "ada",
        paying("hard", ModuleKind::Challenge, 0, 0),
        &[one, two],
    )
    .await;
    engine
        .submit(&HOST, submit("eve", one, program("5 25")))
        .await
        .unwrap();
    // Tried, and not passed.
    engine
        .submit(&HOST, submit("eve", two, program("0 0")))
        .await
        .unwrap();

    let (every, all, guest) = (
        ContentQuery::default(),
        ModuleQuery::default(),
        Actor::guest(),
    );
    let contents = engine.contents_never_done(&eve, &every, page());
    let contents: Vec<_> = contents.await.unwrap().items.iter().map(|c| c.id).collect();
    assert_eq!(contents, [two]);
    let modules = engine.modules_never_done(&eve, &all, page());
    let modules: Vec<_> = modules.await.unwrap().items.iter().map(|m| m.id).collect();
    assert_eq!(modules, [hard]);
    let bob = learner("bob");
    let others = engine.modules_never_done(&bob, &all, page());
    let others: Vec<_> = others.await.unwrap().items.iter().map(|m| m.id).collect();
    assert_eq!(others, [easy, hard]);
    let guest = engine.contents_never_done(&guest, &every, page());
    assert_eq!(code(guest.await), "not_allowed");
}

fn place(content: ContentId) -> WorkspacePlace {
    serde_json::from_value(json!({
        "user": "eve", "content": content, "component": "code", "language": "python",
    }))
    .unwrap()
}

fn name(name: &str) -> FileName {
    FileName::new(name).unwrap()
}

/// An editor with a starter file and a fixed one.
fn editor(slug: &str) -> polycode_core::catalogue::ContentDraft {
    draft(
        slug,
        &json!([{"id": "code", "kind": "code_editor",
            "languages": {"python": {"files": {"main.py": "# here"}, "fixed": {"lib.py": "L = 1"}}},
            "validators": [{"id": "v", "kind": "output", "expected": "5"}]}]),
    )
}

#[tokio::test]
async fn pr_14_a_learner_adds_files_in_the_code_editor() {
    let World { engine, .. } = World::new();
    let eve = learner("eve");
    let id = published(&engine, "ada", editor("sum")).await;
    let begun = engine.workspace(&eve, place(id)).await.unwrap();
    assert_eq!(begun.files[&name("main.py")], "# here");
    let add = |file: &str, text: &str| Edit::Add {
        file: name(file),
        text: text.to_owned(),
    };
    engine
        .edit_workspace(&eve, place(id), add("deep/util.py", "U = 2"))
        .await
        .unwrap();
    let write = Edit::Write {
        file: name("main.py"),
        text: "import util".to_owned(),
    };
    engine.edit_workspace(&eve, place(id), write).await.unwrap();
    let kept = engine.workspace(&eve, place(id)).await.unwrap();
    assert_eq!(kept.files.len(), 2);
    assert_eq!(kept.files[&name("main.py")], "import util");

    let twice = engine.edit_workspace(&eve, place(id), add("deep/util.py", ""));
    assert_eq!(code(twice.await), "invalid");
    let fixed = engine.edit_workspace(&eve, place(id), add("lib.py", ""));
    assert_eq!(code(fixed.await), "not_allowed");
    let huge = engine.edit_workspace(&eve, place(id), add("huge", &"x".repeat(2 << 20)));
    assert_eq!(code(huge.await), "invalid");
    // It is nobody else's.
    for other in [learner("bob"), Actor::guest(), creator("ada")] {
        assert_eq!(code(engine.workspace(&other, place(id)).await), "not_found");
    }
    let mut nowhere = place(id);
    nowhere.language = "cobol".parse().unwrap();
    assert_eq!(code(engine.workspace(&eve, nowhere).await), "not_found");
}

#[tokio::test]
async fn pr_15_a_learner_removes_files_in_the_code_editor() {
    let World { engine, .. } = World::new();
    let eve = learner("eve");
    let id = published(&engine, "ada", editor("sum")).await;
    let remove = |file: &str| Edit::Remove { file: name(file) };
    let edit = |edit: Edit| engine.edit_workspace(&eve, place(id), edit);
    let rename = Edit::Rename {
        file: name("main.py"),
        to: name("start.py"),
    };
    edit(rename).await.unwrap();
    let left = edit(remove("start.py")).await.unwrap();
    assert!(left.files.is_empty());
    assert_eq!(code(edit(remove("start.py")).await), "not_found");
    assert_eq!(code(edit(remove("lib.py")).await), "not_allowed");
    let again = edit(Edit::Reset).await.unwrap();
    assert_eq!(again.files[&name("main.py")], "# here");
}

#[tokio::test]
async fn pr_16_progress_is_followed_in_contents_and_modules() {
    let World { engine, .. } = World::new();
    let (ada, eve) = (creator("ada"), learner("eve"));
    let one = published(&engine, "ada", exercise("one")).await;
    let two = published(&engine, "ada", exercise("two")).await;
    let inner = shown(
        &engine,
        "ada",
        module("inner", ModuleKind::Submodule),
        &[two],
    )
    .await;
    let outer = shown(
        &engine,
        "ada",
        paying("outer", ModuleKind::Practice, 100, 500_000),
        &[one],
    )
    .await;
    engine.place_module(&ada, outer, inner, None).await.unwrap();
    let fresh = engine.own_standing(&eve, outer).await.unwrap();
    assert_eq!((fresh.progress.passed, fresh.progress.contents), (0, 2));

    let first = engine
        .submit(&HOST, submit("eve", one, program("5 25")))
        .await
        .unwrap();
    // Half of the module: 100 for the content, 50 for the module.
    assert_eq!((first.awarded, first.balance), (Points(150), Points(150)));
    let half = engine.own_standing(&eve, outer).await.unwrap();
    assert_eq!(
        (half.progress.passed, half.progress.score.millionths()),
        (1, 500_000)
    );
    assert!(half.progress.is_completed());
    assert_eq!(half.contents.len(), 2);

    let again = engine
        .submit(&HOST, submit("eve", one, program("5 25")))
        .await
        .unwrap();
    assert_eq!(again.awarded, Points(0));
    let second = engine
        .submit(&HOST, submit("eve", two, program("0 25")))
        .await
        .unwrap();
    // Three quarters of the content, and what they add to the module: 37 of 37.5.
    assert_eq!(second.awarded, Points(75 + 37));
    let third = engine
        .submit(&HOST, submit("eve", two, program("5 25")))
        .await
        .unwrap();
    assert_eq!(
        (third.awarded, third.balance),
        (Points(25 + 13), Points(300))
    );
    let all = engine.own_standing(&eve, outer).await.unwrap();
    assert_eq!((all.progress.passed, all.progress.paid), (2, Points(100)));
    let contents = engine.own_progress(&eve, page()).await.unwrap();
    assert_eq!(contents.items.len(), 2);
    assert!(
        contents
            .items
            .iter()
            .all(|item| item.progress.is_completed())
    );
    assert_eq!(
        code(engine.own_progress(&Actor::guest(), page()).await),
        "not_allowed"
    );
}

#[tokio::test]
async fn pr_16_a_challenge_is_passed_with_all_its_contents_only() {
    let World { engine, .. } = World::new();
    let (ada, eve) = (creator("ada"), learner("eve"));
    let one = published(&engine, "ada", exercise("one")).await;
    let two = published(&engine, "ada", exercise("two")).await;
    let goal = paying("hard", ModuleKind::Challenge, 40, 0);
    let hard = shown(&engine, "ada", goal, &[one, two]).await;
    let first = engine
        .submit(&HOST, submit("eve", one, program("5 25")))
        .await
        .unwrap();
    assert_eq!(first.awarded, Points(100), "the content alone");
    // Nobody has to pass what is gone.
    engine.retire_content(&ada, two).await.unwrap();
    let three = published(&engine, "ada", exercise("three")).await;
    engine.place_content(&ada, hard, three, None).await.unwrap();
    let last = engine
        .submit(&HOST, submit("eve", three, program("5 25")))
        .await
        .unwrap();
    assert_eq!(last.awarded, Points(140));
    let standing = engine.own_standing(&eve, hard).await.unwrap().progress;
    assert_eq!((standing.passed, standing.contents), (2, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn pr_16_a_module_pays_once_however_many_answers_come_at_once() {
    let World { engine, .. } = World::new();
    let mut contents = Vec::new();
    for number in 0..8 {
        contents.push(published(&engine, "ada", exercise(&format!("c{number}"))).await);
    }
    let goal = paying("all", ModuleKind::Practice, 1_000, 1_000_000);
    shown(&engine, "ada", goal, &contents).await;
    let mut tasks = JoinSet::new();
    for content in contents.iter().chain(&contents) {
        let (engine, answer) = (engine.clone(), submit("eve", *content, program("5 25")));
        tasks.spawn(async move { engine.submit(&HOST, answer).await.unwrap().awarded.0 });
    }
    let awarded: u64 = tasks.join_all().await.into_iter().sum();
    assert_eq!(awarded, 1_800);
    assert_eq!(
        engine.wallet(&HOST, &user("eve")).await.unwrap().balance,
        Points(1_800)
    );
    let entries = engine
        .entries(&HOST, &user("eve"), page())
        .await
        .unwrap()
        .items;
    let modules = entries
        .iter()
        .filter(|e| matches!(e.reason, EntryReason::ModuleAward { .. }));
    assert_eq!(modules.count(), 1);
}

#[tokio::test]
async fn pr_16_a_lesson_is_passed_by_reading_it_once() {
    let World { engine, .. } = World::new();
    let eve = learner("eve");
    let text = json!([{"id": "text", "kind": "markdown", "text": "# Read me"}]);
    let lesson = published(&engine, "ada", draft("lesson", &text)).await;
    let sum = published(&engine, "ada", exercise("sum")).await;
    let goal = paying("all", ModuleKind::Challenge, 50, 0);
    shown(&engine, "ada", goal, &[lesson, sum]).await;
    assert_eq!(code(engine.finish_reading(&eve, sum).await), "invalid");
    assert_eq!(
        code(engine.finish_reading(&Actor::guest(), lesson).await),
        "not_allowed"
    );
    for _ in 0..2 {
        assert!(
            engine
                .finish_reading(&eve, lesson)
                .await
                .unwrap()
                .is_completed()
        );
        assert_eq!(
            engine.wallet(&HOST, &user("eve")).await.unwrap().balance,
            Points(100)
        );
    }
    let last = engine
        .submit(&HOST, submit("eve", sum, program("5 25")))
        .await
        .unwrap();
    assert_eq!(last.balance, Points(250));
}

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
