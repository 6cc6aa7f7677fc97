//! The ports to the host's own code: its graders, and its directory of users.

use std::collections::BTreeMap;
use std::fmt::Debug;

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::id::{GraderId, UserId, ValidatorId};
use crate::judging::{FileName, Program};
use crate::people::UserProfile;
use crate::port::PortError;
use crate::quantity::{Fuel, Score};

/// Judges by rules that are code of the host, which runs in the host and outside of any sandbox.
#[async_trait]
pub trait Grader: Debug + Send + Sync {
    /// Gives an opinion on what a program did.
    ///
    /// # Errors
    /// [`PortError`] when there is none, whyever: that is never held against the learner.
    async fn grade(&self, task: GraderTask) -> Result<GraderOpinion, PortError>;
}

/// Knows the host's users. It is asked for every user of a page, and speaks for those who never had
/// an account here.
#[async_trait]
pub trait Directory: Debug + Send + Sync {
    /// What some users say about themselves. Whoever is left out has no name to show.
    ///
    /// # Errors
    /// [`PortError`] when it can't be asked.
    async fn profiles(&self, users: &[UserId]) -> Result<BTreeMap<UserId, UserProfile>, PortError>;
}

/// What a grader of the host is asked: a program that ran and ended with exit code 0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GraderTask {
    /// The grader.
    pub grader: GraderId,
    /// The validator that asks.
    pub validator: ValidatorId,
    /// What the validator's author wrote for the grader.
    #[serde(default)]
    pub options: Value,
    /// The learner's program.
    pub program: Program,
    /// Everything that it wrote to standard output; bytes that are not UTF-8 are shown as U+FFFD.
    pub stdout: String,
    /// Everything that it wrote to standard error, in the same way.
    pub stderr: String,
    /// The files asked for that it left behind, in the same way.
    #[serde(default)]
    pub files: BTreeMap<FileName, String>,
    /// The work that it did.
    pub fuel: Fuel,
}

/// What a grader of the host thinks of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GraderOpinion {
    /// The share of the mark; all of it passes.
    pub score: Score,
    /// Why, for the learner; cut to 2,000 bytes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Words for the author alone; cut to 2,000 bytes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}
