//! What somebody looks for in the catalogue.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::{ContentKind, ContentSummary, ModuleDraft, ModuleKind};
use crate::id::Tag;
use crate::port::{Lookup, begin_with_each, words};

/// Which contents are looked for; all there are unless something is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ContentQuery {
    /// Only those of this kind.
    #[serde(rename = "type")]
    pub kind: Option<ContentKind>,
    /// Only those with this tag.
    pub tag: Option<Tag>,
    /// Only those that have each of these words in their slug, title, description or tags, or words
    /// that begin with it; upper and lower case are alike, and so are letters with and without
    /// accents.
    pub text: Option<String>,
}

/// Which modules are looked for; all but sub-modules unless something is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ModuleQuery {
    /// Only those of this kind.
    #[serde(rename = "type")]
    pub kind: Option<ModuleKind>,
    /// Only those with this tag.
    pub tag: Option<Tag>,
    /// Only those that have each of these words in their slug, title, description or tags, or words
    /// that begin with it; upper and lower case are alike, and so are letters with and without
    /// accents.
    pub text: Option<String>,
}

impl ContentQuery {
    /// Tells which contents are those, of what a store found by the words of the query
    /// (see [`Lookup::with_words_of`]).
    pub(crate) fn finds(&self) -> impl Fn(&ContentSummary) -> bool {
        let words = left_by_stores(self.text.as_deref());
        move |content| {
            let has_tag = |tag| content.tags.contains(tag);
            self.kind.is_none_or(|kind| kind == content.kind)
                && self.tag.as_ref().is_none_or(has_tag)
                && has_words(words.as_ref(), content.texts())
        }
    }
}

impl ContentSummary {
    /// What it is searched by.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let texts = [self.slug.as_str(), &self.name, &self.description];
        texts.into_iter().chain(self.tags.iter().map(Tag::as_str))
    }
}

impl ModuleDraft {
    /// What it is searched by.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let texts = [self.slug.as_str(), &self.name, &self.description];
        texts.into_iter().chain(self.tags.iter().map(Tag::as_str))
    }
}

impl ModuleQuery {
    /// Tells which modules are those, of what a store found by the words of the query
    /// (see [`Lookup::with_words_of`]).
    pub(crate) fn finds(&self) -> impl Fn(&ModuleDraft) -> bool {
        let words = left_by_stores(self.text.as_deref());
        move |module| {
            let is_of_kind = match self.kind {
                Some(kind) => kind == module.kind,
                None => module.kind != ModuleKind::Submodule,
            };
            let has_tag = |tag| module.tags.contains(tag);
            is_of_kind
                && self.tag.as_ref().is_none_or(has_tag)
                && has_words(words.as_ref(), module.texts())
        }
    }
}

/// The words of a query that are more than a store looks for.
fn left_by_stores(query: Option<&str>) -> Option<BTreeSet<String>> {
    let words = words([query?]);
    (words.len() > Lookup::MOST_WORDS).then_some(words)
}

fn has_words<'a>(wanted: Option<&BTreeSet<String>>, texts: impl Iterator<Item = &'a str>) -> bool {
    wanted.is_none_or(|wanted| begin_with_each(&words(texts), wanted))
}
