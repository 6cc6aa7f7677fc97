//! Programs whose compiler names the calls itself.

use std::collections::BTreeMap;
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

/// A program, what compiles it, and the arguments that ask for a plan: of the program, and of one that tests
/// ask for what it has.
pub(super) struct Planned<'a> {
    pub(super) compiler: Compiler<'a>,
    pub(super) plan: &'a [String],
    pub(super) tested: &'a [String],
    pub(super) fuel_per_ms: u64,
}

impl Planned<'_> {
    /// Builds the program for what will be asked of it: once as a whole, once with what calls its functions,
    /// and once with what does what tests ask for.
    pub(super) fn build(mut self, uses: &Uses) -> Result<Result<Modules, String>, SandboxError> {
        let entry = self.compiler.program.entry.as_str();
        let runs = uses.runs || (uses.functions.is_empty() && !uses.tested);
        let whole = runs.then(|| language::plan(self.plan, entry, &[]));
        let calls = !uses.functions.is_empty();
        let calls = calls.then(|| language::plan(self.plan, entry, &uses.functions));
        let tested = uses.tested.then(|| language::plan(self.tested, entry, &[]));
        let asked = [
            (whole, Start::Command),
            (calls, Start::Caller),
            (tested, Start::Command),
        ];
        let mut made = [None, None, None];
        for ((plan, start), made) in asked.into_iter().zip(&mut made) {
            let Some(plan) = plan else { continue };
            match self.template(plan, start)? {
                Ok(template) => *made = Some(template),
                Err(words) => return Ok(Err(words)),
            }
        }
        let [whole, calls, tested] = made;
        Ok(Ok(Modules {
            whole,
            calls,
            tested,
        }))
    }

    fn template(
        &mut self,
        plan: Vec<String>,
        start: Start,
    ) -> Result<Result<Arc<Template>, String>, SandboxError> {
        let made = self.made(plan)?;
        let inner = self.compiler.inner;
        Ok(made.and_then(|wasm| inner.compile(&wasm, start, self.fuel_per_ms)))
    }

    /// Asks for a plan, and makes the calls that it names as long as they go well.
    fn made(&mut self, plan: Vec<String>) -> Result<Made, SandboxError> {
        let program = self.compiler.program;
        let sources = program.sources();
        let mut files = program.files.clone();
        // Only what the language reads: no name of an object is one of a source file.
        files.retain(|(name, _)| sources.contains(name));
        let mut last = match self.compiler.make(plan, files.clone())? {
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
