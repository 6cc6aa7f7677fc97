//! The table that the calls of both faces go through, in Rust.

use std::fmt::Write;

use anyhow::Result;

use super::model::{Models, Type};
use super::use_case::{Argument, Passing, UseCase, fields_of};

const HEAD: &str = "\
//! Every use case of core, as the calls of the faces find it.
//!
//! Generated from the source of core's `Engine` by `cargo xtask codegen`: do not edit.

use crate::dispatch::use_cases;

use_cases! {
";

/// The text of the table.
pub(crate) fn table(models: &Models, use_cases: &[UseCase]) -> Result<String> {
    let mut out = HEAD.to_owned();
    for use_case in use_cases {
        let actor = use_case.is_acting.then(|| "acting actor".to_owned());
        let rest = use_case.arguments.iter().map(|argument| {
            let how = how(argument.passing);
            format!("{how} {}", argument.name)
        });
        let arguments: Vec<_> = actor.into_iter().chain(rest).collect();
        let mut row = format!("    {}({})", use_case.name, arguments.join(", "));
        for argument in &use_case.arguments {
            for path in contents(models, argument)? {
                let _ = write!(row, " [{path}]");
            }
        }
        let _ = writeln!(out, "{row};");
    }
    Ok(out + "}\n")
}

/// The word of the table for how an argument is handed over.
fn how(passing: Passing) -> &'static str {
    match passing {
        Passing::Owned => "owned",
        Passing::Borrowed => "borrowed",
        Passing::Optional => "optional",
        Passing::List => "list",
        Passing::Text => "text",
        Passing::Bytes => "bytes",
    }
}

/// Where an argument names contents.
fn contents(models: &Models, argument: &Argument) -> Result<Vec<String>> {
    let is_content = |kind: &Type| matches!(kind, Type::Named(name) if name == "ContentId");
    let name = &argument.name;
    if is_content(&argument.wanted.kind) {
        return Ok(vec![format!("\"{name}\"")]);
    }
    if !argument.is_spread {
        return Ok(Vec::new());
    }
    let fields = fields_of(models, argument)?.iter();
    let fields = fields.filter(|field| is_content(&field.kind));
    Ok(fields
        .map(|field| format!("\"{name}\" \"{}\"", field.name))
        .collect())
}
