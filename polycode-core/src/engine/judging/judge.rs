//! From a program to a report: prepared once, run freshly for every validator.

use std::collections::BTreeMap;

use crate::judging::judge::{judge, not_run};
use crate::judging::validator::OutputCheck;
use crate::judging::{Check, FileName, Limits, Program, Report, Round, Scheme, Validator, Verdict};
use crate::port::{Call, Prepared, Run, Sandbox, SandboxError};

/// Judges a program by the validators of a scheme, each in a sandbox of its own. `args` are given to output
/// validators that have none of their own.
///
/// # Errors
/// [`SandboxError`] when it could not be judged for a reason that is not the program's.
pub async fn judge_program(
    sandbox: &dyn Sandbox,
    program: &Program,
    limits: &Limits,
    scheme: Scheme<'_>,
    args: &[String],
) -> Result<Report, SandboxError> {
    let executable = match sandbox.prepare(program, limits).await? {
        Prepared::Ready(executable) => executable,
        Prepared::Rejected { diagnostics } => {
            // Nothing is skipped: the program is the same for all of them.
            let refused = |validator| not_run(validator, Verdict::CompileError);
            let report = Report::of(scheme.validators.iter().map(refused).collect());
            return Ok(Report {
                diagnostics: Some(diagnostics),
                told: scheme.hidden,
                ..report
            });
        }
    };
    let mut round = Round::new(scheme);
    while let Some(validator) = round.validator() {
        let judgement = match input_of(validator, args) {
            Some(input) => judge(validator, &executable.run(input).await?),
            None if validator.is_manual() => not_run(validator, Verdict::AwaitingReview),
            None => not_run(validator, Verdict::SystemError),
        };
        round.judged(judgement);
    }
    Ok(round.report())
}

/// What a validator gives a program; nothing of what it expects.
fn input_of(validator: &Validator, args: &[String]) -> Option<Run> {
    match &validator.check {
        Check::Output(check) => Some(Run {
            stdin: check.stdin.clone().into_bytes(),
            args: if check.args.is_empty() {
                args.to_vec()
            } else {
                check.args.clone()
            },
            files: bytes_of(&check.files),
            call: None,
            collect: OutputCheck::left_behind(check),
        }),
        Check::Function(check) => Some(Run {
            call: Some(Call {
                function: check.name.clone(),
                args: check.args.clone(),
            }),
            ..Run::default()
        }),
        Check::Choice(_)
        | Check::Manual(_)
        | Check::Text(_)
        | Check::Number(_)
        | Check::Question(_)
        | Check::Checker(_)
        | Check::Interactive(_)
        | Check::Tests(_) => None,
    }
}

fn bytes_of(files: &BTreeMap<FileName, String>) -> BTreeMap<FileName, Vec<u8>> {
    files
        .iter()
        .map(|(name, text)| (name.clone(), text.clone().into_bytes()))
        .collect()
}

impl OutputCheck {
    fn left_behind(&self) -> Vec<FileName> {
        self.expected_files.keys().cloned().collect()
    }
}
