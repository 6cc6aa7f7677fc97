//! Whose a content is, and how far it has come: drafts, published versions, retirement.

use std::collections::BTreeSet;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::{Authors, ContentDraft, ContentEvent, ContentSummary, Shelf};
use crate::id::{ContentId, Slug, Tag, UserId};
use crate::port::{Document, Term};
use crate::quantity::Version;
use crate::refusal::Refusal;

/// The life of a content beside its published versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Authorship {
    /// The content.
    pub content: ContentId,
    /// Whose it is.
    #[serde(flatten)]
    pub authors: Authors,
    /// Its name in addresses; of a content that was never published, the name it will have.
    pub slug: Slug,
    /// Who sees it.
    pub shelf: Shelf,
    /// What lists show of its newest published version, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<ContentSummary>,
}

/// What the author of a content wrote and did not publish yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedDraft {
    /// The content.
    pub content: ContentId,
    /// The published version that it was begun on, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<Version>,
    /// What was written so far; it may break rules that a published content keeps.
    pub draft: ContentDraft,
    /// When it was saved.
    pub saved_at: Timestamp,
}

impl Authorship {
    /// The content of a slug.
    pub(crate) const SLUG: &str = "slug";
    /// The contents of somebody, published or not.
    pub(crate) const AUTHOR: &str = "author";
    /// All published contents.
    pub(crate) const PUBLISHED: &str = "published";
    /// The published contents of a kind.
    pub(crate) const KIND_OF: &str = "kind";
    /// The published contents with a tag.
    pub(crate) const TAG: &str = "tag";

    /// Begins a content that only its author sees.
    pub fn decide_create(content: ContentId, author: Option<UserId>, slug: Slug) -> ContentEvent {
        ContentEvent::Created {
            content,
            author,
            slug,
        }
    }

    /// The authorship that a [`ContentEvent::Created`] begins; none for any other event.
    pub fn begin(event: &ContentEvent) -> Option<Self> {
        match event {
            ContentEvent::Created {
                content,
                author,
                slug,
            } => Some(Self {
                content: *content,
                authors: Authors::alone(author.clone()),
                slug: slug.clone(),
                shelf: Shelf::Draft,
                summary: None,
            }),
            _ => None,
        }
    }

    /// The newest published version, if there is one.
    pub fn version(&self) -> Option<Version> {
        self.summary.as_ref().map(|summary| summary.version)
    }

    /// The authorship of a content that the host publishes itself.
    pub const fn of_host(content: ContentId, slug: Slug) -> Self {
        Self {
            content,
            authors: Authors::alone(None),
            slug,
            shelf: Shelf::Draft,
            summary: None,
        }
    }

    /// Publishes the version that follows the one that was read.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when it is retired.
    pub fn decide_publish(&self, read: Option<Version>) -> Result<ContentEvent, Refusal> {
        self.check_alive()?;
        Ok(ContentEvent::Published {
            content: self.content,
            version: read.map_or(Version::FIRST, Version::next),
        })
    }

    /// Chooses who else may edit it.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] when it is not the author who chooses; [`Refusal::Invalid`] when
    /// the author is among them; [`Refusal::LimitReached`]; [`Refusal::WrongState`] when it is
    /// retired.
    pub fn decide_share(
        &self,
        by: Option<&UserId>,
        co_authors: BTreeSet<UserId>,
    ) -> Result<ContentEvent, Refusal> {
        self.check_alive()?;
        self.authors.check_share(by, &co_authors)?;
        Ok(ContentEvent::Shared {
            content: self.content,
            co_authors,
        })
    }

    /// Takes it off the shelf for good; its versions stay for those who answered them.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when it is retired.
    pub fn decide_retire(&self, at: Timestamp) -> Result<ContentEvent, Refusal> {
        self.check_alive()?;
        Ok(ContentEvent::Retired {
            content: self.content,
            at,
        })
    }

    /// The authorship after an event. What lists show comes from the version that was published.
    #[must_use]
    pub fn apply(mut self, event: &ContentEvent, published: Option<ContentSummary>) -> Self {
        match event {
            ContentEvent::Created { .. } => {}
            ContentEvent::Published { .. } => {
                self.shelf = Shelf::Published;
                if let Some(summary) = published {
                    self.slug = summary.slug.clone();
                    self.summary = Some(summary);
                }
            }
            ContentEvent::Shared { co_authors, .. } => {
                self.authors.co_authors.clone_from(co_authors);
            }
            ContentEvent::Retired { at, .. } => self.shelf = Shelf::Retired { at: *at },
        }
        self
    }

    /// Checks that it is not retired.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when it is.
    pub fn check_alive(&self) -> Result<(), Refusal> {
        if self.shelf.is_retired() {
            return Err(Refusal::WrongState {
                what: "the content",
                state: "retired",
            });
        }
        Ok(())
    }
}

impl Document for Authorship {
    const KIND: &'static str = "content authorship";

    fn key(&self) -> String {
        self.content.to_string()
    }

    fn terms(&self) -> Vec<Term> {
        // The slug of a content stays its own, retired or not: its versions keep it.
        let mut terms = vec![Term::unique(Self::SLUG, &self.slug)];
        if self.shelf.is_retired() {
            return terms;
        }
        let listed =
            |name, value: &dyn ToString| Term::listed(name, &value.to_string(), &self.slug);
        terms.extend(self.authors.all().map(|user| listed(Self::AUTHOR, user)));
        if let (Some(summary), true) = (&self.summary, self.shelf.is_published()) {
            let tags = summary.tags.iter();
            terms.extend(tags.map(|tag: &Tag| listed(Self::TAG, tag)));
            terms.push(listed(Self::KIND_OF, &summary.kind.as_str()));
            terms.push(listed(Self::PUBLISHED, &""));
            terms.extend(Term::words(summary.texts()));
        }
        terms
    }
}

impl Document for SavedDraft {
    const KIND: &'static str = "content draft";

    fn key(&self) -> String {
        self.content.to_string()
    }
}
