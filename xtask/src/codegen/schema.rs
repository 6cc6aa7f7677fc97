//! The JSON Schemas of everything that crosses a border, made from core's own types.

use polycode_core::catalogue::{Content, ContentDraft, ContentSummary, ContentView};
use polycode_core::engine::{Imported, Outcome, RunProgram, RunResult, RunValidator, Submit};
use polycode_core::event::Logged;
use polycode_core::judging::{Answer, Case, Feedback, Report, SubmissionView};
use polycode_core::polypoints::{Entry, Wallet};
use polycode_core::port::{Page, PageRequest, Versioned};
use polycode_core::practice::Progress;
use polycode_core::refusal::Problem;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of one document that people write, such as a case file.
pub(crate) fn document<T: JsonSchema>() -> Value {
    generator().into_root_schema_for::<T>().to_value()
}

/// One schema whose `$defs` hold every type that crosses a binding, by name.
pub(crate) fn models() -> Value {
    let mut generator = generator();
    macro_rules! define {
        ($($name:ty),* $(,)?) => { $( generator.subschema_for::<$name>(); )* };
    }
    define!(
        Answer,
        Case,
        Content,
        ContentDraft,
        ContentSummary,
        ContentView,
        Entry,
        Feedback,
        Imported,
        Logged,
        Outcome,
        Page<ContentSummary>,
        Page<Entry>,
        Page<SubmissionView>,
        PageRequest,
        Problem,
        Progress,
        Report,
        RunProgram,
        RunResult,
        RunValidator,
        SubmissionView,
        Submit,
        Versioned<Content>,
        Wallet,
    );
    let mut definitions = Map::new();
    for (name, definition) in generator.take_definitions(true) {
        definitions.insert(name_by_parameter(name, &definition), definition);
    }
    definitions.sort_keys();
    json!({
        "$schema": DIALECT,
        "title": "Models",
        "description": "Everything that crosses the bindings of PolyCode.",
        "$defs": definitions,
    })
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12().into_generator()
}

/// Types with a parameter are all called alike but for a number: they are named by it instead.
/// Nothing refers to them, so that no reference has to change.
fn name_by_parameter(name: String, definition: &Value) -> String {
    let parameter = |path: &str| {
        let reference = definition.pointer(path)?.as_str()?;
        reference.rsplit('/').next()
    };
    if name.starts_with("Page")
        && let Some(item) = parameter("/properties/items/items/$ref")
    {
        format!("{}Page", item.trim_end_matches("View"))
    } else if name.starts_with("Versioned")
        && let Some(item) = parameter("/properties/value/$ref")
    {
        format!("Versioned{item}")
    } else {
        name
    }
}
