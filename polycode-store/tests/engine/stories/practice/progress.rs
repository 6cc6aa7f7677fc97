//! PR-13 and PR-16: how far learners have come in contents and modules, and what they never did.

use polycode_core::catalogue::{ContentQuery, ModuleDraft, ModuleKind, ModuleQuery};
use polycode_core::permission::Actor;
use polycode_core::polypoints::EntryReason;
use polycode_core::quantity::{Points, Score};
use serde_json::json;
use tokio::task::JoinSet;

use crate::stories::catalogue::{code, creator, learner, module, published, shown};
use crate::world::{HOST, World, draft, exercise, page, program, submit, user};

fn paying(slug: &str, kind: ModuleKind, reward: u64, pass_mark: u32) -> ModuleDraft {
    ModuleDraft {
        reward: Points(reward),
        pass_mark: Score::try_from(pass_mark).unwrap(),
        ..module(slug, kind)
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
