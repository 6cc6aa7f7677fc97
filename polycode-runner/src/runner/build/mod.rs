//! Programs that become modules of their own: built by a compiler in the sandbox, or ready made.

mod each;
mod planned;

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use polycode_core::judging::{Ending, FileName};
use polycode_core::port::{PortError, SandboxError, Uses};

use crate::cancel::Cancel;
use crate::engine;
use crate::language::{Build, Steps};
use crate::machine::{Job, Outcome, Start, Template};
use crate::runner::cache::{Checked, Modules};
use crate::runner::program::{Sourced, Sources};
use crate::runner::{Inner, Runtime, budget, failed};

use self::each::Each;
use self::planned::Planned;

/// Milliseconds of the reference core that a build may take.
const BUILD_MS: u64 = 30_000;

/// What is said of a program that the compiler has not understood.
const NOT_UNDERSTOOD: &str = "the compiler could not cope with the program\n";

/// What one call of the compiler made, or what it says is wrong.
type Made = Result<Vec<u8>, String>;

impl Inner {
    /// Builds a program for what will be asked of it.
    pub(super) fn build(
        &self,
        runtime: &Runtime,
        build: &Build,
        program: &Sourced,
        uses: &Uses,
        cancel: &Cancel,
    ) -> Result<Checked, SandboxError> {
        let template = self.load(runtime)?;
        let compiler = Compiler {
            inner: self,
            program,
            fuel: template.fuel_per_ms().saturating_mul(BUILD_MS),
            template,
            cancel,
        };
        let modules = match &build.steps {
            Steps::Each { compile, link } => Each {
                compiler,
                build,
                compile,
                link,
            }
            .build(uses)?,
            Steps::Planned { plan, tested } => Planned {
                compiler,
                plan,
                tested,
                fuel_per_ms: build.fuel_per_ms,
            }
            .build(uses)?,
        };
        Ok(checked(modules))
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
        checked(match BASE64_STANDARD.decode(text) {
            Ok(wasm) => self.whole(&wasm, fuel_per_ms),
            Err(error) => Err(format!("{entry}: it is not in Base64: {error}\n")),
        })
    }

    /// Compiles a module that runs as a whole only.
    fn whole(&self, wasm: &[u8], fuel_per_ms: u64) -> Result<Modules, String> {
        let whole = self.compile(wasm, Start::Command, fuel_per_ms)?;
        Ok(Modules {
            whole: Some(whole),
            calls: None,
            tested: None,
        })
    }

    /// Compiles a module to machine code, if it is one that can be run.
    fn compile(
        &self,
        wasm: &[u8],
        start: Start,
        fuel_per_ms: u64,
    ) -> Result<Arc<Template>, String> {
        let compiled = budget::check(wasm).and_then(|()| {
            let module =
                engine::module(&self.engine, wasm).map_err(|error| format!("{error:#}"))?;
            let made = Template::new(&self.engine, &module, start, fuel_per_ms, Vec::new(), &[]);
            let template = made.map_err(|error| error.to_string())?;
            template.check_command().map_err(str::to_owned)?;
            Ok(Arc::new(template))
        });
        compiled.map_err(|words| format!("the program can't be run: {words}\n"))
    }
}

fn checked(modules: Result<Modules, String>) -> Checked {
    match modules {
        Ok(modules) => Checked::Built(modules),
        Err(diagnostics) => Checked::Rejected { diagnostics },
    }
}

fn object(number: usize) -> Result<FileName, SandboxError> {
    let name = FileName::new(format!("{number}.o"));
    name.map_err(|problem| PortError::permanent(problem.to_string()).into())
}

/// Calls of a compiler for one program, which share one budget of fuel.
struct Compiler<'a> {
    inner: &'a Inner,
    program: &'a Sourced,
    template: Arc<Template>,
    fuel: u64,
    cancel: &'a Cancel,
}

impl Compiler<'_> {
    fn make(&mut self, args: Vec<String>, files: Sources) -> Result<Made, SandboxError> {
        made(self.call(args, files, 0)?)
    }

    /// Calls the compiler, which may say so many bytes at least.
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
        let outcome = self.template.run(job).map_err(|error| failed(&error))?;
        self.fuel = self.fuel.saturating_sub(outcome.fuel);
        Ok(outcome)
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
        Ending::Trapped { .. } => NOT_UNDERSTOOD,
        _ if outcome.stderr.is_empty() => "the program could not be built\n",
        _ => "",
    };
    let said = String::from_utf8_lossy(&outcome.stderr);
    Ok(Err(format!("{said}{words}")))
}
