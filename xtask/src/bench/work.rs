//! Programs that only compute, beside the same run natively; and how long C and C++ take from source to
//! verdict.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use polycode_core::id::LanguageId;
use polycode_core::judging::{Ending, FileName, Limits, Program};
use polycode_core::port::{Executable, Prepared, Run, Sandbox, Uses};
use polycode_runner::Runner;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::bench::median;
use crate::{machine, step};

/// How often each is measured, in turns.
const ROUNDS: usize = 7;

/// A program that only computes, and the native way to run it.
struct Work {
    language: &'static str,
    file: &'static str,
    source: &'static str,
}

macro_rules! work {
    ($language:literal, $file:literal) => {
        Work {
            language: $language,
            file: $file,
            source: include_str!(concat!("programs/", $file)),
        }
    };
}

const WORKS: [Work; 7] = [
    work!("python", "queens.py"),
    work!("python", "sums.py"),
    work!("python", "words.py"),
    work!("python", "bodies.py"),
    work!("c", "queens.c"),
    work!("c", "sieve.c"),
    work!("c", "bodies.c"),
];

const COMPILED: [Work; 2] = [work!("c", "hello.c"), work!("cpp", "containers.cpp")];

/// Prints a row for each program.
pub(super) fn measure() -> Result<()> {
    machine::require("gcc", "gcc")?;
    machine::require("g++", "g++")?;
    let runtime = Runtime::new()?;
    let runner = Runner::builder().build()?;
    let folder = TempDir::new()?;
    println!(
        "\nmedians of {ROUNDS} runs in turns, in ms; C by gcc -O2, Python by the machine's own\n"
    );
    println!(
        "{:<16} {:>12} {:>12} {:>8}",
        "computing", "PolyCode", "native", "ratio"
    );
    for work in &WORKS {
        let executable = runtime.block_on(prepare(&runner, work, work.source))?;
        let native = native(folder.path(), work, "-O2")?;
        let expected = step::output(&mut native.command())?;
        let ours = || run(&runtime, &*executable, &expected);
        let theirs = || timed(|| step::output(&mut native.command()).map(drop));
        row(work.file, ours, theirs)?;
    }
    println!(
        "\n{:<16} {:>12} {:>12} {:>8}",
        "source, verdict", "PolyCode", "native", "ratio"
    );
    for work in &COMPILED {
        let mut number = 0;
        let expected = step::output(&mut native(folder.path(), work, "-O1")?.command())?;
        let ours = || {
            number += 1;
            // Another text each time: nothing of it is remembered.
            let source = format!("{}\n// {number}\n", work.source);
            let began = Instant::now();
            let executable = runtime.block_on(prepare(&runner, work, &source))?;
            run(&runtime, &*executable, &expected)?;
            Ok(began.elapsed())
        };
        let theirs = || {
            timed(|| {
                let native = native(folder.path(), work, "-O1")?;
                step::output(&mut native.command()).map(drop)
            })
        };
        row(work.file, ours, theirs)?;
    }
    Ok(())
}

/// Measures both in turns, after one run of each that is not counted.
fn row(
    what: &str,
    mut ours: impl FnMut() -> Result<Duration>,
    mut theirs: impl FnMut() -> Result<Duration>,
) -> Result<()> {
    let (mut own, mut native) = (Vec::new(), Vec::new());
    ours()?;
    theirs()?;
    for _ in 0..ROUNDS {
        own.push(ours()?);
        native.push(theirs()?);
    }
    let (own, native) = (median(&mut own), median(&mut native));
    let ratio = own / native;
    println!("{what:<16} {own:>12.1} {native:>12.1} {ratio:>7.2} ×");
    Ok(())
}

async fn prepare(runner: &Runner, work: &Work, source: &str) -> Result<Box<dyn Executable>> {
    let program = Program {
        language: LanguageId::new(work.language)?,
        files: [(FileName::new(work.file)?, source.to_owned())].into(),
        entry: None,
    };
    let limits = Limits {
        time_ms: 120_000,
        ..Limits::default()
    };
    match runner.prepare(&program, &limits, &Uses::whole()).await? {
        Prepared::Ready(executable) => Ok(executable),
        Prepared::Rejected { diagnostics } => bail!("{}: {diagnostics}", work.file),
    }
}

fn run(runtime: &Runtime, executable: &dyn Executable, expected: &str) -> Result<Duration> {
    let began = Instant::now();
    let seen = runtime.block_on(executable.run(Run::default()))?;
    let took = began.elapsed();
    let printed = String::from_utf8_lossy(&seen.stdout);
    let is_right = seen.ending == Ending::Exited { code: 0 } && printed.trim() == expected;
    ensure!(is_right, "an unexpected run: {seen:?}");
    Ok(took)
}

/// A program to run natively, and what runs it if it does not run itself.
struct Native {
    interpreter: Option<String>,
    program: PathBuf,
}

impl Native {
    fn command(&self) -> Command {
        let mut command = match &self.interpreter {
            Some(interpreter) => Command::new(interpreter),
            None => return Command::new(&self.program),
        };
        command.arg(&self.program).stdin(Stdio::null());
        command
    }
}

/// Makes a program ready to run natively, compiled if need be.
fn native(folder: &Path, work: &Work, level: &str) -> Result<Native> {
    let source = folder.join(work.file);
    fs::write(&source, work.source)?;
    let compiler = match work.language {
        "python" => {
            // Past any wrapper on the path.
            let itself = ["-c", "import sys; print(sys.executable)"];
            let interpreter = step::output(Command::new("python3").args(itself))?;
            return Ok(Native {
                interpreter: Some(interpreter),
                program: source,
            });
        }
        "c" => "gcc",
        _ => "g++",
    };
    let program = source.with_extension("out");
    let mut compile = Command::new(compiler);
    compile
        .arg(level)
        .arg(&source)
        .arg("-o")
        .arg(&program)
        .arg("-lm");
    step::output(&mut compile).with_context(|| work.file)?;
    Ok(Native {
        interpreter: None,
        program,
    })
}

fn timed(work: impl FnOnce() -> Result<()>) -> Result<Duration> {
    let began = Instant::now();
    work()?;
    Ok(began.elapsed())
}
