//! Publishing contents.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::{Content, ContentDraft, ContentEvent, Course};
use crate::engine::{Engine, EngineError};
use crate::id::{ContentId, Slug};
use crate::port::{Commit, CommitError, Versioned, Write};
use crate::quantity::Version;
use crate::refusal::Refusal;

/// What came of importing a course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// The course's title.
    pub name: String,
    /// Its contents, in order.
    pub contents: Vec<ImportedContent>,
}

/// A content that was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportedContent {
    /// Its id in the store.
    pub id: ContentId,
    /// Its name in addresses.
    pub slug: Slug,
    /// Its version; a content that is as it was keeps the version it had.
    pub version: Version,
}

impl Engine {
    /// Publishes a new content.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it breaks a rule or its slug is taken;
    /// [`EngineError::Store`] when the store failed.
    pub async fn create_content(
        &self,
        draft: ContentDraft,
    ) -> Result<Versioned<Content>, EngineError> {
        draft.check()?;
        self.publish(
            Content {
                id: ContentId(self.ids.next()),
                draft,
            },
            None,
        )
        .await
    }

    /// Publishes a new version of a content. Submissions made before are still judged by the
    /// version they were made to.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it breaks a rule, is not there, its new slug is taken, or
    /// somebody published a version after `read`; [`EngineError::Store`] when the store failed.
    pub async fn update_content(
        &self,
        id: ContentId,
        read: Version,
        draft: ContentDraft,
    ) -> Result<Versioned<Content>, EngineError> {
        draft.check()?;
        self.load_content(id).await?;
        self.publish(Content { id, draft }, Some(read)).await
    }

    /// Publishes the contents of a course: new ones are created, changed ones get a new version,
    /// and ones that are as they were are left alone. Contents are known by their slug.
    ///
    /// # Errors
    /// As [`Engine::create_content`]; contents before the one that failed stay published.
    pub async fn import_course(&self, course: Course) -> Result<Imported, EngineError> {
        let mut contents = Vec::with_capacity(course.contents.len());
        for content in course.contents {
            let slug = content.draft.slug.clone();
            let Versioned { version, value } = match self.store.content_by_slug(&slug).await? {
                None => self.create_content(content.draft).await?,
                Some(stored) if stored.value.draft == content.draft => stored,
                Some(Versioned { version, value }) => {
                    self.update_content(value.id, version, content.draft)
                        .await?
                }
            };
            contents.push(ImportedContent {
                id: value.id,
                slug,
                version,
            });
        }
        Ok(Imported {
            name: course.name,
            contents,
        })
    }

    async fn publish(
        &self,
        content: Content,
        read: Option<Version>,
    ) -> Result<Versioned<Content>, EngineError> {
        let version = read.map_or(Version::FIRST, Version::next);
        let published = ContentEvent::Published {
            content: content.id,
            version,
        };
        let write = Write::Content {
            expected: read,
            content: Box::new(content.clone()),
        };
        let commit = Commit {
            writes: vec![write],
            events: self.record([published.into()]),
        };
        match self.store.commit(commit).await {
            Ok(()) => Ok(Versioned {
                version,
                value: content,
            }),
            Err(CommitError::Conflict { .. }) => Err(Refusal::Stale { what: "content" }.into()),
            Err(CommitError::Duplicate { .. }) => {
                let message = format!("`{}` is taken by another content", content.draft.slug);
                Err(Refusal::invalid("slug", message).into())
            }
            Err(CommitError::Port(error)) => Err(error.into()),
        }
    }
}
