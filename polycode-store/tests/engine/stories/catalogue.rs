//! Contents: how they are drafted, published, shared, listed and read.

use std::collections::BTreeSet;

use polycode_core::catalogue::{ContentDraft, ContentKind, ContentQuery, ModuleDraft, ModuleKind};
use polycode_core::id::{ContentId, ModuleId};
use polycode_core::permission::{Actor, Role};
use polycode_core::port::{Page, PageRequest};
use polycode_core::quantity::Version;
use polycode_core::{Engine, EngineError};
use serde_json::{Value, json};

use crate::world::{HOST, World, draft, exercise, program, question, submit, user};

pub(crate) fn creator(name: &str) -> Actor {
    Actor::user(user(name)).with(Role::ContentCreator)
}

pub(super) fn learner(name: &str) -> Actor {
    Actor::user(user(name))
}

pub(crate) fn module(slug: &str, kind: ModuleKind) -> ModuleDraft {
    let wire = json!({"slug": slug, "name": format!("Module {slug}"), "type": kind});
    serde_json::from_value(wire).unwrap()
}

pub(super) fn code<T: std::fmt::Debug>(result: Result<T, EngineError>) -> &'static str {
    result.unwrap_err().code()
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
pub(crate) async fn shown(
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

pub(super) fn slugs<T: serde::Serialize>(page: &Page<T>) -> Vec<String> {
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
    assert_eq!(code(engine.content(&bob, id).await), "not_found");
    assert_eq!(code(engine.authored_content(&bob, id).await), "not_found");
    assert_eq!(code(engine.publish_draft(&bob, id).await), "not_found");
    assert_eq!(
        code(engine.draft_content(&bob, exercise("sum")).await),
        "invalid"
    );
    let answer = submit("eve", id, program("5 25"));
    assert_eq!(
        code(engine.submit(&HOST, answer.clone()).await),
        "not_found"
    );
    let own = engine
        .own_contents(&ada, PageRequest::default())
        .await
        .unwrap();
    assert_eq!(slugs(&own), ["sum"]);

    let content = engine.publish_draft(&ada, id).await.unwrap();

    assert_eq!(content.version, Version::FIRST);
    assert_eq!(
        engine
            .content(&Actor::guest(), id)
            .await
            .unwrap()
            .summary
            .id,
        id
    );
    assert!(
        engine
            .submit(&HOST, answer)
            .await
            .unwrap()
            .progress
            .is_completed()
    );
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
    let kept = engine.authored_content(&ada, id).await.unwrap();
    assert_eq!((kept.draft.is_some(), kept.published), (true, None));
}

#[tokio::test]
async fn pr_2_an_edit_is_a_draft_until_it_is_published_and_changes_nothing_that_was_begun() {
    let world = World::new();
    let engine = &world.engine;
    let (ada, bob) = (creator("ada"), creator("bob"));
    let id = published(engine, "ada", exercise("sum")).await;
    let early = engine
        .receive(&HOST, submit("eve", id, program("5 25")))
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
    let seen = engine.content(&learner("eve"), id).await.unwrap();
    assert_eq!(
        (seen.summary.version, seen.summary.slug.as_str()),
        (Version(1), "sum")
    );

    let newest = engine.publish_draft(&ada, id).await.unwrap();

    assert_eq!(newest.version, Version(2));
    let seen = engine.content(&learner("eve"), id).await.unwrap();
    assert_eq!(
        (seen.summary.version, seen.summary.slug.as_str()),
        (Version(2), "sum-2")
    );
    assert_eq!(engine.authored_content(&ada, id).await.unwrap().draft, None);
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
        .update_content(&HOST, id, Version(1), exercise("sum"))
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
        .submit(&HOST, submit("eve", id, program("5 25")))
        .await
        .unwrap();
    let waiting = engine
        .receive(&HOST, submit("eve", id, program("5 25")))
        .await
        .unwrap();
    assert_eq!(
        code(engine.retire_content(&creator("bob"), id).await),
        "not_found"
    );

    engine.retire_content(&ada, id).await.unwrap();

    let page = PageRequest::default;
    assert_eq!(
        slugs(
            &engine
                .contents(&HOST, &ContentQuery::default(), page())
                .await
                .unwrap()
        ),
        Vec::<String>::new()
    );
    let eve = learner("eve");
    assert_eq!(code(engine.content(&eve, id).await), "not_found");
    let again = submit("eve", id, program("5 25"));
    assert_eq!(code(engine.submit(&HOST, again).await), "not_found");
    assert_eq!(
        code(engine.save_draft(&ada, id, None, exercise("sum")).await),
        "wrong_state"
    );
    assert_eq!(code(engine.retire_content(&ada, id).await), "wrong_state");
    // Grades, points and answers stay, and what was handed in before is judged.
    assert_eq!(
        engine.submission(&HOST, done.submission.id).await.unwrap(),
        done.submission
    );
    assert!(engine.grade(waiting).await.unwrap().submission.is_graded());
    assert_eq!(
        engine.wallet(&HOST, &user("eve")).await.unwrap().balance,
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

pub(super) fn uuid(number: u8) -> uuid::Uuid {
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
        let found = pages!(|page| engine.contents(&guest, &query, page));
        assert_eq!(found, expected, "{query:?}");
    }
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
    let view = engine.content(&learner("eve"), id).await.unwrap();
    let wire = serde_json::to_string(&view).unwrap();
    for secret in ["canary", "123321", "correct", "accepted"] {
        assert!(!wire.contains(secret), "{secret} in {wire}");
    }
    let own = engine.authored_content(&creator("ada"), id).await.unwrap();
    assert!(serde_json::to_string(&own).unwrap().contains("canary"));
}
