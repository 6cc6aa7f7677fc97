//! How an answer was typed: sizes and times, never the text, and only of users who agreed. It is
//! reported as it is; nothing here says what is usual or suspicious.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{ContentId, UserId};
use crate::quantity::Seconds;
use crate::refusal::Refusal;

/// How a user typed the answers to a content; begins when the user agrees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Timeline {
    /// The user, who agreed to be recorded.
    pub user: UserId,
    /// The content.
    pub content: ContentId,
    /// Since when the user agrees.
    pub since: Timestamp,
    /// What was recorded, in order of time.
    pub facts: Vec<EditFact>,
}

/// Something that happened in an editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EditFact {
    /// When, by the user's own clock moved into the time between agreeing and arriving.
    pub at: Timestamp,
    /// What.
    #[serde(flatten)]
    pub kind: EditKind,
}

/// What happened in an editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum EditKind {
    /// Text was typed since the fact before.
    Typed {
        /// How many characters.
        characters: u32,
    },
    /// Text was pasted at once.
    Pasted {
        /// How many characters.
        characters: u32,
    },
    /// The window was left.
    FocusLost,
    /// The window was come back to.
    FocusGained,
}

/// What happened to a timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum TimelineEvent {
    /// The user agreed to be recorded.
    Agreed {
        /// The user.
        user: UserId,
        /// The content.
        content: ContentId,
        /// When.
        at: Timestamp,
    },
    /// Facts were recorded.
    Recorded {
        /// The user.
        user: UserId,
        /// The content.
        content: ContentId,
        /// The facts.
        facts: Vec<EditFact>,
    },
    /// The user does not agree any more: what was recorded is erased.
    Withdrawn {
        /// The user.
        user: UserId,
        /// The content.
        content: ContentId,
        /// When.
        at: Timestamp,
    },
}

/// A timeline in a few numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TimelineSummary {
    /// Characters that were typed.
    pub typed_characters: u64,
    /// How often text was pasted.
    pub pastes: u64,
    /// Characters that were pasted.
    pub pasted_characters: u64,
    /// Characters of the largest paste.
    pub largest_paste: u32,
    /// How often the window was left.
    pub focus_losses: u64,
    /// How long it was left, where it was come back to; whole seconds in all.
    pub away: Seconds,
}

impl Timeline {
    /// The most facts that are kept for an answer.
    pub const MOST_FACTS: usize = 20_000;

    /// Takes note that a user agrees to be recorded.
    pub const fn decide_agree(user: UserId, content: ContentId, now: Timestamp) -> TimelineEvent {
        TimelineEvent::Agreed {
            user,
            content,
            at: now,
        }
    }

    /// The timeline that a [`TimelineEvent::Agreed`] begins; none for any other event.
    pub fn begin(event: &TimelineEvent) -> Option<Self> {
        let TimelineEvent::Agreed { user, content, at } = event else {
            return None;
        };
        Some(Self {
            user: user.clone(),
            content: *content,
            since: *at,
            facts: Vec::new(),
        })
    }

    /// Records facts. The user's clock may be wrong, so times are moved to lie between the
    /// agreement and now, with their order kept.
    ///
    /// # Errors
    /// [`Refusal::LimitReached`] when there would be too many.
    pub fn decide_record(
        &self,
        facts: impl IntoIterator<Item = EditFact>,
        now: Timestamp,
    ) -> Result<TimelineEvent, Refusal> {
        let last = self.facts.last().map_or(self.since, |fact| fact.at);
        let room = Self::MOST_FACTS.saturating_sub(self.facts.len());
        let mut facts: Vec<_> = facts.into_iter().take(room + 1).collect();
        if facts.len() > room {
            return Err(Refusal::LimitReached {
                what: "facts of an answer",
                limit: Self::MOST_FACTS as u64,
            });
        }
        facts.sort_by_key(|fact| fact.at);
        for fact in &mut facts {
            fact.at = fact.at.min(now).max(last);
        }
        Ok(TimelineEvent::Recorded {
            user: self.user.clone(),
            content: self.content,
            facts,
        })
    }

    /// Takes note that the user does not agree any more.
    pub fn decide_withdraw(&self, now: Timestamp) -> TimelineEvent {
        TimelineEvent::Withdrawn {
            user: self.user.clone(),
            content: self.content,
            at: now,
        }
    }

    /// The timeline after an event; none when the user withdrew.
    #[must_use]
    pub fn apply(mut self, event: &TimelineEvent) -> Option<Self> {
        match event {
            TimelineEvent::Agreed { .. } => Some(self),
            TimelineEvent::Recorded { facts, .. } => {
                self.facts.extend(facts);
                Some(self)
            }
            TimelineEvent::Withdrawn { .. } => None,
        }
    }

    /// The timeline in a few numbers.
    pub fn summary(&self) -> TimelineSummary {
        let mut summary = TimelineSummary::default();
        let mut left_at = None;
        let mut away = jiff::SignedDuration::ZERO;
        for fact in &self.facts {
            match fact.kind {
                EditKind::Typed { characters } => {
                    summary.typed_characters += u64::from(characters);
                }
                EditKind::Pasted { characters } => {
                    summary.pastes += 1;
                    summary.pasted_characters += u64::from(characters);
                    summary.largest_paste = summary.largest_paste.max(characters);
                }
                EditKind::FocusLost => {
                    summary.focus_losses += u64::from(left_at.is_none());
                    left_at = left_at.or(Some(fact.at));
                }
                EditKind::FocusGained => {
                    let gone = left_at.take().map(|left| fact.at.duration_since(left));
                    away = away.saturating_add(gone.unwrap_or_default());
                }
            }
        }
        summary.away = Seconds(away.as_secs().unsigned_abs());
        summary
    }
}

#[cfg(test)]
mod tests;
