//! Programs whose compiler names the calls itself.

use polycode_core::port::SandboxError;
use serde::Deserialize;

use super::{Compiler, Made, NOT_UNDERSTOOD, object};
use crate::language;

/// The answer of a compiler that plans its calls.
#[derive(Debug, Deserialize)]
struct Plan {
    calls: Vec<Vec<String>>,
}

impl Compiler<'_> {
    /// Asks for a plan, and makes the calls that it names as long as they go well.
    pub(super) fn planned(&mut self, plan: &[String]) -> Result<Made, SandboxError> {
        let sources = self.program.sources();
        let mut files = self.program.files.clone();
        // Only what the language reads: no name of an object is one of a source file.
        files.retain(|(name, _)| sources.contains(name));
        let args = language::plan(plan, self.program.entry.as_str());
        let mut last = match self.make(args, files.clone())? {
            Ok(answer) => answer,
            Err(words) => return Ok(Err(words)),
        };
        let Ok(plan) = serde_json::from_slice::<Plan>(&last) else {
            return Ok(Err(NOT_UNDERSTOOD.to_owned()));
        };
        for (number, args) in plan.calls.into_iter().enumerate() {
            if number > 0 {
                files.push((object(number - 1)?, last.into()));
            }
            last = match self.make(args, files.clone())? {
                Ok(bytes) => bytes,
                Err(words) => return Ok(Err(words)),
            };
        }
        Ok(Ok(last))
    }
}
