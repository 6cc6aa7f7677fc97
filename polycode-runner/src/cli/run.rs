//! `polycode run`.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use clap::Args;
use polycode_core::id::LanguageId;
use polycode_core::judging::{Ending, FileName, Limits, Observation, Program};
use polycode_core::port::{Prepared, Run as Input, Sandbox as _, Uses};
use polycode_core::quantity::ByteCount;
use serde::Serialize;

use crate::cli::failure::{Failure, one_line};
use crate::cli::{complain, read, runner, wait};
use crate::language::{Source, find, languages};

/// Runs one program.
#[derive(Debug, Args)]
pub(super) struct Run {
    /// The file to run.
    file: PathBuf,
    /// Its language; without it, the one that its extension stands for.
    #[arg(long, short)]
    language: Option<LanguageId>,
    /// A file given as standard input; `-` for the standard input of this command.
    #[arg(long, value_name = "FILE")]
    stdin: Option<PathBuf>,
    /// An argument of the program.
    #[arg(long = "arg", value_name = "ARGUMENT", allow_hyphen_values = true)]
    args: Vec<String>,
    /// Another file to lay beside it, named as seen from its folder.
    #[arg(long = "file", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Milliseconds of a reference core that it may use.
    #[arg(long, default_value_t = Limits::default().time_ms)]
    time_ms: u32,
    /// Mebibytes of memory that it may use.
    #[arg(long, default_value_t = Limits::default().memory_bytes.0 >> 20)]
    memory_mib: u64,
    /// Write what was seen as one JSON object.
    #[arg(long)]
    json: bool,
}

/// What was seen of a run, as JSON.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Seen<'a> {
    ending: &'a Ending,
    stdout: &'a str,
    stderr: &'a str,
    fuel: u64,
    peak_memory_bytes: u64,
    wall_us: u64,
}

#[derive(Debug, Serialize)]
struct Rejected<'a> {
    diagnostics: &'a str,
}

/// The exit code of a run that was stopped at a limit or by a trap.
const STOPPED: u8 = 124;
/// The exit code when the program could not be run.
const NOT_RUN: u8 = 125;

impl Run {
    pub(super) fn execute(self, home: Option<PathBuf>) -> Result<u8, Failure> {
        self.run(home).or_else(|failure| match failure.line() {
            Some(line) => {
                complain(&line);
                Ok(NOT_RUN)
            }
            None => Err(failure),
        })
    }

    fn run(self, home: Option<PathBuf>) -> Result<u8, Failure> {
        let limits = Limits {
            time_ms: self.time_ms,
            memory_bytes: ByteCount(self.memory_mib.saturating_mul(1 << 20)),
            output_bytes: ByteCount(64 << 20),
            ..Limits::default()
        };
        let (program, data) = self.program()?;
        let mut problems = limits.problems("limits");
        problems.extend(program.problems("program"));
        if let Some(problem) = problems.first() {
            return Err(Failure::Told(format!(
                "{}: {}",
                problem.field, problem.message
            )));
        }
        let stdin = self
            .stdin
            .as_deref()
            .map(|path| read_file("stdin", path))
            .transpose()?;
        let input = Input {
            stdin: stdin.unwrap_or_default(),
            args: self.args,
            files: data,
            ..Input::default()
        };
        let runner = runner(home, Some(1))?;
        let outcome = wait(async {
            match runner.prepare(&program, &limits, &Uses::whole()).await? {
                Prepared::Ready(executable) => executable.run(input).await.map(Ok),
                Prepared::Rejected { diagnostics } => Ok(Err(diagnostics)),
            }
        })?;
        match outcome.map_err(Failure::because)? {
            Ok(observation) => show(&observation, self.json),
            Err(diagnostics) => {
                if self.json {
                    line(&Rejected {
                        diagnostics: &diagnostics,
                    })?;
                } else {
                    complain(diagnostics.trim_end());
                }
                Ok(1)
            }
        }
    }

    /// The program, and the files beside it that are no text.
    fn program(&self) -> Result<(Program, BTreeMap<FileName, Vec<u8>>), Failure> {
        let folder = self.file.parent().unwrap_or(Path::new(""));
        let entry = name_of("file", &self.file, folder)?;
        let language = self.language_of(&entry)?;
        let mut program = Program {
            language,
            files: BTreeMap::new(),
            entry: Some(entry.clone()),
        };
        let bytes = read_file("file", &self.file)?;
        let text = if is_module(&program.language) && bytes.starts_with(b"\0asm") {
            BASE64_STANDARD.encode(bytes)
        } else {
            let text = String::from_utf8(bytes);
            text.map_err(|_| Failure::Told(format!("file `{entry}` is not UTF-8")))?
        };
        program.files.insert(entry, text);
        let mut data = BTreeMap::new();
        for path in &self.files {
            let name = name_of("file", path, folder)?;
            match String::from_utf8(read_file("file", path)?) {
                Ok(text) => drop(program.files.insert(name, text)),
                Err(error) => drop(data.insert(name, error.into_bytes())),
            }
        }
        Ok((program, data))
    }

    fn language_of(&self, entry: &FileName) -> Result<LanguageId, Failure> {
        if let Some(language) = &self.language {
            return Ok(language.clone());
        }
        let extension = entry.extension().unwrap_or_default();
        let mut known = languages().iter();
        let found = known.find(|language| language.extensions.iter().any(|e| e == extension));
        found.map(|language| language.id.clone()).ok_or_else(|| {
            Failure::Told(format!(
                "no language is known for `{entry}`: name it with --language"
            ))
        })
    }
}

/// Whether programs of a language are modules already, which are given as text in Base64.
fn is_module(language: &LanguageId) -> bool {
    find(language.as_str()).is_some_and(|language| language.source == Source::Program)
}

fn show(observation: &Observation, json: bool) -> Result<u8, Failure> {
    let code = match &observation.ending {
        Ending::Exited { code: 0 } => 0,
        Ending::Exited { code } => u8::try_from(*code).unwrap_or(1),
        _ => STOPPED,
    };
    if json {
        line(&Seen {
            ending: &observation.ending,
            stdout: &String::from_utf8_lossy(&observation.stdout),
            stderr: &String::from_utf8_lossy(&observation.stderr),
            fuel: observation.fuel.0,
            peak_memory_bytes: observation.peak_memory.0,
            wall_us: observation.wall_us,
        })?;
        return Ok(code);
    }
    let mut out = io::stdout().lock();
    out.write_all(&observation.stdout)?;
    out.flush()?;
    // Nothing can be done when standard error is closed.
    let _ = io::stderr().lock().write_all(&observation.stderr);
    if let Some(reason) = reason(&observation.ending) {
        complain(&format!("polycode: stopped: {reason}"));
    }
    Ok(code)
}

fn reason(ending: &Ending) -> Option<String> {
    let words = match ending {
        Ending::Exited { .. } => return None,
        Ending::Trapped { reason } => reason,
        Ending::TimeExhausted => "the time limit was reached",
        Ending::MemoryExhausted => "the memory limit was reached",
        Ending::OutputExhausted => "the output limit was reached",
        Ending::FilesExhausted => "the limit of files was reached",
        Ending::Idle => "it waited for another program that waited for it",
        Ending::HostGuard => "it took far more processor time than it should",
        _ => "for a reason that this version does not know",
    };
    Some(one_line(words))
}

fn line(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string(value).map_err(Failure::because)?;
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()?;
    Ok(())
}

fn read_file(field: &str, path: &Path) -> Result<Vec<u8>, Failure> {
    read::bytes(path).map_err(|error| {
        Failure::Told(format!(
            "{field} `{}` can't be read: {error}",
            path.display()
        ))
    })
}

/// The name of a file in the program's folder: its path from there, or else its last part.
fn name_of(field: &str, path: &Path, folder: &Path) -> Result<FileName, Failure> {
    let inside = path
        .strip_prefix(folder)
        .ok()
        .or(path.file_name().map(Path::new));
    let parts = inside.into_iter().flat_map(Path::components);
    let parts: Vec<_> = parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    FileName::new(parts.join("/"))
        .map_err(|error| Failure::Told(format!("{field} `{}`: {error}", path.display())))
}
