//! How well each question, and the test as a whole, tells candidates apart: classical test
//! theory as in Crocker and Algina, *Introduction to Classical and Modern Test Theory* (1986).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::ContentId;
use crate::results::distribution::{Distribution, correlation, count, variance};
use crate::results::summary::{seconds, share};
use crate::results::{ResultRow, Table, TestQuestion};

/// How one question did, over those who finished and were given it. An unanswered question
/// counts as nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuestionStatistics {
    /// The question.
    pub content: ContentId,
    /// How many were given it.
    pub n: u64,
    /// How many of them did not answer it.
    pub unanswered: u64,
    /// The difficulty index p: the mean share of the question's points, from 0 (nobody got any)
    /// to 1 (everybody got all), so that a greater number is an easier question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difficulty: Option<f64>,
    /// The item-total correlation: Pearson's correlation of the question's share with the share
    /// of the whole test, which for a right-or-wrong question is the point-biserial. None when
    /// either does not vary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_total: Option<f64>,
    /// The corrected item-total correlation (Henrysson 1963): the same with the share of all
    /// *other* questions, so that the question is not compared with itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_item_total: Option<f64>,
    /// How long candidates worked on it, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_used: Option<Distribution>,
}

/// How far the test measures one thing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reliability {
    /// Over how many candidates it was computed.
    pub n: u64,
    /// Over how many questions: those that all of these candidates were given.
    pub questions: u64,
    /// Cronbach's alpha (1951): `k / (k − 1) · (1 − Σ variance of question / variance of total)`
    /// with sample variances of points. At most 1; it can be below 0.
    pub alpha: f64,
}

impl Table {
    /// How each question did, in the order of the test.
    pub fn question_statistics(&self) -> Vec<QuestionStatistics> {
        let sheet = Sheet::of(self);
        let columns = sheet.columns.iter();
        columns
            .map(|column| column.statistics(&sheet.totals))
            .collect()
    }

    /// Cronbach's alpha; none with fewer than two questions that all were given, with fewer than
    /// two candidates, or when all have the same total.
    pub fn reliability(&self) -> Option<Reliability> {
        let sheet = Sheet::of(self);
        let n = sheet.totals.len();
        let common: Vec<_> = sheet
            .columns
            .iter()
            .filter(|column| column.given == n)
            .collect();
        let k = common.len();
        let mut totals = vec![0.0; n];
        let mut variances = 0.0;
        for column in common {
            let points: Vec<_> = column
                .shares
                .iter()
                .map(|share| share * column.worth)
                .collect();
            variances += variance(&points)?;
            totals
                .iter_mut()
                .zip(points)
                .for_each(|(total, points)| *total += points);
        }
        let total = variance(&totals).filter(|total| k > 1 && *total > 1e-12)?;
        Some(Reliability {
            n: n as u64,
            questions: k as u64,
            alpha: count(k) / count(k - 1) * (1.0 - variances / total),
        })
    }
}

/// The grades of those who finished, question by question, so that each row of the table is
/// looked through once.
struct Sheet {
    columns: Vec<Column>,
    totals: Vec<Total>,
}

/// One question: a share for each candidate, `NaN` for those who were not given it.
struct Column {
    content: ContentId,
    worth: f64,
    shares: Vec<f64>,
    given: usize,
    unanswered: u64,
    times: Vec<f64>,
}

/// The points that a candidate earned, and could have earned.
#[derive(Clone, Copy, Default)]
struct Total {
    earned: f64,
    possible: f64,
}

impl Sheet {
    fn of(table: &Table) -> Self {
        let rows: Vec<_> = table.rows.iter().filter(|row| row.is_finished()).collect();
        let mut totals = vec![Total::default(); rows.len()];
        let columns = table.questions.iter().map(|question| {
            let mut column = Column::new(question, rows.len());
            for (row, total) in rows.iter().zip(&mut totals) {
                column.push(row, total);
            }
            column
        });
        Self {
            columns: columns.collect(),
            totals,
        }
    }
}

impl Column {
    fn new(question: &TestQuestion, rows: usize) -> Self {
        Self {
            content: question.content,
            worth: f64::from(question.points),
            shares: Vec::with_capacity(rows),
            given: 0,
            unanswered: 0,
            times: Vec::with_capacity(rows),
        }
    }

    fn push(&mut self, row: &ResultRow, total: &mut Total) {
        let Some(result) = row.questions.get(&self.content) else {
            self.shares.push(f64::NAN);
            return;
        };
        let share = result.score.map_or(0.0, share);
        self.shares.push(share);
        self.given += 1;
        self.unanswered += u64::from(result.score.is_none());
        self.times.extend(result.time_used.map(seconds));
        total.earned += share * self.worth;
        total.possible += self.worth;
    }

    fn statistics(&self, totals: &[Total]) -> QuestionStatistics {
        let given = self
            .shares
            .iter()
            .copied()
            .zip(totals)
            .filter(|(share, _)| !share.is_nan());
        let all = given.clone().filter(|(_, total)| total.possible > 0.0);
        let others = given
            .clone()
            .filter(|(_, total)| total.possible > self.worth);
        let rest = |(own, total): (f64, &Total)| {
            let earned = total.earned - own * self.worth;
            (own, earned / (total.possible - self.worth))
        };
        let sum: f64 = given.map(|(share, _)| share).sum();
        QuestionStatistics {
            content: self.content,
            n: self.given as u64,
            unanswered: self.unanswered,
            difficulty: (self.given > 0).then(|| sum / count(self.given)),
            item_total: correlation(all.map(|(own, total)| (own, total.earned / total.possible))),
            corrected_item_total: correlation(others.map(rest)),
            time_used: Distribution::of(self.times.clone()),
        }
    }
}

#[cfg(test)]
mod tests;
