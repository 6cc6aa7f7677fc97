//! Contents, the answers to them, and the grades of these.

use std::collections::BTreeMap;

use polycode_core::catalogue::{ContentDraft, ContentEvent};
use polycode_core::engine::{ReviewSubmission, Submit};
use polycode_core::id::{ContentId, RegradeId, SubmissionId};
use polycode_core::judging::submission::SubmissionEvent;
use polycode_core::judging::{Mark, Marks, Regrade, RegradeEvent, Submission};
use polycode_core::permission::{Actor, Role};
use polycode_core::quantity::Version;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use super::{Scene, USERS, actor, change, everything, somebody};
use crate::world::{
    HOST, Trouble, World, choice, draft, exercise, page, program, question, submit, user,
};

const SCRIPTS: [&str; 5] = ["5 25", "0 25", "5 0", "0 0", "rejected"];
const OPTIONS: [&[&str]; 4] = [&[], &["a"], &["a", "b"], &["a", "b", "c"]];
/// Half of the time there is none.
const TROUBLES: [Option<Trouble>; 4] = [None, None, Some(Trouble::Busy), Some(Trouble::Broken)];
const CONTENTS: usize = 4;

#[derive(Debug, Clone)]
pub(super) enum Deed {
    Submit(Given),
    Receive(Given),
    GradePending { limit: u32 },
    Grade { index: usize },
    Trouble { kind: Option<Trouble> },
    Edit { content: usize, pass_mark: u32 },
    Review { index: usize, points: u32 },
    Regrade { content: usize, limit: u32 },
}

/// Who answers what.
#[derive(Debug, Clone)]
pub(super) struct Given {
    user: &'static str,
    content: usize,
    script: &'static str,
    selected: &'static [&'static str],
}

pub(super) fn deed() -> impl Strategy<Value = Deed> {
    let received = 0..40_usize;
    prop_oneof![
        6 => given().prop_map(Deed::Submit),
        3 => given().prop_map(Deed::Receive),
        2 => (0..4_u32).prop_map(|limit| Deed::GradePending { limit }),
        2 => received.clone().prop_map(|index| Deed::Grade { index }),
        2 => select(&TROUBLES[..]).prop_map(|kind| Deed::Trouble { kind }),
        1 => (0..CONTENTS, 0..=1_000_000_u32)
            .prop_map(|(content, pass_mark)| Deed::Edit { content, pass_mark }),
        2 => (received, 0..=4_u32).prop_map(|(index, points)| Deed::Review { index, points }),
        1 => (0..CONTENTS, 0..40_u32)
            .prop_map(|(content, limit)| Deed::Regrade { content, limit }),
    ]
}

fn given() -> impl Strategy<Value = Given> {
    let answer = (select(&SCRIPTS[..]), select(&OPTIONS[..]));
    (somebody(), 0..CONTENTS, answer).prop_map(|(user, content, (script, selected))| Given {
        user,
        content,
        script,
        selected,
    })
}

/// Publishes the contents that are answered: a question first, then programs.
pub(super) async fn contents(world: &World) -> Vec<ContentId> {
    let mut contents = Vec::new();
    for draft in [question("quiz"), exercise("one"), exercise("two"), marked()] {
        contents.push(world.publish(draft).await.value.id);
    }
    assert_eq!(contents.len(), CONTENTS);
    contents
}

/// A program that writes 5, and that a person marks; it may be answered five times.
fn marked() -> ContentDraft {
    draft(
        "marked",
        &json!([{"id": "code", "kind": "code_editor", "languages": {"python": {}},
            "rules": {"maxAttempts": 5}, "validators": [
            {"id": "writes", "kind": "output", "expected": "5"},
            {"id": "style", "kind": "manual", "weight": 2,
             "criteria": [{"id": "clear", "text": "?", "points": 4}]},
        ]}]),
    )
}

pub(super) async fn carry_out(scene: &mut Scene, deed: Deed) {
    let engine = &scene.world.engine;
    match deed {
        Deed::Submit(given) => drop(engine.submit(&HOST, answer(scene, &given)).await),
        Deed::Receive(given) => {
            let received = engine.receive(&HOST, answer(scene, &given)).await;
            scene.received.extend(received.ok());
        }
        Deed::GradePending { limit } => {
            engine.grade_pending(limit).await.unwrap();
        }
        Deed::Grade { index } => {
            if let Some(id) = scene.received.get(index) {
                drop(engine.grade(*id).await);
            }
        }
        Deed::Trouble { kind } => scene.world.sandbox.has(kind),
        Deed::Edit { content, pass_mark } => {
            let id = scene.contents[content];
            let stored = scene.world.newest(id).await;
            let mut draft = stored.value.draft;
            draft.pass_mark = pass_mark.try_into().unwrap();
            let edited = engine
                .update_content(&HOST, id, stored.version, draft)
                .await;
            edited.unwrap();
        }
        Deed::Review { index, points } => {
            if let Some(id) = scene.received.get(index) {
                drop(engine.review(&teacher(), review(*id, points)).await);
            }
        }
        Deed::Regrade { content, limit } => {
            let content = scene.contents[content];
            drop(engine.regrade(&teacher(), content, Version(1)).await);
            for id in &scene.contents {
                for regrade in engine
                    .regrades(&teacher(), *id, page())
                    .await
                    .unwrap()
                    .items
                {
                    drop(engine.continue_regrade(regrade.id, limit).await);
                }
            }
        }
    }
}

fn answer(scene: &Scene, given: &Given) -> Submit {
    let answer = match given.content {
        0 => choice(given.selected),
        _ => program(given.script),
    };
    submit(given.user, scene.contents[given.content], answer)
}

fn review(submission: SubmissionId, points: u32) -> ReviewSubmission {
    let criterion = "clear".parse().unwrap();
    let marks = Marks {
        validator: "style".parse().unwrap(),
        marks: vec![Mark { criterion, points }],
    };
    ReviewSubmission {
        submission,
        marks: vec![marks],
        comment: String::new(),
        remarks: Vec::new(),
    }
}

fn teacher() -> Actor {
    actor("grace").with(Role::ContentCreator)
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct Told {
    versions: BTreeMap<ContentId, Version>,
    submissions: BTreeMap<SubmissionId, Submission>,
    regrades: BTreeMap<RegradeId, Regrade>,
}

impl Told {
    pub(super) fn apply_content(&mut self, event: &ContentEvent) {
        let ContentEvent::Published { content, version } = event else {
            panic!("unknown event {event:?}");
        };
        self.versions.insert(*content, *version);
    }

    pub(super) fn apply_submission(&mut self, event: &SubmissionEvent) {
        change(
            &mut self.submissions,
            event.submission(),
            || Submission::begin(event),
            |submission| submission.apply(event),
        );
    }

    pub(super) fn apply_regrade(&mut self, event: &RegradeEvent) {
        let id = match event {
            RegradeEvent::Started { regrade } => regrade.id,
            RegradeEvent::Passed { regrade, .. } | RegradeEvent::Finished { regrade, .. } => {
                *regrade
            }
            other => panic!("unknown event {other:?}"),
        };
        change(
            &mut self.regrades,
            id,
            || Regrade::begin(event),
            |regrade| regrade.apply(event),
        );
    }
}

pub(super) async fn stored(scene: &Scene) -> Told {
    let World { engine, store, .. } = &scene.world;
    let mut stored = Told::default();
    for id in &scene.contents {
        let content = store.content(*id).await.unwrap().unwrap();
        stored.versions.insert(*id, content.version);
        let regrades = engine.regrades(&teacher(), *id, page()).await.unwrap();
        let regrades = regrades.items.into_iter();
        stored.regrades.extend(regrades.map(|one| (one.id, one)));
    }
    for name in USERS {
        let page = store.submissions(&user(name), None, everything()).await;
        let submissions = page.unwrap().items.into_iter();
        let submissions = submissions.map(|one| (one.id, one));
        stored.submissions.extend(submissions);
    }
    stored
}
