use serde_json::{Value, json};

use super::*;

fn draft(root: &Value) -> ContentDraft {
    let wire = json!({"slug": "s", "name": "n", "type": "exercise", "root": root});
    serde_json::from_value(wire).expect("a draft")
}

fn editor(id: &str, validators: &Value) -> Value {
    json!({"id": id, "kind": "code_editor", "languages": {"python": {}}, "validators": validators})
}

#[track_caller]
fn fields(draft: &ContentDraft) -> Vec<String> {
    match draft.check() {
        Ok(()) => Vec::new(),
        Err(Refusal::Invalid(problems)) => problems.into_iter().map(|p| p.field).collect(),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_nested_editor_is_found_however_deep() {
    let mut root = editor("deep", &json!([{"id": "v", "kind": "output"}]));
    for level in 0..15 {
        root = json!({"id": format!("c{level}"), "kind": "container", "components": [root]});
    }
    let draft = draft(&root);
    assert_eq!(fields(&draft), Vec::<String>::new());
    assert_eq!(draft.goal().parts.len(), 1);
}

#[test]
fn components_nested_too_deep_are_refused() {
    let mut root = json!({"id": "leaf", "kind": "markdown", "text": ""});
    for level in 0..20 {
        root = json!({"id": format!("c{level}"), "kind": "container", "components": [root]});
    }
    assert_eq!(fields(&draft(&root)), ["root"]);
}

#[test]
fn every_broken_rule_is_named_with_its_field() {
    let root = json!({"id": "c", "kind": "container", "components": [
        editor("e", &json!([
            {"id": "v", "kind": "output", "weight": 0},
            {"id": "v", "kind": "choice", "correct": [], "weight": 0},
        ])),
        {"id": "e", "kind": "mcq", "question": "?", "options": [{"id": "a", "text": "A"}],
         "validators": [{"id": "v", "kind": "choice", "correct": ["b"]}]},
    ]});
    assert_eq!(
        fields(&draft(&root)),
        [
            "component e.validators",
            "component e.validators[1].id",
            "component e.validators[1].kind",
            "component e",
            "component e.options",
            "component e.validators[0].correct",
        ]
    );
}

#[test]
fn an_unknown_field_is_not_ignored() {
    let wire = editor("e", &json!([{"id": "v", "kind": "output", "expcted": "5"}]));
    let error = serde_json::from_value::<Component>(wire)
        .expect_err("refused")
        .to_string();
    assert!(error.contains("expcted"), "{error}");
}
