//! From a program to a report: prepared once, run freshly for every validator.

use std::collections::BTreeMap;

use crate::judging::checker::{judge_checked, judge_talk, judge_without};
use crate::judging::host::judge_by_host;
use crate::judging::judge::{judge, not_run};
use crate::judging::suite::{SuiteRun, judge_without_tests};
use crate::judging::validator::OutputCheck;
use crate::judging::{
    Check, CheckerCheck, Ending, FileName, Judgement, Limits, Program, Report, Round, Scheme,
    TestsCheck, Validator, Verdict,
};
use crate::port::{
    Call, Executable, Grader, PortError, Prepared, Run, Sandbox, SandboxError, Testing, Uses,
};

/// Judges a program by the validators of a scheme, each in a sandbox of its own. `args` are given to output
/// validators that have none of their own. Only an [`Engine`](crate::Engine) knows graders of a host.
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
    let judges = Judges {
        sandbox,
        grader: None,
    };
    judge_by_all(judges, program, limits, scheme, args).await
}

/// Who judges programs.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Judges<'j> {
    /// What programs run in.
    pub(in crate::engine) sandbox: &'j dyn Sandbox,
    /// The host's own graders, where it has any.
    pub(in crate::engine) grader: Option<&'j dyn Grader>,
}

/// As [`judge_program`], also by the host's graders.
pub(in crate::engine) async fn judge_by_all(
    judges: Judges<'_>,
    program: &Program,
    limits: &Limits,
    scheme: Scheme<'_>,
    args: &[String],
) -> Result<Report, SandboxError> {
    let Judges { sandbox, .. } = judges;
    let uses = uses_by(scheme.validators);
    let executable = match sandbox.prepare(program, limits, &uses).await? {
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
        round.judged(judge_by(judges, program, &*executable, validator, args).await?);
    }
    Ok(round.report())
}

async fn judge_by(
    Judges { sandbox, grader }: Judges<'_>,
    program: &Program,
    executable: &dyn Executable,
    validator: &Validator,
    args: &[String],
) -> Result<Judgement, SandboxError> {
    if let Check::Interactive(check) = &validator.check {
        return match prepare_checker(sandbox, check).await? {
            Ok(interactor) => {
                let run = Run {
                    args: own_or(&check.args, args),
                    ..Run::default()
                };
                let talk = executable.talk(run, &*interactor, check.talks()).await?;
                Ok(judge_talk(validator, check, &talk))
            }
            Err(diagnostics) => Ok(judge_without(validator, &diagnostics)),
        };
    }
    if let Check::Tests(check) = &validator.check {
        let suite = check.program(&program.language);
        return judge_by_tests(sandbox, executable, validator, &suite, &check.limits).await;
    }
    let Some(input) = input_of(validator, args) else {
        let verdict = if validator.is_manual() {
            Verdict::AwaitingReview
        } else {
            Verdict::SystemError
        };
        return Ok(not_run(validator, verdict));
    };
    let seen = executable.run(input).await?;
    match &validator.check {
        Check::Checker(check) if seen.ending == (Ending::Exited { code: 0 }) => {
            match prepare_checker(sandbox, check).await? {
                Ok(checker) => {
                    let opinion = checker.run(check.checks(seen.stdout.clone())).await?;
                    Ok(judge_checked(validator, check, &seen, &opinion))
                }
                Err(diagnostics) => Ok(judge_without(validator, &diagnostics)),
            }
        }
        Check::Host(check) if seen.ending == (Ending::Exited { code: 0 }) => {
            let grader = grader.ok_or_else(|| {
                let message = format!("the host has no grader `{}`", check.grader);
                SandboxError::Grader(PortError::permanent(message))
            })?;
            let task = check.task(&validator.id, program, &seen);
            let opinion = grader.grade(task).await.map_err(SandboxError::Grader)?;
            Ok(judge_by_host(validator, &seen, &opinion))
        }
        _ => Ok(judge(validator, &seen)),
    }
}

/// Has each test talk with the program, both in fresh sandboxes.
async fn judge_by_tests(
    sandbox: &dyn Sandbox,
    executable: &dyn Executable,
    validator: &Validator,
    suite: &Program,
    limits: &Limits,
) -> Result<Judgement, SandboxError> {
    let suite = match sandbox.prepare(suite, limits, &Uses::whole()).await? {
        Prepared::Ready(suite) => suite,
        Prepared::Rejected { diagnostics } => {
            let why = format!("the tests are not valid: {diagnostics}");
            return Ok(judge_without_tests(validator, &why));
        }
    };
    let part = |testing| Run {
        testing: Some(testing),
        ..Run::default()
    };
    let listed = suite.run(part(Testing::Names)).await?;
    let names = match TestsCheck::names(&listed) {
        Ok(names) => names,
        Err(why) => return Ok(judge_without_tests(validator, &why)),
    };
    let mut results = SuiteRun::default();
    for name in names {
        let test = part(Testing::Test(name.clone()));
        let talk = executable
            .talk(part(Testing::Tested), &*suite, test)
            .await?;
        results.add(name, &talk);
    }
    Ok(results.judge(validator))
}

/// The judging program, made ready; in its compiler's words what is wrong with it.
async fn prepare_checker(
    sandbox: &dyn Sandbox,
    check: &CheckerCheck,
) -> Result<Result<Box<dyn Executable>, String>, SandboxError> {
    Ok(
        match sandbox
            .prepare(&check.checker, &check.limits, &Uses::whole())
            .await?
        {
            Prepared::Ready(checker) => Ok(checker),
            Prepared::Rejected { diagnostics } => Err(diagnostics),
        },
    )
}

/// What validators ask of a program.
fn uses_by(validators: &[Validator]) -> Uses {
    let mut uses = Uses::default();
    for validator in validators {
        match &validator.check {
            Check::Function(check) => {
                uses.functions.insert(check.name.clone());
            }
            Check::Tests(_) => uses.tested = true,
            _ => uses.runs |= validator.judges_code(),
        }
    }
    uses
}

/// What a validator gives a program; nothing of what it expects.
fn input_of(validator: &Validator, args: &[String]) -> Option<Run> {
    match &validator.check {
        Check::Output(check) => Some(Run {
            stdin: check.stdin.clone().into_bytes(),
            args: own_or(&check.args, args),
            files: bytes_of(&check.files),
            call: None,
            collect: OutputCheck::left_behind(check),
            testing: None,
        }),
        Check::Function(check) => Some(Run {
            call: Some(Call {
                function: check.name.clone(),
                args: check.args.clone(),
            }),
            ..Run::default()
        }),
        Check::Checker(check) => Some(Run {
            stdin: check.input.clone().into_bytes(),
            args: own_or(&check.args, args),
            ..Run::default()
        }),
        Check::Host(check) => Some(Run {
            stdin: check.stdin.clone().into_bytes(),
            args: own_or(&check.args, args),
            collect: check.collect.clone(),
            ..Run::default()
        }),
        Check::Choice(_)
        | Check::Manual(_)
        | Check::Text(_)
        | Check::Number(_)
        | Check::Question(_)
        | Check::Interactive(_)
        | Check::Tests(_) => None,
    }
}

/// A validator's arguments, or else those of the program.
fn own_or(own: &[String], args: &[String]) -> Vec<String> {
    if own.is_empty() { args } else { own }.to_vec()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sandbox_is_told_what_validators_ask_of_a_program() {
        let uses = |validators: &str| {
            let validators: Vec<Validator> = serde_json::from_str(validators).unwrap();
            let uses = uses_by(&validators);
            let functions = uses.functions.into_iter().collect::<Vec<_>>();
            (uses.runs, functions, uses.tested)
        };
        let functions = r#"{"id": "a", "kind": "function", "name": "twice", "args": [1], "expected": 2},
            {"id": "b", "kind": "function", "name": "twice", "args": [2], "expected": 4},
            {"id": "c", "kind": "function", "name": "add", "args": [1, 2], "expected": 3}"#;
        let called = vec!["add".to_owned(), "twice".to_owned()];
        assert_eq!(
            uses(&format!("[{functions}]")),
            (false, called.clone(), false)
        );
        let output = r#"{"id": "d", "kind": "output", "expected": "5"}"#;
        assert_eq!(
            uses(&format!("[{functions}, {output}]")),
            (true, called, false)
        );
        assert_eq!(uses(&format!("[{output}]")), (true, Vec::new(), false));
        let tests = r#"{"id": "e", "kind": "tests", "entry": "t.py", "files": {"t.py": ""}}"#;
        assert_eq!(uses(&format!("[{tests}]")), (false, Vec::new(), true));
        assert_eq!(
            uses(&format!("[{tests}, {output}]")),
            (true, Vec::new(), true)
        );
        assert_eq!(uses("[]"), (false, Vec::new(), false));
    }
}
