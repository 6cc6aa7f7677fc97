//! One shape for every error that crosses a binding.

use polycode_core::EngineError;
use polycode_core::id::InvalidName;
use polycode_core::port::{PortError, SandboxError};
use polycode_core::refusal::{Problem, Refusal};
use serde::Serialize;

use crate::hooks::{HostFailure, Thrown};

/// Why a call failed, as a host sees it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// The stable name of the kind of failure, to match on.
    pub code: &'static str,
    /// What went wrong, for people.
    pub message: String,
    /// What is wrong, one by one and never empty: each broken rule with its field when the input is
    /// what is wrong, else the message.
    pub errors: Vec<Told>,
    /// Whether the same call may succeed later without anybody mending anything.
    pub temporary: bool,
    /// What the host's own code threw, when that is what failed.
    #[serde(skip)]
    pub thrown: Option<Thrown>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// What is wrong, and the limit where there is one.
    pub message: String,
    /// The path of the field that it is about, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl Failure {
    /// A failure for one broken rule of the input.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Refusal::invalid(field, message).into()
    }

    /// A failure that should never be.
    pub fn of_ours(message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            code: "internal",
            errors: vec![Told::plain(&message)],
            message,
            temporary: false,
            thrown: None,
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

impl Told {
    fn plain(message: &str) -> Self {
        Self {
            message: message.to_owned(),
            field: None,
        }
    }
}

impl From<Problem> for Told {
    fn from(problem: Problem) -> Self {
        Self {
            message: problem.message,
            field: Some(problem.field),
        }
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        let message = full_message(&error);
        let problems = error.problems();
        let errors = if problems.is_empty() {
            vec![Told::plain(&message)]
        } else {
            problems.into_iter().map(Told::from).collect()
        };
        Self {
            code: error.code(),
            message,
            errors,
            temporary: error.is_temporary(),
            thrown: thrown(&error),
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

/// What the host's code threw, if that is the cause.
fn thrown(error: &dyn std::error::Error) -> Option<Thrown> {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(failure) = error.downcast_ref::<HostFailure>() {
            return Some(failure.thrown.clone());
        }
        cause = error.source();
    }
    None
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
