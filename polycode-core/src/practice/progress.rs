//! One user's way through one content: the best score of each submittable, completion, reward.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{ComponentId, ContentId, UserId};
use crate::quantity::{Points, Score, Weight};
use crate::refusal::Refusal;

/// How far a user has come in a content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// The user.
    pub user: UserId,
    /// The content.
    pub content: ContentId,
    /// The best score so far of each submittable that was answered.
    pub best: BTreeMap<ComponentId, Score>,
    /// The content's score: the weighted mean over all its submittables.
    pub score: Score,
    /// When the content was first passed, if it was.
    pub completed_at: Option<Timestamp>,
    /// The polypoints it has paid to the user so far.
    pub paid: Points,
}

/// What a content asks for, and what it pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// Every submittable of the content and its weight, however deep it is nested.
    pub parts: Vec<(ComponentId, Weight)>,
    /// The score at which the content is passed.
    pub pass_mark: Score,
    /// What full credit pays.
    pub reward: Points,
}

/// What happened in a user's way through a content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum ProgressEvent {
    /// A submittable was answered better than ever before.
    Advanced {
        /// The user.
        user: UserId,
        /// The content.
        content: ContentId,
        /// The submittable.
        component: ComponentId,
        /// Its new best score.
        best: Score,
        /// The content's new score.
        score: Score,
    },
    /// A content that asks for no answers was read.
    Read {
        /// The user.
        user: UserId,
        /// The content.
        content: ContentId,
    },
    /// The content was passed for the first time.
    Completed {
        /// The user.
        user: UserId,
        /// The content.
        content: ContentId,
        /// When.
        at: Timestamp,
    },
    /// The content owes the user more than it has paid.
    Rewarded {
        /// The user.
        user: UserId,
        /// The content.
        content: ContentId,
        /// The difference to pay now.
        points: Points,
        /// What the content will have paid in all.
        total: Points,
    },
}

impl Progress {
    /// The progress of somebody who has not answered yet.
    pub const fn new(user: UserId, content: ContentId) -> Self {
        Self {
            user,
            content,
            best: BTreeMap::new(),
            score: Score::ZERO,
            completed_at: None,
            paid: Points(0),
        }
    }

    /// Takes a graded answer to a submittable.
    ///
    /// Nothing happens unless it is better than the best before. A content is passed when its
    /// score, over *all* its submittables, reaches the pass mark; from then on it pays its score's
    /// share of the reward, once, and later only what an improvement adds.
    pub fn decide(
        &self,
        goal: &Goal,
        component: &ComponentId,
        score: Score,
        now: Timestamp,
    ) -> Vec<ProgressEvent> {
        let best = self.best.get(component).copied();
        if best.is_some_and(|best| best >= score) {
            return Vec::new();
        }
        let (user, content) = (self.user.clone(), self.content);
        let total = Score::weighted_mean(goal.parts.iter().map(|(part, weight)| {
            let known = self.best.get(part).copied().unwrap_or_default();
            (*weight, if part == component { score } else { known })
        }));
        let mut events = vec![ProgressEvent::Advanced {
            user: user.clone(),
            content,
            component: component.clone(),
            best: score,
            score: total,
        }];
        if total < goal.pass_mark {
            return events;
        }
        if self.completed_at.is_none() {
            events.push(ProgressEvent::Completed {
                user: user.clone(),
                content,
                at: now,
            });
        }
        let owed = total.of(goal.reward);
        if owed > self.paid {
            let points = Points(owed.0 - self.paid.0);
            events.push(ProgressEvent::Rewarded {
                user,
                content,
                points,
                total: owed,
            });
        }
        events
    }

    /// Takes note that a content was read that asks for no answers: that is all there is to do.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when it asks for answers.
    pub fn decide_read(&self, goal: &Goal, now: Timestamp) -> Result<Vec<ProgressEvent>, Refusal> {
        if !goal.parts.is_empty() {
            let message = "a content that asks for answers is passed by them";
            return Err(Refusal::invalid("content", message));
        }
        if self.is_completed() {
            return Ok(Vec::new());
        }
        let (user, content) = (self.user.clone(), self.content);
        let mut events = vec![
            ProgressEvent::Read {
                user: user.clone(),
                content,
            },
            ProgressEvent::Completed {
                user: user.clone(),
                content,
                at: now,
            },
        ];
        if goal.reward > self.paid {
            events.push(ProgressEvent::Rewarded {
                user,
                content,
                points: Points(goal.reward.0 - self.paid.0),
                total: goal.reward,
            });
        }
        Ok(events)
    }

    /// The progress after an event.
    #[must_use]
    pub fn apply(mut self, event: &ProgressEvent) -> Self {
        match event {
            ProgressEvent::Advanced {
                component,
                best,
                score,
                ..
            } => {
                self.best.insert(component.clone(), *best);
                self.score = *score;
            }
            ProgressEvent::Read { .. } => self.score = Score::FULL,
            ProgressEvent::Completed { at, .. } => self.completed_at = Some(*at),
            ProgressEvent::Rewarded { total, .. } => self.paid = *total,
        }
        self
    }

    /// Whether the content was ever passed.
    pub const fn is_completed(&self) -> bool {
        self.completed_at.is_some()
    }
}

impl ProgressEvent {
    /// Whose progress it belongs to.
    pub const fn key(&self) -> (&UserId, ContentId) {
        match self {
            Self::Advanced { user, content, .. }
            | Self::Read { user, content }
            | Self::Completed { user, content, .. }
            | Self::Rewarded { user, content, .. } => (user, *content),
        }
    }
}

#[cfg(test)]
mod tests;
