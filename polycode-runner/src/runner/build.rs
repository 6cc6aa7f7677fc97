//! Programs that become modules of their own: built by a compiler in the sandbox, or ready made.

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use polycode_core::judging::{Ending, FileName};
use polycode_core::port::{PortError, SandboxError};
use serde::Deserialize;
use wasmtime::Module;

use crate::cancel::Cancel;
use crate::language::{self, Build, Calls};
use crate::machine::{Job, Outcome, Start, Template};
use crate::runner::cache::Checked;
use crate::runner::program::{Sourced, Sources};
use crate::runner::{Inner, Runtime, budget, failed};

/// Milliseconds of the reference core that a build may take.
const BUILD_MS: u64 = 30_000;
/// Bytes of what is said about a program in all.
const PROBLEMS: usize = 64 << 10;

/// What is said of a program that the compiler has not understood.
const NO_PLAN: &str = "the compiler could not cope with the program\n";

/// What one call of the compiler made, or what it says is wrong.
type Made = Result<Vec<u8>, String>;

/// The answer of a compiler that plans its calls.
#[derive(Debug, Deserialize)]
struct Plan {
    calls: Vec<Vec<String>>,
}

impl Inner {
    /// Builds a program: each of its files or packages, and then the whole.
    pub(super) fn build(
        &self,
        runtime: &Runtime,
        build: &Build,
        program: &Sourced,
        cancel: &Cancel,
    ) -> Result<Checked, SandboxError> {
        let template = self.load(runtime)?;
        let mut compiler = Compiler {
            inner: self,
            fuel: template.fuel_per_ms().saturating_mul(BUILD_MS),
            template,
            cancel,
        };
        let made = match &build.calls {
            Calls::Each { compile, link } => {
                let units: Vec<_> = units(build, program).collect();
                compiler.each(compile, link, &units, program)?
            }
            Calls::Planned { plan } => compiler.planned(plan, program)?,
        };
        Ok(match made {
            Ok(wasm) => self.compile(&wasm, build.fuel_per_ms),
            Err(mut words) => {
                words.truncate(words.floor_char_boundary(PROBLEMS));
                rejected(words)
            }
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
            Ok(wasm) => self.compile(&wasm, fuel_per_ms),
            Err(error) => rejected(format!("{entry}: it is not in Base64: {error}\n")),
        }
    }

    /// Compiles a module to machine code, if it is one that can be run.
    fn compile(&self, wasm: &[u8], fuel_per_ms: u64) -> Checked {
        let compiled = budget::check(wasm).and_then(|()| {
            let module = Module::new(&self.engine, wasm).map_err(|error| format!("{error:#}"))?;
            let start = Start::Command;
            let made = Template::new(&self.engine, &module, start, fuel_per_ms, Vec::new(), &[]);
            let template = made.map_err(|error| error.to_string())?;
            template.check_command().map_err(str::to_owned)?;
            Ok(template)
        });
        match compiled {
            Ok(template) => Checked::Built(Arc::new(template)),
            Err(words) => rejected(format!("the program can't be run: {words}\n")),
        }
    }
}

fn rejected(diagnostics: String) -> Checked {
    Checked::Rejected { diagnostics }
}

/// The files that are compiled, the entry first.
fn units<'a>(build: &'a Build, program: &'a Sourced) -> impl Iterator<Item = &'a FileName> {
    let is_unit = |name: &FileName| {
        name.extension()
            .is_some_and(|extension| build.units.iter().any(|unit| unit == extension))
    };
    let (entry, others) = program.sources().split_first().unzip();
    let others = others.into_iter().flatten();
    entry
        .into_iter()
        .chain(others.filter(move |name| is_unit(name)))
}

fn object(number: usize) -> Result<FileName, SandboxError> {
    let name = FileName::new(format!("{number}.o"));
    name.map_err(|problem| PortError::permanent(problem.to_string()).into())
}

/// A compiler whose calls share one budget of fuel.
struct Compiler<'a> {
    inner: &'a Inner,
    template: Arc<Template>,
    fuel: u64,
    cancel: &'a Cancel,
}

impl Compiler<'_> {
    /// Compiles each file, even if there is something wrong with another, and links.
    fn each(
        &mut self,
        compile: &[String],
        link: &[String],
        units: &[&FileName],
        program: &Sourced,
    ) -> Result<Made, SandboxError> {
        let (mut objects, mut problems) = (Sources::new(), String::new());
        for source in units {
            let args = language::compile(compile, source.as_str());
            match self.make(args, program.files.clone())? {
                Ok(bytes) => objects.push((object(objects.len())?, bytes.into())),
                Err(words) => problems.push_str(&words),
            }
        }
        if !problems.is_empty() {
            return Ok(Err(problems));
        }
        let names: Vec<_> = objects.iter().map(|(name, _)| name.to_string()).collect();
        self.make(language::link(link, &names), objects)
    }

    /// Asks for a plan, and makes the calls that it names as long as they go well.
    fn planned(&mut self, plan: &[String], program: &Sourced) -> Result<Made, SandboxError> {
        let sources = program.sources();
        let mut files = program.files.clone();
        // Only what the language reads: no name of an object is one of a source file.
        files.retain(|(name, _)| sources.contains(name));
        let args = language::plan(plan, program.entry.as_str());
        let mut last = match self.make(args, files.clone())? {
            Ok(answer) => answer,
            Err(words) => return Ok(Err(words)),
        };
        let Ok(plan) = serde_json::from_slice::<Plan>(&last) else {
            return Ok(Err(NO_PLAN.to_owned()));
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

    fn make(&mut self, args: Vec<String>, files: Sources) -> Result<Made, SandboxError> {
        let job = Job {
            fuel: self.fuel,
            cancel: self.cancel.clone(),
            ..Job::of_compiler(args, files)
        };
        let _ticking = self.inner.ticker.keep();
        let outcome = self.template.run(job).map_err(|error| failed(&error))?;
        self.fuel = self.fuel.saturating_sub(outcome.fuel);
        made(outcome)
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
        Ending::Trapped { .. } => NO_PLAN,
        _ if outcome.stderr.is_empty() => "the program could not be built\n",
        _ => "",
    };
    let said = String::from_utf8_lossy(&outcome.stderr);
    Ok(Err(format!("{said}{words}")))
}
