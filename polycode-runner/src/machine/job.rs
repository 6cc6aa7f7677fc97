//! What a run is given, and what comes of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use polycode_core::judging::{Ending, FileName};

use crate::cancel::Cancel;
use crate::files::Quota;
use crate::wasi::End;

/// The input of one run, and its limits.
#[derive(Debug)]
pub struct Job {
    /// The program's name and its arguments.
    pub args: Vec<String>,
    /// Standard input, unless a line is joined to the streams.
    pub stdin: Vec<u8>,
    /// The line to another program.
    pub line: Option<Joined>,
    /// The program's files, and those laid beside it; a later one replaces an earlier one.
    pub files: Vec<(FileName, Arc<[u8]>)>,
    /// What the runtime is to do, as the text of `/run/request.json`.
    pub request: Vec<u8>,
    /// Files to report if the program leaves them behind.
    pub collect: Vec<FileName>,
    /// The fuel that it may use.
    pub fuel: u64,
    /// The bytes of memory that it may use.
    pub memory: u64,
    /// The bytes that it may write to standard output and standard error together.
    pub output: u64,
    /// The files that it may make.
    pub quota: Quota,
    /// Stops it.
    pub cancel: Cancel,
}

/// How a line is joined to a program.
#[derive(Debug)]
pub enum Joined {
    /// What the program reads on standard input is what the other writes to standard output.
    Streams(End),
    /// It is a file of its own, `/dev/line`.
    Beside(End),
}

impl Job {
    /// Bytes of what one call of a compiler may make.
    const MADE: u64 = 256 << 20;

    /// A call of a compiler, with limits that hold for whatever is compiled; it has no fuel yet.
    pub fn of_compiler(args: Vec<String>, files: Vec<(FileName, Arc<[u8]>)>) -> Self {
        Self {
            args,
            stdin: Vec::new(),
            line: None,
            files,
            request: Vec::new(),
            collect: Vec::new(),
            fuel: 0,
            memory: 1 << 30,
            output: 64 << 10,
            quota: Quota {
                bytes: Self::MADE,
                nodes: 100,
                answer_bytes: 0,
            },
            cancel: Cancel::default(),
        }
    }
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// How it ended.
    pub ending: Ending,
    /// Bytes written to standard output.
    pub stdout: Vec<u8>,
    /// Bytes written to standard error.
    pub stderr: Vec<u8>,
    /// What the runtime wrote to `/run/answer`; empty when nothing.
    pub answer: Vec<u8>,
    /// Files asked for that were left behind.
    pub files: BTreeMap<FileName, Vec<u8>>,
    /// Fuel used.
    pub fuel: u64,
    /// The most bytes of memory in use.
    pub peak_memory: u64,
}

/// Why a run failed for a reason that is not the program's.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Somebody asked it to stop.
    #[error("the run was cancelled")]
    Cancelled,
    /// There is no memory on the host for it.
    #[error("the host is out of memory")]
    HostOutOfMemory,
    /// Two files of the run can't be beside each other.
    #[error("file `{0}` can't be laid beside the others")]
    Clash(FileName),
    /// The runtime does not offer what it should.
    #[error("the runtime exports no `{0}` as it should")]
    Runtime(&'static str),
    /// The sandbox failed.
    #[error("the sandbox failed: {0}")]
    Machine(wasmtime::Error),
}
