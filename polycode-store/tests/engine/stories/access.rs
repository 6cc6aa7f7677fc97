//! SU-1, SU-3, PR-16, SY-3: who may answer, and who sees what came of it.

use polycode_core::EngineError;
use polycode_core::engine::RunValidator;
use polycode_core::permission::{Actor, Role};
use polycode_core::port::PageRequest;
use polycode_core::quantity::Cursor;
use serde_json::json;

use super::catalogue::{creator, learner, published};
use crate::world::{World, exercise, program, submit, user};

fn code<T>(result: Result<T, EngineError>) -> &'static str {
    result.map_or_else(|error| error.code(), |_| "ok")
}

/// Everybody who could ask: a guest, the learner, another one, the author, another creator, an
/// admin, a service.
fn actors() -> [Actor; 7] {
    [
        Actor::guest(),
        learner("ada"),
        learner("bob"),
        creator("grace"),
        creator("eve"),
        learner("root").with(Role::Admin),
        Actor::service(),
    ]
}

const NONE: &str = "not_found";
const NO: &str = "not_allowed";

#[tokio::test]
async fn su_1_nobody_answers_for_somebody_else() {
    let World { engine, .. } = World::new();
    let content = published(&engine, "grace", exercise("squares")).await;
    let mut codes = Vec::new();
    for actor in actors() {
        let answer = submit("ada", content, program("5 25"));
        codes.push(code(engine.submit(&actor, answer).await));
    }
    // An admin reads what Ada did, but does not act as her.
    assert_eq!(codes, [NONE, "ok", NONE, NONE, NONE, NO, "ok"]);
}

#[tokio::test]
async fn su_2_guests_try_nothing() {
    let World { engine, .. } = World::new();
    let content = published(&engine, "grace", exercise("squares")).await;
    let run: RunValidator = serde_json::from_value(json!({
        "content": content, "component": "code", "validator": "writes", "answer": program("5 25"),
    }))
    .unwrap();
    let tried = engine.run_validator(&Actor::guest(), run.clone()).await;
    assert_eq!(code(tried), NO);
    assert_eq!(
        code(engine.run_validator(&learner("ada"), run.clone()).await),
        "ok"
    );
    engine
        .retire_content(&creator("grace"), content)
        .await
        .unwrap();
    assert_eq!(code(engine.run_validator(&learner("ada"), run).await), NONE);
}

#[tokio::test]
async fn su_3_a_submission_is_seen_by_its_user_and_the_author_and_its_report_never_by_the_user() {
    let World { engine, .. } = World::new();
    let content = published(&engine, "grace", exercise("squares")).await;
    let (ada, page) = (user("ada"), PageRequest::default);
    let answer = submit("ada", content, program("5 25"));
    let id = engine.submit(&learner("ada"), answer).await.unwrap();
    let id = id.submission.id;
    let mut seen = Vec::new();
    for actor in actors() {
        let reads = [
            code(engine.submission(&actor, id).await),
            code(engine.answer(&actor, id).await),
            code(engine.feedback(&actor, id).await),
        ];
        assert!(
            reads.iter().all(|read| *read == reads[0]),
            "{actor:?} {reads:?}"
        );
        let list = code(engine.submissions(&actor, &ada, None, page()).await);
        let report = code(engine.report(&actor, id).await);
        seen.push((reads[0], list, report));
    }
    let expected = [
        (NONE, NONE, NONE),
        ("ok", "ok", NONE),
        (NONE, NONE, NONE),
        ("ok", NONE, "ok"),
        (NONE, NONE, NONE),
        ("ok", "ok", NO),
        ("ok", "ok", "ok"),
    ];
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn pr_16_progress_and_polypoints_are_seen_by_their_user() {
    let World { engine, .. } = World::new();
    let content = published(&engine, "grace", exercise("squares")).await;
    let (ada, page) = (user("ada"), PageRequest::default);
    let mut seen = Vec::new();
    for actor in actors() {
        let code_id = "code".parse().unwrap();
        let reads = [
            code(engine.progress(&actor, &ada, content).await),
            code(engine.wallet(&actor, &ada).await),
            code(engine.entries(&actor, &ada, page()).await),
            code(engine.attempts_left(&actor, &ada, content, &code_id).await),
        ];
        assert!(
            reads.iter().all(|read| *read == reads[0]),
            "{actor:?} {reads:?}"
        );
        seen.push(reads[0]);
    }
    assert_eq!(seen, [NONE, "ok", NONE, NONE, NONE, "ok", "ok"]);
}

#[tokio::test]
async fn the_log_is_read_by_services_and_admins() {
    let World { engine, .. } = World::new();
    let mut seen = Vec::new();
    for actor in actors() {
        seen.push(code(engine.events(&actor, Cursor(0), 10).await));
    }
    assert_eq!(seen, [NO, NO, NO, NO, NO, "ok", "ok"]);
}

#[tokio::test]
async fn pr_1_pr_2_contents_are_published_at_once_by_creators_and_the_host() {
    let World { engine, .. } = World::new();
    let mut made = Vec::new();
    for (number, actor) in (0..).zip(actors()) {
        let draft = exercise(&format!("c{number}"));
        made.push(code(engine.create_content(&actor, draft).await));
    }
    assert_eq!(made, [NO, NO, NO, "ok", "ok", NO, "ok"]);
    let own = exercise("own");
    let content = engine
        .create_content(&creator("grace"), own.clone())
        .await
        .unwrap();
    let (id, version) = (content.value.id, content.version);
    let mut changed = Vec::new();
    for actor in actors() {
        changed.push(code(
            engine
                .update_content(&actor, id, version, own.clone())
                .await,
        ));
    }
    // The host writes over what its creator wrote meanwhile.
    assert_eq!(changed, [NONE, NONE, NONE, "ok", NONE, NO, "stale"]);
}
