//! Rows for the tests of all results.

use jiff::Timestamp;
use uuid::Uuid;

use super::*;
use crate::assessment::StatusName;
use crate::id::{CandidateId, ContentId, Tag};
use crate::quantity::{Score, Seconds};

pub(super) fn question(number: u128) -> ContentId {
    ContentId(Uuid::from_u128(1_000 + number))
}

pub(super) fn percent(score: u64) -> Score {
    Score::ratio(score, 100)
}

/// Somebody who finished with these grades, in percent, of questions 0, 1, 2 …
pub(super) fn finished(number: u128, grades: &[u64]) -> ResultRow {
    let result = |score: &u64| QuestionResult {
        score: Some(percent(*score)),
        time_used: Some(Seconds(*score + 1)),
    };
    let whole = 100 * grades.len() as u64;
    ResultRow {
        score: Some(Score::ratio(grades.iter().sum(), whole)),
        questions: (0..)
            .zip(grades)
            .map(|(at, score)| (question(at), result(score)))
            .collect(),
        started_at: Some(Timestamp::UNIX_EPOCH),
        finished_at: Some(Timestamp::from_second(60).unwrap()),
        time_used: Some(Seconds(60)),
        ..pending(number, StatusName::TestFinished)
    }
}

pub(super) fn pending(number: u128, status: StatusName) -> ResultRow {
    ResultRow {
        candidate: CandidateId(Uuid::from_u128(number)),
        name: format!("Candidate {number}"),
        tags: [].into(),
        status,
        score: None,
        questions: [].into(),
        started_at: None,
        finished_at: None,
        time_used: None,
    }
}

pub(super) fn tagged(row: ResultRow, tags: &[&str]) -> ResultRow {
    let tags = tags.iter().map(|tag| Tag::new(*tag).unwrap()).collect();
    ResultRow { tags, ..row }
}

/// A table with as many questions of one point each as the first row has.
pub(super) fn table(rows: Vec<ResultRow>) -> Table {
    let asked = rows
        .first()
        .map(|row| row.questions.keys().copied())
        .into_iter()
        .flatten();
    let questions = asked
        .map(|content| TestQuestion {
            content,
            name: "Question".to_owned(),
            points: 1,
        })
        .collect();
    Table { questions, rows }
}

#[track_caller]
pub(super) fn assert_close(value: impl Into<Option<f64>>, wanted: f64) {
    let value = value.into().expect("a number");
    assert!((value - wanted).abs() < 1e-6, "{value} is not {wanted}");
}
