//! The page, the API's page and the `OpenAPI` document.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::site::app;
use crate::support::{Browser, Scripted, engine};
use serde_json::Value;

async fn browser() -> Browser {
    Browser::new(&app(engine(Arc::new(Scripted::default())).await).await)
}

#[tokio::test]
async fn the_document_describes_every_resource() {
    let document = browser().await.get("/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    let (mut operations, mut ids) = (BTreeSet::new(), BTreeSet::new());
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            operations.insert(format!("{} {path}", method.to_uppercase()));
            ids.insert(operation["operationId"].to_string());
            for field in ["operationId", "summary"] {
                assert!(
                    operation[field].is_string(),
                    "{method} {path} has no {field}"
                );
            }
            let responses = operation["responses"].as_object().unwrap();
            let refusals = responses.keys().filter(|status| status.starts_with('4'));
            assert!(refusals.count() > 0, "{method} {path} tells of no errors");
            assert!(!responses.contains_key("default"), "{method} {path}");
            assert!(
                responses.keys().any(|status| status.starts_with('2')),
                "{method} {path}"
            );
        }
    }
    for operation in [
        "GET /contents",
        "POST /submissions",
        "POST /session",
        "PUT /tests/{test}",
        "GET /campaigns/{campaign}/results",
        "DELETE /teams/{team}/members/{user}",
    ] {
        assert!(operations.contains(operation), "{operation}");
    }
    assert_eq!(ids.len(), operations.len(), "an id is given twice");
    assert!(operations.len() > 120, "{}", operations.len());
}

#[tokio::test]
async fn no_two_schemas_are_told_apart_by_a_number() {
    let document = browser().await.get("/openapi.json").await.json();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    assert!(schemas.len() > 300, "{}", schemas.len());
    for name in schemas.keys() {
        assert!(!name.ends_with(char::is_numeric), "{name}");
    }
}

#[tokio::test]
async fn every_reference_in_the_document_leads_somewhere() {
    let document = browser().await.get("/openapi.json").await.json();
    let mut references = BTreeSet::new();
    collect(&document, &mut references);
    assert!(references.len() > 20, "{references:?}");
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get("$ref") {
                references.insert(reference.clone());
            }
            fields.values().for_each(|field| collect(field, references));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        _ => {}
    }
}

#[tokio::test]
async fn pages_are_made_of_files_of_this_server_only() {
    let browser = browser().await;
    let mut left = vec!["/".to_owned()];
    let mut seen = BTreeSet::new();
    while let Some(path) = left.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let reply = browser.get(&path).await;
        assert_eq!(reply.status, 200, "{path}");
        let outside = reply.text.replace("http://www.w3.org/2000/svg", "");
        assert!(
            !outside.contains("http://") && !outside.contains("https://"),
            "{path}"
        );
        left.extend(files_in(&reply.text));
    }
    assert!(seen.len() > 10, "{seen:?}");
}

/// The assets that a page or a module refers to.
fn files_in(text: &str) -> Vec<String> {
    let quoted: Vec<_> = text.split('"').collect();
    quoted
        .iter()
        .filter_map(|part| match part.strip_prefix("./") {
            Some(module) => Some(format!("/assets/{module}")),
            None => part.starts_with("/assets/").then(|| (*part).to_owned()),
        })
        .filter(|path| path.contains('.'))
        .collect()
}
