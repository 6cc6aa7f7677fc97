//! One line of the raw table: a candidate and how they did.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::StatusName;
use crate::id::{CandidateId, ContentId, Tag};
use crate::quantity::{Score, Seconds};

/// A candidate of a campaign and how they did. It is made for reading, and holds the name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ResultRow {
    /// The candidate.
    pub candidate: CandidateId,
    /// The name to show; empty when it was erased.
    #[serde(default)]
    pub name: String,
    /// The keywords that the creator gave the candidate.
    #[serde(default)]
    pub tags: BTreeSet<Tag>,
    /// How far the candidate has come.
    pub status: StatusName,
    /// The grade of the whole test; none before it is graded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    /// The questions that the candidate was given, and how each was answered.
    #[serde(default)]
    pub questions: BTreeMap<ContentId, QuestionResult>,
    /// When the test was started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// When the test was submitted or closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
    /// How long the candidate worked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_used: Option<Seconds>,
}

/// How a candidate did in a question they were given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuestionResult {
    /// The grade; none when it was not answered, which counts as nothing once the test is
    /// finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    /// How long the candidate worked on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_used: Option<Seconds>,
}

/// A question of the test that the campaign is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TestQuestion {
    /// The content.
    pub content: ContentId,
    /// Its title.
    pub name: String,
    /// How many points of the test it is worth.
    pub points: u32,
}

impl ResultRow {
    /// Whether the test is over for the candidate; only then does the row count in statistics.
    pub const fn is_finished(&self) -> bool {
        matches!(self.status, StatusName::TestFinished)
    }
}
