//! What a run may use.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::quantity::{ByteCount, Fuel};
use crate::refusal::Problem;

/// What one run may use; every limit has a verdict of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Limits {
    /// Milliseconds of a reference core, 1 to 120,000. It is turned into [`Fuel`] by the
    /// language's calibration, so that a verdict never depends on the machine or its load.
    pub time_ms: u32,
    /// The same limit as exact fuel; where given, it is the one that counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fuel: Option<Fuel>,
    /// Bytes of linear memory, 1 MiB to 2 GiB, the language's own runtime included.
    pub memory_bytes: ByteCount,
    /// Bytes written to standard output and standard error together, at most 64 MiB.
    pub output_bytes: ByteCount,
    /// Bytes of all files the program leaves or makes, at most 256 MiB.
    pub file_bytes: ByteCount,
    /// How many files and folders the program may have made at one time, at most 10,000.
    pub file_count: u32,
}

impl Limits {
    const MIB: u64 = 1 << 20;

    /// Every limit that is out of its range; `field` is where the limits stand in the input.
    pub fn problems(&self, field: &str) -> Vec<Problem> {
        let ranges = [
            ("timeMs", u64::from(self.time_ms), 1, 120_000),
            ("fuel", self.fuel.map_or(1, |fuel| fuel.0), 1, 1 << 42),
            (
                "memoryBytes",
                self.memory_bytes.0,
                Self::MIB,
                2048 * Self::MIB,
            ),
            ("outputBytes", self.output_bytes.0, 0, 64 * Self::MIB),
            ("fileBytes", self.file_bytes.0, 0, 256 * Self::MIB),
            ("fileCount", u64::from(self.file_count), 0, 10_000),
        ];
        ranges
            .iter()
            .filter(|(_, value, min, max)| !(min..=max).contains(&value))
            .map(|(name, value, min, max)| {
                Problem::new(
                    format!("{field}.{name}"),
                    format!("is {min} to {max}, not {value}"),
                )
            })
            .collect()
    }
}

/// Two seconds, 256 MiB of memory, 1 MiB of output, 16 MiB in 256 files.
impl Default for Limits {
    fn default() -> Self {
        Self {
            time_ms: 2_000,
            fuel: None,
            memory_bytes: ByteCount(256 * Self::MIB),
            output_bytes: ByteCount(Self::MIB),
            file_bytes: ByteCount(16 * Self::MIB),
            file_count: 256,
        }
    }
}
