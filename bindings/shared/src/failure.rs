//! One shape for every error that crosses a binding.

use polycode_core::EngineError;
use polycode_core::id::InvalidName;
use polycode_core::port::{PortError, SandboxError};
use polycode_core::refusal::{Problem, Refusal};
use serde::Serialize;

/// Why a call failed, as a host sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// The stable name of the kind of failure, to match on.
    pub code: &'static str,
    /// What went wrong, for people.
    pub message: String,
    /// Each broken rule with its field, when the input is what is wrong.
    pub problems: Vec<Problem>,
    /// Whether the same call may succeed later without anybody mending anything.
    pub temporary: bool,
}

impl Failure {
    /// A failure for one broken rule of the input.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Refusal::invalid(field, message).into()
    }

    /// A failure that should never be.
    pub fn of_ours(message: impl Into<String>) -> Self {
        Self {
            code: "internal",
            message: message.into(),
            problems: Vec::new(),
            temporary: false,
        }
    }

    /// A failure of a field that should hold a name of some kind.
    pub(crate) fn name(field: &'static str) -> impl FnOnce(InvalidName) -> Self {
        move |error| Self::invalid(field, error.to_string())
    }

    /// The failure as JSON.
    pub fn to_json(&self) -> String {
        // Texts and flags only: writing them cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        Self {
            code: error.code(),
            message: full_message(&error),
            problems: error.problems(),
            temporary: error.is_temporary(),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(error: Refusal) -> Self {
        EngineError::from(error).into()
    }
}

impl From<SandboxError> for Failure {
    fn from(error: SandboxError) -> Self {
        EngineError::from(error).into()
    }
}

impl From<PortError> for Failure {
    fn from(error: PortError) -> Self {
        EngineError::from(error).into()
    }
}

/// The error's words and those of what caused it.
fn full_message(error: &dyn std::error::Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let words = error.to_string();
        if !message.contains(&words) {
            message = format!("{message}: {words}");
        }
        cause = error.source();
    }
    message
}
