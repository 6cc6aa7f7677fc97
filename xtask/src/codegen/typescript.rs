//! The TypeScript models: the wire as it is, as interfaces and unions.

use std::collections::BTreeSet;
use std::fmt::Write;

use anyhow::Result;
use serde_json::Value;

use super::javascript::{camel, lists};
use super::model::{Field, Models, Shape, Type, Variant};
use super::use_case::{UseCase, Wanted, fields_of};

const HEAD: &str = "/**
 * Everything that crosses the border between Node and PolyCode.
 *
 * Generated from the JSON Schemas of the core by `cargo xtask codegen`: do not edit.
 */
";

/// The declaration file's text.
pub(crate) fn declarations(models: &Models) -> String {
    let mut out = HEAD.to_owned();
    for (name, model) in models {
        let union = match &model.shape {
            Shape::Alias(kind) => vec![(type_text(kind), "")],
            Shape::Words(words) => words.iter().map(literal).collect(),
            Shape::Record(fields) => {
                out += &interface(name, &model.doc, &[], fields);
                continue;
            }
            Shape::Tagged { tag, variants } => {
                for Variant {
                    name: own,
                    word,
                    doc,
                    fields,
                } in variants
                {
                    out += &interface(own, doc, &[(tag, word)], fields);
                }
                variants
                    .iter()
                    .map(|variant| (variant.name.clone(), ""))
                    .collect()
            }
            Shape::WordsOr { words, variants } => {
                for Variant {
                    name, doc, fields, ..
                } in variants
                {
                    out += &interface(name, doc, &[], fields);
                }
                let words = words.iter().map(literal);
                words
                    .chain(variants.iter().map(|variant| (variant.name.clone(), "")))
                    .collect()
            }
        };
        let _ = write!(
            out,
            "\n{}export type {name} ={};\n",
            comment(&model.doc, ""),
            joined(&union)
        );
    }
    out
}

fn literal((word, doc): &(String, String)) -> (String, &str) {
    (format!("\"{word}\""), doc)
}

fn joined(union: &[(String, &str)]) -> String {
    if let [(only, _)] = union {
        return format!(" {only}");
    }
    let part = |(text, doc): &(String, &str)| {
        let doc = comment(doc, "  ");
        format!("\n{doc}  | {text}")
    };
    union.iter().map(part).collect()
}

fn interface(name: &str, doc: &str, tags: &[(&str, &str)], fields: &[Field]) -> String {
    let mut out = format!("\n{}export interface {name} {{\n", comment(doc, ""));
    for (tag, word) in tags {
        let _ = writeln!(out, "  {tag}: \"{word}\";");
    }
    out += &members(fields, "  ");
    out + "}\n"
}

fn members(fields: &[Field], indent: &str) -> String {
    let member = |field: &Field| {
        let optional = if field.default.is_some() { "?" } else { "" };
        let null = if field.nullable { " | null" } else { "" };
        let kind = type_text(&field.kind);
        let doc = comment(&field.doc, indent);
        let name = &field.name;
        let name = if name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            name.clone()
        } else {
            format!("\"{name}\"")
        };
        format!("{doc}{indent}{name}{optional}: {kind}{null};\n")
    };
    fields.iter().map(member).collect()
}

fn type_text(kind: &Type) -> String {
    match kind {
        Type::Named(name) => name.clone(),
        Type::Text | Type::Time => "string".to_owned(),
        Type::Whole | Type::Number => "number".to_owned(),
        Type::Flag => "boolean".to_owned(),
        Type::Any => "unknown".to_owned(),
        Type::List(item) | Type::Set(item) => format!("Array<{}>", type_text(item)),
        Type::Map(item) => format!("Record<string, {}>", type_text(item)),
        Type::Inline(fields) => {
            format!("{{\n{}  }}", members(fields, "    "))
        }
    }
}

fn comment(doc: &str, indent: &str) -> String {
    let doc = doc.replace("*/", "*\\/");
    let lines: Vec<_> = doc.lines().collect();
    match lines.as_slice() {
        [] => String::new(),
        [line] => format!("{indent}/** {line} */\n"),
        lines => {
            let text: String = lines
                .iter()
                .map(|line| format!("{indent} * {line}").trim_end().to_owned() + "\n")
                .collect();
            format!("{indent}/**\n{text}{indent} */\n")
        }
    }
}

const USE_CASES_HEAD: &str = "/**
 * Every use case of PolyCode, as methods of `Engine`.
 *
 * Generated from the source of core's `Engine` by `cargo xtask codegen`: do not edit.
 */

import type { CallOptions, Listing } from \"./index\";
";

/// The declaration file of the methods of the use cases.
pub(crate) fn use_cases(models: &Models, use_cases: &[UseCase]) -> Result<String> {
    let mut used = BTreeSet::new();
    let mut methods = String::new();
    for use_case in use_cases {
        methods += &method(models, use_case, &mut used)?;
    }
    let used: Vec<_> = used.iter().map(|name| format!("  {name},\n")).collect();
    let used = used.concat();
    Ok(format!(
        "{USE_CASES_HEAD}import type {{\n{used}}} from \"./models\";\n\n\
         /** Every use case of PolyCode, one method each. */\n\
         export interface UseCases {{\n{methods}}}\n"
    ))
}

fn method(models: &Models, use_case: &UseCase, used: &mut BTreeSet<String>) -> Result<String> {
    let (mut takes, mut options) = (Vec::new(), Vec::new());
    for argument in &use_case.arguments {
        let Wanted { kind, nullable } = &argument.wanted;
        if argument.is_spread {
            let fields = fields_of(models, argument)?;
            for field in fields {
                note_used(&field.kind, used);
            }
            options.extend(fields.iter().cloned());
            continue;
        }
        note_used(kind, used);
        let name = camel(&argument.name);
        if argument.default.is_some() {
            options.push(Field {
                name,
                doc: String::new(),
                kind: kind.clone(),
                nullable: *nullable,
                default: Some(Value::Null),
            });
        } else {
            takes.push(format!("{name}: {}", type_text(kind)));
        }
    }
    let must = options.iter().any(|field| field.default.is_none());
    let optional = if must { "" } else { "?" };
    takes.push(if options.is_empty() {
        format!("options{optional}: CallOptions")
    } else {
        let members = members(&options, "      ");
        format!("options{optional}: CallOptions & {{\n{members}    }}")
    });
    let result = match &use_case.result {
        None => "void".to_owned(),
        Some(Wanted { kind, nullable }) => {
            note_used(kind, used);
            let null = if *nullable { " | null" } else { "" };
            type_text(kind) + null
        }
    };
    let promise = if lists(use_case) {
        "Listing"
    } else {
        "Promise"
    };
    Ok(format!(
        "{}  {}(\n    {},\n  ): {promise}<{result}>;\n",
        comment(&method_doc(use_case), "  "),
        camel(&use_case.name),
        takes.join(",\n    "),
    ))
}

fn method_doc(use_case: &UseCase) -> String {
    let errors = use_case
        .errors
        .replace("`EngineError::Refused`", "the code of a refusal")
        .replace("`EngineError::Store`", "`store_failed`")
        .replace("`EngineError::Directory`", "`directory_failed`")
        .replace(
            "`EngineError::Sandbox`",
            "the code of a sandbox that failed",
        );
    let doc = match errors.strip_prefix("As ") {
        _ if errors.is_empty() => use_case.doc.clone(),
        Some(as_of) => format!("{}\n\n@throws PolycodeError as {as_of}", use_case.doc),
        None => format!("{}\n\n@throws PolycodeError with {errors}", use_case.doc),
    };
    // Other use cases are called as they are in JavaScript.
    let mut parts = doc.split("`Engine::");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('`').unwrap_or((part, ""));
        let _ = write!(out, "`{}`{rest}", camel(name));
    }
    out
}

fn note_used(kind: &Type, used: &mut BTreeSet<String>) {
    match kind {
        Type::Named(name) => {
            used.insert(name.clone());
        }
        Type::List(item) | Type::Set(item) | Type::Map(item) => note_used(item, used),
        _ => {}
    }
}
