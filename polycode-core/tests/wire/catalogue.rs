//! Contents and modules, and whose they are.

use std::collections::BTreeSet;

use insta::assert_json_snapshot;
use polycode_core::catalogue::{
    Authorship, Content, ContentEvent, ContentView, Module, ModuleDraft, Tree,
};
use polycode_core::id::{ContentId, ModuleId};
use polycode_core::port::Versioned;
use polycode_core::quantity::Version;
use serde_json::json;
use uuid::Uuid;

use crate::{NOW, round_trip, user, wire};

#[test]
fn a_content_and_its_view_keep_their_shape() {
    let wire = json!({
        "id": ContentId(Uuid::from_u128(1)), "slug": "sum", "name": "Sum", "description": "Add.", "type": "exercise",
        "tags": ["maths"], "reward": 10, "passMark": 1_000_000,
        "root": {"id": "root", "kind": "container", "orientation": "horizontal", "components": [
            {"id": "text", "kind": "markdown", "text": "# Sum"},
            {"id": "editor", "kind": "code_editor", "weight": 2,
             "languages": {"python": {"files": {"main.py": ""}, "fixed": {"lib.py": ""}, "entry": "main.py"}},
             "limits": {"timeMs": 1000, "memoryBytes": 67_108_864, "outputBytes": 1024, "fileBytes": 0,
                        "fileCount": 0, "fuel": 5},
             "validators": [
                {"id": "a", "weight": 1, "kind": "output", "stdin": "1 2", "args": ["x"],
                 "files": {"in.txt": "1"}, "expected": "3", "expectedFiles": {"out.txt": "3"},
                 "comparison": {"numbers": {"tolerance": 0.5}}},
                {"id": "b", "hidden": true, "weight": 3, "kind": "function", "name": "add",
                 "args": [1, [2], null], "expected": {"sum": 3}, "tolerance": 0.1},
            ]},
            {"id": "quiz", "kind": "mcq", "question": "?", "choose": "many", "weight": 1,
             "options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}],
             "validators": [{"id": "v", "weight": 1, "kind": "choice", "correct": ["a"], "credit": "partial"}]},
        ]},
    });
    assert_eq!(round_trip::<Content>(&wire), wire);
    let content: Content = serde_json::from_value(wire).unwrap();
    content.draft.check().unwrap();
    let view = ContentView::from(&Versioned {
        version: Version(3),
        value: content,
    });
    assert_json_snapshot!(view);
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
