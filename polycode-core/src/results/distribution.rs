//! How numbers are distributed: mean, spread, quartiles and a histogram.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How some numbers are distributed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Distribution {
    /// How many there are.
    pub n: u64,
    /// Their arithmetic mean.
    pub mean: f64,
    /// Their sample standard deviation, with Bessel's correction (n − 1); none for a single one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard_deviation: Option<f64>,
    /// The least.
    pub min: f64,
    /// The first quartile, as all quantiles by Hyndman and Fan's method 7 (1996): between the
    /// two nearest values in proportion, which is the usual way of R, `NumPy` and spreadsheets.
    pub first_quartile: f64,
    /// The median.
    pub median: f64,
    /// The third quartile.
    pub third_quartile: f64,
    /// The greatest.
    pub max: f64,
}

/// How many numbers lie in a range: `from` is in it; `to` is not, but in the last bin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Bin {
    /// Where the range begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// How many numbers lie in it.
    pub count: u64,
}

impl Distribution {
    /// How these numbers are distributed; none when there are none. All must be finite.
    pub fn of(mut values: Vec<f64>) -> Option<Self> {
        values.sort_unstable_by(f64::total_cmp);
        let (min, max) = (*values.first()?, *values.last()?);
        Some(Self {
            n: values.len() as u64,
            mean: mean(&values)?,
            standard_deviation: variance(&values).map(f64::sqrt),
            min,
            first_quartile: quantile(&values, 1, 4)?,
            median: quantile(&values, 1, 2)?,
            third_quartile: quantile(&values, 3, 4)?,
            max,
        })
    }
}

/// Bins of equal width from `from` to `to`, and how many of the numbers lie in each; numbers
/// outside lie in none.
pub fn histogram(values: &[f64], (from, to): (f64, f64), bins: u32) -> Vec<Bin> {
    // One division at the end, so that an edge such as 3/10 is the number that a score of 3/10 is.
    let edge =
        |index: u32| (from * f64::from(bins - index) + to * f64::from(index)) / f64::from(bins);
    let bin = |index| Bin {
        from: edge(index),
        to: edge(index + 1),
        count: 0,
    };
    let mut all: Vec<_> = (0..bins).map(bin).collect();
    for value in values.iter().filter(|value| (from..=to).contains(*value)) {
        // The edges decide, not a division: a value on an edge must lie in the bin it begins.
        let index = all
            .partition_point(|bin| bin.from <= *value)
            .saturating_sub(1);
        if let Some(bin) = all.get_mut(index) {
            bin.count += 1;
        }
    }
    all
}

#[expect(
    clippy::cast_precision_loss,
    reason = "no campaign has 2^52 candidates"
)]
pub(super) const fn count(n: usize) -> f64 {
    n as f64
}

pub(super) fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / count(values.len()))
}

/// The sample variance (n − 1); none for fewer than two numbers.
pub(super) fn variance(values: &[f64]) -> Option<f64> {
    let mean = mean(values)?;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (values.len() > 1).then(|| squares / count(values.len() - 1))
}

/// Pearson's product-moment correlation; none when one of them does not vary. The pairs are gone
/// through twice, since the distances are from the means.
pub(super) fn correlation(pairs: impl Iterator<Item = (f64, f64)> + Clone) -> Option<f64> {
    let (mut n, mut x_sum, mut y_sum) = (0, 0.0, 0.0);
    for (x, y) in pairs.clone() {
        n += 1;
        x_sum += x;
        y_sum += y;
    }
    let (x_mean, y_mean) = (n > 0).then(|| (x_sum / count(n), y_sum / count(n)))?;
    let (mut product, mut x_square, mut y_square) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        let (x, y) = (x - x_mean, y - y_mean);
        product += x * y;
        x_square += x * x;
        y_square += y * y;
    }
    // Sums that should be nothing can be off by rounding; scores are 0 to 1, to a millionth.
    let varies = x_square > 1e-12 && y_square > 1e-12;
    varies.then(|| (product / (x_square * y_square).sqrt()).clamp(-1.0, 1.0))
}

/// The quantile `part / whole` of sorted values.
fn quantile(sorted: &[f64], part: usize, whole: usize) -> Option<f64> {
    let steps = sorted.len().checked_sub(1)? * part;
    let (index, rest) = (steps / whole, steps % whole);
    let below = *sorted.get(index)?;
    let above = sorted.get(index + 1).copied().unwrap_or(below);
    Some(below + (above - below) * count(rest) / count(whole))
}

#[cfg(test)]
mod tests;
