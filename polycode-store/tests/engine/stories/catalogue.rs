//! What content creators do: contents, modules, and courses in and out.

use std::collections::BTreeSet;

use polycode_core::catalogue::{
    ContentDraft, ContentKind, ContentQuery, Course, ModuleDraft, ModuleKind, ModuleQuery, Tree,
};
use polycode_core::id::{ContentId, ModuleId};
use polycode_core::permission::{Actor, Role};
use polycode_core::port::{Page, PageRequest};
use polycode_core::quantity::{Cursor, Version};
use polycode_core::{Engine, EngineError};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::world::{World, draft, exercise, program, question, submit, user};

pub(super) fn creator(name: &str) -> Actor {
    Actor::user(user(name)).with(Role::ContentCreator)
}

pub(super) fn learner(name: &str) -> Actor {
    Actor::user(user(name))
}

pub(super) fn module(slug: &str, kind: ModuleKind) -> ModuleDraft {
    let wire = json!({"slug": slug, "name": format!("Module {slug}"), "type": kind});
    serde_json::from_value(wire).unwrap()
}

pub(super) fn code<T: std::fmt::Debug>(result: Result<T, EngineError>) -> &'static str {
    result.expect_err("refused").code()
}

/// A published content of somebody's.
pub(super) async fn published(engine: &Engine, by: &str, draft: ContentDraft) -> ContentId {
    let ada = creator(by);
    let id = engine
        .draft_content(&ada, draft)
        .await
        .unwrap()
        .value
        .content;
    engine.publish_draft(&ada, id).await.unwrap();
    id
}

/// A published module of somebody's with these contents.
pub(super) async fn shown(
    engine: &Engine,
    by: &str,
    draft: ModuleDraft,
    contents: &[ContentId],
) -> ModuleId {
    let ada = creator(by);
    let id = engine.create_module(&ada, draft).await.unwrap().value.id;
    for content in contents {
        engine
            .place_content(&ada, id, *content, None)
            .await
            .unwrap();
    }
    engine.publish_module(&ada, id).await.unwrap();
    id
}

fn slugs<T: serde::Serialize>(page: &Page<T>) -> Vec<String> {
    let slug = |item| {
        serde_json::to_value(item).unwrap()["slug"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    page.items.iter().map(slug).collect()
}

#[tokio::test]
async fn pr_1_a_content_is_drafted_and_published_by_its_author() {
    let World { engine, .. } = World::new();
    let (ada, bob) = (creator("ada"), creator("bob"));
    assert_eq!(
        code(engine.draft_content(&learner("eve"), exercise("sum")).await),
        "not_allowed"
    );
    assert_eq!(
        code(engine.draft_content(&Actor::guest(), exercise("sum")).await),
        "not_allowed"
    );

    let id = engine
        .draft_content(&ada, exercise("sum"))
        .await
        .unwrap()
        .value
        .content;

    // Only its author sees a draft, and its slug is taken.
    assert_eq!(code(engine.read_content(&bob, id).await), "not_found");
    assert_eq!(code(engine.own_content(&bob, id).await), "not_found");
    assert_eq!(code(engine.publish_draft(&bob, id).await), "not_found");
    assert_eq!(
        code(engine.draft_content(&bob, exercise("sum")).await),
        "invalid"
    );
    let answer = submit("eve", id, program("5 25"));
    assert_eq!(code(engine.submit(answer.clone()).await), "not_found");
    let own = engine
        .own_contents(&ada, PageRequest::default())
        .await
        .unwrap();
    assert_eq!(slugs(&own), ["sum"]);

    let content = engine.publish_draft(&ada, id).await.unwrap();

    assert_eq!(content.version, Version::FIRST);
    assert_eq!(
        engine
            .read_content(&Actor::guest(), id)
            .await
            .unwrap()
            .summary
            .id,
        id
    );
    assert!(engine.submit(answer).await.unwrap().progress.is_completed());
    assert_eq!(code(engine.publish_draft(&ada, id).await), "already_done");
}

#[tokio::test]
async fn pr_1_a_draft_that_breaks_rules_is_kept_but_not_published() {
    let World { engine, .. } = World::new();
    let ada = creator("ada");
    let mut broken = exercise("sum");
    broken.name = String::new();
    let id = engine
        .draft_content(&ada, broken)
        .await
        .unwrap()
        .value
        .content;
    let error = engine.publish_draft(&ada, id).await.unwrap_err();
    assert_eq!(
        (error.code(), error.problems()[0].field.as_str()),
        ("invalid", "name")
    );
    let kept = engine.own_content(&ada, id).await.unwrap();
    assert_eq!((kept.draft.is_some(), kept.published), (true, None));
}

#[tokio::test]
async fn pr_2_an_edit_is_a_draft_until_it_is_published_and_changes_nothing_that_was_begun() {
    let world = World::new();
    let engine = &world.engine;
    let (ada, bob) = (creator("ada"), creator("bob"));
    let id = published(engine, "ada", exercise("sum")).await;
    let early = engine
        .receive(submit("eve", id, program("5 25")))
        .await
        .unwrap();
    assert_eq!(
        code(engine.save_draft(&bob, id, None, question("sum")).await),
        "not_found"
    );

    let saved = engine
        .save_draft(&ada, id, None, question("sum"))
        .await
        .unwrap();
    assert_eq!(saved.value.based_on, Some(Version::FIRST));
    assert_eq!(
        code(engine.save_draft(&ada, id, None, exercise("sum")).await),
        "stale"
    );
    let read = Some(saved.version);
    engine
        .save_draft(&ada, id, read, question("sum-2"))
        .await
        .unwrap();
    // Nobody sees it yet.
    let seen = engine.read_content(&learner("eve"), id).await.unwrap();
    assert_eq!(
        (seen.summary.version, seen.summary.slug.as_str()),
        (Version(1), "sum")
    );

    let newest = engine.publish_draft(&ada, id).await.unwrap();

    assert_eq!(newest.version, Version(2));
    let seen = engine.read_content(&learner("eve"), id).await.unwrap();
    assert_eq!(
        (seen.summary.version, seen.summary.slug.as_str()),
        (Version(2), "sum-2")
    );
    assert_eq!(engine.own_content(&ada, id).await.unwrap().draft, None);
    let graded = engine.grade(early).await.unwrap();
    assert_eq!(graded.submission.content_version, Version(1));
    assert!(graded.progress.is_completed());
}

#[tokio::test]
async fn pr_2_a_draft_begun_before_somebody_published_is_stale() {
    let World { engine, .. } = World::new();
    let ada = creator("ada");
    let id = published(&engine, "ada", exercise("sum")).await;
    engine
        .save_draft(&ada, id, None, question("sum"))
        .await
        .unwrap();
    engine
        .update_content(id, Version(1), exercise("sum"))
        .await
        .unwrap();
    assert_eq!(code(engine.publish_draft(&ada, id).await), "stale");
}

#[tokio::test]
async fn pr_2_co_authors_edit_and_only_the_author_chooses_them() {
    let World { engine, .. } = World::new();
    let (ada, bob) = (creator("ada"), creator("bob"));
    let id = published(&engine, "ada", exercise("sum")).await;
    let both = BTreeSet::from([user("bob")]);
    assert_eq!(
        code(engine.share_content(&bob, id, both.clone()).await),
        "not_found"
    );
    engine.share_content(&ada, id, both.clone()).await.unwrap();
    engine
        .save_draft(&bob, id, None, question("sum"))
        .await
        .unwrap();
    assert_eq!(
        engine.publish_draft(&bob, id).await.unwrap().version,
        Version(2)
    );
    let own = engine
        .own_contents(&bob, PageRequest::default())
        .await
        .unwrap();
    assert_eq!(slugs(&own), ["sum"]);
    assert_eq!(
        code(engine.share_content(&bob, id, BTreeSet::new()).await),
        "not_allowed"
    );
    engine
        .share_content(&ada, id, BTreeSet::new())
        .await
        .unwrap();
    assert_eq!(
        code(engine.save_draft(&bob, id, None, exercise("sum")).await),
        "not_found"
    );
}

#[tokio::test]
async fn pr_3_a_deleted_content_is_gone_and_what_was_done_with_it_stays() {
    let world = World::new();
    let engine = &world.engine;
    let ada = creator("ada");
    let id = published(engine, "ada", exercise("sum")).await;
    let done = engine
        .submit(submit("eve", id, program("5 25")))
        .await
        .unwrap();
    let waiting = engine
        .receive(submit("eve", id, program("5 25")))
        .await
        .unwrap();
    assert_eq!(
        code(engine.retire_content(&creator("bob"), id).await),
        "not_found"
    );

    engine.retire_content(&ada, id).await.unwrap();

    let page = PageRequest::default;
    assert_eq!(
        slugs(&engine.contents(page()).await.unwrap()),
        Vec::<String>::new()
    );
    let eve = learner("eve");
    assert_eq!(code(engine.read_content(&eve, id).await), "not_found");
    let again = submit("eve", id, program("5 25"));
    assert_eq!(code(engine.submit(again).await), "not_found");
    assert_eq!(
        code(engine.save_draft(&ada, id, None, exercise("sum")).await),
        "wrong_state"
    );
    assert_eq!(code(engine.retire_content(&ada, id).await), "wrong_state");
    // Grades, points and answers stay, and what was handed in before is judged.
    assert_eq!(
        engine.submission(done.submission.id).await.unwrap(),
        done.submission
    );
    assert!(engine.grade(waiting).await.unwrap().submission.is_graded());
    assert_eq!(
        engine.wallet(&user("eve")).await.unwrap().balance,
        done.balance
    );
    let progress = engine.own_progress(&eve, page()).await.unwrap();
    assert!(progress.items[0].progress.is_completed());
    assert_eq!(progress.items[0].content, None);
    // An admin may delete what is not their own.
    let id = published(engine, "ada", exercise("product")).await;
    let admin = Actor::user(user("root")).with(Role::Admin);
    engine.retire_content(&admin, id).await.unwrap();
}

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
    assert_eq!(
        code(engine.read_module(&learner("eve"), id).await),
        "not_found"
    );
    assert_eq!(
        code(engine.publish_module(&creator("bob"), id).await),
        "not_found"
    );
    assert!(engine.read_module(&ada, id).await.is_ok());
    engine.publish_module(&ada, id).await.unwrap();
    assert!(engine.read_module(&Actor::guest(), id).await.is_ok());
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
    let read = engine.own_module(&ada, id).await.unwrap().version;
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
    let read = engine.own_module(&bob, id).await.unwrap().version;
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
    assert_eq!(code(engine.read_module(&eve, inner).await), "not_found");
    let view = engine.read_module(&eve, outer).await.unwrap();
    assert_eq!((view.modules, view.contents.len()), (Vec::new(), 1));
    let place = engine.place_module(&ada, outer, inner, None).await;
    assert_eq!(code(place), "wrong_state");
    assert!(engine.read_content(&eve, content).await.is_ok());
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
        engine.own_module(&ada, a).await.unwrap().value.modules,
        [c, b]
    );
    engine.place_module(&ada, a, c, Some(1)).await.unwrap();
    assert_eq!(
        engine.own_module(&ada, a).await.unwrap().value.modules,
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
            let module = engine.own_module(&creator("ada"), id).await.unwrap().value;
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
    assert_eq!(
        seen(engine.read_module(&eve, id).await.unwrap()),
        ["two", "one"]
    );
    assert_eq!(
        seen(engine.read_module(&eve, other).await.unwrap()),
        ["one"]
    );
    engine.remove_content(&ada, id, two).await.unwrap();
    assert_eq!(
        code(engine.remove_content(&ada, id, two).await),
        "not_found"
    );
    assert_eq!(seen(engine.read_module(&eve, id).await.unwrap()), ["one"]);
}

/// All pages of a list of two at a time.
macro_rules! pages {
    ($read:expr) => {{
        let mut found = Vec::new();
        let mut after = None;
        loop {
            let page = $read(PageRequest { after, limit: 2 }).await.unwrap();
            assert!(page.items.len() <= 2);
            found.extend(slugs(&page));
            after = page.next;
            if after.is_none() {
                break found;
            }
        }
    }};
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
        let found = pages!(|page| engine.search_modules(&guest, &query, page));
        assert_eq!(found, expected, "{query:?}");
    }
    let nonsense = PageRequest {
        after: Some("nonsense".to_owned()),
        limit: 2,
    };
    let (guest, all) = (Actor::guest(), ModuleQuery::default());
    let refused = engine.search_modules(&guest, &all, nonsense);
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
    let view = engine.read_module(&Actor::guest(), outer).await.unwrap();
    assert_eq!(view.summary.draft.description, "# All of it");
    assert_eq!((view.modules[0].id, view.contents[0].id), (inner, content));
    let unknown = ModuleId(uuid(7));
    assert_eq!(
        code(engine.read_module(&Actor::guest(), unknown).await),
        "not_found"
    );
}

fn uuid(number: u8) -> uuid::Uuid {
    format!("00000000-0000-7000-8000-0000000000{number:02}")
        .parse()
        .unwrap()
}

#[tokio::test]
async fn pr_11_contents_are_listed_by_kind_tag_and_text_in_pages_that_stay() {
    let World { engine, .. } = World::new();
    for (slug, kind, tag) in [
        ("c1", ContentKind::Exercise, "rust"),
        ("c2", ContentKind::Question, "rust"),
        ("c3", ContentKind::Exercise, "python"),
        ("c4", ContentKind::Exercise, "rust"),
    ] {
        let mut draft = exercise(slug);
        draft.kind = kind;
        draft.tags = BTreeSet::from([tag.parse().unwrap()]);
        draft.description = format!("All about {tag}");
        published(&engine, "ada", draft).await;
    }
    engine
        .draft_content(&creator("ada"), exercise("c0"))
        .await
        .unwrap();
    let cases: [(Value, &[&str]); 5] = [
        (json!({}), &["c1", "c2", "c3", "c4"]),
        (json!({"type": "exercise"}), &["c1", "c3", "c4"]),
        (json!({"tag": "rust", "type": "exercise"}), &["c1", "c4"]),
        (json!({"text": "ABOUT python"}), &["c3"]),
        (json!({"tag": "go"}), &[]),
    ];
    for (query, expected) in cases {
        let query: ContentQuery = serde_json::from_value(query).unwrap();
        let guest = Actor::guest();
        let found = pages!(|page| engine.search_contents(&guest, &query, page));
        assert_eq!(found, expected, "{query:?}");
    }
    // The host's own list is the same.
    assert_eq!(
        pages!(|page| engine.contents(page)),
        ["c1", "c2", "c3", "c4"]
    );
}

#[tokio::test]
async fn pr_12_a_content_is_read_without_anything_that_says_what_is_right() {
    const SECRET: &str = "canary";
    let World { engine, .. } = World::new();
    let components = json!([
        {"id": "quiz", "kind": "quiz", "questions": [
            {"id": "q", "kind": "text", "question": "?"},
            {"id": "n", "kind": "number", "question": "?", "unit": "kg"},
            {"id": "c", "kind": "choice", "question": "?", "choose": "one",
             "options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]},
        ], "validators": [
            {"id": SECRET, "kind": "question", "question": "q",
             "expected": {"kind": "text", "accepted": [SECRET]}},
            {"id": "canary-n", "kind": "question", "question": "n",
             "expected": {"kind": "number", "value": 123_321}},
            {"id": "canary-c", "kind": "question", "question": "c",
             "expected": {"kind": "choice", "correct": ["a"]}},
        ]},
        {"id": "words", "kind": "short_text", "question": "?",
         "validators": [{"id": "canary", "kind": "text", "accepted": ["canary"]}]},
        {"id": "number", "kind": "number", "question": "?",
         "validators": [{"id": "canary", "kind": "number", "value": 123_321}]},
        {"id": "free", "kind": "free_answer", "question": "?", "validators": [{"id": "canary",
         "kind": "manual", "criteria": [{"id": "canary", "text": "canary", "points": 3}]}]},
    ]);
    let id = published(&engine, "ada", draft("all", &components)).await;
    let view = engine.read_content(&learner("eve"), id).await.unwrap();
    let wire = serde_json::to_string(&view).unwrap();
    for secret in ["canary", "123321", "correct", "accepted"] {
        assert!(!wire.contains(secret), "{secret} in {wire}");
    }
    let own = engine.own_content(&creator("ada"), id).await.unwrap();
    assert!(serde_json::to_string(&own).unwrap().contains("canary"));
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
        let imported = engine.import_course(course(order)).await.unwrap();
        let module = &imported.modules[0];
        assert_eq!(module.slug.as_str(), "warm-up");
        assert_eq!(
            seen(engine.read_module(&guest, module.id).await.unwrap()),
            order
        );
    }
    // Somebody else's course can't take its place.
    let taken = engine
        .import_course_as(&creator("ada"), course(&["a"]))
        .await;
    assert_eq!(code(taken), "invalid");
    let not_a_creator = engine
        .import_course_as(&learner("eve"), course(&["x"]))
        .await;
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
    let imported = engine.import_course_as(&ada, course.clone()).await.unwrap();
    let top = imported.modules[0].id;
    assert_eq!(engine.export_course(&ada, top).await.unwrap(), course);
    assert_eq!(
        code(engine.export_course(&creator("bob"), top).await),
        "not_found"
    );
    let again = engine.import_course_as(&ada, course).await.unwrap();
    assert_eq!(again, imported);
}
