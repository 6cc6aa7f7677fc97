//! A module: a node of the learning tree, which holds sub-modules and contents in order.

mod documents;
mod rules;
mod tree;
mod view;

use std::collections::BTreeSet;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use documents::ModuleTree;
pub use tree::Tree;
pub use view::{ModuleSummary, ModuleView};

use crate::catalogue::Authors;
use crate::id::{ContentId, ModuleId, Slug, Tag, UserId};
use crate::quantity::{Points, Score, Seconds};

/// A module of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Module {
    /// Its id, over all its versions.
    pub id: ModuleId,
    /// Whose it is.
    #[serde(flatten)]
    pub authors: Authors,
    /// What its author wrote.
    pub draft: ModuleDraft,
    /// Who sees it.
    pub shelf: Shelf,
    /// The modules in it, in order; each may stand in others as well.
    pub modules: Vec<ModuleId>,
    /// The contents in it, in order; each may stand in other modules as well.
    pub contents: Vec<ContentId>,
}

/// What the author of a module writes about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ModuleDraft {
    /// Its name in addresses, unique among modules.
    pub slug: Slug,
    /// Its title, 1 to 200 bytes.
    pub name: String,
    /// What it is about, in `CommonMark`, at most 20,000 bytes.
    #[serde(default)]
    pub description: String,
    /// What it is for.
    #[serde(rename = "type")]
    pub kind: ModuleKind,
    /// Its keywords.
    #[serde(default)]
    pub tags: BTreeSet<Tag>,
    /// What passing it pays, beside what its contents pay; at most 1,000,000 polypoints.
    #[serde(default)]
    pub reward: Points,
    /// The score at which it is passed, in millionths.
    #[serde(default = "full")]
    pub pass_mark: Score,
    /// How long a certificate for it is good; none when it stays good, or when the module is no
    /// certification.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate_lasts: Option<Seconds>,
}

/// What a module is for. `ModuleGoal` says when each kind is
/// passed, and what it pays then.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ModuleKind {
    /// Something to learn with, at leisure.
    Practice,
    /// Something to master: every content in it has to be passed.
    Challenge,
    /// Something that gives a certificate: every content in it has to be passed.
    Certification,
    /// Something that evaluates; it pays nothing.
    Test,
    /// A part of other modules; lists don't show it unless they are asked for its kind.
    Submodule,
}

/// Who sees an authored thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Shelf {
    /// Its authors only.
    Draft,
    /// Everybody.
    Published,
    /// Nobody finds it any more; what was done with it stays.
    Retired {
        /// Since when.
        at: Timestamp,
    },
}

/// What happened to a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum ModuleEvent {
    /// It was made; only its authors see it.
    Created {
        /// The module.
        module: ModuleId,
        /// Whose it is; none for the host's own.
        author: Option<UserId>,
        /// What its author wrote.
        draft: ModuleDraft,
    },
    /// It is for everybody to see.
    Published {
        /// The module.
        module: ModuleId,
    },
    /// Its author wrote something else about it.
    Edited {
        /// The module.
        module: ModuleId,
        /// What its author wrote.
        draft: ModuleDraft,
    },
    /// Others may edit it than before.
    Shared {
        /// The module.
        module: ModuleId,
        /// Who may edit it beside its author.
        co_authors: BTreeSet<UserId>,
    },
    /// A module was put into it, or moved in it.
    ModulePlaced {
        /// The module.
        module: ModuleId,
        /// What was put into it.
        child: ModuleId,
        /// Where it stands among the modules in it, from 0.
        position: u32,
    },
    /// A module was taken out of it.
    ModuleRemoved {
        /// The module.
        module: ModuleId,
        /// What was taken out.
        child: ModuleId,
    },
    /// A content was put into it, or moved in it.
    ContentPlaced {
        /// The module.
        module: ModuleId,
        /// What was put into it.
        content: ContentId,
        /// Where it stands among the contents in it, from 0.
        position: u32,
    },
    /// A content was taken out of it.
    ContentRemoved {
        /// The module.
        module: ModuleId,
        /// What was taken out.
        content: ContentId,
    },
    /// It was deleted: nobody finds it any more.
    Retired {
        /// The module.
        module: ModuleId,
        /// When.
        at: Timestamp,
    },
}

impl Shelf {
    /// Whether everybody sees it.
    pub const fn is_published(self) -> bool {
        matches!(self, Self::Published)
    }

    /// Whether nobody finds it any more.
    pub const fn is_retired(self) -> bool {
        matches!(self, Self::Retired { .. })
    }
}

impl ModuleKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Practice,
        Self::Challenge,
        Self::Certification,
        Self::Test,
        Self::Submodule,
    ];

    /// The name used in JSON, tables and routes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Practice => "practice",
            Self::Challenge => "challenge",
            Self::Certification => "certification",
            Self::Test => "test",
            Self::Submodule => "submodule",
        }
    }
}

const fn full() -> Score {
    Score::FULL
}

#[cfg(test)]
mod tests;
