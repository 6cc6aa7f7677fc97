//! What people made of two submissions that are alike: looked at, dismissed, confirmed.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{CampaignId, ContentId, UserId};
use crate::integrity::{Pair, Similarity};
use crate::judging::AskedIn;
use crate::quantity::Score;
use crate::refusal::Refusal;

/// Two submissions that were found alike, and what a person made of it. A grade never follows
/// from it by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Review {
    /// The submissions.
    pub pair: Pair,
    /// What they answer.
    pub content: ContentId,
    /// The campaign in which it was asked; none for practice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<CampaignId>,
    /// How alike they are as wholes.
    pub resemblance: Score,
    /// How much of the shorter is in the longer.
    pub containment: Score,
    /// What a person made of it.
    pub status: ReviewStatus,
}

/// What a person made of two submissions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum ReviewStatus {
    /// Nobody looked yet.
    Unreviewed,
    /// They are alike for a good reason.
    Dismissed {
        /// Who says so.
        by: UserId,
        /// When.
        at: Timestamp,
    },
    /// One was copied, or both from one source.
    Confirmed {
        /// Who says so.
        by: UserId,
        /// When.
        at: Timestamp,
    },
}

/// What happened to a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum ReviewEvent {
    /// The submissions were found alike, or measured anew.
    Measured {
        /// The submissions.
        pair: Pair,
        /// What they answer.
        content: ContentId,
        /// The campaign in which it was asked; none for practice.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        campaign: Option<CampaignId>,
        /// How alike they are as wholes.
        resemblance: Score,
        /// How much of the shorter is in the longer.
        containment: Score,
        /// When.
        at: Timestamp,
    },
    /// A person said that they are alike for a good reason.
    Dismissed {
        /// The submissions.
        pair: Pair,
        /// Who.
        by: UserId,
        /// When.
        at: Timestamp,
    },
    /// A person said that they were copied.
    Confirmed {
        /// The submissions.
        pair: Pair,
        /// Who.
        by: UserId,
        /// When.
        at: Timestamp,
    },
    /// A person took the opinion back.
    Reopened {
        /// The submissions.
        pair: Pair,
        /// Who.
        by: UserId,
        /// When.
        at: Timestamp,
    },
}

impl Review {
    /// Takes what a comparison found. Nothing happens when that is known; an opinion on the pair
    /// stands when it is measured anew.
    pub fn decide_measure(
        asked: AskedIn,
        known: Option<&Self>,
        found: &Similarity,
        now: Timestamp,
    ) -> Option<ReviewEvent> {
        let measured = (found.resemblance, found.containment);
        if known.is_some_and(|known| (known.resemblance, known.containment) == measured) {
            return None;
        }
        Some(ReviewEvent::Measured {
            pair: found.pair,
            content: asked.content,
            campaign: asked.campaign,
            resemblance: found.resemblance,
            containment: found.containment,
            at: now,
        })
    }

    /// The review that a first [`ReviewEvent::Measured`] begins; none for any other event.
    pub fn begin(event: &ReviewEvent) -> Option<Self> {
        let ReviewEvent::Measured {
            pair,
            content,
            campaign,
            resemblance,
            containment,
            ..
        } = event
        else {
            return None;
        };
        Some(Self {
            pair: *pair,
            content: *content,
            campaign: *campaign,
            resemblance: *resemblance,
            containment: *containment,
            status: ReviewStatus::Unreviewed,
        })
    }

    /// Notes that the submissions are alike for a good reason.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when there is an opinion on them: reopen the review first.
    pub fn decide_dismiss(&self, by: UserId, now: Timestamp) -> Result<ReviewEvent, Refusal> {
        self.unreviewed()?;
        Ok(ReviewEvent::Dismissed {
            pair: self.pair,
            by,
            at: now,
        })
    }

    /// Notes that the submissions were copied.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when there is an opinion on them: reopen the review first.
    pub fn decide_confirm(&self, by: UserId, now: Timestamp) -> Result<ReviewEvent, Refusal> {
        self.unreviewed()?;
        Ok(ReviewEvent::Confirmed {
            pair: self.pair,
            by,
            at: now,
        })
    }

    /// Takes the opinion back.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when there is none.
    pub fn decide_reopen(&self, by: UserId, now: Timestamp) -> Result<ReviewEvent, Refusal> {
        match self.status {
            ReviewStatus::Dismissed { .. } | ReviewStatus::Confirmed { .. } => {
                Ok(ReviewEvent::Reopened {
                    pair: self.pair,
                    by,
                    at: now,
                })
            }
            ReviewStatus::Unreviewed => Err(Refusal::WrongState {
                what: "review",
                state: "open",
            }),
        }
    }

    /// The review after an event.
    #[must_use]
    pub fn apply(self, event: &ReviewEvent) -> Self {
        let status = match event {
            ReviewEvent::Measured {
                resemblance,
                containment,
                ..
            } => {
                return Self {
                    resemblance: *resemblance,
                    containment: *containment,
                    ..self
                };
            }
            ReviewEvent::Dismissed { by, at, .. } => ReviewStatus::Dismissed {
                by: by.clone(),
                at: *at,
            },
            ReviewEvent::Confirmed { by, at, .. } => ReviewStatus::Confirmed {
                by: by.clone(),
                at: *at,
            },
            ReviewEvent::Reopened { .. } => ReviewStatus::Unreviewed,
        };
        Self { status, ..self }
    }

    const fn unreviewed(&self) -> Result<(), Refusal> {
        let state = match self.status {
            ReviewStatus::Unreviewed => return Ok(()),
            ReviewStatus::Dismissed { .. } => "dismissed",
            ReviewStatus::Confirmed { .. } => "confirmed",
        };
        Err(Refusal::WrongState {
            what: "review",
            state,
        })
    }
}

#[cfg(test)]
mod tests;
