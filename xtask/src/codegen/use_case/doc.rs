//! What the documentation of a method says to those who call it from elsewhere.

use std::fmt::Write;

use syn::{Attribute, Expr, Lit, Meta};

use crate::codegen::python::snake;

/// What a method is for, and when it fails.
pub(super) fn docs(attributes: &[Attribute]) -> (String, String) {
    let lines: Vec<String> = attributes.iter().filter_map(doc_line).collect();
    let text = without_links(&lines.join("\n"));
    let (doc, errors) = text.split_once("# Errors").unwrap_or((&text, ""));
    let doc = doc.split("# Examples").next().unwrap_or_default();
    (without_stories(doc.trim()), errors.trim().to_owned())
}

/// The text without its links between items; a refusal is named by its code.
fn without_links(text: &str) -> String {
    let mut parts = text.split("`](");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (_target, rest) = part.split_once(')').unwrap_or(("", part));
        out.push('`');
        out.push_str(rest);
    }
    let out = out.replace("[`", "`").replace("`]", "`");
    let mut parts = out.split("`Refusal::");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('`').unwrap_or((part, ""));
        let code = snake(name);
        let _ = write!(out, "code `{}`{rest}", code.trim_start_matches('_'));
    }
    out
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attribute.meta else {
        return None;
    };
    let Expr::Lit(value) = &meta.value else {
        return None;
    };
    match &value.lit {
        Lit::Str(text) if meta.path.is_ident("doc") => {
            let text = text.value();
            Some(text.strip_prefix(' ').unwrap_or(&text).to_owned())
        }
        _ => None,
    }
}

/// `AS-1, AS-4: publishes …` as `Publishes …`.
fn without_stories(doc: &str) -> String {
    let is_story = |text: &str| {
        let is_id = |part: &str| {
            part.split_once('-').is_some_and(|(kind, number)| {
                kind.chars().all(|letter| letter.is_ascii_uppercase())
                    && number.chars().all(|digit| digit.is_ascii_digit())
            })
        };
        text.split([',', ' '])
            .filter(|part| !part.is_empty())
            .all(is_id)
    };
    let text = match doc.split_once(": ") {
        Some((stories, text)) if is_story(stories) => text,
        _ => doc,
    };
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
