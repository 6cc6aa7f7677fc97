//! Groups of candidates beside each other: each tag against everybody else.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::Tag;
use crate::quantity::Score;
use crate::results::distribution::{Distribution, count};
use crate::results::summary::share;
use crate::results::{ResultRow, Table};

/// The candidates with a tag, beside those without it. Somebody with several tags is in several
/// groups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// The tag.
    pub tag: Tag,
    /// How many candidates have it.
    pub candidates: u64,
    /// The share of those who finished among those who neither declined nor were cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completion_rate: Option<f64>,
    /// The grades of those who finished, as shares from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Distribution>,
    /// The mean grade of the group less that of all others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference: Option<f64>,
    /// Cohen's d (1988): that difference in pooled standard deviations. None when a side has
    /// fewer than two grades, or none vary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect_size: Option<f64>,
}

impl Table {
    /// A group for each tag that a candidate has, in the order of the tags.
    pub fn groups(&self) -> Vec<Group> {
        let mut members = BTreeMap::<&Tag, Vec<&ResultRow>>::new();
        for row in &self.rows {
            for tag in &row.tags {
                members.entry(tag).or_default().push(row);
            }
        }
        let all = Moments::of(grades(self.rows.iter()));
        members
            .into_iter()
            .map(|(tag, rows)| group(tag, &rows, all))
            .collect()
    }
}

/// Sums from which means and variances of a group, and of everybody else, follow without a second
/// look at the rows; exact, in millionths.
#[derive(Clone, Copy)]
struct Moments {
    n: u64,
    sum: u128,
    squares: u128,
}

impl Moments {
    fn of(scores: impl Iterator<Item = Score>) -> Self {
        let none = Self {
            n: 0,
            sum: 0,
            squares: 0,
        };
        scores.fold(none, |moments, score| {
            let score = u128::from(score.millionths());
            Self {
                n: moments.n + 1,
                sum: moments.sum + score,
                squares: moments.squares + score * score,
            }
        })
    }

    /// What is left without a part of them.
    const fn without(self, part: Self) -> Self {
        Self {
            n: self.n - part.n,
            sum: self.sum - part.sum,
            squares: self.squares - part.squares,
        }
    }

    fn mean(self) -> Option<f64> {
        (self.n > 0).then(|| number(self.sum) / number(self.n.into()) / MILLION)
    }

    /// The sum of squared distances from the mean; none for fewer than two numbers.
    fn spread(self) -> Option<f64> {
        let n = u128::from(self.n);
        let spread = n * self.squares - self.sum * self.sum;
        (n > 1).then(|| number(spread) / number(n) / (MILLION * MILLION))
    }
}

const MILLION: f64 = 1_000_000.0;

#[expect(clippy::cast_precision_loss, reason = "statistics are floating point")]
const fn number(value: u128) -> f64 {
    value as f64
}

fn group(tag: &Tag, rows: &[&ResultRow], all: Moments) -> Group {
    let expected = rows.iter().filter(|row| row.status.is_expected()).count();
    let finished = rows.iter().filter(|row| row.is_finished()).count();
    let own = Moments::of(grades(rows.iter().copied()));
    let others = all.without(own);
    let difference = own
        .mean()
        .zip(others.mean())
        .map(|(own, others)| own - others);
    let deviation = own.spread().zip(others.spread()).and_then(|(one, other)| {
        let deviation = ((one + other) / number((all.n - 2).into())).sqrt();
        (deviation > 0.0).then_some(deviation)
    });
    Group {
        tag: tag.clone(),
        candidates: rows.len() as u64,
        completion_rate: (expected > 0).then(|| count(finished) / count(expected)),
        difference,
        effect_size: difference
            .zip(deviation)
            .map(|(difference, s)| difference / s),
        score: Distribution::of(grades(rows.iter().copied()).map(share).collect()),
    }
}

fn grades<'a>(rows: impl Iterator<Item = &'a ResultRow>) -> impl Iterator<Item = Score> {
    rows.filter(|row| row.is_finished())
        .filter_map(|row| row.score)
}

#[cfg(test)]
mod tests;
