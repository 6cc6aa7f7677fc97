//! What a learner may see of a report: everything of visible validators, nothing of hidden ones
//! but whether they all passed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::ValidatorId;
use crate::judging::{
    Effect, Ending, Excerpt, HiddenTold, Judgement, Mark, Remark, Report, TestResult, Verdict,
};
use crate::quantity::{ByteCount, Fuel, Score};

/// A report as its learner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Feedback {
    /// Passed when every validator passed; else the verdict of the first visible one that did
    /// not, or a wrong answer when only hidden ones failed, whatever happened in them.
    pub verdict: Verdict,
    /// The share of the mark that was earned.
    pub score: Score,
    /// The compiler's words, when the program is not valid in its language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diagnostics: Option<String>,
    /// The visible validators, in the author's order.
    pub validators: Vec<ValidatorFeedback>,
    /// Whether all hidden validators passed, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden_passed: Option<bool>,
    /// How many hidden validators there are, where the author tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden: Option<HiddenCount>,
    /// What the person who marked the answer says about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// What they say about single criteria.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
}

/// How many hidden validators there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HiddenCount {
    /// In all.
    pub count: u32,
    /// Those that passed.
    pub passed: u32,
}

/// The judgement on one visible validator as its learner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ValidatorFeedback {
    /// The validator.
    pub validator: ValidatorId,
    /// The opinion.
    pub verdict: Verdict,
    /// The share of the mark that was earned.
    pub score: Score,
    /// Why, in a few words, where the verdict alone does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What came of each test, for validators that are tests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<TestResult>,
    /// What the program did, for validators that ran it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<RunFeedback>,
    /// What a person gave, for validators that a person marks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

/// What a learner's program did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RunFeedback {
    /// How the run ended.
    pub ending: Ending,
    /// The beginning of standard output.
    pub stdout: Excerpt,
    /// The beginning of standard error.
    pub stderr: Excerpt,
    /// The beginning of the JSON text that the called function returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Excerpt>,
    /// Work done.
    pub fuel: Fuel,
    /// The most linear memory in use.
    pub peak_memory: ByteCount,
}

impl From<&Report> for Feedback {
    fn from(report: &Report) -> Self {
        let (hidden, visible): (Vec<_>, Vec<_>) = report.judgements.iter().partition(|j| j.hidden);
        // What was skipped follows from another that failed, and a bonus fails nothing.
        let mut failed = visible.iter().filter(|judgement| {
            let counts = judgement.effect != Effect::Bonus;
            counts && !matches!(judgement.verdict, Verdict::Passed | Verdict::Skipped)
        });
        let verdict = match report.verdict {
            whole @ (Verdict::Passed | Verdict::CompileError | Verdict::AwaitingReview) => whole,
            _ => failed
                .next()
                .map_or(Verdict::WrongAnswer, |judgement| judgement.verdict),
        };
        let passed = hidden.iter().filter(|j| j.verdict.is_passed()).count();
        // As long as a person has to look, nothing is said of it.
        let waits = hidden.iter().any(|j| j.verdict == Verdict::AwaitingReview);
        let tells = !hidden.is_empty() && !waits;
        let count = |number| u32::try_from(number).unwrap_or(u32::MAX);
        Self {
            verdict,
            score: report.score,
            diagnostics: report.diagnostics.clone(),
            validators: visible.into_iter().map(ValidatorFeedback::from).collect(),
            hidden_passed: tells.then_some(passed == hidden.len()),
            hidden: (tells && report.told == HiddenTold::Count).then_some(HiddenCount {
                count: count(hidden.len()),
                passed: count(passed),
            }),
            comment: None,
            remarks: Vec::new(),
        }
    }
}

impl From<&Judgement> for ValidatorFeedback {
    fn from(judgement: &Judgement) -> Self {
        Self {
            validator: judgement.validator.clone(),
            verdict: judgement.verdict,
            score: judgement.score,
            reason: judgement.reason.clone(),
            tests: judgement.tests.clone(),
            run: judgement.evidence.as_ref().map(|evidence| RunFeedback {
                ending: evidence.ending.clone(),
                stdout: evidence.stdout.clone(),
                stderr: evidence.stderr.clone(),
                returned: evidence.returned.clone(),
                fuel: evidence.fuel,
                peak_memory: evidence.peak_memory,
            }),
            marks: judgement.marks.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SECRET: &str = "canary-7c1f";

    fn report(hidden: Verdict) -> Report {
        let evidence = json!({
            "ending": {"kind": "exited", "code": 1}, "stdout": {"text": SECRET, "bytes": 11},
            "stderr": {"text": SECRET, "bytes": 11}, "returned": {"text": SECRET, "bytes": 11},
            "fuel": 777_777, "peakMemory": 888_888, "wallUs": 999_999,
        });
        let judgement = |id: &str, verdict: Verdict, hidden: bool| {
            json!({
                "validator": id, "verdict": verdict, "weight": 1, "hidden": hidden,
                "score": if verdict.is_passed() { 1_000_000 } else { 0 },
                "reason": hidden.then_some(SECRET), "evidence": hidden.then_some(&evidence),
            })
        };
        let judgements = json!([
            judgement("open", Verdict::Passed, false),
            judgement(SECRET, hidden, true)
        ]);
        Report::of(serde_json::from_value(judgements).expect("judgements"))
    }

    #[test]
    fn a_hidden_validator_shows_nothing_but_whether_it_passed() {
        let told: Vec<_> = [
            Verdict::WrongAnswer,
            Verdict::TimeLimit,
            Verdict::RuntimeError,
        ]
        .map(|verdict| Feedback::from(&report(verdict)))
        .iter()
        .map(|feedback| serde_json::to_string(feedback).expect("JSON"))
        .collect();
        assert!(
            told.iter()
                .all(|text| !text.contains(SECRET) && !text.contains("777777"))
        );
        assert!(
            told.iter().all(|text| text == &told[0]),
            "the kind of failure tells something"
        );
        // Their number is told where the author wants it, and nothing else.
        let counted = Report {
            told: HiddenTold::Count,
            ..report(Verdict::TimeLimit)
        };
        let counted = Feedback::from(&counted);
        let number = Some(HiddenCount {
            count: 1,
            passed: 0,
        });
        assert_eq!(counted.hidden, number);
        assert!(!told[0].contains("count"), "{}", told[0]);
        let passed = Feedback::from(&report(Verdict::Passed));
        assert_eq!(
            (passed.verdict, passed.hidden_passed),
            (Verdict::Passed, Some(true))
        );
    }
}
