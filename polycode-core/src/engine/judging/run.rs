//! A program run on its own, with nothing expected of it but a clean end.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::judging::judge::ending_verdict;
use crate::judging::{Ending, FileName, Limits, Program, Verdict};
use crate::port::{Prepared, Run, Sandbox, SandboxError, Uses};
use crate::quantity::{ByteCount, Fuel};
use crate::refusal::{Problem, Refusal};

/// A program to run once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RunProgram {
    /// The program.
    pub program: Program,
    /// The text given on standard input, which then ends.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stdin: String,
    /// The arguments given to the program.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// Files laid beside the program before it starts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<FileName, String>,
    /// Names of files to report if the program leaves them behind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub collect: Vec<FileName>,
    /// What the run may use.
    #[serde(default)]
    pub limits: Limits,
}

/// What a program did when it was run once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RunResult {
    /// Passed when it ended by itself with exit code 0.
    pub verdict: Verdict,
    /// Why, in a few words, where the verdict alone does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The compiler's words, when the program is not valid in its language; it never ran then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diagnostics: Option<String>,
    /// How the run ended, if it ran.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<Ending>,
    /// Everything written to standard output; bytes that are not UTF-8 are shown as U+FFFD.
    pub stdout: String,
    /// Everything written to standard error, in the same way.
    pub stderr: String,
    /// The files asked for that the program left behind, in the same way.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<FileName, String>,
    /// Work done: the same in every run of the same program with the same input.
    pub fuel: Fuel,
    /// The most linear memory in use.
    pub peak_memory: ByteCount,
    /// Time on the wall in microseconds; differs from run to run.
    pub wall_us: u64,
}

impl RunProgram {
    /// Checks every rule of a program and its limits.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that is broken.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut problems: Vec<Problem> = self.program.problems("program");
        problems.extend(self.limits.problems("limits"));
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(problems))
        }
    }
}

/// Runs a program once, in a fresh sandbox.
///
/// # Errors
/// [`SandboxError`] when it could not be run for a reason that is not the program's.
pub async fn run_program(
    sandbox: &dyn Sandbox,
    run: &RunProgram,
) -> Result<RunResult, SandboxError> {
    let executable = match sandbox
        .prepare(&run.program, &run.limits, &Uses::whole())
        .await?
    {
        Prepared::Ready(executable) => executable,
        Prepared::Rejected { diagnostics } => {
            return Ok(RunResult {
                verdict: Verdict::CompileError,
                reason: None,
                diagnostics: Some(diagnostics),
                ending: None,
                stdout: String::new(),
                stderr: String::new(),
                files: BTreeMap::new(),
                fuel: Fuel::default(),
                peak_memory: ByteCount::default(),
                wall_us: 0,
            });
        }
    };
    let files = run.files.iter();
    let input = Run {
        stdin: run.stdin.clone().into_bytes(),
        args: run.args.clone(),
        files: files
            .map(|(name, text)| (name.clone(), text.clone().into_bytes()))
            .collect(),
        call: None,
        collect: run.collect.clone(),
        testing: None,
    };
    let observation = executable.run(input).await?;
    let (verdict, reason) = ending_verdict(&observation.ending).unwrap_or((Verdict::Passed, None));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(RunResult {
        verdict,
        reason,
        diagnostics: None,
        stdout: text(&observation.stdout),
        stderr: text(&observation.stderr),
        files: observation
            .files
            .iter()
            .map(|(name, bytes)| (name.clone(), text(bytes)))
            .collect(),
        ending: Some(observation.ending),
        fuel: observation.fuel,
        peak_memory: observation.peak_memory,
        wall_us: observation.wall_us,
    })
}
