//! The facts of one run, without any opinion.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::judging::FileName;
use crate::quantity::{ByteCount, Fuel};

/// What a sandbox saw of one run. Output up to a limit is kept whatever the ending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// How the run ended.
    pub ending: Ending,
    /// Bytes written to standard output.
    pub stdout: Vec<u8>,
    /// Bytes written to standard error.
    pub stderr: Vec<u8>,
    /// The JSON text that the called function returned, if one was called and did return. It
    /// was written inside the sandbox: to be read as untrusted input.
    pub returned: Option<String>,
    /// Files asked for that the program left behind.
    pub files: BTreeMap<FileName, Vec<u8>>,
    /// Work done: the same in every run of the same program with the same input.
    pub fuel: Fuel,
    /// The most linear memory that was in use.
    pub peak_memory: ByteCount,
    /// Time on the wall in microseconds: for people, never for verdicts.
    pub wall_us: u64,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Ending {
    /// By itself.
    Exited {
        /// The exit code; 0 is success.
        code: i32,
    },
    /// By a trap: memory out of bounds, unreachable code, a stack that is used up.
    Trapped {
        /// The kind of trap, in words fit for the learner.
        reason: String,
    },
    /// By using up its fuel.
    TimeExhausted,
    /// By asking for more memory than the limit.
    MemoryExhausted,
    /// By writing more than the limit to standard output and standard error.
    OutputExhausted,
    /// By making more files, or larger ones, than the limits.
    FilesExhausted,
    /// By waiting for a program that waited for it: neither could go on.
    Idle,
    /// By the guard that protects the host: far more processor time than the fuel should take.
    HostGuard,
}

/// Where a program writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}
