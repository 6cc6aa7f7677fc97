//! Every language: the start of the shortest program, and two programs that compute beside the same run
//! natively. Writes a TOML table of what was measured; `cargo xtask bench languages` keeps it.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark talks to the person who runs it"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use polycode_core::id::LanguageId;
use polycode_core::judging::{Case, Ending, Limits, Program};
use polycode_core::port::{Executable, Prepared, Run, Sandbox as _, Uses};
use polycode_runner::{Runner, language};
use serde::Serialize;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// How often a start is measured.
const STARTS: usize = 200;
/// How often each program is measured, in turns with the native one.
const TURNS: usize = 9;

/// A language, its shortest program, and the native way to run others.
struct Subject {
    language: &'static str,
    hello: &'static str,
    native: Option<Native>,
}

/// Programs that compute, and what runs them natively.
struct Native {
    /// What runs a program that it reads, or compiles the one that it is told.
    command: &'static [&'static str],
    compiles: bool,
    /// What says its version, as a program or as an option.
    version: &'static str,
    extension: &'static str,
    queens: &'static str,
    words: &'static str,
}

macro_rules! native {
    ($extension:literal, $compiles:literal, $command:expr, $version:literal) => {
        Some(Native {
            command: &$command,
            compiles: $compiles,
            version: $version,
            extension: $extension,
            queens: include_str!(concat!("programs/queens.", $extension)),
            words: include_str!(concat!("programs/words.", $extension)),
        })
    };
}

const SUBJECTS: [Subject; 13] = [
    Subject {
        language: "javascript",
        hello: "console.log('hello')",
        native: native!("js", false, ["node"], "--version"),
    },
    Subject {
        language: "typescript",
        hello: "const text: string = 'hello'; console.log(text)",
        native: None,
    },
    Subject {
        language: "lua",
        hello: "print('hello')",
        native: native!("lua", false, ["lua5.4"], "-v"),
    },
    Subject {
        language: "sql",
        hello: "SELECT 'hello' AS word",
        native: native!("sql", false, ["sqlite3", "-header"], "--version"),
    },
    Subject {
        language: "ruby",
        hello: "puts 'hello'",
        native: native!("rb", false, ["ruby"], "--version"),
    },
    Subject {
        language: "php",
        hello: "<?php echo 'hello';",
        native: native!("php", false, ["php"], "--version"),
    },
    Subject {
        language: "perl",
        hello: "print 'hello'",
        native: native!("pl", false, ["perl"], "--version"),
    },
    Subject {
        language: "python",
        hello: "print('hello')",
        native: native!("py", false, ["python3"], "--version"),
    },
    Subject {
        language: "python-science",
        hello: "import numpy, pandas, scipy.stats\nprint('hello')",
        native: None,
    },
    Subject {
        language: "python-lean",
        hello: "print('hello')",
        native: None,
    },
    Subject {
        language: "c",
        hello: "#include <stdio.h>\nint main(void) { puts(\"hello\"); }",
        native: native!("c", true, ["gcc", "-O2"], "--version"),
    },
    Subject {
        language: "cpp",
        hello: "#include <iostream>\nint main() { std::cout << \"hello\"; }",
        native: native!("cpp", true, ["g++", "-O2"], "--version"),
    },
    Subject {
        language: "go",
        hello: "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(\"hello\") }",
        native: None,
    },
];

/// A module that writes `hello`.
const MODULE: &str = include_str!("../../conformance/judging/wasm/hello-wasm.json");

/// What was measured of a language.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Measured {
    start_ms: f64,
    /// What it was measured beside.
    native: Option<String>,
    /// How many times as long as natively.
    queens: Option<f64>,
    words: Option<f64>,
}

fn main() -> Result<()> {
    let bench = Bench {
        runtime: Runtime::new()?,
        runner: Runner::builder().build()?,
        folder: TempDir::new()?,
    };
    let mut measured = BTreeMap::new();
    let mut keep = |language: &'static str, row: Measured| {
        eprintln!("{language}: {row:?}");
        measured.insert(language, row);
    };
    for subject in &SUBJECTS {
        keep(subject.language, bench.measure(subject)?);
    }
    let module: Case = serde_json::from_str(MODULE)?;
    let start_ms = bench.start(&module.program())?;
    keep(
        "wasm",
        Measured {
            start_ms,
            ..Measured::default()
        },
    );
    print!("{}", toml::to_string(&measured)?);
    Ok(())
}

struct Bench {
    runtime: Runtime,
    runner: Runner,
    /// Where native programs are compiled.
    folder: TempDir,
}

impl Bench {
    fn measure(&self, subject: &Subject) -> Result<Measured> {
        let hello = program(subject.language, subject.hello)?;
        let start_ms = self.start(&hello)?;
        let Some(native) = &subject.native else {
            return Ok(Measured {
                start_ms,
                ..Measured::default()
            });
        };
        Ok(Measured {
            start_ms,
            native: Some(native.told_version()?),
            queens: Some(self.times_native(subject, native, native.queens)?),
            words: Some(self.times_native(subject, native, native.words)?),
        })
    }

    /// Milliseconds of a run of the shortest program, prepared before, in an instance of its own.
    fn start(&self, hello: &Program) -> Result<f64> {
        let executable = self.prepare(hello)?;
        self.run(&*executable)?;
        let mut times = Vec::with_capacity(STARTS);
        for _ in 0..STARTS {
            let (took, output) = self.run(&*executable)?;
            ensure!(output.ends_with("hello"), "an unexpected run: {output}");
            times.push(took);
        }
        Ok((median(times) * 1e6).round() / 1e3)
    }

    /// How many times as long as natively a program takes; the start of the native process is taken off. Of
    /// each the quickest turn counts, for what else the machine does only adds.
    fn times_native(&self, subject: &Subject, native: &Native, source: &str) -> Result<f64> {
        let executable = self.prepare(&program(subject.language, source)?)?;
        let mut hello = native.ready(&self.folder.path().join("hello"), subject.hello)?;
        let mut work = native.ready(&self.folder.path().join("work"), source)?;
        let (mut ours, mut theirs, mut starts) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..TURNS {
            let (took, output) = self.run(&*executable)?;
            ours.push(took);
            let (took, expected) = work()?;
            theirs.push(took);
            ensure!(output == expected, "{output} instead of {expected}");
            starts.push(hello()?.0);
        }
        let native = least(theirs) - least(starts);
        ensure!(
            native > 0.0,
            "{}: too noisy to be measured",
            subject.language
        );
        let ratio = least(ours) / native;
        Ok((ratio * 1e2).round() / 1e2)
    }

    fn prepare(&self, program: &Program) -> Result<Box<dyn Executable>> {
        let limits = Limits {
            time_ms: 120_000,
            ..Limits::default()
        };
        match self
            .runtime
            .block_on(self.runner.prepare(program, &limits, &Uses::whole()))?
        {
            Prepared::Ready(executable) => Ok(executable),
            Prepared::Rejected { diagnostics } => bail!("{diagnostics}"),
        }
    }

    /// How long a run takes, and what it writes.
    fn run(&self, executable: &dyn Executable) -> Result<(Duration, String)> {
        let began = Instant::now();
        let seen = self.runtime.block_on(executable.run(Run::default()))?;
        let took = began.elapsed();
        ensure!(
            seen.ending == Ending::Exited { code: 0 },
            "an unexpected run: {seen:?}"
        );
        Ok((took, written(seen.stdout)?))
    }
}

impl Native {
    /// Makes a program ready to run natively: what it returns runs it once.
    fn ready(
        &self,
        file: &Path,
        source: &str,
    ) -> Result<impl FnMut() -> Result<(Duration, String)> + use<>> {
        let (program, args) = self.command.split_first().context("a command has a name")?;
        let source_file = file.with_extension(self.extension);
        let built = file.with_extension("out");
        fs::write(&source_file, source)?;
        if self.compiles {
            let mut compile = Command::new(program);
            compile.args(args).arg(&source_file).arg("-o").arg(&built);
            ensure!(compile.status()?.success(), "{program} failed");
        }
        let compiles = self.compiles;
        Ok(move || {
            let mut command = Command::new(program);
            if compiles {
                command = Command::new(&built);
            } else {
                command.args(args).stdin(fs::File::open(&source_file)?);
            }
            let began = Instant::now();
            let output = command.output()?;
            Ok((began.elapsed(), written(output.stdout)?))
        })
    }

    /// Its name and version, as it tells them.
    fn told_version(&self) -> Result<String> {
        let (program, _) = self.command.split_first().context("a command has a name")?;
        let output = Command::new(program).arg(self.version).output();
        let output = output.with_context(|| format!("`{program}` can't be run"))?;
        let told = written(output.stdout)?;
        let is_version =
            |word: &&str| word.contains('.') && word.contains(|c: char| c.is_ascii_digit());
        let version = told.split_whitespace().find(is_version).unwrap_or_default();
        let version = version.trim_matches(|c: char| !c.is_ascii_digit());
        Ok(format!("{program} {version}"))
    }
}

fn program(language: &str, source: &str) -> Result<Program> {
    let known = language::find(language).context("the language is known")?;
    Ok(Program {
        language: LanguageId::new(language)?,
        files: [(known.entry.clone(), source.to_owned())].into(),
        entry: None,
    })
}

fn written(bytes: Vec<u8>) -> Result<String> {
    Ok(String::from_utf8(bytes)?.trim().to_owned())
}

/// The least one, in seconds.
fn least(times: Vec<Duration>) -> f64 {
    times
        .into_iter()
        .min()
        .map_or(f64::NAN, |time| time.as_secs_f64())
}

/// The middle one, in seconds.
fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times
        .get(times.len() / 2)
        .map_or(f64::NAN, Duration::as_secs_f64)
}
