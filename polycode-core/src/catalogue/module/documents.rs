//! How modules are stored and found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Module, ModuleKind};
use crate::id::{Slug, Tag};
use crate::port::{Document, Term};

/// What every change of the tree goes through, so that two changes at once can't close a circle
/// together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModuleTree {
    /// How often a module was put into another.
    pub placements: u64,
}

impl Module {
    /// The module of a slug.
    pub(crate) const SLUG: &str = "slug";
    /// The modules of somebody, published or not.
    pub(crate) const AUTHOR: &str = "author";
    /// The modules that a module stands in.
    pub(crate) const HOLDS_MODULE: &str = "module";
    /// The modules that a content stands in.
    pub(crate) const HOLDS_CONTENT: &str = "content";
    /// All published modules but sub-modules.
    pub(crate) const PUBLISHED: &str = "published";
    /// The published modules of a kind.
    pub(crate) const KIND_OF: &str = "kind";
    /// The published modules with a tag.
    pub(crate) const TAG: &str = "tag";
}

impl Document for Module {
    const KIND: &'static str = "module";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn terms(&self) -> Vec<Term> {
        if self.shelf.is_retired() {
            return Vec::new();
        }
        let slug: &Slug = &self.draft.slug;
        let mut terms = vec![Term::unique(Self::SLUG, slug)];
        let listed = |name, value: &dyn ToString| Term::listed(name, &value.to_string(), slug);
        terms.extend(self.authors.all().map(|user| listed(Self::AUTHOR, user)));
        terms.extend(self.modules.iter().map(|id| listed(Self::HOLDS_MODULE, id)));
        let contents = self.contents.iter();
        terms.extend(contents.map(|id| listed(Self::HOLDS_CONTENT, id)));
        if self.shelf.is_published() {
            let tags = self.draft.tags.iter();
            terms.extend(tags.map(|tag: &Tag| listed(Self::TAG, tag)));
            terms.push(listed(Self::KIND_OF, &self.draft.kind.as_str()));
            terms.extend(Term::words(self.draft.texts()));
            if self.draft.kind != ModuleKind::Submodule {
                terms.push(listed(Self::PUBLISHED, &""));
            }
        }
        terms
    }
}

impl ModuleTree {
    /// The key of the only document of its kind.
    pub(crate) const KEY: &str = "all";
}

impl Document for ModuleTree {
    const KIND: &'static str = "module tree";

    fn key(&self) -> String {
        Self::KEY.to_owned()
    }
}
