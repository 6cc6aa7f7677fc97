//! Tests of an author, run against a program that stays outside of them.
//!
//! The tests and the program run in a sandbox each, joined by a line. The tests' names are asked for
//! before the program is started; then each test has a fresh pair of sandboxes. A program can give
//! wrong answers on the line, and nothing else: what is asserted, how many tests there are and what
//! came of them is known on the other side only.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::LanguageId;
use crate::judging::checker::words;
use crate::judging::judge::{ending_verdict, unreasoned};
use crate::judging::program::{source_problems, unique};
use crate::judging::{
    Ending, Evidence, FileName, Judgement, Limits, Observation, Program, SourceFiles, Validator,
    Verdict,
};
use crate::port::Talk;
use crate::quantity::{Fuel, Score};
use crate::refusal::Problem;

/// Tests of the author, which call the learner's program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TestsCheck {
    /// The files of the tests, which the program never sees.
    #[serde(deserialize_with = "unique")]
    pub files: SourceFiles,
    /// The file whose tests are run.
    pub entry: FileName,
    /// The language of the tests; without it, that of the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<LanguageId>,
    /// What each test may use by itself; the program has its own limits.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub limits: Limits,
}

/// What came of one test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TestResult {
    /// The test's name.
    pub name: String,
    /// Passed, a wrong answer, or how the program ended.
    pub verdict: Verdict,
    /// Why, in a few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What a test says of itself.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Told {
    Passed,
    Failed(String),
}

/// What is known of a suite while its tests are run one after the other.
#[derive(Debug, Default)]
pub(crate) struct SuiteRun {
    results: Vec<TestResult>,
    /// Of the first test that was not passed, or else of the last, with the work of all.
    evidence: Option<Evidence>,
    note: Option<String>,
}

impl TestsCheck {
    /// The most tests of one file.
    const MAX_TESTS: usize = 200;
    /// The most bytes of a test's name.
    const MAX_NAME: usize = 200;

    pub(super) fn problems(&self, field: &str) -> Vec<Problem> {
        let mut problems = source_problems(&self.files, Some(&self.entry), field);
        problems.extend(self.limits.problems(&format!("{field}.limits")));
        problems
    }

    /// The tests as a program, for a program that is written in a language.
    pub(crate) fn program(&self, language: &LanguageId) -> Program {
        Program {
            language: self.language.as_ref().unwrap_or(language).clone(),
            files: self.files.clone(),
            entry: Some(self.entry.clone()),
        }
    }

    /// The names of the tests.
    ///
    /// # Errors
    /// For the author, why there are none.
    pub(crate) fn names(listed: &Observation) -> Result<Vec<String>, String> {
        let told = listed.returned.as_deref().unwrap_or_default();
        let names = match (&listed.ending, serde_json::from_str::<Vec<String>>(told)) {
            (Ending::Exited { code: 0 }, Ok(names)) => names,
            (ending, _) => {
                let ended =
                    ending_verdict(ending).map_or("gave no list", |(verdict, _)| verdict.as_str());
                let said = words(&listed.stderr);
                return Err(format!("the tests can't be listed: {ended}: {said}"));
            }
        };
        let mut sorted: Vec<_> = names.iter().collect();
        sorted.sort_unstable();
        sorted.dedup();
        if names.is_empty() || names.len() > Self::MAX_TESTS {
            let (most, count) = (Self::MAX_TESTS, names.len());
            return Err(format!(
                "a file of tests has 1 to {most} tests, not {count}"
            ));
        }
        if sorted.len() < names.len() {
            return Err("two tests have the same name".to_owned());
        }
        match names
            .iter()
            .find(|name| name.is_empty() || name.len() > Self::MAX_NAME)
        {
            Some(name) => Err(format!(
                "a test's name is 1 to {} bytes, not {}",
                Self::MAX_NAME,
                name.len()
            )),
            None => Ok(names),
        }
    }
}

impl SuiteRun {
    /// Adds what came of the next test.
    pub(crate) fn add(&mut self, name: String, talk: &Talk) {
        let Talk {
            program,
            interactor: test,
            ..
        } = talk;
        let told = test
            .returned
            .as_deref()
            .filter(|_| test.ending == Ending::Exited { code: 0 });
        let told = told.and_then(|told| serde_json::from_str(told).ok());
        let (verdict, reason) = match (ending_verdict(&program.ending), told) {
            (Some((verdict, reason)), _) => (verdict, reason),
            (None, Some(Told::Passed)) => (Verdict::Passed, None),
            (None, Some(Told::Failed(reason))) => {
                (Verdict::WrongAnswer, Some(words(reason.as_bytes())))
            }
            (None, None) => {
                let ended = ending_verdict(&test.ending)
                    .map_or("it ended early", |(verdict, _)| verdict.as_str());
                let said = words(&test.stderr);
                self.note.get_or_insert_with(|| {
                    format!("the test `{name}` gave no result: {ended}: {said}")
                });
                let reason = "the test came to no result";
                (Verdict::WrongAnswer, Some(reason.to_owned()))
            }
        };
        let has_failed = self
            .results
            .iter()
            .any(|result| !result.verdict.is_passed());
        let before = self.evidence.take();
        self.evidence = Some(match before {
            Some(before) if has_failed => before.and(&Evidence::from(program)),
            Some(before) => Evidence::from(program).and(&before),
            None => Evidence::from(program),
        });
        self.results.push(TestResult {
            name,
            verdict,
            reason,
        });
    }

    /// The opinion on the whole: a share of the mark for each test that was passed.
    pub(crate) fn judge(self, validator: &Validator) -> Judgement {
        let passed = self
            .results
            .iter()
            .filter(|result| result.verdict.is_passed())
            .count();
        let first = self
            .results
            .iter()
            .find(|result| !result.verdict.is_passed());
        let verdict = first.map_or(Verdict::Passed, |result| result.verdict);
        let reason = first.map(|result| match &result.reason {
            Some(reason) => format!("{}: {reason}", result.name),
            None => result.name.clone(),
        });
        let score = Score::ratio(passed as u64, self.results.len() as u64);
        Judgement {
            reason,
            evidence: self.evidence,
            note: self.note,
            tests: self.results,
            ..unreasoned(validator, verdict, score)
        }
    }
}

/// The tests can't be run: their author's mistake.
pub(crate) fn judge_without_tests(validator: &Validator, why: &str) -> Judgement {
    Judgement {
        note: Some(words(why.as_bytes())),
        ..unreasoned(validator, Verdict::SystemError, Score::ZERO)
    }
}

impl Evidence {
    /// The same, with the work of another run.
    fn and(self, other: &Self) -> Self {
        Self {
            fuel: Fuel(self.fuel.0.saturating_add(other.fuel.0)),
            peak_memory: self.peak_memory.max(other.peak_memory),
            wall_us: self.wall_us.saturating_add(other.wall_us),
            ..self
        }
    }
}

fn is_usual(limits: &Limits) -> bool {
    *limits == Limits::default()
}

#[cfg(test)]
mod tests;
