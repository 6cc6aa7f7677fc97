//! What somebody looks for in the catalogue.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::{ContentKind, ContentSummary, ModuleDraft, ModuleKind};
use crate::id::Tag;

/// Which contents are looked for; all there are unless something is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ContentQuery {
    /// Only those of this kind.
    #[serde(rename = "type")]
    pub kind: Option<ContentKind>,
    /// Only those with this tag.
    pub tag: Option<Tag>,
    /// Only those that have each of these words in their slug, title, description or tags; upper
    /// and lower case are alike.
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
    /// Only those that have each of these words in their slug, title, description or tags; upper
    /// and lower case are alike.
    pub text: Option<String>,
}

impl ContentQuery {
    /// Whether a content is one of those.
    pub fn finds(&self, content: &ContentSummary) -> bool {
        let texts = [content.slug.as_str(), &content.name, &content.description];
        let tags = content.tags.iter();
        self.kind.is_none_or(|kind| kind == content.kind)
            && self
                .tag
                .as_ref()
                .is_none_or(|tag| content.tags.contains(tag))
            && has_words(
                self.text.as_deref(),
                texts.into_iter().chain(tags.map(Tag::as_str)),
            )
    }
}

impl ModuleQuery {
    /// Whether a module is one of those.
    pub fn finds(&self, module: &ModuleDraft) -> bool {
        let texts = [module.slug.as_str(), &module.name, &module.description];
        let tags = module.tags.iter();
        let is_of_kind = match self.kind {
            Some(kind) => kind == module.kind,
            None => module.kind != ModuleKind::Submodule,
        };
        is_of_kind
            && self
                .tag
                .as_ref()
                .is_none_or(|tag| module.tags.contains(tag))
            && has_words(
                self.text.as_deref(),
                texts.into_iter().chain(tags.map(Tag::as_str)),
            )
    }
}

fn has_words<'a>(words: Option<&str>, texts: impl Iterator<Item = &'a str>) -> bool {
    let Some(words) = words else {
        return true;
    };
    let texts: Vec<_> = texts.map(str::to_lowercase).collect();
    let words = words.to_lowercase();
    let mut words = words.split_whitespace();
    words.all(|word| texts.iter().any(|text| text.contains(word)))
}
