//! A campaign in a few numbers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::StatusName;
use crate::quantity::{Score, Seconds};
use crate::results::ResultRow;
use crate::results::distribution::{Bin, Distribution, count, histogram};

/// A campaign in a few numbers. Scores are shares from 0 to 1, times are in seconds; both are
/// of those who finished only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// How many candidates there are.
    pub candidates: u64,
    /// How many are at each step.
    pub statuses: BTreeMap<StatusName, u64>,
    /// How many finished.
    pub finished: u64,
    /// The share of those who finished among those who neither declined nor were cancelled; none
    /// when there is nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completion_rate: Option<f64>,
    /// The grades.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Distribution>,
    /// The grades in ten bins from 0 to 1.
    pub score_histogram: Vec<Bin>,
    /// How long candidates worked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_used: Option<Distribution>,
    /// How long candidates worked, in ten bins from 0 to the longest; none when nobody did.
    pub time_histogram: Vec<Bin>,
}

const BINS: u32 = 10;

impl Summary {
    /// Sums rows up.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a ResultRow>) -> Self {
        let mut statuses = BTreeMap::<_, u64>::new();
        let (mut candidates, mut expected, mut finished) = (0_u64, 0_usize, 0_usize);
        let (mut scores, mut times) = (Vec::new(), Vec::new());
        for row in rows {
            *statuses.entry(row.status).or_default() += 1;
            candidates += 1;
            expected += usize::from(row.status.is_expected());
            if row.is_finished() {
                finished += 1;
                scores.extend(row.score.map(share));
                times.extend(row.time_used.map(seconds));
            }
        }
        let longest = times.iter().copied().fold(0.0, f64::max);
        Self {
            candidates,
            statuses,
            finished: finished as u64,
            completion_rate: (expected > 0).then(|| count(finished) / count(expected)),
            score_histogram: histogram(&scores, (0.0, 1.0), BINS),
            time_histogram: if longest > 0.0 {
                histogram(&times, (0.0, longest), BINS)
            } else {
                Vec::new()
            },
            score: Distribution::of(scores),
            time_used: Distribution::of(times),
        }
    }
}

/// A score as a share from 0 to 1.
pub(super) fn share(score: Score) -> f64 {
    f64::from(score.millionths()) / f64::from(Score::FULL.millionths())
}

#[expect(clippy::cast_precision_loss, reason = "nobody works for 2^52 seconds")]
pub(super) const fn seconds(time: Seconds) -> f64 {
    time.0 as f64
}

#[cfg(test)]
mod tests;
