//! Checks a program before it is run, or translates it into another language's.

use std::collections::BTreeMap;
use std::sync::Arc;

use polycode_core::judging::{Ending, FileName};
use polycode_core::port::{PortError, SandboxError};
use serde::Deserialize;

use crate::cancel::Cancel;
use crate::machine::{Outcome, Template};
use crate::runner::cache::Checked;
use crate::runner::program::Sourced;
use crate::runner::{Inner, Runtime, failed};

/// The most bytes of what is said about a program.
const DIAGNOSTICS: u64 = 64 << 10;

/// The most bytes of a translation, which is not much longer than what it is made of.
const TRANSLATION: u64 = 8 << 20;

/// What a runtime answers that translates.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Translation {
    Files(BTreeMap<FileName, String>),
    Problems(String),
}

impl Inner {
    /// Checks a program with the runtime that is to run it.
    pub(super) fn check(
        &self,
        runtime: &Runtime,
        program: &Sourced,
        cancel: &Cancel,
    ) -> Result<Checked, SandboxError> {
        checked(&self.run_check(runtime, program, DIAGNOSTICS, cancel)?)
    }

    /// Translates a program with one runtime, and checks the translation with the one that is to
    /// run it.
    pub(super) fn translate(
        &self,
        translator: &Runtime,
        runtime: &Runtime,
        program: &Sourced,
        cancel: &Cancel,
    ) -> Result<Checked, SandboxError> {
        let outcome = self.run_check(translator, program, TRANSLATION, cancel)?;
        let files = match translation(&outcome)? {
            Ok(files) => files,
            Err(rejected) => return Ok(rejected),
        };
        let translated = Arc::new(program.translated(files));
        Ok(match self.check(runtime, &translated, cancel)? {
            Checked::Valid => Checked::Translated(translated),
            other => other,
        })
    }

    /// A runtime that must be installed.
    pub(super) fn load(&self, runtime: &Runtime) -> Result<Arc<Template>, SandboxError> {
        let language = runtime.id().clone();
        let loaded = runtime.load(&self.engine)?;
        loaded.ok_or(SandboxError::NotInstalled { language })
    }

    fn run_check(
        &self,
        runtime: &Runtime,
        program: &Sourced,
        answer_bytes: u64,
        cancel: &Cancel,
    ) -> Result<Outcome, SandboxError> {
        let template = self.load(runtime)?;
        let job = program.check(template.fuel_per_ms(), answer_bytes, cancel);
        template.run(job).map_err(|error| failed(&error))
    }
}

/// The files that a translation made, or why it made none.
fn translation(
    outcome: &Outcome,
) -> Result<Result<BTreeMap<FileName, String>, Checked>, SandboxError> {
    if outcome.answer.is_empty() || outcome.ending != (Ending::Exited { code: 0 }) {
        let without_answer = Outcome {
            answer: Vec::new(),
            ..outcome.clone()
        };
        return match checked(&without_answer)? {
            Checked::Rejected { diagnostics } => Ok(Err(Checked::Rejected { diagnostics })),
            _ => Err(PortError::permanent("the translation gave no answer").into()),
        };
    }
    match serde_json::from_slice(&outcome.answer) {
        Ok(Translation::Files(files)) => Ok(Ok(files)),
        Ok(Translation::Problems(diagnostics)) => Ok(Err(Checked::Rejected { diagnostics })),
        Err(error) => {
            Err(PortError::permanent(format!("the translation can't be read: {error}")).into())
        }
    }
}

/// What a check found, whatever the source text did to the checker.
fn checked(outcome: &Outcome) -> Result<Checked, SandboxError> {
    let rejected = |text: &str| {
        Ok(Checked::Rejected {
            diagnostics: text.to_owned(),
        })
    };
    if !outcome.answer.is_empty() {
        return rejected(&String::from_utf8_lossy(&outcome.answer));
    }
    match &outcome.ending {
        Ending::Exited { code: 0 } => Ok(Checked::Valid),
        Ending::TimeExhausted => rejected("checking the program takes more than 10 seconds"),
        Ending::MemoryExhausted => rejected("checking the program takes more than 512 MiB"),
        Ending::OutputExhausted => rejected("the program has too many errors to list"),
        Ending::Trapped { reason } => rejected(&format!(
            "the program is too deeply nested to be checked: {reason}"
        )),
        Ending::HostGuard => Err(PortError::temporary("checking the program took too long").into()),
        _ => match String::from_utf8_lossy(&outcome.stderr).trim() {
            "" => rejected("the program could not be checked"),
            words => rejected(words),
        },
    }
}
