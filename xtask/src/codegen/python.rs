//! The Python models: frozen msgspec structs, with the wire's camelCase names as `snake_case`.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::model::{Field, Models, Shape, Type, Variant};

const HEAD: &str = r#""""Everything that crosses the border between Python and PolyCode, as typed values.

Generated from the JSON Schemas of the core by `cargo xtask codegen`: do not edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Literal, TypeAlias

import msgspec

"#;

/// The module's text.
pub(crate) fn module(models: &Models) -> String {
    let mut names: Vec<&str> = Vec::new();
    let [mut aliases, mut enums, mut records, mut unions] = [const { String::new() }; 4];
    for (name, model) in models {
        names.push(name);
        match &model.shape {
            Shape::Alias(kind) => alias(&mut aliases, name, &type_text(kind), &model.doc),
            Shape::Words(words) => enums += &enumeration(name, &model.doc, words),
            Shape::Record(fields) => records += &class(models, name, &model.doc, "", &[], fields),
            Shape::Tagged { tag, variants } => {
                for variant in variants {
                    names.push(&variant.name);
                    let tags = [(tag.as_str(), variant.word.as_str())];
                    let options = format!(", tag_field=\"{tag}\", tag=\"{}\"", variant.word);
                    let Variant {
                        name, doc, fields, ..
                    } = variant;
                    records += &class(models, name, doc, &options, &tags, fields);
                }
                let parts: Vec<_> = variants
                    .iter()
                    .map(|variant| variant.name.clone())
                    .collect();
                alias(&mut unions, name, &union(&parts), &model.doc);
            }
            Shape::WordsOr { words, variants } => {
                for Variant {
                    name, doc, fields, ..
                } in variants
                {
                    names.push(name);
                    records += &class(models, name, doc, "", &[], fields);
                }
                let words: Vec<_> = words
                    .iter()
                    .map(|(word, _)| format!("\"{word}\""))
                    .collect();
                let mut parts = vec![format!("Literal[{}]", words.join(", "))];
                parts.extend(variants.iter().map(|variant| variant.name.clone()));
                alias(&mut unions, name, &union(&parts), &model.doc);
            }
        }
    }
    names.sort_unstable();
    let all: Vec<_> = names
        .iter()
        .map(|name| format!("    \"{name}\",\n"))
        .collect();
    let all = format!("__all__ = [\n{}]\n\n", all.concat());
    let text = format!("{HEAD}{all}{aliases}{enums}{records}\n\n{unions}");
    text.trim_end().to_owned() + "\n"
}

fn alias(out: &mut String, name: &str, kind: &str, doc: &str) {
    let _ = write!(out, "{name}: TypeAlias = {kind}\n{}\n", docstring(doc, ""));
}

fn union(parts: &[String]) -> String {
    let text = parts.join(" | ");
    if text.len() < 70 {
        text
    } else {
        format!("(\n    {}\n)", parts.join("\n    | "))
    }
}

fn enumeration(name: &str, doc: &str, words: &[(String, String)]) -> String {
    let mut out = format!("\n\nclass {name}(StrEnum):\n{}", docstring(doc, "    "));
    for (word, doc) in words {
        let constant = word.to_ascii_uppercase();
        let _ = write!(
            out,
            "\n    {constant} = \"{word}\"\n{}",
            docstring(doc, "    ")
        );
    }
    out
}

fn class(
    models: &Models,
    name: &str,
    doc: &str,
    options: &str,
    tags: &[(&str, &str)],
    fields: &[Field],
) -> String {
    let mut out = String::new();
    for field in fields {
        if let Type::Inline(inner) = &field.kind {
            let doc = format!("The `{}` of a `{name}`.", field.name);
            out += &class(models, &inline_name(name), &doc, "", &[], inner);
        }
    }
    let _ = write!(
        out,
        "\n\nclass {name}(\n    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, \
         rename=\"camel\"{}\n):\n{}",
        options.replacen(", ", ",\n    ", 1),
        docstring(doc, "    "),
    );
    for (tag, word) in tags {
        let _ = write!(
            out,
            "\n    {tag}: ClassVar[Literal[\"{word}\"]] = \"{word}\"\n"
        );
    }
    for field in fields {
        let is_none = field.default.as_ref().is_some_and(Value::is_null);
        let optional = if field.nullable || is_none {
            " | None"
        } else {
            ""
        };
        let kind = match &field.kind {
            Type::Inline(_) => inline_name(name),
            kind => type_text(kind),
        };
        let default = field.default.as_ref();
        let default = default.map(|default| default_text(models, &field.kind, default));
        let attribute = attribute(&field.name);
        let is_renamed = attribute != snake(&field.name);
        let default = match (is_renamed, default) {
            (false, None) => String::new(),
            (false, Some(default)) => format!(" = {default}"),
            (true, None) => format!(" = msgspec.field(name=\"{}\")", field.name),
            (true, Some(default)) => {
                format!(
                    " = msgspec.field(name=\"{}\", default={default})",
                    field.name
                )
            }
        };
        let _ = write!(
            out,
            "\n    {attribute}: {kind}{optional}{default}\n{}",
            docstring(&field.doc, "    "),
        );
    }
    out
}

/// Words that no attribute may have for a name; they get an underscore, as PEP 8 says.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// A name of the wire as Python writes it.
pub(crate) fn attribute(name: &str) -> String {
    let letters = name.trim_start_matches(|first: char| !first.is_ascii_alphabetic());
    let attribute = snake(letters);
    if KEYWORDS.contains(&attribute.as_str()) {
        format!("{attribute}_")
    } else {
        attribute
    }
}

fn inline_name(record: &str) -> String {
    format!("{record}Options")
}

/// A type of a value that is given back.
pub(crate) fn type_text(kind: &Type) -> String {
    match kind {
        Type::Named(name) => name.clone(),
        Type::Text => "str".to_owned(),
        Type::Time => "datetime".to_owned(),
        Type::Whole => "int".to_owned(),
        Type::Number => "float".to_owned(),
        Type::Flag => "bool".to_owned(),
        Type::Any | Type::Inline(_) => "Any".to_owned(),
        Type::List(item) => format!("Sequence[{}]", type_text(item)),
        Type::Set(item) => format!("Set[{}]", type_text(item)),
        Type::Map(item) => format!("Mapping[str, {}]", type_text(item)),
    }
}

/// What a field is when it is left out.
pub(crate) fn default_text(models: &Models, kind: &Type, default: &Value) -> String {
    let shape = match kind {
        Type::Named(name) => models.get(name).map(|model| (name, &model.shape)),
        _ => None,
    };
    match (default, kind, shape) {
        (Value::Null, ..) => "None".to_owned(),
        (Value::Bool(flag), ..) => if *flag { "True" } else { "False" }.to_owned(),
        (Value::Number(number), ..) => number.to_string(),
        (Value::String(word), _, Some((name, Shape::Words(_)))) => {
            format!("{name}.{}", word.to_ascii_uppercase())
        }
        (Value::String(text), ..) => format!("{text:?}"),
        (Value::Array(_), Type::Set(_), _) => "frozenset()".to_owned(),
        (Value::Array(_), ..) => "()".to_owned(),
        (Value::Object(given), _, Some((name, shape))) => {
            let record = given_record(models, name, shape, given);
            format!("msgspec.field(default_factory=lambda: {record})")
        }
        (Value::Object(_), ..) => "msgspec.field(default_factory=dict)".to_owned(),
    }
}

/// A record, or the one of a tagged type that is meant, with what is not as usual in it.
pub(crate) fn given_record(
    models: &Models,
    name: &str,
    shape: &Shape,
    given: &Map<String, Value>,
) -> String {
    let nothing = Vec::new();
    let (name, fields) = match shape {
        Shape::Record(fields) => (name, fields),
        Shape::Tagged { tag, variants } => {
            let word = given.get(tag).and_then(Value::as_str);
            let meant = variants
                .iter()
                .find(|variant| Some(variant.word.as_str()) == word);
            meant.map_or((name, &nothing), |meant| {
                (meant.name.as_str(), &meant.fields)
            })
        }
        _ => (name, &nothing),
    };
    let unusual = fields
        .iter()
        .filter_map(|field| Some((field, given.get(&field.name)?)))
        .filter(|(field, value)| field.default.as_ref() != Some(*value));
    let parts: Vec<_> = unusual
        .map(|(field, value)| {
            let value = default_text(models, &field.kind, value);
            format!("{}={value}", attribute(&field.name))
        })
        .collect();
    format!("{name}({})", parts.join(", "))
}

/// `camelCase` as `snake_case`.
pub(crate) fn snake(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

/// A docstring with its indentation.
pub(crate) fn docstring(doc: &str, indent: &str) -> String {
    if doc.is_empty() {
        return String::new();
    }
    let doc = doc.replace('\\', "\\\\");
    let end = if doc.ends_with('"') { " " } else { "" };
    let lines: Vec<_> = doc
        .lines()
        .enumerate()
        .map(|(number, line)| match (number, line.trim_end()) {
            (0, line) => format!("{indent}\"\"\"{line}"),
            (_, "") => String::new(),
            (_, line) => format!("{indent}{line}"),
        })
        .collect();
    let close = if lines.len() > 1 {
        format!("\n{indent}")
    } else {
        end.to_owned()
    };
    format!("{}{close}\"\"\"\n", lines.join("\n"))
}
