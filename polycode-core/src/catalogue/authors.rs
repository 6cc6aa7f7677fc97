//! Whose an authored thing is.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::UserId;
use crate::permission::{Actor, Ownership};
use crate::refusal::Refusal;

/// Who wrote a module or a content.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Authors {
    /// Who made it and chooses who else may edit it; none when the host published it itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<UserId>,
    /// Who else may edit it, at most 50.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub co_authors: BTreeSet<UserId>,
}

impl Authors {
    /// The most co-authors that a thing may have.
    pub const MAX_CO_AUTHORS: usize = 50;

    /// Somebody alone, or the host.
    pub const fn alone(author: Option<UserId>) -> Self {
        Self {
            author,
            co_authors: BTreeSet::new(),
        }
    }

    /// Whether a user is the author or a co-author.
    pub fn has(&self, user: &UserId) -> bool {
        self.author.as_ref() == Some(user) || self.co_authors.contains(user)
    }

    /// Everybody who may edit it.
    pub fn all(&self) -> impl Iterator<Item = &UserId> {
        self.author.iter().chain(&self.co_authors)
    }

    /// Whose it is, seen from an actor.
    pub fn ownership(&self, actor: &Actor) -> Ownership {
        match actor.id() {
            Some(user) if self.has(user) => Ownership::Own,
            _ => Ownership::Other,
        }
    }

    /// Checks that somebody may choose these co-authors.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] when they are not the author; [`Refusal::Invalid`] when the author
    /// is among the co-authors; [`Refusal::LimitReached`] when there are too many.
    pub(super) fn check_share(
        &self,
        by: Option<&UserId>,
        co_authors: &BTreeSet<UserId>,
    ) -> Result<(), Refusal> {
        if self.author.as_ref() != by {
            return Err(Refusal::NotAllowed {
                what: "choosing co-authors",
            });
        }
        if self.author.as_ref().is_some_and(|a| co_authors.contains(a)) {
            return Err(Refusal::invalid("coAuthors", "the author is no co-author"));
        }
        if co_authors.len() > Self::MAX_CO_AUTHORS {
            return Err(Refusal::LimitReached {
                what: "co-authors",
                limit: Self::MAX_CO_AUTHORS as u64,
            });
        }
        Ok(())
    }
}
