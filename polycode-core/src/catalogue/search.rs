//! What somebody looks for in the catalogue.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::{ContentKind, ContentSummary, ModuleDraft, ModuleKind};
use crate::id::Tag;
use crate::port::{begin_with_each, words};

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
    /// Whether a content is one of those.
    pub fn finds(&self, content: &ContentSummary) -> bool {
        self.kind.is_none_or(|kind| kind == content.kind)
            && self
                .tag
                .as_ref()
                .is_none_or(|tag| content.tags.contains(tag))
            && has_words(self.text.as_deref(), content.texts())
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
    /// Whether a module is one of those.
    pub fn finds(&self, module: &ModuleDraft) -> bool {
        let is_of_kind = match self.kind {
            Some(kind) => kind == module.kind,
            None => module.kind != ModuleKind::Submodule,
        };
        is_of_kind
            && self
                .tag
                .as_ref()
                .is_none_or(|tag| module.tags.contains(tag))
            && has_words(self.text.as_deref(), module.texts())
    }
}

fn has_words<'a>(query: Option<&str>, texts: impl Iterator<Item = &'a str>) -> bool {
    query.is_none_or(|query| begin_with_each(&words(texts), &words([query])))
}
