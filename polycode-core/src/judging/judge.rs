//! The opinion on one validator, as a pure function of what was seen.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::id::OptionId;
use crate::judging::comparison::is_close;
use crate::judging::validator::{ChoiceCheck, Credit, FunctionCheck, OutputCheck};
use crate::judging::{Check, Ending, Evidence, Judgement, Mark, Observation, Validator, Verdict};
use crate::quantity::Score;
use crate::refusal::Problem;

/// Judges a run by a validator of code.
///
/// A validator that does not judge code gives a system error: that it was asked at all is our
/// mistake, and must not cost the learner anything.
///
/// # Examples
/// ```
/// use polycode_core::judging::judge::judge;
/// use polycode_core::judging::{Ending, Observation, Validator, Verdict};
/// use polycode_core::quantity::{ByteCount, Fuel};
///
/// let validator: Validator =
///     serde_json::from_str(r#"{"id": "sum", "kind": "output", "stdin": "2 3", "expected": "5"}"#)?;
/// let seen = Observation {
///     ending: Ending::Exited { code: 0 },
///     stdout: b"5\n".to_vec(),
///     stderr: Vec::new(),
///     returned: None,
///     files: Default::default(),
///     fuel: Fuel(1_000),
///     peak_memory: ByteCount(65_536),
///     wall_us: 40,
/// };
/// assert_eq!(judge(&validator, &seen).verdict, Verdict::Passed);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn judge(validator: &Validator, observation: &Observation) -> Judgement {
    let (verdict, reason) = match ending_verdict(&observation.ending) {
        Some((verdict, reason)) => (verdict, reason),
        None => match &validator.check {
            Check::Output(check) => judge_output(check, observation),
            Check::Function(check) => judge_function(check, observation),
            Check::Manual(_) => (Verdict::AwaitingReview, None),
            Check::Choice(_)
            | Check::Text(_)
            | Check::Number(_)
            | Check::Question(_)
            | Check::Checker(_)
            | Check::Interactive(_)
            | Check::Host(_)
            | Check::Tests(_) => (Verdict::SystemError, None),
        },
    };
    let score = if verdict.is_passed() {
        Score::FULL
    } else {
        Score::ZERO
    };
    Judgement {
        evidence: Some(Evidence::from(observation)),
        reason,
        ..unreasoned(validator, verdict, score)
    }
}

/// Judges chosen options by a validator of choices; one that a person marks waits for that, and
/// any other gives a system error.
pub fn judge_choice(validator: &Validator, selected: &BTreeSet<OptionId>) -> Judgement {
    if validator.is_manual() {
        return not_run(validator, Verdict::AwaitingReview);
    }
    let Check::Choice(check) = &validator.check else {
        return unreasoned(validator, Verdict::SystemError, Score::ZERO);
    };
    let score = choice_score(check, selected);
    let verdict = if score.is_full() {
        Verdict::Passed
    } else {
        Verdict::WrongAnswer
    };
    unreasoned(validator, verdict, score)
}

/// Judges by a validator that a person marked.
///
/// # Errors
/// Every rule that the marks break; `field` is where they stand.
pub fn judge_marks(
    validator: &Validator,
    marks: &[Mark],
    field: &str,
) -> Result<Judgement, Vec<Problem>> {
    let Check::Manual(check) = &validator.check else {
        let message = format!("no person marks the validator `{}`", validator.id);
        return Err(vec![Problem::new(field, message)]);
    };
    let score = check.score(marks, field)?;
    let verdict = if score.is_full() {
        Verdict::Passed
    } else {
        Verdict::WrongAnswer
    };
    Ok(Judgement {
        marks: marks.to_vec(),
        ..unreasoned(validator, verdict, score)
    })
}

/// The same verdict for a validator whose program never ran.
pub fn not_run(validator: &Validator, verdict: Verdict) -> Judgement {
    unreasoned(validator, verdict, Score::ZERO)
}

pub(super) fn unreasoned(validator: &Validator, verdict: Verdict, score: Score) -> Judgement {
    Judgement {
        validator: validator.id.clone(),
        verdict,
        score,
        weight: validator.weight,
        effect: validator.effect,
        hidden: !validator.visibility.is_visible(),
        reason: None,
        note: None,
        tests: Vec::new(),
        evidence: None,
        marks: Vec::new(),
    }
}

/// The verdict that an ending alone decides, if it does.
pub(crate) fn ending_verdict(ending: &Ending) -> Option<(Verdict, Option<String>)> {
    let because = |text: &str| Some(text.to_owned());
    match ending {
        Ending::Exited { code: 0 } => None,
        Ending::Exited { code } => Some((
            Verdict::RuntimeError,
            Some(format!("ended with exit code {code}")),
        )),
        Ending::Trapped { reason } => Some((Verdict::RuntimeError, Some(reason.clone()))),
        Ending::TimeExhausted => Some((Verdict::TimeLimit, None)),
        Ending::MemoryExhausted => Some((Verdict::MemoryLimit, None)),
        Ending::OutputExhausted => Some((Verdict::OutputLimit, None)),
        Ending::FilesExhausted => Some((
            Verdict::OutputLimit,
            because("wrote more files, or larger ones, than allowed"),
        )),
        Ending::Idle => Some((
            Verdict::TimeLimit,
            because("waited for input while the other program waited for its output"),
        )),
        Ending::HostGuard => Some((Verdict::TimeLimit, because("stopped by the host's guard"))),
    }
}

fn judge_output(check: &OutputCheck, observation: &Observation) -> (Verdict, Option<String>) {
    let accepts = |expected: &str, actual: &[u8]| check.comparison.accepts(expected, actual);
    if check
        .expected
        .as_ref()
        .is_some_and(|expected| !accepts(expected, &observation.stdout))
    {
        return (Verdict::WrongAnswer, None);
    }
    for (name, expected) in &check.expected_files {
        match observation.files.get(name) {
            None => return (Verdict::WrongAnswer, Some(format!("left no file `{name}`"))),
            Some(actual) if !accepts(expected, actual) => {
                return (Verdict::WrongAnswer, Some(format!("file `{name}` differs")));
            }
            Some(_) => {}
        }
    }
    (Verdict::Passed, None)
}

fn judge_function(check: &FunctionCheck, observation: &Observation) -> (Verdict, Option<String>) {
    let Some(returned) = &observation.returned else {
        let reason = format!("`{}` did not return a value", check.name);
        return (Verdict::WrongAnswer, Some(reason));
    };
    match serde_json::from_str::<Value>(returned) {
        Ok(actual) if same_value(&check.expected, &actual, check.tolerance.unwrap_or(0.0)) => {
            (Verdict::Passed, None)
        }
        Ok(_) => (Verdict::WrongAnswer, None),
        Err(_) => (
            Verdict::WrongAnswer,
            Some("returned a value that is not JSON".to_owned()),
        ),
    }
}

/// Whether two JSON values are the same: of the same type, numbers by value (`5` is `5.0`),
/// objects whatever the order of their keys.
fn same_value(expected: &Value, actual: &Value, tolerance: f64) -> bool {
    match (expected, actual) {
        (Value::Number(expected), Value::Number(actual)) => {
            expected == actual
                || match (expected.as_i128(), actual.as_i128()) {
                    (Some(_), Some(_)) if tolerance == 0.0 => false,
                    _ => expected
                        .as_f64()
                        .zip(actual.as_f64())
                        .is_some_and(|(expected, actual)| is_close(expected, actual, tolerance)),
                }
        }
        (Value::Array(expected), Value::Array(actual)) => {
            expected.len() == actual.len()
                && expected
                    .iter()
                    .zip(actual)
                    .all(|(e, a)| same_value(e, a, tolerance))
        }
        (Value::Object(expected), Value::Object(actual)) => {
            expected.len() == actual.len()
                && expected.iter().all(|(key, value)| {
                    actual
                        .get(key)
                        .is_some_and(|actual| same_value(value, actual, tolerance))
                })
        }
        _ => expected == actual,
    }
}

pub(super) fn choice_score(check: &ChoiceCheck, selected: &BTreeSet<OptionId>) -> Score {
    if check.correct == *selected {
        return Score::FULL;
    }
    match check.credit {
        Credit::AllOrNothing => Score::ZERO,
        Credit::Partial => {
            let right = check.correct.intersection(selected).count();
            let wrong = selected.difference(&check.correct).count();
            Score::ratio(
                right.saturating_sub(wrong) as u64,
                check.correct.len() as u64,
            )
        }
    }
}

#[cfg(test)]
mod tests;
