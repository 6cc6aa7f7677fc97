//! The TypeScript models: the wire as it is, as interfaces and unions.

use std::fmt::Write;

use super::model::{Field, Models, Shape, Type, Variant};

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
        format!("{doc}{indent}{}{optional}: {kind}{null};\n", field.name)
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
