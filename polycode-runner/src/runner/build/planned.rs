//! Programs whose compiler names the calls itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use polycode_core::judging::FileName;
use polycode_core::port::{SandboxError, Uses};
use serde::Deserialize;

use super::{Compiler, Made, NOT_UNDERSTOOD, object};
use crate::language;
use crate::machine::{Start, Template};
use crate::runner::cache::Modules;

/// The answer of a compiler that plans its calls.
#[derive(Debug, Deserialize)]
struct Plan {
    calls: Vec<Vec<String>>,
    files: BTreeMap<FileName, String>,
}

/// A program, what compiles it, and the arguments that ask for a plan.
pub(super) struct Planned<'a> {
    pub(super) compiler: Compiler<'a>,
    pub(super) plan: &'a [String],
    pub(super) fuel_per_ms: u64,
}

impl Planned<'_> {
    /// Builds the program for what will be asked of it: once as a whole, once with what calls its functions.
    pub(super) fn build(mut self, uses: &Uses) -> Result<Result<Modules, String>, SandboxError> {
        let functions = &uses.functions;
        let runs = uses.runs || functions.is_empty();
        let whole = runs.then(|| self.template(&BTreeSet::new(), Start::Command));
        let whole = match whole.transpose()?.transpose() {
            Ok(whole) => whole,
            Err(words) => return Ok(Err(words)),
        };
        let is_called = !functions.is_empty();
        let calls = is_called.then(|| self.template(functions, Start::Caller));
        let calls = calls.transpose()?.transpose();
        Ok(calls.map(|calls| Modules {
            whole,
            calls,
            tested: None,
        }))
    }

    fn template(
        &mut self,
        functions: &BTreeSet<String>,
        start: Start,
    ) -> Result<Result<Arc<Template>, String>, SandboxError> {
        let made = self.made(functions)?;
        let inner = self.compiler.inner;
        Ok(made.and_then(|wasm| inner.compile(&wasm, start, self.fuel_per_ms)))
    }

    /// Asks for a plan, and makes the calls that it names as long as they go well.
    fn made(&mut self, functions: &BTreeSet<String>) -> Result<Made, SandboxError> {
        let program = self.compiler.program;
        let sources = program.sources();
        let mut files = program.files.clone();
        // Only what the language reads: no name of an object is one of a source file.
        files.retain(|(name, _)| sources.contains(name));
        let args = language::plan(self.plan, program.entry.as_str(), functions);
        let mut last = match self.compiler.make(args, files.clone())? {
            Ok(answer) => answer,
            Err(words) => return Ok(Err(words)),
        };
        let Ok(plan) = serde_json::from_slice::<Plan>(&last) else {
            return Ok(Err(NOT_UNDERSTOOD.to_owned()));
        };
        let added = plan.files.into_iter();
        files.extend(added.map(|(name, text)| (name, text.into_bytes().into())));
        for (number, args) in plan.calls.into_iter().enumerate() {
            if number > 0 {
                files.push((object(number - 1)?, last.into()));
            }
            last = match self.compiler.make(args, files.clone())? {
                Ok(bytes) => bytes,
                Err(words) => return Ok(Err(words)),
            };
        }
        Ok(Ok(last))
    }
}
