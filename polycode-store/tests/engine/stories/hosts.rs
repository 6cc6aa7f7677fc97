//! Code of the host: a grader, a directory of users, and consumers of the log.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use async_trait::async_trait;
use polycode_core::catalogue::ContentDraft;
use polycode_core::engine::Outcome;
use polycode_core::id::{ConsumerId, ContentId, UserId};
use polycode_core::judging::{JudgingState, Verdict};
use polycode_core::people::UserProfile;
use polycode_core::permission::{Actor, Role};
use polycode_core::port::{Directory, Grader, GraderOpinion, GraderTask, PageRequest, PortError};
use polycode_core::quantity::{Cursor, Points, Score};
use polycode_core::{Engine, EngineError};
use serde_json::json;

use crate::stories::accounts::register;
use crate::stories::teams::{actor, code, earn};
use crate::world::{HOST, World, draft, program, submit, user};

/// Gives full marks for what its options say, and half for anything else.
#[derive(Debug, Default)]
struct Reader {
    is_away: AtomicBool,
    asked: AtomicU32,
}

#[async_trait]
impl Grader for Reader {
    async fn grade(&self, task: GraderTask) -> Result<GraderOpinion, PortError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        if self.is_away.load(Ordering::Relaxed) {
            return Err(PortError::temporary("the reader is away"));
        }
        let score = if task.options == json!(task.stdout) {
            Score::FULL
        } else {
            Score::ratio(1, 2)
        };
        Ok(GraderOpinion {
            score,
            reason: format!("the reason of {}", task.validator),
            note: format!("the note on {}", task.validator),
        })
    }
}

/// Knows some users by name.
#[derive(Debug, Default)]
struct Names {
    known: BTreeMap<UserId, UserProfile>,
    is_away: AtomicBool,
}

#[async_trait]
impl Directory for Names {
    async fn profiles(&self, users: &[UserId]) -> Result<BTreeMap<UserId, UserProfile>, PortError> {
        if self.is_away.load(Ordering::Relaxed) {
            return Err(PortError::temporary("the directory is away"));
        }
        let known = self.known.iter();
        let asked = known.filter(|(user, _)| users.contains(user));
        let asked = asked.map(|(user, profile)| (user.clone(), profile.clone()));
        Ok(asked.collect())
    }
}

impl Names {
    fn of(users: &[&str]) -> Self {
        let profile = |name: &&str| UserProfile {
            name: format!("{name} of the host"),
            ..UserProfile::default()
        };
        let known = users.iter().map(|name| (user(name), profile(name)));
        Self {
            known: known.collect(),
            is_away: AtomicBool::default(),
        }
    }
}

/// A program that should write 5, judged by the host twice: one validator is hidden.
fn reading() -> ContentDraft {
    draft(
        "reading",
        &json!([{"id": "code", "kind": "code_editor", "languages": {"python": {}}, "validators": [
            {"id": "seen", "kind": "host", "grader": "reader", "options": "5"},
            {"id": "unseen", "hidden": true, "kind": "host", "grader": "reader", "options": "5"},
        ]}]),
    )
}

/// A world with such a content, and its engine with a grader of the host.
async fn graded() -> (World, ContentId, Engine, Arc<Reader>) {
    let world = World::new();
    let content = world.publish(reading()).await.value.id;
    let reader = Arc::new(Reader::default());
    let engine = world.engine.clone();
    let engine = engine.with_grader(Arc::clone(&reader) as _);
    (world, content, engine, reader)
}

async fn answered(
    engine: &Engine,
    content: ContentId,
    script: &str,
) -> Result<Outcome, EngineError> {
    let answer = submit("ada", content, program(script));
    engine.submit(&HOST, answer).await
}

#[tokio::test]
async fn su_1_a_grader_of_the_host_judges_and_what_it_says_of_hidden_validators_stays_hidden() {
    let (_world, content, engine, reader) = graded().await;
    let passed = answered(&engine, content, "5").await.unwrap();
    assert_eq!(passed.feedback.verdict, Verdict::Passed);
    assert_eq!(passed.awarded, Points(100));
    let half = answered(&engine, content, "6").await.unwrap();
    assert_eq!(half.feedback.score, Score::ratio(1, 2));
    assert_eq!(reader.asked.load(Ordering::Relaxed), 4);
    for outcome in [passed, half] {
        let id = outcome.submission.id;
        let of_ada = engine.feedback(&actor("ada"), id).await.unwrap();
        for feedback in [json!(outcome.feedback), json!(of_ada)] {
            let told = feedback.to_string();
            assert!(told.contains("the reason of seen"), "{told}");
            assert!(
                !told.contains("unseen") && !told.contains("the note"),
                "{told}"
            );
        }
        let report = engine.report(&HOST, id).await.unwrap();
        let report = json!(report).to_string();
        for words in [
            "the reason of unseen",
            "the note on seen",
            "the note on unseen",
        ] {
            assert!(report.contains(words), "{report}");
        }
    }
}

#[tokio::test]
async fn su_1_a_program_that_fails_is_judged_without_the_grader() {
    let (world, content, engine, reader) = graded().await;
    let failed = answered(&engine, content, "fails 5").await.unwrap();
    assert_eq!(failed.feedback.verdict, Verdict::RuntimeError);
    assert_eq!(failed.feedback.score, Score::ZERO);
    // Nobody misses a grader that is not asked.
    let failed = answered(&world.engine, content, "fails 5").await.unwrap();
    assert_eq!(failed.feedback.verdict, Verdict::RuntimeError);
    assert_eq!(reader.asked.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn su_1_without_its_grader_a_submission_is_ungradable_until_there_is_one() {
    let (world, content, engine, _) = graded().await;
    let error = answered(&world.engine, content, "5").await.unwrap_err();
    assert_eq!(
        (error.code(), error.is_temporary()),
        ("grader_failed", false)
    );
    assert_eq!(world.store.pending(10).await.unwrap(), []);
    let page = PageRequest::default();
    let all = engine.submissions(&HOST, &user("ada"), None, page).await;
    let submission = all.unwrap().items.remove(0);
    let ungradable = matches!(submission.judging, JudgingState::Ungradable { .. });
    assert!(ungradable, "{submission:?}");
    let outcome = engine.grade(submission.id).await.unwrap();
    assert_eq!(outcome.awarded, Points(100));
}

#[tokio::test]
async fn su_1_a_grader_that_is_away_leaves_the_submission_to_be_graded_later() {
    let (world, content, engine, reader) = graded().await;
    reader.is_away.store(true, Ordering::Relaxed);
    let error = answered(&engine, content, "5").await.unwrap_err();
    assert_eq!(
        (error.code(), error.is_temporary()),
        ("grader_failed", true)
    );
    let pending = world.store.pending(10).await.unwrap();
    assert_eq!(pending.len(), 1);
    assert_eq!(engine.grade_pending(10).await.unwrap(), 0);
    assert_eq!(world.store.pending(10).await.unwrap(), pending);
    reader.is_away.store(false, Ordering::Relaxed);
    assert_eq!(engine.grade_pending(10).await.unwrap(), 1);
    let wallet = engine.wallet(&HOST, &user("ada")).await.unwrap();
    assert_eq!(wallet.balance, Points(100));
}

#[tokio::test]
async fn ac_9_the_directory_of_the_host_names_those_who_never_had_an_account() {
    let world = World::new();
    for name in ["bob", "cy"] {
        register(&world, name).await;
    }
    for name in ["ada", "bob", "cy", "dan"] {
        earn(&world, name, &format!("of-{name}")).await;
    }
    let cy = actor("cy");
    world.engine.delete_account(&cy, &user("cy")).await.unwrap();
    let names = Arc::new(Names::of(&["ada", "bob", "cy", "eve"]));
    let engine = world.engine.clone();
    let engine = engine.with_directory(Arc::clone(&names) as _);
    let guest = Actor::guest();
    let ranking = engine.user_ranking(&guest, PageRequest::default()).await;
    let shown: BTreeMap<_, _> = ranking
        .unwrap()
        .items
        .into_iter()
        .map(|shown| (shown.user.to_string(), shown.name))
        .collect();
    let wanted = [
        ("ada", Some("ada of the host")),
        ("bob", Some("bob Lovelace")),
        ("cy", None),
        ("dan", None),
    ];
    let wanted = wanted.map(|(user, name)| (user.to_owned(), name.map(str::to_owned)));
    assert_eq!(shown, BTreeMap::from(wanted));
    // Who never did anything here is known by the directory alone.
    let eve = engine.public_user(&guest, &user("eve")).await.unwrap();
    assert_eq!(eve.name.as_deref(), Some("eve of the host"));
    let cy = engine.public_user(&guest, &user("cy")).await.unwrap();
    assert_eq!(cy.name, None);
}

#[tokio::test]
async fn ac_9_a_directory_that_is_away_is_no_failure_of_the_store() {
    let world = World::new();
    earn(&world, "ada", "sum").await;
    let names = Arc::new(Names::of(&["ada"]));
    let engine = world.engine.clone();
    let engine = engine.with_directory(Arc::clone(&names) as _);
    names.is_away.store(true, Ordering::Relaxed);
    let guest = Actor::guest();
    let asked = engine.public_user(&guest, &user("ada")).await.unwrap_err();
    let listed = engine.user_ranking(&guest, PageRequest::default()).await;
    for error in [asked, listed.unwrap_err()] {
        assert_eq!(
            (error.code(), error.is_temporary()),
            ("directory_failed", true)
        );
        assert_eq!(error.to_string(), "the directory is away");
    }
    names.is_away.store(false, Ordering::Relaxed);
    let ada = engine.public_user(&guest, &user("ada")).await.unwrap();
    assert_eq!(ada.name.as_deref(), Some("ada of the host"));
}

#[tokio::test]
async fn sy_6_a_consumer_moves_forward_to_places_that_the_log_has() {
    let World { engine, .. } = World::new();
    let grades: ConsumerId = "grades".parse().unwrap();
    let note = |place| engine.note_consumed(&HOST, &grades, Cursor(place));
    note(0).await.unwrap();
    assert_eq!(code(note(1).await), "invalid");
    for slug in ["one", "two"] {
        engine
            .create_content(&HOST, reading_as(slug))
            .await
            .unwrap();
    }
    let last = engine.events(&HOST, Cursor(0), 100).await.unwrap();
    let last = last.last().unwrap().cursor;
    for beyond in [last.0 + 1, u64::MAX] {
        assert_eq!(code(note(beyond).await), "invalid");
    }
    assert_eq!(engine.consumed(&HOST, &grades).await.unwrap(), Cursor(0));
    for (place, then) in [(1, Cursor(1)), (last.0, last), (1, last)] {
        note(place).await.unwrap();
        assert_eq!(engine.consumed(&HOST, &grades).await.unwrap(), then);
    }
}

#[tokio::test]
async fn sy_6_who_reads_the_log_does_not_move_its_consumers() {
    let World { engine, .. } = World::new();
    engine.create_content(&HOST, reading()).await.unwrap();
    let grades: ConsumerId = "grades".parse().unwrap();
    let admin = actor("root").with(Role::Admin);
    assert_eq!(engine.consumed(&admin, &grades).await.unwrap(), Cursor(0));
    for other in [admin, actor("ada"), Actor::guest()] {
        let noted = engine.note_consumed(&other, &grades, Cursor(1)).await;
        assert_eq!(code(noted), "not_allowed", "{other:?}");
    }
    assert_eq!(engine.consumed(&HOST, &grades).await.unwrap(), Cursor(0));
}

fn reading_as(slug: &str) -> ContentDraft {
    ContentDraft {
        slug: slug.parse().unwrap(),
        ..reading()
    }
}
