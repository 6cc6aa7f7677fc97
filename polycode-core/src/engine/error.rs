//! Why a use case did not come about.

use crate::port::{Permanence, PortError, SandboxError};
use crate::refusal::{Problem, Refusal};

/// Why a use case did not come about. Nothing was changed then, unless the variant says so.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// A rule said no; the caller may fix it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Nothing could be run. A submission that was received is kept and can be graded later.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] PortError),
    /// The host's directory of users could not be asked.
    #[error(transparent)]
    Directory(PortError),
    /// Others kept writing the same documents; worth trying again.
    #[error("too many others write the same documents: try again")]
    Contended,
}

impl EngineError {
    /// The stable name of the kind of error, for callers to match on.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::Sandbox(error) => error.code(),
            Self::Store(_) => "store_failed",
            Self::Directory(_) => "directory_failed",
            Self::Contended => "contended",
        }
    }

    /// Whether the same call may succeed later without anybody mending anything.
    pub const fn is_temporary(&self) -> bool {
        let permanence = match self {
            Self::Refused(_) => Permanence::Permanent,
            Self::Sandbox(error) => error.permanence(),
            Self::Store(error) | Self::Directory(error) => error.permanence(),
            Self::Contended => Permanence::Temporary,
        };
        matches!(permanence, Permanence::Temporary)
    }

    /// Every problem that the caller may fix, with its field where there is one.
    pub fn problems(&self) -> Vec<Problem> {
        match self {
            Self::Refused(Refusal::Invalid(problems)) => problems.clone(),
            _ => Vec::new(),
        }
    }
}
