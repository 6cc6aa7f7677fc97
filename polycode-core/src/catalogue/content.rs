//! A content: something to read, to solve or to answer, as a versioned document.

use std::collections::BTreeSet;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::component::{Component, Submittable};
use crate::id::{ComponentId, ContentId, Slug, Tag, UserId};
use crate::practice::Goal;
use crate::quantity::{Points, Score, Version};

/// A content of the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Content {
    /// Its id, over all its versions.
    pub id: ContentId,
    /// What its author wrote.
    #[serde(flatten)]
    pub draft: ContentDraft,
}

/// What the author of a content writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContentDraft {
    /// Its name in addresses and course folders, unique in a store.
    pub slug: Slug,
    /// Its title, 1 to 200 bytes.
    pub name: String,
    /// What it is about, in a sentence or two, at most 2,000 bytes.
    #[serde(default)]
    pub description: String,
    /// What it is for.
    #[serde(rename = "type")]
    pub kind: ContentKind,
    /// Its keywords.
    #[serde(default)]
    pub tags: BTreeSet<Tag>,
    /// What full credit pays, at most 1,000,000 polypoints.
    #[serde(default)]
    pub reward: Points,
    /// The score at which it is passed, in millionths.
    #[serde(default = "full")]
    pub pass_mark: Score,
    /// The tree of components.
    pub root: Component,
}

/// What a content is for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ContentKind {
    /// Something to solve.
    Exercise,
    /// Something to read.
    Lesson,
    /// Something to answer.
    Question,
}

/// What happened to a content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum ContentEvent {
    /// It was made; only its authors see it.
    Created {
        /// The content.
        content: ContentId,
        /// Whose it is; none for the host's own.
        author: Option<UserId>,
        /// Its name in addresses.
        slug: Slug,
    },
    /// A version of it was published.
    Published {
        /// The content.
        content: ContentId,
        /// The version.
        version: Version,
    },
    /// Others may edit it than before.
    Shared {
        /// The content.
        content: ContentId,
        /// Who may edit it beside its author.
        co_authors: BTreeSet<UserId>,
    },
    /// It was deleted: nobody finds it any more; its versions stay for those who answered them.
    Retired {
        /// The content.
        content: ContentId,
        /// When.
        at: Timestamp,
    },
}

impl ContentKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Exercise, Self::Lesson, Self::Question];

    /// The name used in JSON, tables and routes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exercise => "exercise",
            Self::Lesson => "lesson",
            Self::Question => "question",
        }
    }
}

const fn full() -> Score {
    Score::FULL
}

impl ContentDraft {
    /// All components, outermost first.
    pub fn components(&self) -> impl Iterator<Item = &Component> {
        self.root.walk()
    }

    /// The components that take answers, however deep they are nested.
    pub fn submittables(&self) -> impl Iterator<Item = Submittable<'_>> {
        self.components().filter_map(Component::submittable)
    }

    /// The component of this name.
    pub fn component(&self, id: &ComponentId) -> Option<&Component> {
        self.components().find(|component| component.id == *id)
    }

    /// What the content asks for, and what it pays.
    pub fn goal(&self) -> Goal {
        Goal {
            parts: self
                .submittables()
                .map(|part| (part.id.clone(), part.weight))
                .collect(),
            pass_mark: self.pass_mark,
            reward: self.reward,
        }
    }
}
