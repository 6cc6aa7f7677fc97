//! A test: what is asked, for how long, and what each question counts.
//!
//! A test is a versioned document. Each question pins the version of the content it asks, and a
//! campaign pins the version of the test, so that an edit never changes what somebody is judged by.

mod check;
pub mod draw;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use draw::Seed;

use crate::id::{ContentId, Tag, TestId, UserId};
use crate::quantity::{Score, Seconds, Version, Weight};
use crate::refusal::Refusal;

/// A module that evaluates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Test {
    /// Its id, over all its versions.
    pub id: TestId,
    /// Whose it is.
    pub author: UserId,
    /// What its author wrote.
    pub draft: TestDraft,
    /// When it was deleted, if it was; its versions stay for those who sat it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
}

/// What the author of a test writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TestDraft {
    /// Its title, 1 to 200 bytes.
    pub name: String,
    /// What somebody reads before they start, in `CommonMark`, at most 20,000 bytes.
    #[serde(default)]
    pub description: String,
    /// Its keywords.
    #[serde(default)]
    pub tags: BTreeSet<Tag>,
    /// How long the whole test may take, 10 seconds to 7 days; without it there is no such limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_limit: Option<Seconds>,
    /// In which order the questions are asked.
    #[serde(default)]
    pub order: Order,
    /// Where the questions come from, 1 to 50 pools with at most 500 questions in all.
    pub pools: Vec<Pool>,
}

/// In which order the questions of a test are asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// As the author wrote them.
    #[default]
    Authored,
    /// Mixed over all pools, for each candidate anew.
    Shuffled,
}

/// Questions of which all, or so many, are asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pool {
    /// How many of the questions each candidate gets.
    #[serde(default)]
    pub draw: Draw,
    /// The questions, in order.
    pub questions: Vec<Question>,
}

/// How many questions of a pool each candidate gets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Draw {
    /// All of them.
    #[default]
    All,
    /// So many, drawn for each candidate anew, each question as likely as any other.
    Random {
        /// How many, 1 to the number of questions.
        count: u32,
    },
}

/// A content that is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Question {
    /// The content; asked once in a test.
    pub content: ContentId,
    /// The version of it that is asked.
    pub version: Version,
    /// How much it counts beside the others; 1 unless the author says otherwise, so that the
    /// grade is the plain average until points are set.
    #[serde(default)]
    pub points: Weight,
    /// How long it may take from when it is first opened, 5 seconds to 7 days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_limit: Option<Seconds>,
}

/// What somebody may read of a test before they start: everything but the questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Cover {
    /// The test.
    pub test: TestId,
    /// Its title.
    pub name: String,
    /// Its description.
    pub description: String,
    /// Its keywords.
    pub tags: BTreeSet<Tag>,
    /// How long it may take, before any extra time.
    pub time_limit: Option<Seconds>,
    /// How many questions each candidate gets.
    pub questions: usize,
    /// The sum of their points.
    pub points: u32,
}

/// What happened to a test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum TestEvent {
    /// A version of it was published.
    Published {
        /// The test.
        test: TestId,
        /// The version.
        version: Version,
    },
    /// It was deleted.
    Deleted {
        /// The test.
        test: TestId,
        /// When.
        at: Timestamp,
    },
}

/// How a test is used at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// No campaign that is planned or runs needs it.
    Free,
    /// At least one does.
    InCampaign,
}

impl Test {
    /// Publishes a new test, whose first version this is.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that the draft breaks.
    pub fn decide_create(id: TestId, draft: &TestDraft) -> Result<TestEvent, Refusal> {
        draft.check()?;
        Ok(TestEvent::Published {
            test: id,
            version: Version::FIRST,
        })
    }

    /// Publishes another version; those who began with an older one go on with that.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that the draft breaks, [`Refusal::WrongState`] when
    /// the test was deleted.
    pub fn decide_edit(&self, draft: &TestDraft, current: Version) -> Result<TestEvent, Refusal> {
        self.check_alive()?;
        draft.check()?;
        Ok(TestEvent::Published {
            test: self.id,
            version: current.next(),
        })
    }

    /// Deletes the test, unless a campaign still needs it.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when it was deleted before or is needed.
    pub fn decide_delete(&self, usage: Usage, now: Timestamp) -> Result<TestEvent, Refusal> {
        self.check_alive()?;
        match usage {
            Usage::Free => Ok(TestEvent::Deleted {
                test: self.id,
                at: now,
            }),
            Usage::InCampaign => Err(wrong("needed by a campaign that is not over")),
        }
    }

    /// The test after an event. What a [`TestEvent::Published`] published is a document, and is
    /// written beside the event.
    #[must_use]
    pub fn apply(self, event: &TestEvent) -> Self {
        match event {
            TestEvent::Published { .. } => self,
            TestEvent::Deleted { at, .. } => Self {
                deleted_at: Some(*at),
                ..self
            },
        }
    }

    /// What somebody may read before they start.
    pub fn cover(&self) -> Cover {
        let draft = &self.draft;
        Cover {
            test: self.id,
            name: draft.name.clone(),
            description: draft.description.clone(),
            tags: draft.tags.clone(),
            time_limit: draft.time_limit,
            questions: draft.pools.iter().map(Pool::asked).sum(),
            points: draft.pools.iter().map(Pool::points).sum(),
        }
    }

    fn check_alive(&self) -> Result<(), Refusal> {
        match self.deleted_at {
            None => Ok(()),
            Some(_) => Err(wrong("deleted")),
        }
    }
}

impl Pool {
    /// How many of its questions each candidate gets.
    pub fn asked(&self) -> usize {
        match self.draw {
            Draw::All => self.questions.len(),
            Draw::Random { count } => usize::try_from(count)
                .map_or(self.questions.len(), |count| {
                    count.min(self.questions.len())
                }),
        }
    }

    /// What each candidate's questions from it count together: those that are drawn count alike.
    fn points(&self) -> u32 {
        self.questions
            .iter()
            .take(self.asked())
            .map(|question| question.points.get())
            .sum()
    }
}

/// The grade of a test: the average of the grades of its questions, weighted by their points. A
/// question without a grade counts as nothing.
pub fn grade(paper: &[Question], grades: &BTreeMap<ContentId, Score>) -> Score {
    Score::weighted_mean(paper.iter().map(|question| {
        let grade = grades.get(&question.content).copied().unwrap_or_default();
        (question.points, grade)
    }))
}

const fn wrong(state: &'static str) -> Refusal {
    Refusal::WrongState {
        what: "the test",
        state,
    }
}

#[cfg(test)]
mod tests;
