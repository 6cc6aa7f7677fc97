//! A learner's practice in a few numbers: sums of what is stored, and nothing that lapses, so
//! that nobody has to come back for the number's sake.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::quantity::Points;

/// A learner's practice in a few numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PracticeStatistics {
    /// How many contents were ever answered and judged.
    pub tried: u64,
    /// How many of them were passed.
    pub completed: u64,
    /// The polypoints that were ever earned.
    pub earned: Points,
    /// The polypoints that were ever spent.
    pub spent: Points,
}
