//! Amounts that must not be mixed up: points, shares of a mark, weights, fuel, bytes.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! amounts {
    ($($(#[$doc:meta])* $name:ident($inner:ty);)*) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash,
            Serialize, Deserialize, JsonSchema,
        )]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

amounts! {
    /// Polypoints: whole, never negative.
    Points(u64);
    /// Deterministic work, about one WebAssembly instruction each.
    Fuel(u64);
    /// A size in bytes.
    ByteCount(u64);
    /// A length of time in whole seconds.
    Seconds(u64);
    /// How often a document was written; 1 is its first version.
    Version(u64);
    /// A place in the event log; 0 is before the first event.
    Cursor(u64);
}

impl Version {
    /// The version that a first write gives.
    pub const FIRST: Self = Self(1);

    /// The version that the next write gives.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// How much a validator or a component counts beside its siblings, 0 to 10,000.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "u32", into = "u32")]
#[schemars(with = "u32", extend("maximum" = 10_000))]
pub struct Weight(u32);

impl Weight {
    /// The most that a weight can be.
    pub const MAX: u32 = 10_000;

    /// The weight as a number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl Default for Weight {
    fn default() -> Self {
        Self(1)
    }
}

impl TryFrom<u32> for Weight {
    type Error = String;

    fn try_from(weight: u32) -> Result<Self, String> {
        if weight <= Self::MAX {
            Ok(Self(weight))
        } else {
            Err(format!("a weight is 0 to {}, not {weight}", Self::MAX))
        }
    }
}

impl From<Weight> for u32 {
    fn from(weight: Weight) -> Self {
        weight.0
    }
}

/// A share of the full mark in millionths: 0 is nothing, 1,000,000 is everything.
///
/// Fixed-point, so that grades add up alike on every machine; it is rounded for people only
/// where it is shown.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(try_from = "u32", into = "u32")]
#[schemars(with = "u32", extend("maximum" = 1_000_000))]
pub struct Score(u32);

impl Score {
    /// No credit.
    pub const ZERO: Self = Self(0);
    /// Full credit.
    pub const FULL: Self = Self(1_000_000);

    /// The share `part / whole`, rounded down; a part above the whole counts as the whole, and
    /// nothing of nothing is nothing.
    pub fn ratio(part: u64, whole: u64) -> Self {
        let share = (u128::from(part.min(whole)) * u128::from(Self::FULL.0))
            .checked_div(u128::from(whole))
            .unwrap_or(0);
        u32::try_from(share).map_or(Self::FULL, Self)
    }

    /// The weighted mean, independent of order and rounded down once; zero when all weights are
    /// zero.
    pub fn weighted_mean(parts: impl IntoIterator<Item = (Weight, Self)>) -> Self {
        let (earned, possible) =
            parts
                .into_iter()
                .fold((0_u128, 0_u128), |sum, (weight, score)| {
                    let weight = u128::from(weight.0);
                    (sum.0 + weight * u128::from(score.0), sum.1 + weight)
                });
        let mean = earned.checked_div(possible).unwrap_or(0);
        u32::try_from(mean).map_or(Self::FULL, Self)
    }

    /// The share in millionths.
    pub const fn millionths(self) -> u32 {
        self.0
    }

    /// This share of a reward, rounded down.
    pub fn of(self, reward: Points) -> Points {
        let share = u128::from(reward.0) * u128::from(self.0) / u128::from(Self::FULL.0);
        Points(u64::try_from(share).unwrap_or(reward.0))
    }

    /// Whether this is full credit.
    pub const fn is_full(self) -> bool {
        self.0 == Self::FULL.0
    }
}

impl TryFrom<u32> for Score {
    type Error = String;

    fn try_from(millionths: u32) -> Result<Self, String> {
        if millionths <= Self::FULL.0 {
            Ok(Self(millionths))
        } else {
            Err(format!(
                "a score is 0 to 1000000 millionths, not {millionths}"
            ))
        }
    }
}

impl From<Score> for u32 {
    fn from(score: Score) -> Self {
        score.0
    }
}

/// Shown as a percentage with at most two decimals, rounded half up: `66.67 %`. Only full
/// credit is shown as `100 %`.
impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut hundredths = (self.0 + 50) / 100;
        if hundredths == 10_000 && !self.is_full() {
            hundredths -= 1;
        }
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        match (rest, rest % 10) {
            (0, _) => write!(f, "{whole} %"),
            (_, 0) => write!(f, "{whole}.{} %", rest / 10),
            _ => write!(f, "{whole}.{rest:02} %"),
        }
    }
}
