//! The stories of modules, and of courses that are imported.

use std::collections::BTreeSet;

use polycode_core::catalogue::{Course, ModuleKind, ModuleQuery, Tree};
use polycode_core::id::ModuleId;
use polycode_core::permission::Actor;
use polycode_core::port::PageRequest;
use polycode_core::quantity::Cursor;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::stories::catalogue::{code, creator, learner, module, published, shown, slugs, uuid};
use crate::world::{HOST, World, exercise, user};

#[tokio::test]
async fn pr_4_a_module_is_made_and_published_by_its_author() {
    let world = World::new();
    let engine = &world.engine;
    let ada = creator("ada");
    let basics = || module("basics", ModuleKind::Practice);
    assert_eq!(
        code(engine.create_module(&learner("eve"), basics()).await),
        "not_allowed"
    );
    let id = engine.create_module(&ada, basics()).await.unwrap().value.id;
    assert_eq!(
        code(engine.create_module(&creator("bob"), basics()).await),
        "invalid"
    );
    assert_eq!(code(engine.module(&learner("eve"), id).await), "not_found");
    assert_eq!(
        code(engine.publish_module(&creator("bob"), id).await),
        "not_found"
    );
    assert!(engine.module(&ada, id).await.is_ok());
    engine.publish_module(&ada, id).await.unwrap();
    assert!(engine.module(&Actor::guest(), id).await.is_ok());
    let mut unnamed = module("unnamed", ModuleKind::Practice);
    unnamed.name = String::new();
    assert_eq!(code(engine.create_module(&ada, unnamed).await), "invalid");
    let told = world.store.events(Cursor(0), 10).await.unwrap();
    assert_eq!(told.len(), 2, "created, published");
}

#[tokio::test]
async fn pr_5_a_module_is_edited_by_its_authors_on_what_they_read() {
    let World { engine, .. } = World::new();
    let (ada, bob) = (creator("ada"), creator("bob"));
    let id = shown(&engine, "ada", module("basics", ModuleKind::Practice), &[]).await;
    let read = engine.authored_module(&ada, id).await.unwrap().version;
    let challenge = || module("hard", ModuleKind::Challenge);
    assert_eq!(
        code(engine.edit_module(&bob, id, read, challenge()).await),
        "not_allowed"
    );
    let edited = engine
        .edit_module(&ada, id, read, challenge())
        .await
        .unwrap();
    assert_eq!(edited.value.draft, challenge());
    assert_eq!(
        code(engine.edit_module(&ada, id, read, challenge()).await),
        "stale"
    );
    engine
        .share_module(&ada, id, BTreeSet::from([user("bob")]))
        .await
        .unwrap();
    let read = engine.authored_module(&bob, id).await.unwrap().version;
    engine
        .edit_module(&bob, id, read, module("easy", ModuleKind::Practice))
        .await
        .unwrap();
    assert_eq!(
        code(engine.share_module(&bob, id, BTreeSet::new()).await),
        "not_allowed"
    );
    // The slug is free for others again.
    engine
        .create_module(&bob, module("basics", ModuleKind::Practice))
        .await
        .unwrap();
    let own = engine
        .own_modules(&bob, PageRequest::default())
        .await
        .unwrap();
    assert_eq!(own.items.len(), 2);
}

#[tokio::test]
async fn pr_6_a_deleted_module_is_gone_and_its_contents_stay() {
    let World { engine, .. } = World::new();
    let ada = creator("ada");
    let content = published(&engine, "ada", exercise("sum")).await;
    let inner = shown(
        &engine,
        "ada",
        module("inner", ModuleKind::Submodule),
        &[content],
    )
    .await;
    let outer = shown(
        &engine,
        "ada",
        module("outer", ModuleKind::Practice),
        &[content],
    )
    .await;
    engine.place_module(&ada, outer, inner, None).await.unwrap();
    assert_eq!(
        code(engine.retire_module(&creator("bob"), inner).await),
        "not_allowed"
    );
    engine.retire_module(&ada, inner).await.unwrap();
    let eve = learner("eve");
    assert_eq!(code(engine.module(&eve, inner).await), "not_found");
    let view = engine.module(&eve, outer).await.unwrap();
    assert_eq!((view.modules, view.contents.len()), (Vec::new(), 1));
    let place = engine.place_module(&ada, outer, inner, None).await;
    assert_eq!(code(place), "wrong_state");
    assert!(engine.content(&eve, content).await.is_ok());
    assert_eq!(code(engine.retire_module(&ada, inner).await), "wrong_state");
}

#[tokio::test]
async fn pr_7_modules_stand_in_modules_in_order_and_never_in_themselves() {
    let World { engine, .. } = World::new();
    let (ada, bob) = (creator("ada"), creator("bob"));
    let mut ids = Vec::new();
    for slug in ["a", "b", "c"] {
        ids.push(shown(&engine, "ada", module(slug, ModuleKind::Submodule), &[]).await);
    }
    let [a, b, c] = ids[..] else { panic!("three") };
    assert_eq!(
        code(engine.place_module(&bob, a, b, None).await),
        "not_allowed"
    );
    engine.place_module(&ada, a, b, None).await.unwrap();
    engine.place_module(&ada, b, c, None).await.unwrap();
    for (parent, child) in [(a, a), (b, a), (c, a), (c, b)] {
        assert_eq!(
            code(engine.place_module(&ada, parent, child, None).await),
            "invalid"
        );
    }
    // A module may stand in several, in the order its author wants, once in each.
    engine.place_module(&ada, a, c, Some(0)).await.unwrap();
    assert_eq!(
        engine.authored_module(&ada, a).await.unwrap().value.modules,
        [c, b]
    );
    engine.place_module(&ada, a, c, Some(1)).await.unwrap();
    assert_eq!(
        engine.authored_module(&ada, a).await.unwrap().value.modules,
        [b, c]
    );
    engine.remove_module(&ada, a, b).await.unwrap();
    assert_eq!(code(engine.remove_module(&ada, a, b).await), "not_found");
    engine
        .place_module(&ada, c, a, None)
        .await
        .expect_err("a still holds c");
    // Somebody else's draft is not there to be placed.
    let draft = engine
        .create_module(&bob, module("d", ModuleKind::Submodule))
        .await
        .unwrap();
    assert_eq!(
        code(engine.place_module(&ada, a, draft.value.id, None).await),
        "not_found"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pr_7_two_at_once_cannot_close_a_circle_together() {
    for _ in 0..20 {
        let World { engine, .. } = World::new();
        let mut ids = Vec::new();
        for slug in ["a", "b", "c"] {
            ids.push(shown(&engine, "ada", module(slug, ModuleKind::Submodule), &[]).await);
        }
        let mut tasks = JoinSet::new();
        for (parent, child) in [(0, 1), (1, 2), (2, 0), (1, 0)] {
            let (engine, parent, child) = (engine.clone(), ids[parent], ids[child]);
            tasks.spawn(async move {
                let placed = engine
                    .place_module(&creator("ada"), parent, child, None)
                    .await;
                placed.map_or_else(|error| error.code(), |_| "placed")
            });
        }
        let placed = tasks.join_all().await;
        assert!(
            placed
                .iter()
                .all(|code| ["placed", "invalid"].contains(code)),
            "{placed:?}"
        );
        let mut tree = Tree::default();
        for id in ids {
            let module = engine
                .authored_module(&creator("ada"), id)
                .await
                .unwrap()
                .value;
            module
                .modules
                .iter()
                .for_each(|child| tree.insert(id, *child));
        }
        assert!(tree.depth().is_some(), "a circle: {tree:?}");
    }
}

#[tokio::test]
async fn pr_8_contents_stand_in_modules_in_order() {
    let World { engine, .. } = World::new();
    let (ada, bob) = (creator("ada"), creator("bob"));
    let one = published(&engine, "ada", exercise("one")).await;
    let two = published(&engine, "bob", exercise("two")).await;
    let hidden = engine
        .draft_content(&bob, exercise("three"))
        .await
        .unwrap()
        .value
        .content;
    let id = shown(
        &engine,
        "ada",
        module("basics", ModuleKind::Practice),
        &[one],
    )
    .await;
    let other = shown(
        &engine,
        "bob",
        module("other", ModuleKind::Practice),
        &[one],
    )
    .await;
    engine.place_content(&ada, id, two, Some(0)).await.unwrap();
    assert_eq!(
        code(engine.place_content(&ada, id, hidden, None).await),
        "not_found"
    );
    assert_eq!(
        code(engine.place_content(&bob, id, two, None).await),
        "not_allowed"
    );
    assert_eq!(
        code(engine.place_content(&ada, id, one, Some(2)).await),
        "invalid"
    );
    // An author's own draft may wait in a module for its day.
    engine
        .place_content(&bob, other, hidden, None)
        .await
        .unwrap();
    let seen = |view: polycode_core::catalogue::ModuleView| {
        view.contents
            .into_iter()
            .map(|content| content.slug.to_string())
            .collect::<Vec<_>>()
    };
    let eve = learner("eve");
    assert_eq!(seen(engine.module(&eve, id).await.unwrap()), ["two", "one"]);
    assert_eq!(seen(engine.module(&eve, other).await.unwrap()), ["one"]);
    engine.remove_content(&ada, id, two).await.unwrap();
    assert_eq!(
        code(engine.remove_content(&ada, id, two).await),
        "not_found"
    );
    assert_eq!(seen(engine.module(&eve, id).await.unwrap()), ["one"]);
}

#[tokio::test]
async fn pr_9_modules_are_listed_by_kind_tag_and_text_in_pages_that_stay() {
    let World { engine, .. } = World::new();
    let kinds = [
        ("m1", ModuleKind::Practice, "rust"),
        ("m2", ModuleKind::Challenge, "rust"),
        ("m3", ModuleKind::Practice, "python"),
        ("m4", ModuleKind::Certification, "rust"),
        ("m5", ModuleKind::Submodule, "rust"),
        ("m6", ModuleKind::Practice, "rust"),
    ];
    for (slug, kind, tag) in kinds {
        let mut draft = module(slug, kind);
        draft.tags = BTreeSet::from([tag.parse().unwrap()]);
        draft.description = format!("Learn {tag} Quickly");
        shown(&engine, "ada", draft, &[]).await;
    }
    let hidden = module("m0", ModuleKind::Practice);
    engine.create_module(&creator("ada"), hidden).await.unwrap();
    let cases: [(Value, &[&str]); 7] = [
        (json!({}), &["m1", "m2", "m3", "m4", "m6"]),
        (json!({"type": "practice"}), &["m1", "m3", "m6"]),
        (json!({"type": "submodule"}), &["m5"]),
        (json!({"tag": "rust"}), &["m1", "m2", "m4", "m6"]),
        (json!({"tag": "rust", "type": "practice"}), &["m1", "m6"]),
        (json!({"text": "quickly PYTHON"}), &["m3"]),
        (json!({"text": "haskell"}), &[]),
    ];
    for (query, expected) in cases {
        let query: ModuleQuery = serde_json::from_value(query).unwrap();
        let guest = Actor::guest();
        let found = pages!(|page| engine.modules(&guest, &query, page));
        assert_eq!(found, expected, "{query:?}");
    }
    let nonsense = PageRequest {
        after: Some("nonsense".to_owned()),
        limit: 2,
    };
    let (guest, all) = (Actor::guest(), ModuleQuery::default());
    let refused = engine.modules(&guest, &all, nonsense);
    assert_eq!(code(refused.await), "invalid");
}

#[tokio::test]
async fn pr_10_a_module_is_described_with_what_is_in_it() {
    let World { engine, .. } = World::new();
    let ada = creator("ada");
    let content = published(&engine, "ada", exercise("sum")).await;
    let inner = shown(&engine, "ada", module("inner", ModuleKind::Submodule), &[]).await;
    let mut draft = module("outer", ModuleKind::Practice);
    draft.description = "# All of it".to_owned();
    let outer = shown(&engine, "ada", draft, &[content]).await;
    engine.place_module(&ada, outer, inner, None).await.unwrap();
    let view = engine.module(&Actor::guest(), outer).await.unwrap();
    assert_eq!(view.summary.draft.description, "# All of it");
    assert_eq!((view.modules[0].id, view.contents[0].id), (inner, content));
    let unknown = ModuleId(uuid(7));
    assert_eq!(
        code(engine.module(&Actor::guest(), unknown).await),
        "not_found"
    );
}

fn course(order: &[&str]) -> Course {
    let contents = order.iter().map(|slug| json!({"draft": exercise(slug)}));
    let wire = json!({"name": "Warm-up!", "contents": contents.collect::<Vec<_>>()});
    Course::from_json(&wire.to_string()).unwrap()
}

#[tokio::test]
async fn pr_8_an_imported_course_is_a_module_in_the_order_of_the_course() {
    let World { engine, .. } = World::new();
    let guest = Actor::guest();
    let seen = |view: polycode_core::catalogue::ModuleView| {
        view.contents
            .into_iter()
            .map(|content| content.slug.to_string())
            .collect::<Vec<_>>()
    };
    for order in [&["b", "a", "c"][..], &["c", "b"], &["a", "b", "c"]] {
        let imported = engine.import_course(&HOST, course(order)).await.unwrap();
        let module = &imported.modules[0];
        assert_eq!(module.slug.as_str(), "warm-up");
        assert_eq!(seen(engine.module(&guest, module.id).await.unwrap()), order);
    }
    // Somebody else's course can't take its place.
    let taken = engine.import_course(&creator("ada"), course(&["a"])).await;
    assert_eq!(code(taken), "invalid");
    let not_a_creator = engine.import_course(&learner("eve"), course(&["x"])).await;
    assert_eq!(code(not_a_creator), "not_allowed");
}

#[tokio::test]
async fn pr_4_a_course_that_is_imported_and_exported_is_the_same() {
    let World { engine, .. } = World::new();
    let ada = creator("ada");
    let part = |slug: &str, modules: &[&str], contents: &[&str]| {
        json!({"slug": slug, "name": slug, "type": "submodule", "reward": 5,
               "modules": modules, "contents": contents})
    };
    let contents = ["x", "z", "y"].map(|slug| json!({"draft": exercise(slug)}));
    let wire = json!({"name": "top", "contents": contents, "modules": [
        part("top", &["left", "right"], &["x"]),
        part("left", &["right"], &["z", "x"]),
        part("right", &[], &["y"]),
    ]});
    let course = Course::from_json(&wire.to_string()).unwrap();
    let imported = engine.import_course(&ada, course.clone()).await.unwrap();
    let top = imported.modules[0].id;
    assert_eq!(engine.export_course(&ada, top).await.unwrap(), course);
    assert_eq!(
        code(engine.export_course(&creator("bob"), top).await),
        "not_found"
    );
    let again = engine.import_course(&ada, course).await.unwrap();
    assert_eq!(again, imported);
}
