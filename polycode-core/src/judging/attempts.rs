//! How often a user answered a submittable that may only be answered so often.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{ComponentId, ContentId, SubmissionId, UserId};
use crate::port::Document;
use crate::refusal::Refusal;

/// The answers of a user to a submittable that count as attempts: all but those that we failed to
/// judge. It is written with the submissions, so that two at the same time can't both be the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CountedAttempts {
    /// Who answered.
    pub user: UserId,
    /// The content.
    pub content: ContentId,
    /// The submittable in it.
    pub component: ComponentId,
    /// The submissions that count.
    pub submissions: BTreeSet<SubmissionId>,
}

/// How often a user may answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttemptsLeft {
    /// How often they may answer in all; none when as often as they like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
    /// How often they still may; none when as often as they like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<u32>,
}

impl CountedAttempts {
    /// Nothing answered yet.
    pub const fn new(user: UserId, content: ContentId, component: ComponentId) -> Self {
        Self {
            user,
            content,
            component,
            submissions: BTreeSet::new(),
        }
    }

    /// How many more answers there may be.
    pub fn left(&self, max: u32) -> u32 {
        let made = u32::try_from(self.submissions.len()).unwrap_or(u32::MAX);
        max.saturating_sub(made)
    }

    /// Refuses one more answer when there is no room for it.
    ///
    /// # Errors
    /// [`Refusal::LimitReached`].
    pub fn require_room(&self, max: u32) -> Result<(), Refusal> {
        if self.left(max) > 0 {
            return Ok(());
        }
        Err(Refusal::LimitReached {
            what: "answers to this question",
            limit: max.into(),
        })
    }

    /// What it is stored under.
    pub fn key_of(user: &UserId, content: ContentId, component: &ComponentId) -> String {
        format!("{content} {component} {user}")
    }
}

impl Document for CountedAttempts {
    const KIND: &'static str = "counted attempts";

    fn key(&self) -> String {
        Self::key_of(&self.user, self.content, &self.component)
    }
}
