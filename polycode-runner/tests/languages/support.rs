//! Runs programs of one language, as the tests of languages need it.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail this way"
)]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use polycode_core::id::LanguageId;
use polycode_core::judging::{Ending, FileName, Limits, Observation, Program};
use polycode_core::port::{Call, Prepared, Run, Sandbox as _, Uses};
use polycode_runner::Runner;
use serde_json::Value;
use tokio::runtime::Runtime;

static RUNNER: LazyLock<Runner> = LazyLock::new(|| Runner::builder().workers(2).build().unwrap());
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// A program to test, and the input of one run.
#[derive(Debug)]
pub(crate) struct Case {
    program: Program,
    limits: Limits,
    run: Run,
    functions: BTreeSet<String>,
    tested: bool,
}

/// A program of one file, with the language's usual name.
pub(crate) fn program(language: &str, text: &str) -> Case {
    let entry = polycode_runner::language::find(language)
        .unwrap()
        .entry
        .to_string();
    files(language, &[(&entry, text)])
}

/// A program of several files.
pub(crate) fn files(language: &str, files: &[(&str, &str)]) -> Case {
    let files = files
        .iter()
        .map(|(name, text)| (file(name), (*text).to_owned()))
        .collect();
    let language = LanguageId::new(language).unwrap();
    let program = Program {
        language,
        files,
        entry: None,
    };
    Case {
        program,
        limits: Limits::default(),
        run: Run::default(),
        functions: BTreeSet::new(),
        tested: false,
    }
}

fn file(name: &str) -> FileName {
    FileName::new(name).unwrap()
}

impl Case {
    pub(crate) fn entry(mut self, name: &str) -> Self {
        self.program.entry = Some(file(name));
        self
    }

    pub(crate) fn stdin(mut self, text: &str) -> Self {
        text.as_bytes().clone_into(&mut self.run.stdin);
        self
    }

    pub(crate) fn args(mut self, args: &[&str]) -> Self {
        self.run.args = args.iter().map(|&arg| arg.to_owned()).collect();
        self
    }

    pub(crate) fn time_ms(mut self, time_ms: u32) -> Self {
        self.limits.time_ms = time_ms;
        self
    }

    pub(crate) fn call(mut self, function: &str, args: Value) -> Self {
        let Value::Array(args) = args else {
            panic!("arguments are a list")
        };
        self.functions.insert(function.to_owned());
        self.run.call = Some(Call {
            function: function.to_owned(),
            args,
        });
        self
    }

    /// Has the program made ready for calls of these functions, too: once for all of them.
    pub(crate) fn among(mut self, functions: &[&str]) -> Self {
        let functions = functions.iter().map(|&function| function.to_owned());
        self.functions.extend(functions);
        self
    }

    /// Has the program made ready for what tests ask of it, and not to be run.
    pub(crate) fn tested(mut self) -> Self {
        self.tested = true;
        self
    }

    /// The diagnostics of a program that is not valid.
    #[track_caller]
    pub(crate) fn rejected(self) -> String {
        match self.prepare() {
            Prepared::Rejected { diagnostics } => diagnostics,
            Prepared::Ready(_) => panic!("the program should have been rejected"),
        }
    }

    /// What happened.
    #[track_caller]
    pub(crate) fn run(self) -> Observation {
        let run = self.run.clone();
        match self.prepare() {
            Prepared::Ready(executable) => RUNTIME.block_on(executable.run(run)).unwrap(),
            Prepared::Rejected { diagnostics } => panic!("rejected: {diagnostics}"),
        }
    }

    /// The standard output of a run that must end well, with nothing on standard error.
    #[track_caller]
    pub(crate) fn output(self) -> String {
        let seen = self.run();
        assert_eq!(text(&seen.stderr), "", "standard error");
        assert_eq!(seen.ending, Ending::Exited { code: 0 });
        text(&seen.stdout)
    }

    /// The value that the function of a call returned.
    #[track_caller]
    pub(crate) fn returned(self) -> Value {
        let seen = self.run();
        assert_eq!(text(&seen.stderr), "", "standard error");
        assert_eq!(seen.ending, Ending::Exited { code: 0 });
        serde_json::from_str(&seen.returned.expect("a value")).unwrap()
    }

    /// The standard error of a run that must end with that exit code.
    #[track_caller]
    pub(crate) fn failed(self, code: i32) -> String {
        let seen = self.run();
        assert_eq!(
            seen.ending,
            Ending::Exited { code },
            "{}",
            text(&seen.stderr)
        );
        text(&seen.stderr)
    }

    fn prepare(&self) -> Prepared {
        let uses = Uses {
            runs: self.run.call.is_none() && !self.tested,
            functions: self.functions.clone(),
            tested: self.tested,
        };
        RUNTIME
            .block_on(RUNNER.prepare(&self.program, &self.limits, &uses))
            .unwrap()
    }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_owned()).unwrap()
}
