//! How callers name a content: by its id, or by its slug.

use std::fmt;

use polycode_core::id::{ContentId, Slug};
use polycode_core::permission::Actor;
use polycode_core::{Engine, EngineError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A content's id, or its slug. What reads as a UUID is an id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(
    with = "String",
    extend("minLength" = 1, "maxLength" = 100, "pattern" = "^[a-z0-9-]+$")
)]
pub enum ContentRef {
    /// By its id, which it keeps for ever.
    Id(ContentId),
    /// By the short name that its author gave it.
    Slug(Slug),
}

impl ContentRef {
    /// The id of the content that is meant, if the actor finds it.
    pub(crate) async fn resolve(
        &self,
        engine: &Engine,
        actor: &Actor,
    ) -> Result<ContentId, EngineError> {
        let content = match self {
            Self::Id(id) => engine.content(actor, *id).await?,
            Self::Slug(slug) => engine.content_by_slug(actor, slug).await?,
        };
        Ok(content.summary.id)
    }
}

impl TryFrom<String> for ContentRef {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.parse() {
            Ok(id) => Ok(Self::Id(id)),
            Err(_) => Slug::new(text)
                .map(Self::Slug)
                .map_err(|_| "a content is named by its id or its slug"),
        }
    }
}

impl From<ContentRef> for String {
    fn from(content: ContentRef) -> Self {
        content.to_string()
    }
}

impl fmt::Display for ContentRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Slug(slug) => slug.fmt(f),
        }
    }
}
