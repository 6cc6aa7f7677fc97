//! Programs of files that are compiled one by one and linked, and of which functions can be called.

use std::collections::BTreeSet;
use std::sync::Arc;

use polycode_core::judging::{Ending, FileName};
use polycode_core::port::{SandboxError, Uses};

use super::{Compiler, Made, made, object};
use crate::language::{self, Build, Caller, Calls};
use crate::machine::{Outcome, Start, Template};
use crate::runner::cache::Modules;
use crate::runner::calls;
use crate::runner::program::{Sourced, Sources};

/// Bytes of what the compiler says of functions.
const DECLARATIONS: u64 = 4 << 20;

/// A program, what compiles it, and the arguments that it takes for a file and for all of them.
pub(super) struct Each<'a> {
    pub(super) compiler: Compiler<'a>,
    pub(super) build: &'a Build,
    pub(super) compile: &'a [String],
    pub(super) link: &'a [String],
}

impl Each<'_> {
    /// Builds the program for what will be asked of it: each of its files, even if there is something
    /// wrong with another, and then the whole.
    pub(super) fn build(mut self, uses: &Uses) -> Result<Result<Modules, String>, SandboxError> {
        let (build, program) = (self.build, self.compiler.program);
        let calls = build.calls.as_ref();
        let calls = calls.filter(|_| !uses.functions.is_empty());
        let mut problems = String::new();
        let mut kept = |made: Made| made.map_err(|words| problems.push_str(&words)).ok();
        let whole = if uses.runs || calls.is_none() {
            kept(self.unit(&program.entry)?)
        } else {
            None
        };
        let called = match calls {
            Some(calls) if whole.is_some() || !uses.runs => {
                let made = self.called(calls, &uses.functions)?;
                // The program's own mistakes are told without what was added to it.
                let own = match &made {
                    Err(_) if whole.is_none() => self.unit(&program.entry)?.err(),
                    _ => None,
                };
                kept(own.map_or(made, Err))
            }
            _ => None,
        };
        let mut others = Vec::new();
        for source in others_of(build, program) {
            others.extend(kept(self.unit(source)?));
        }
        if !problems.is_empty() {
            return Ok(Err(problems));
        }
        let mut linked = |entry: Option<Vec<u8>>, more: &[String], start| match entry {
            Some(entry) => {
                let made = self.linked(entry, &others, more, start)?;
                Ok::<_, SandboxError>(made.map(Some))
            }
            None => Ok(Ok(None)),
        };
        let whole = match linked(whole, &[], Start::Command)? {
            Ok(whole) => whole,
            Err(words) => return Ok(Err(words)),
        };
        let more = calls.map_or(&[][..], |calls| &calls.link);
        let calls = linked(called, more, Start::Caller)?;
        Ok(calls.map(|calls| Modules {
            whole,
            calls,
            tested: None,
        }))
    }

    /// Compiles one file.
    fn unit(&mut self, source: &FileName) -> Result<Made, SandboxError> {
        let args = language::compile(self.compile, source.as_str());
        self.compiler
            .make(args, self.compiler.program.files.clone())
    }

    /// Compiles the entry with what calls its functions.
    fn called(
        &mut self,
        calls: &Calls,
        functions: &BTreeSet<String>,
    ) -> Result<Made, SandboxError> {
        if let Err(words) = calls::check_names(functions) {
            return Ok(Err(words));
        }
        let program = self.compiler.program;
        let mut args = language::compile(self.compile, program.entry.as_str());
        args.extend(calls.compile.iter().cloned());
        let added = match calls.by {
            Caller::Cpp => calls::of_cpp(functions),
            Caller::C => {
                let mut args = args.clone();
                args.extend(calls::PROBE_ARGS.map(str::to_owned));
                let files = program.with_more(&calls::probes(functions));
                let said = match spoken(self.compiler.call(args, files, DECLARATIONS)?)? {
                    Ok(said) => said,
                    Err(words) => return Ok(Err(words)),
                };
                match calls::declared(functions, &program.entry, &said) {
                    Ok(declared) => calls::of_c(&declared),
                    Err(words) => return Ok(Err(words)),
                }
            }
        };
        self.compiler.make(args, program.with_more(&added))
    }

    /// Links what was made of the entry and of the others.
    fn linked(
        &mut self,
        entry: Vec<u8>,
        others: &[Vec<u8>],
        more: &[String],
        start: Start,
    ) -> Result<Result<Arc<Template>, String>, SandboxError> {
        let mut objects = Sources::new();
        for bytes in std::iter::once(entry).chain(others.iter().cloned()) {
            objects.push((object(objects.len())?, bytes.into()));
        }
        let names: Vec<_> = objects.iter().map(|(name, _)| name.to_string()).collect();
        let mut args = language::link(self.link, &names);
        args.extend(more.iter().cloned());
        let made = self.compiler.make(args, objects)?;
        let inner = self.compiler.inner;
        Ok(made.and_then(|wasm| inner.compile(&wasm, start, self.build.fuel_per_ms)))
    }
}

/// The files that are compiled beside the entry.
fn others_of<'a>(build: &'a Build, program: &'a Sourced) -> impl Iterator<Item = &'a FileName> {
    let is_unit = |name: &FileName| {
        name.extension()
            .is_some_and(|extension| build.units.iter().any(|unit| unit == extension))
    };
    let others = program.sources().iter();
    others.filter(move |name| **name != program.entry && is_unit(name))
}

/// What a call that makes nothing said.
fn spoken(outcome: Outcome) -> Result<Made, SandboxError> {
    match outcome.ending {
        Ending::Exited { code: 0 } => Ok(Ok(outcome.stdout)),
        _ => made(outcome),
    }
}
