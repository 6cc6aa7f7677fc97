//! The stories that every face tells alike: the same calls, the same results to the byte.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests, too"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use polycode_bindings::{EngineHandle, EngineOptions, GivenTime, Place, RunnerOptions, Sandbox};
use regex::Regex;
use serde::Deserialize;
use serde_json::{Map, Value};

/// When set, the results are written instead of compared.
const WRITE: &str = "POLYCODE_WRITE_STORIES";

/// Stories of the shop and of the whole system, which the table of users' stories does not have.
const OTHERS: [&str; 3] = ["SH-1", "SY-3", "SY-6"];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    id: String,
    stories: Vec<String>,
    #[serde(rename = "why")]
    _why: String,
    now: String,
    actors: BTreeMap<String, Value>,
    steps: Vec<Step>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    #[serde(default)]
    at: Option<String>,
    #[serde(default, rename = "as")]
    actor: Option<String>,
    call: String,
    #[serde(default)]
    given: Map<String, Value>,
    #[serde(default)]
    save: BTreeMap<String, String>,
    #[serde(default)]
    expect: BTreeMap<String, Value>,
    #[serde(default)]
    refused: Option<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/stories")
}

fn stories() -> Vec<PathBuf> {
    let files = fs::read_dir(folder()).unwrap();
    let mut stories: Vec<_> = files
        .map(|file| file.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    stories.sort();
    stories
}

/// Puts what was saved where a text is `$` and its name.
fn filled(value: &Value, saved: &BTreeMap<String, Value>) -> Value {
    match value {
        Value::String(text) => match text.strip_prefix('$') {
            Some(name) => saved[name].clone(),
            None => value.clone(),
        },
        Value::Array(items) => items.iter().map(|item| filled(item, saved)).collect(),
        Value::Object(fields) => {
            let fields = fields.iter();
            fields
                .map(|(name, value)| (name.clone(), filled(value, saved)))
                .collect()
        }
        value => value.clone(),
    }
}

/// Tells a story; gives what came of each step, one line each.
async fn tell(story: &Story, sandbox: Arc<dyn Sandbox>, url: &str) -> String {
    let wall = Regex::new(r#""wallUs":\d+"#).unwrap();
    let time = Arc::new(GivenTime::new(&story.now).unwrap());
    let options = EngineOptions {
        time: Some(Arc::clone(&time)),
        ..EngineOptions::default()
    };
    let host = EngineHandle::open(Place::Url(url.to_owned()), sandbox, options)
        .await
        .unwrap();
    let mut saved = BTreeMap::new();
    let mut results = String::new();
    for (index, step) in story.steps.iter().enumerate() {
        let place = format!("{}: step {index}, {}", story.id, step.call);
        if let Some(now) = &step.at {
            time.set(now).unwrap();
        }
        let engine = match &step.actor {
            Some(name) => host.acting_as(story.actors[name].to_string().as_bytes()),
            None => Ok(host.clone()),
        };
        let given = filled(&Value::Object(step.given.clone()), &saved);
        let called = engine
            .unwrap()
            .call(&step.call, given.to_string().as_bytes())
            .await;
        let line = match (called, &step.refused) {
            (Ok(json), None) => {
                let result: Value = serde_json::from_slice(&json).unwrap();
                for (pointer, expected) in &step.expect {
                    let found = result.pointer(pointer).unwrap_or(&Value::Null);
                    let expected = filled(expected, &saved);
                    assert_eq!(*found, expected, "{place}: `{pointer}` in {result}");
                }
                for (name, pointer) in &step.save {
                    let found = result.pointer(pointer).cloned();
                    let found = found.unwrap_or_else(|| panic!("{place}: `{pointer}`: {result}"));
                    saved.insert(name.clone(), found);
                }
                String::from_utf8(json).unwrap()
            }
            (Err(failure), Some(code)) => {
                assert_eq!(failure.code, code, "{place}: {}", failure.message);
                failure.to_json()
            }
            (Ok(json), Some(code)) => {
                panic!("{place}: not {code}: {}", String::from_utf8_lossy(&json))
            }
            (Err(failure), None) => panic!("{place}: {}", failure.to_json()),
        };
        results += &wall.replace_all(&line, r#""wallUs":0"#);
        results.push('\n');
    }
    results
}

#[test]
fn every_story_has_the_results_that_are_kept() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let _inside = runtime.enter();
    let sandbox = RunnerOptions::default().start().unwrap();
    let stories = stories();
    assert!(stories.len() >= 12, "there are {} stories", stories.len());
    let known = fs::read_to_string(folder().join("../../docs/stories.md")).unwrap();
    for path in stories {
        let story: Story = serde_json::from_slice(&fs::read(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(path.file_stem().unwrap().to_str(), Some(story.id.as_str()));
        for id in &story.stories {
            let is_known = OTHERS.contains(&id.as_str()) || known.contains(&format!("| {id} |"));
            assert!(is_known, "{}: there is no story {id}", story.id);
        }
        let results = runtime.block_on(tell(&story, Arc::clone(&sandbox), "memory:"));
        let again = runtime.block_on(tell(&story, Arc::clone(&sandbox), "memory:"));
        assert_eq!(results, again, "{}: told again", story.id);
        let kept = path.with_extension("results.jsonl");
        if std::env::var_os(WRITE).is_some() {
            fs::write(&kept, &results).unwrap();
        }
        let expected = fs::read_to_string(&kept).unwrap_or_default();
        for (index, (found, expected)) in results.lines().zip(expected.lines()).enumerate() {
            assert_eq!(found, expected, "{}: step {index}", story.id);
        }
        assert_eq!(results, expected, "{}: the number of steps", story.id);
    }
}
