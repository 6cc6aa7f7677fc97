//! A program as it goes into the sandbox.

use std::collections::BTreeMap;
use std::sync::Arc;

use polycode_core::judging::{FileName, Limits, Program};
use polycode_core::port::{Call, Run};
use serde::Serialize;
use serde_json::Value;

use crate::cancel::Cancel;
use crate::files::Quota;
use crate::machine::{Job, Joined};
use crate::runner::runtime::Runtime;

/// The files of a program in the order of their names, shared by all its runs.
pub(super) type Sources = Vec<(FileName, Arc<[u8]>)>;

/// What the runtime is asked to do; the text of `/run/request.json`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    mode: Mode,
    entry: &'a FileName,
    sources: &'a [FileName],
    args: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<CallRequest<'a>>,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum Mode {
    Check,
    Run,
    Call,
}

#[derive(Debug, Serialize)]
struct CallRequest<'a> {
    function: &'a str,
    args: &'a [Value],
}

/// Whether one name is that of a folder on the way to the other.
fn are_in_each_other(one: &FileName, other: &FileName) -> bool {
    let is_in = |inner: &FileName, outer: &FileName| {
        let rest = inner.as_str().strip_prefix(outer.as_str());
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    is_in(one, other) || is_in(other, one)
}

/// A program with its entry decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sourced {
    pub(super) entry: FileName,
    pub(super) files: Sources,
    /// The files that the language reads, the entry first.
    sources: Vec<FileName>,
}

impl Sourced {
    /// Decides which file is run; in words what is missing when none can be.
    pub(super) fn new(program: &Program, runtime: &Runtime) -> Result<Self, String> {
        let mut names = program.files.keys();
        let only = names.next().filter(|_| names.next().is_none());
        let usual = Some(runtime.entry()).filter(|entry| program.files.contains_key(*entry));
        let entry = match &program.entry {
            Some(entry) if program.files.contains_key(entry) => entry.clone(),
            Some(entry) => return Err(format!("there is no file `{entry}` to run")),
            None => usual.or(only).cloned().ok_or_else(|| {
                let usual = runtime.entry();
                format!("there is no file `{usual}` to run, and no other is named as the entry")
            })?,
        };
        let others = program
            .files
            .keys()
            .filter(|name| **name != entry && runtime.is_source(name));
        let sources = std::iter::once(&entry).chain(others).cloned().collect();
        let files = program.files.iter();
        let files = files
            .map(|(name, text)| (name.clone(), text.as_bytes().into()))
            .collect();
        Ok(Self {
            entry,
            files,
            sources,
        })
    }

    /// The same program with the text of some files replaced.
    pub(super) fn translated(&self, mut texts: BTreeMap<FileName, String>) -> Self {
        let mut made = self.clone();
        for (name, text) in &mut made.files {
            if let Some(translated) = texts.remove(name) {
                *text = translated.into_bytes().into();
            }
        }
        made
    }

    /// Its files, with more text after that of the entry.
    pub(super) fn with_more(&self, text: &str) -> Sources {
        let mut files = self.files.clone();
        for (name, bytes) in &mut files {
            if *name == self.entry {
                *bytes = [&**bytes, text.as_bytes()].concat().into();
            }
        }
        files
    }

    /// The same program with a file of ours that is run in the place of its entry, and laid beside
    /// it.
    pub(super) fn under(&self, entry: FileName) -> Self {
        Self {
            entry,
            ..self.clone()
        }
    }

    /// The check of the program: limits of its own, so that it never depends on the author's.
    pub(super) fn check(&self, fuel_per_ms: u64, answer_bytes: u64, cancel: &Cancel) -> Job {
        const CHECK_MS: u64 = 10_000;
        const CHECK_MEMORY: u64 = 512 << 20;
        const DIAGNOSTICS: u64 = 64 << 10;
        Job {
            args: vec![self.entry.as_str().to_owned()],
            stdin: Vec::new(),
            line: None,
            files: self.files.clone(),
            request: self.request(Mode::Check, &[], None),
            collect: Vec::new(),
            fuel: fuel_per_ms.saturating_mul(CHECK_MS),
            memory: CHECK_MEMORY,
            output: DIAGNOSTICS,
            quota: Quota {
                bytes: 1 << 20,
                nodes: 100,
                answer_bytes,
            },
            cancel: cancel.clone(),
        }
    }

    /// A run of the program.
    pub(super) fn job(
        &self,
        run: Run,
        limits: &Limits,
        fuel_per_ms: u64,
        line: Option<Joined>,
        cancel: &Cancel,
    ) -> Job {
        let fuel = limits.fuel.map_or_else(
            || fuel_per_ms.saturating_mul(u64::from(limits.time_ms)),
            |fuel| fuel.0,
        );
        let mode = if run.call.is_some() {
            Mode::Call
        } else {
            Mode::Run
        };
        let request = self.request(mode, &run.args, run.call.as_ref());
        let mut args = vec![self.entry.as_str().to_owned()];
        args.extend(run.args);
        // A folder of the program's where a file is to be laid must not keep it from there.
        let mut files = self.files.clone();
        files.retain(|(name, _)| run.files.keys().all(|laid| !are_in_each_other(name, laid)));
        files.extend(
            run.files
                .into_iter()
                .map(|(name, bytes)| (name, bytes.into())),
        );
        Job {
            args,
            stdin: run.stdin,
            line,
            files,
            request,
            collect: run.collect,
            fuel,
            memory: limits.memory_bytes.0,
            output: limits.output_bytes.0,
            quota: Quota {
                bytes: limits.file_bytes.0,
                nodes: limits.file_count,
                answer_bytes: limits.output_bytes.0,
            },
            cancel: cancel.clone(),
        }
    }

    /// The names of the files that the language reads, the entry first.
    pub(super) fn sources(&self) -> &[FileName] {
        &self.sources
    }

    fn request(&self, mode: Mode, args: &[String], call: Option<&Call>) -> Vec<u8> {
        let call = call.map(|call| CallRequest {
            function: &call.function,
            args: &call.args,
        });
        let (entry, sources) = (&self.entry, &self.sources);
        let request = Request {
            mode,
            entry,
            sources,
            args,
            call,
        };
        // Names and JSON values can always be written as JSON.
        serde_json::to_vec(&request).unwrap_or_default()
    }
}
