//! Receipts: what was judged and what came of it, for anyone to judge again and compare.
//!
//! A receipt has the cases whole, and of every run the digests of what went in and came out, with
//! the fuel it took. The same runtimes give the same digests on any machine, so that a verdict can
//! be checked without trusting whoever gave it. It has hidden validators in it: it is for authors.

mod recorder;

use std::collections::BTreeMap;

use polycode_core::engine::judge_program;
use polycode_core::id::LanguageId;
use polycode_core::judging::{Case, Ending, FileName, Limits, Report, Verdict};
use polycode_core::port::{Sandbox, SandboxError};
use polycode_core::quantity::{ByteCount, Fuel, Score};
use serde::{Deserialize, Serialize};

use crate::language::languages;
use crate::receipt::recorder::Recorder;

/// What was judged, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Receipt {
    /// The format of this document: [`Receipt::FORMAT`].
    pub format: u32,
    /// The version of PolyCode that wrote it.
    pub polycode: String,
    /// The digests of the runtimes by language.
    pub runtimes: BTreeMap<LanguageId, String>,
    /// The cases, in the order in which they were judged.
    pub cases: Vec<JudgedCase>,
}

/// A case, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct JudgedCase {
    /// The case itself.
    pub case: Case,
    /// The verdict on the whole.
    pub verdict: Verdict,
    /// The share of the mark.
    pub score: Score,
    /// The verdicts by validator, in their order.
    pub validators: Vec<Verdict>,
    /// The digest of what the compiler said, where it refused the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diagnostics: Option<String>,
    /// Every run, checkers and interactors included, in order.
    pub runs: Vec<RunReceipt>,
}

/// One run: digests (SHA-256) of what went in and of what came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RunReceipt {
    /// Of the program's files and entry.
    pub program: String,
    /// Of its arguments, standard input, files and call.
    pub input: String,
    /// What it might use.
    pub limits: Limits,
    /// How it ended.
    pub ending: Ending,
    /// Work done.
    pub fuel: Fuel,
    /// The most linear memory in use.
    pub peak_memory: ByteCount,
    /// Of standard output.
    pub stdout: String,
    /// Of standard error.
    pub stderr: String,
    /// Of the value that a called function returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<String>,
    /// Of the files that it left behind and was asked for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<FileName, String>,
}

impl Receipt {
    /// The only format there is.
    pub const FORMAT: u32 = 1;

    /// A receipt of cases that were judged here.
    pub fn of(cases: Vec<JudgedCase>) -> Self {
        Self {
            format: Self::FORMAT,
            polycode: env!("CARGO_PKG_VERSION").to_owned(),
            runtimes: runtimes(&cases),
            cases,
        }
    }

    /// The languages whose runtimes are not those that this receipt was written with: where
    /// there are any, differences are to be expected.
    pub fn other_runtimes(&self) -> Vec<&LanguageId> {
        let here = runtimes(&self.cases);
        let runtimes = self.runtimes.iter();
        let differ = runtimes.filter(|(language, digest)| here.get(*language) != Some(*digest));
        differ.map(|(language, _)| language).collect()
    }
}

impl JudgedCase {
    /// What differs when the case is judged again, in words; nothing when all is the same.
    pub fn differences(&self, again: &Self) -> Vec<String> {
        let mut differences = Vec::new();
        let mut compare = |what: &str, then: &dyn ToString, now: &dyn ToString| {
            let (then, now) = (then.to_string(), now.to_string());
            if then != now {
                differences.push(format!("{what} {now} instead of {then}"));
            }
        };
        compare("verdict", &self.verdict, &again.verdict);
        compare("score", &self.score, &again.score);
        let diagnostics = |judged: &Self| judged.diagnostics.clone().unwrap_or_default();
        compare("diagnostics", &diagnostics(self), &diagnostics(again));
        for (index, verdicts) in self.validators.iter().zip(&again.validators).enumerate() {
            compare(&format!("validators[{index}]"), verdicts.0, verdicts.1);
        }
        compare("runs", &self.runs.len(), &again.runs.len());
        for (index, (then, now)) in self.runs.iter().zip(&again.runs).enumerate() {
            let what = |field: &str| format!("runs[{index}].{field}");
            compare(&what("program"), &then.program, &now.program);
            compare(&what("input"), &then.input, &now.input);
            compare(&what("ending"), &told(&then.ending), &told(&now.ending));
            compare(&what("fuel"), &then.fuel, &now.fuel);
            compare(&what("peakMemory"), &then.peak_memory.0, &now.peak_memory.0);
            compare(&what("stdout"), &then.stdout, &now.stdout);
            compare(&what("stderr"), &then.stderr, &now.stderr);
            compare(
                &what("returned"),
                &told(&then.returned),
                &told(&now.returned),
            );
            compare(&what("limits"), &told(&then.limits), &told(&now.limits));
            compare(&what("files"), &told(&then.files), &told(&now.files));
        }
        differences
    }
}

fn told(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Judges a case, and writes down every run.
///
/// # Errors
/// [`SandboxError`] when it could not be judged.
pub async fn judge(
    sandbox: &dyn Sandbox,
    case: Case,
) -> Result<(Report, JudgedCase), SandboxError> {
    let recorder = Recorder::new(sandbox);
    let (program, limits) = (case.program(), case.limits);
    let report = judge_program(&recorder, &program, &limits, case.scheme(), &case.args).await?;
    let judged = JudgedCase {
        case,
        verdict: report.verdict,
        score: report.score,
        validators: report
            .judgements
            .iter()
            .map(|judged| judged.verdict)
            .collect(),
        diagnostics: report.diagnostics.as_ref().map(recorder::digest),
        runs: recorder.runs(),
    };
    Ok((report, judged))
}

/// The digests of the runtimes that cases need.
fn runtimes(cases: &[JudgedCase]) -> BTreeMap<LanguageId, String> {
    let is_used = |language: &LanguageId| {
        cases.iter().any(|judged| {
            let mut used = judged.case.languages();
            used.any(|other| other == language)
        })
    };
    let used = languages().iter().filter(|language| is_used(&language.id));
    used.map(|language| (language.id.clone(), language.digest()))
        .collect()
}

#[cfg(test)]
mod tests;
