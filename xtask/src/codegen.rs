//! Generates the JSON Schemas, and the typed models of the bindings, from core's own types; the table of
//! languages from the runner's, and from what was measured.

mod dispatch;
mod javascript;
mod languages;
mod measured;
mod model;
mod python;
mod python_calls;
mod schema;
mod typescript;
mod use_case;

use std::fs;

use anyhow::{Context, Result, anyhow, ensure};
use polycode_core::catalogue::ContentDraft;
use polycode_core::judging::Case;
use serde_json::Value;

use crate::step;

pub(crate) use measured::Measured;

/// Writes every generated file; or, to check, compares each with what is there.
pub(crate) fn run(check: bool) -> Result<()> {
    println!("\n==> generated files");
    let mut stale = Vec::new();
    for (path, text) in generated()? {
        let full = step::root().join(path);
        if check {
            let kept = fs::read_to_string(&full).unwrap_or_default();
            if kept != text {
                println!("    {path}: differs from what core's types say");
                stale.push(path);
            }
        } else {
            let folder = full
                .parent()
                .with_context(|| format!("{path} is in no folder"))?;
            fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
            fs::write(&full, text).with_context(|| path.to_owned())?;
            println!("    {path}");
        }
    }
    ensure!(
        stale.is_empty(),
        "{} generated files are stale: run `cargo xtask codegen`",
        stale.len()
    );
    Ok(())
}

/// Every generated file: its path and its text.
fn generated() -> Result<Vec<(&'static str, String)>> {
    let schema = schema::models()?;
    let models = model::read(&schema).map_err(|problem| anyhow!(problem))?;
    let use_cases = use_case::read(&models)?;
    let python = python::module(&models);
    let [calls, async_calls, results] = python_calls::modules(&models, &use_cases)?;
    Ok(vec![
        (languages::PAGE, languages::page()?),
        (
            "bindings/shared/src/use_cases.rs",
            dispatch::table(&models, &use_cases)?,
        ),
        ("docs/schema/case.json", json(&schema::document::<Case>())?),
        (
            "docs/schema/content-draft.json",
            json(&schema::document::<ContentDraft>())?,
        ),
        ("docs/schema/models.json", json(&schema)?),
        ("bindings/python/python/polycode/models.py", python),
        ("bindings/python/python/polycode/_use_cases.py", calls),
        (
            "bindings/python/python/polycode/_async_use_cases.py",
            async_calls,
        ),
        ("bindings/python/python/polycode/_results.py", results),
        (
            "bindings/node/models.d.ts",
            typescript::declarations(&models),
        ),
        (
            "bindings/node/use-cases.d.ts",
            typescript::use_cases(&models, &use_cases)?,
        ),
        (
            "bindings/node/lib/use-cases.js",
            javascript::table(&models, &use_cases)?,
        ),
    ])
}

fn json(schema: &Value) -> Result<String> {
    Ok(serde_json::to_string_pretty(schema)? + "\n")
}
