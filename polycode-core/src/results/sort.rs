//! The order of the raw table: by any column, and stable.

use std::borrow::Cow;
use std::cmp::Ordering;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::StatusName;
use crate::id::{CandidateId, ContentId, Tag};
use crate::results::ResultRow;

/// In what order rows are wanted. Rows that have nothing in the column come last in either
/// direction, and equal ones follow each other by the candidate's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RowOrder {
    /// The column.
    pub by: Column,
    /// Which way.
    #[serde(default)]
    pub direction: Direction,
}

/// Something that rows can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Column {
    /// The candidate's id, which is the order in which candidates were added.
    Candidate,
    /// The name, in the order of Unicode's code points.
    Name,
    /// The tags, compared one after the other.
    Tags,
    /// How far the candidate has come.
    Status,
    /// The grade of the test.
    Score,
    /// How long the candidate worked.
    TimeUsed,
    /// When the test was started.
    StartedAt,
    /// When it was submitted or closed.
    FinishedAt,
    /// The grade of one question.
    Question(ContentId),
    /// How long the candidate worked on one question.
    QuestionTime(ContentId),
}

/// Which way a column is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The least first.
    #[default]
    Ascending,
    /// The greatest first.
    Descending,
}

/// Where a row stands in an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place<'a> {
    value: Option<Value<'a>>,
    pub(super) candidate: CandidateId,
}

/// What a row has in a column; all rows have the same kind in the same column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Value<'a> {
    Candidate(CandidateId),
    Number(i128),
    Status(StatusName),
    Text(Cow<'a, str>),
}

impl RowOrder {
    /// Where a row stands in this order.
    pub(super) fn place<'a>(&self, row: &'a ResultRow) -> Place<'a> {
        Place {
            value: self.by.value(row),
            candidate: row.candidate,
        }
    }

    /// Which of two places comes first.
    pub(super) fn compare(&self, one: &Place<'_>, other: &Place<'_>) -> Ordering {
        let values = match (&one.value, &other.value) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(one), Some(other)) => match self.direction {
                Direction::Ascending => one.cmp(other),
                Direction::Descending => other.cmp(one),
            },
        };
        values.then_with(|| one.candidate.cmp(&other.candidate))
    }
}

impl Column {
    fn value(self, row: &ResultRow) -> Option<Value<'_>> {
        match self {
            Self::Candidate => Some(Value::Candidate(row.candidate)),
            Self::Name => (!row.name.is_empty()).then_some(Value::Text(Cow::Borrowed(&row.name))),
            Self::Tags => (!row.tags.is_empty()).then(|| Value::Text(joined(row).into())),
            Self::Status => Some(Value::Status(row.status)),
            Self::Score => row
                .score
                .map(|score| Value::Number(score.millionths().into())),
            Self::TimeUsed => row.time_used.map(|time| Value::Number(time.0.into())),
            Self::StartedAt => row.started_at.map(|at| Value::Number(at.as_nanosecond())),
            Self::FinishedAt => row.finished_at.map(|at| Value::Number(at.as_nanosecond())),
            Self::Question(content) => {
                let score = row.questions.get(&content)?.score?;
                Some(Value::Number(score.millionths().into()))
            }
            Self::QuestionTime(content) => {
                let time = row.questions.get(&content)?.time_used?;
                Some(Value::Number(time.0.into()))
            }
        }
    }
}

/// Tags hold no control characters, so that texts joined by one compare like lists of tags.
fn joined(row: &ResultRow) -> String {
    let tags: Vec<_> = row.tags.iter().map(Tag::as_str).collect();
    tags.join("\u{1}")
}
