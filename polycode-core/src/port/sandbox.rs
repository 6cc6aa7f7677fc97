//! The port to whatever runs untrusted programs.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use async_trait::async_trait;
use serde_json::Value;

use crate::id::LanguageId;
use crate::judging::{FileName, Limits, Observation, Program};
use crate::port::{Permanence, PortError};

/// Runs untrusted programs, each run in a fresh sandbox.
///
/// Dropping a future that it returned cancels the work and gives its place back.
#[async_trait]
pub trait Sandbox: Debug + Send + Sync {
    /// Makes a program ready to run: checks or compiles it, once for all its runs.
    ///
    /// # Errors
    /// [`SandboxError`] when it can't be made ready for a reason that is not the program's.
    async fn prepare(
        &self,
        program: &Program,
        limits: &Limits,
        uses: &Uses,
    ) -> Result<Prepared, SandboxError>;
}

/// What will be asked of a program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Uses {
    /// Whether it will be run as a whole.
    pub runs: bool,
    /// The names of the functions that will be called.
    pub functions: BTreeSet<String>,
    /// Whether tests will ask for what there is in it.
    pub tested: bool,
}

impl Uses {
    /// It will be run as a whole, and neither called nor tested.
    pub fn whole() -> Self {
        Self {
            runs: true,
            ..Self::default()
        }
    }
}

/// What came of making a program ready.
#[derive(Debug)]
pub enum Prepared {
    /// It can run.
    Ready(Box<dyn Executable>),
    /// It is not valid in its language.
    Rejected {
        /// The compiler's words, at most 64 KiB, with the program's own files and lines.
        diagnostics: String,
    },
}

/// A program that is ready to run, any number of times and also at the same time.
#[async_trait]
pub trait Executable: Any + Debug + Send + Sync {
    /// Runs the program once, in a fresh sandbox.
    ///
    /// # Errors
    /// [`SandboxError`] when the run failed for a reason that is not the program's; whatever
    /// the program does is an [`Observation`].
    async fn run(&self, run: Run) -> Result<Observation, SandboxError>;

    /// Runs the program once and an interactor with it: each one's standard output is the
    /// other's standard input, whatever the runs say of that. Both are of the same sandbox.
    ///
    /// What comes of it depends on the two programs alone, not on who happens to be faster:
    /// reading waits until there is something or the other has ended, one read gives what one
    /// write wrote, and writing never waits. When both read and neither has written, both end
    /// idle.
    ///
    /// In the running of tests, the line is beside the standard streams and not in their place.
    ///
    /// # Errors
    /// [`SandboxError`] when a run failed for a reason that is not the programs', or when the
    /// sandbox can't join programs.
    async fn talk(
        &self,
        run: Run,
        interactor: &dyn Executable,
        its: Run,
    ) -> Result<Talk, SandboxError> {
        let _ = (run, interactor, its);
        Err(PortError::permanent("this sandbox can't join two programs").into())
    }
}

/// What came of a talk between a program and an interactor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    /// What was seen of the program.
    pub program: Observation,
    /// What was seen of the interactor.
    pub interactor: Observation,
    /// Whether the interactor came upon the end of what the program had to say.
    pub program_left_first: bool,
}

/// The input of one run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Run {
    /// Standard input, which ends after these bytes.
    pub stdin: Vec<u8>,
    /// Arguments, without the program's name.
    pub args: Vec<String>,
    /// Files laid beside the program.
    pub files: BTreeMap<FileName, Vec<u8>>,
    /// A function to call after the entry file was loaded.
    pub call: Option<Call>,
    /// Files to report if the program leaves them behind.
    pub collect: Vec<FileName>,
    /// Its part in the running of tests, if it has one.
    pub testing: Option<Testing>,
}

/// The part that a run has in the running of tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Testing {
    /// It is the program that is tested: it does what the tests on the line ask of it.
    Tested,
    /// It is the tests, which are asked for their names only: a list of texts is returned.
    Names,
    /// It is the tests, and runs the one of that name: `"passed"` or `{"failed": "why"}` is
    /// returned.
    Test(String),
}

/// A function to call.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The function's name in the entry file.
    pub function: String,
    /// Its arguments, in order.
    pub args: Vec<Value>,
}

/// Why a program could not be run, for a reason that is not the program's.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// There is no such language.
    #[error("language `{language}` is not known: choose one of {}", .known.join(", "))]
    UnknownLanguage {
        /// The language that was asked for.
        language: LanguageId,
        /// The languages that there are.
        known: Vec<String>,
    },
    /// The language is known, but its runtime is not on this machine.
    #[error("language `{language}` is not installed: run `polycode install {language}`")]
    NotInstalled {
        /// The language that was asked for.
        language: LanguageId,
    },
    /// The queue is full; nothing was run.
    #[error("the runner is busy: {waiting} runs are waiting already")]
    Busy {
        /// How many runs are waiting.
        waiting: usize,
    },
    /// A grader of the host gave no opinion.
    #[error("{0}")]
    Grader(#[source] PortError),
    /// Something failed in the sandbox itself.
    #[error(transparent)]
    Failed(#[from] PortError),
}

impl SandboxError {
    /// Whether trying again may help.
    pub const fn permanence(&self) -> Permanence {
        match self {
            Self::UnknownLanguage { .. } | Self::NotInstalled { .. } => Permanence::Permanent,
            Self::Busy { .. } => Permanence::Temporary,
            Self::Grader(error) | Self::Failed(error) => error.permanence(),
        }
    }

    /// The stable name of the kind of failure.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownLanguage { .. } => "unknown_language",
            Self::NotInstalled { .. } => "not_installed",
            Self::Busy { .. } => "busy",
            Self::Grader(_) => "grader_failed",
            Self::Failed(_) => "sandbox_failed",
        }
    }
}
