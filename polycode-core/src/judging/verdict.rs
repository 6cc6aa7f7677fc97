//! What is thought of a run.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The opinion on one validator, or on a whole submission.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verdict {
    /// The answer is what was expected.
    Passed,
    /// The program ended well, but with another answer.
    WrongAnswer,
    /// The program is not valid in its language; it never ran.
    CompileError,
    /// The program crashed, or ended with an exit code other than 0.
    RuntimeError,
    /// The program used up its time.
    TimeLimit,
    /// The program asked for more memory than it may have.
    MemoryLimit,
    /// The program wrote more output or files than it may.
    OutputLimit,
    /// It was not asked: its group depends on one that was not passed.
    Skipped,
    /// A person has to look at it.
    AwaitingReview,
    /// We failed, not the learner; never final, and it costs no attempt.
    SystemError,
}

impl Verdict {
    /// Every verdict, in the order of the documentation.
    pub const ALL: [Self; 10] = [
        Self::Passed,
        Self::WrongAnswer,
        Self::CompileError,
        Self::RuntimeError,
        Self::TimeLimit,
        Self::MemoryLimit,
        Self::OutputLimit,
        Self::Skipped,
        Self::AwaitingReview,
        Self::SystemError,
    ];

    /// The name used in JSON, tables and routes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::WrongAnswer => "wrong_answer",
            Self::CompileError => "compile_error",
            Self::RuntimeError => "runtime_error",
            Self::TimeLimit => "time_limit",
            Self::MemoryLimit => "memory_limit",
            Self::OutputLimit => "output_limit",
            Self::Skipped => "skipped",
            Self::AwaitingReview => "awaiting_review",
            Self::SystemError => "system_error",
        }
    }

    /// Whether the answer is what was expected.
    pub const fn is_passed(self) -> bool {
        matches!(self, Self::Passed)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Verdict {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|verdict| verdict.as_str() == name)
            .ok_or_else(|| format!("there is no verdict `{name}`"))
    }
}
