//! The events and documents of modules, authorship, progress in modules and workspaces are
//! promises: each type's JSON is compared with a snapshot.
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

use std::collections::BTreeSet;

use insta::assert_json_snapshot;
use jiff::Timestamp;
use polycode_core::catalogue::{Authorship, ContentEvent, Module, ModuleDraft, Tree};
use polycode_core::id::{ContentId, ModuleId, UserId};
use polycode_core::judging::Answer;
use polycode_core::practice::{Edit, ModuleProgress, ModuleProgressEvent};
use polycode_core::quantity::{Points, Score};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn user(name: &str) -> UserId {
    UserId::new(name).unwrap()
}

/// A value's JSON, after reading it and writing it again: nothing may be lost on the way.
fn wire<T: Serialize + DeserializeOwned>(value: &T) -> Value {
    let wire = serde_json::to_value(value).unwrap();
    let again: T = serde_json::from_value(wire.clone()).unwrap();
    assert_eq!(serde_json::to_value(again).unwrap(), wire);
    wire
}

#[test]
fn modules_keep_their_shape() {
    let draft: ModuleDraft = serde_json::from_value(json!({
        "slug": "basics", "name": "Basics", "type": "practice", "tags": ["rust"], "reward": 5,
    }))
    .unwrap();
    let id = |number| ModuleId(Uuid::from_u128(number));
    let created = Module::decide_create(id(1), Some(user("ada")), draft.clone()).unwrap();
    let other = Module::decide_create(id(2), None, draft.clone()).unwrap();
    let module = Module::begin(&created).unwrap();
    let inner = Module::begin(&other).unwrap();
    let content = ContentId(Uuid::from_u128(3));
    let events = [
        created,
        module.decide_publish().unwrap(),
        module.decide_edit(draft).unwrap(),
        module
            .decide_share(Some(&user("ada")), BTreeSet::from([user("bob")]))
            .unwrap(),
        module
            .decide_place_module(&inner, None, &Tree::default())
            .unwrap(),
        module.decide_place_content(content, Some(0)).unwrap(),
        module.decide_retire(NOW).unwrap(),
    ];
    let full = events.iter().take(6).fold(module, Module::apply);
    let emptied = [
        full.decide_remove_module(id(2)).unwrap(),
        full.decide_remove_content(content).unwrap(),
    ];
    let events: Vec<_> = events.iter().chain(&emptied).map(wire).collect();
    assert_json_snapshot!(json!({"events": events, "module": wire(&full)}));
}

#[test]
fn authorship_keeps_its_shape() {
    let content = ContentId(Uuid::from_u128(3));
    let slug = "sum".parse().unwrap();
    let created = Authorship::decide_create(content, Some(user("ada")), slug);
    let authorship = Authorship::begin(&created).unwrap();
    let shared = authorship.decide_share(Some(&user("ada")), BTreeSet::from([user("bob")]));
    let events: [ContentEvent; 3] = [
        created,
        shared.unwrap(),
        authorship.decide_retire(NOW).unwrap(),
    ];
    let events = events.map(|event| wire(&event));
    assert_json_snapshot!(json!({"events": events, "authorship": wire(&authorship)}));
}

#[test]
fn progress_in_modules_keeps_its_shape() {
    let (user, module) = (user("eve"), ModuleId(Uuid::from_u128(1)));
    let events = [
        ModuleProgressEvent::Advanced {
            user: user.clone(),
            module,
            score: Score::FULL,
            passed: 1,
            contents: 1,
        },
        ModuleProgressEvent::Completed {
            user: user.clone(),
            module,
            at: NOW,
        },
        ModuleProgressEvent::Rewarded {
            user: user.clone(),
            module,
            points: Points(5),
            total: Points(5),
        },
    ];
    let after = events
        .iter()
        .fold(ModuleProgress::new(user, module), ModuleProgress::apply);
    let events = events.map(|event| wire(&event));
    assert_json_snapshot!(json!({"events": events, "progress": wire(&after)}));
}

#[test]
fn answers_and_edits_keep_their_shape() {
    let answers = [
        json!({"kind": "text", "text": "Bern"}),
        json!({"kind": "number", "value": "1.10"}),
        json!({"kind": "quiz", "answers": {"q": {"kind": "choice", "selected": ["a"]}}}),
    ];
    for answer in answers {
        let read: Answer = serde_json::from_value(answer.clone()).unwrap();
        assert_eq!(wire(&read), answer);
    }
    let edits = [
        json!({"kind": "add", "file": "a.py", "text": ""}),
        json!({"kind": "write", "file": "a.py", "text": "x"}),
        json!({"kind": "rename", "file": "a.py", "to": "b.py"}),
        json!({"kind": "remove", "file": "a.py"}),
        json!({"kind": "reset"}),
    ];
    for edit in edits {
        let read: Edit = serde_json::from_value(edit.clone()).unwrap();
        assert_eq!(wire(&read), edit);
    }
}
