//! How well each question, and the test as a whole, tells candidates apart: classical test
//! theory as in Crocker and Algina, *Introduction to Classical and Modern Test Theory* (1986).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::ContentId;
use crate::results::distribution::{Distribution, correlation, count, mean, variance};
use crate::results::summary::{seconds, share};
use crate::results::{Question, ResultRow, Table};

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
        let totals = self.totals();
        self.questions
            .iter()
            .map(|question| statistics(question, &totals))
            .collect()
    }

    /// Cronbach's alpha; none with fewer than two questions that all were given, with fewer than
    /// two candidates, or when all have the same total.
    pub fn reliability(&self) -> Option<Reliability> {
        let rows: Vec<_> = self.rows.iter().filter(|row| row.is_finished()).collect();
        let given = |question: &&Question| {
            rows.iter()
                .all(|row| row.questions.contains_key(&question.content))
        };
        let common: Vec<_> = self.questions.iter().filter(given).collect();
        let k = common.len();
        let points = |question: &Question| -> Vec<f64> {
            rows.iter()
                .map(|row| earned(row, question).unwrap_or_default())
                .collect()
        };
        let mut totals = vec![0.0; rows.len()];
        let mut variances = 0.0;
        for question in common {
            let points = points(question);
            variances += variance(&points)?;
            totals
                .iter_mut()
                .zip(points)
                .for_each(|(total, points)| *total += points);
        }
        let total = variance(&totals).filter(|total| k > 1 && *total > 1e-12)?;
        Some(Reliability {
            n: rows.len() as u64,
            questions: k as u64,
            alpha: count(k) / count(k - 1) * (1.0 - variances / total),
        })
    }

    /// Everybody who finished, with the points they earned and could have earned.
    fn totals(&self) -> Vec<Total<'_>> {
        let total = |row| {
            let given = self.questions.iter().filter_map(|question| {
                earned(row, question).map(|points| (points, f64::from(question.points)))
            });
            let (earned, possible) =
                given.fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            Total {
                row,
                earned,
                possible,
            }
        };
        self.rows
            .iter()
            .filter(|row| row.is_finished())
            .map(total)
            .collect()
    }
}

struct Total<'a> {
    row: &'a ResultRow,
    earned: f64,
    possible: f64,
}

fn statistics(question: &Question, totals: &[Total<'_>]) -> QuestionStatistics {
    let worth = f64::from(question.points);
    let (mut shares, mut with_all, mut with_others, mut times) = (vec![], vec![], vec![], vec![]);
    let mut unanswered = 0;
    for total in totals {
        let Some(result) = total.row.questions.get(&question.content) else {
            continue;
        };
        unanswered += u64::from(result.score.is_none());
        times.extend(result.time_used.map(seconds));
        let own = result.score.map_or(0.0, share);
        shares.push(own);
        if total.possible > 0.0 {
            with_all.push((own, total.earned / total.possible));
        }
        if total.possible > worth {
            let others = total.earned - own * worth;
            with_others.push((own, others / (total.possible - worth)));
        }
    }
    QuestionStatistics {
        content: question.content,
        n: shares.len() as u64,
        unanswered,
        difficulty: mean(&shares),
        item_total: correlation(&with_all),
        corrected_item_total: correlation(&with_others),
        time_used: Distribution::of(times),
    }
}

/// The points that a candidate earned with a question; none when it was not given.
fn earned(row: &ResultRow, question: &Question) -> Option<f64> {
    let result = row.questions.get(&question.content)?;
    Some(result.score.map_or(0.0, share) * f64::from(question.points))
}

#[cfg(test)]
mod tests;
