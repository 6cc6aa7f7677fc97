//! Programs that become modules of their own: built by a compiler in the sandbox, or ready made.

use std::collections::BTreeSet;
use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use polycode_core::judging::{Ending, FileName};
use polycode_core::port::{PortError, SandboxError, Uses};
use wasmtime::Module;

use crate::cancel::Cancel;
use crate::language::{Build, Caller, Calls};
use crate::machine::{Job, Outcome, Start, Template};
use crate::runner::cache::{Checked, Modules};
use crate::runner::program::{Sourced, Sources};
use crate::runner::{Inner, Runtime, budget, calls, failed};

/// Milliseconds of the reference core that a build may take.
const BUILD_MS: u64 = 30_000;

/// Bytes of what the compiler says of functions.
const DECLARATIONS: u64 = 4 << 20;

/// What one call of the compiler made, or what it says is wrong.
type Made = Result<Vec<u8>, String>;

impl Inner {
    /// Builds a program for what will be asked of it: each of its files, and then the whole.
    pub(super) fn build(
        &self,
        runtime: &Runtime,
        build: &Build,
        program: &Sourced,
        uses: &Uses,
        cancel: &Cancel,
    ) -> Result<Checked, SandboxError> {
        let compiler = self.load(runtime)?;
        let mut compiling = Compiling {
            inner: self,
            build,
            program,
            fuel: compiler.fuel_per_ms().saturating_mul(BUILD_MS),
            compiler,
            cancel,
        };
        let calls = build.calls.as_ref();
        let calls = calls.filter(|_| !uses.functions.is_empty());
        let mut problems = String::new();
        let mut kept = |made: Made| made.map_err(|words| problems.push_str(&words)).ok();
        let whole = if uses.runs || calls.is_none() {
            kept(compiling.unit(&program.entry)?)
        } else {
            None
        };
        let called = match calls {
            Some(calls) if whole.is_some() || !uses.runs => {
                let made = compiling.called(calls, &uses.functions)?;
                // The program's own mistakes are told without what was added to it.
                let own = match &made {
                    Err(_) if whole.is_none() => compiling.unit(&program.entry)?.err(),
                    _ => None,
                };
                kept(own.map_or(made, Err))
            }
            _ => None,
        };
        let mut others = Vec::new();
        for source in others_of(build, program) {
            others.extend(kept(compiling.unit(source)?));
        }
        if !problems.is_empty() {
            return Ok(rejected(problems));
        }
        let mut linked = |entry: Option<Vec<u8>>, more: &[String], start| match entry {
            Some(entry) => {
                let made = compiling.linked(entry, &others, more, start)?;
                Ok::<_, SandboxError>(made.map(Some))
            }
            None => Ok(Ok(None)),
        };
        let whole = match linked(whole, &[], Start::Command)? {
            Ok(whole) => whole,
            Err(words) => return Ok(rejected(words)),
        };
        let more = calls.map_or(&[][..], |calls| &calls.link);
        Ok(match linked(called, more, Start::Caller)? {
            Ok(calls) => Checked::Built(Modules { whole, calls }),
            Err(words) => rejected(words),
        })
    }

    /// Takes a program that is a module already, as the text of its entry in Base64 (RFC 4648).
    pub(super) fn take(&self, program: &Sourced, fuel_per_ms: u64) -> Checked {
        let (entry, files) = (&program.entry, &program.files);
        let text = files.iter().find(|(name, _)| name == entry);
        let text: Vec<u8> = text.map_or_else(Vec::new, |(_, text)| {
            let is_space = |byte: &u8| byte.is_ascii_whitespace();
            text.iter()
                .copied()
                .filter(|byte| !is_space(byte))
                .collect()
        });
        match BASE64_STANDARD.decode(text) {
            Ok(wasm) => match self.compile(&wasm, Start::Command, fuel_per_ms) {
                Ok(template) => Checked::Built(Modules {
                    whole: Some(template),
                    calls: None,
                }),
                Err(words) => rejected(words),
            },
            Err(error) => rejected(format!("{entry}: it is not in Base64: {error}\n")),
        }
    }

    /// Compiles a module to machine code, if it is one that can be run.
    fn compile(
        &self,
        wasm: &[u8],
        start: Start,
        fuel_per_ms: u64,
    ) -> Result<Arc<Template>, String> {
        let compiled = budget::check(wasm).and_then(|()| {
            let module = Module::new(&self.engine, wasm).map_err(|error| format!("{error:#}"))?;
            let made = Template::new(&self.engine, &module, start, fuel_per_ms, Vec::new(), &[]);
            let template = made.map_err(|error| error.to_string())?;
            template.check_command().map_err(str::to_owned)?;
            Ok(Arc::new(template))
        });
        compiled.map_err(|words| format!("the program can't be run: {words}\n"))
    }
}

fn rejected(diagnostics: String) -> Checked {
    Checked::Rejected { diagnostics }
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

fn object(number: usize) -> Result<FileName, SandboxError> {
    let name = FileName::new(format!("{number}.o"));
    name.map_err(|problem| PortError::permanent(problem.to_string()).into())
}

/// Calls of a compiler for one program, which share one budget of fuel.
struct Compiling<'a> {
    inner: &'a Inner,
    build: &'a Build,
    program: &'a Sourced,
    compiler: Arc<Template>,
    fuel: u64,
    cancel: &'a Cancel,
}

impl Compiling<'_> {
    /// Compiles one file.
    fn unit(&mut self, source: &FileName) -> Result<Made, SandboxError> {
        let args = self.build.compile(source.as_str());
        self.make(args, self.program.files.clone())
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
        let entry = self.program.entry.clone();
        let mut args = self.build.compile(entry.as_str());
        args.extend(calls.compile.iter().cloned());
        let added = match calls.by {
            Caller::Cpp => calls::of_cpp(functions),
            Caller::C => {
                let mut args = args.clone();
                args.extend(calls::PROBE_ARGS.map(str::to_owned));
                let files = self.program.with_more(&calls::probes(functions));
                let said = match spoken(self.call(args, files, DECLARATIONS)?)? {
                    Ok(said) => said,
                    Err(words) => return Ok(Err(words)),
                };
                match calls::declared(functions, &entry, &said) {
                    Ok(declared) => calls::of_c(&declared),
                    Err(words) => return Ok(Err(words)),
                }
            }
        };
        self.make(args, self.program.with_more(&added))
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
        let mut args = self.build.link(&names);
        args.extend(more.iter().cloned());
        let fuel_per_ms = self.build.fuel_per_ms;
        let made = self.make(args, objects)?;
        Ok(made.and_then(|wasm| self.inner.compile(&wasm, start, fuel_per_ms)))
    }

    fn make(&mut self, args: Vec<String>, files: Sources) -> Result<Made, SandboxError> {
        made(self.call(args, files, 0)?)
    }

    fn call(
        &mut self,
        args: Vec<String>,
        files: Sources,
        output: u64,
    ) -> Result<Outcome, SandboxError> {
        let job = Job::of_compiler(args, files);
        let job = Job {
            fuel: self.fuel,
            cancel: self.cancel.clone(),
            output: job.output.max(output),
            ..job
        };
        let _ticking = self.inner.ticker.keep();
        let outcome = self.compiler.run(job).map_err(|error| failed(&error))?;
        self.fuel = self.fuel.saturating_sub(outcome.fuel);
        Ok(outcome)
    }
}

/// What a call that makes nothing said.
fn spoken(outcome: Outcome) -> Result<Made, SandboxError> {
    match outcome.ending {
        Ending::Exited { code: 0 } => Ok(Ok(outcome.stdout)),
        _ => made(outcome),
    }
}

/// What came of a call, whatever the source text did to the compiler.
fn made(outcome: Outcome) -> Result<Made, SandboxError> {
    let words = match outcome.ending {
        Ending::Exited { code: 0 } if !outcome.answer.is_empty() => return Ok(Ok(outcome.answer)),
        Ending::TimeExhausted => "building the program takes more than 30 seconds\n",
        Ending::MemoryExhausted => "building the program takes more than 1 GiB\n",
        Ending::OutputExhausted => "the program has too many errors to list\n",
        Ending::FilesExhausted => "the program is larger than 256 MiB\n",
        Ending::HostGuard => {
            return Err(PortError::temporary("building the program took too long").into());
        }
        Ending::Trapped { .. } => "the compiler could not cope with the program\n",
        _ if outcome.stderr.is_empty() => "the program could not be built\n",
        _ => "",
    };
    let said = String::from_utf8_lossy(&outcome.stderr);
    Ok(Err(format!("{said}{words}")))
}
