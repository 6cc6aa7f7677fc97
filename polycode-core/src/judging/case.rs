//! A judging case: a program, its validators, and what should come of it, as one JSON document.
//!
//! The files under `conformance/` are cases; Rust, Python and Node all run the same ones, and
//! `polycode judge` runs anybody's.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{LanguageId, ValidatorId};
use crate::judging::program::unique;
use crate::judging::{
    Check, FileName, Limits, Program, Report, Scheme, SourceFiles, Validator, ValidatorGroup,
    Verdict, group,
};
use crate::quantity::Score;
use crate::refusal::{Problem, Refusal};

/// A program to judge by validators.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Case {
    /// Its name, repeated in the result.
    #[schemars(length(min = 1, max = 200))]
    pub id: String,
    /// The language of the program.
    pub language: LanguageId,
    /// The program's source files by name.
    #[serde(deserialize_with = "unique")]
    pub files: SourceFiles,
    /// The file that is run; without it the language's usual one, or else the only file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<FileName>,
    /// Arguments given to the program by output validators that have none of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// What each run may use.
    #[serde(default)]
    pub limits: Limits,
    /// What is expected, 1 to 1,000 validators.
    #[schemars(length(min = 1, max = 1000))]
    pub validators: Vec<Validator>,
    /// The groups that validators are in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<ValidatorGroup>,
    /// What should come of judging; checked by the conformance suite and by `polycode judge`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect: Option<Expectation>,
}

/// What should come of judging a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Expectation {
    /// The verdict on the whole.
    pub verdict: Verdict,
    /// The share of the mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    /// The verdicts of some or all validators.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub validators: BTreeMap<ValidatorId, Verdict>,
}

impl Case {
    const MAX_VALIDATORS: usize = 1000;

    /// The program of the case.
    pub fn program(&self) -> Program {
        Program {
            language: self.language.clone(),
            files: self.files.clone(),
            entry: self.entry.clone(),
        }
    }

    /// The languages of the program and of the programs that judge it.
    pub fn languages(&self) -> impl Iterator<Item = &LanguageId> {
        let of_checkers = self.validators.iter().filter_map(|v| match &v.check {
            Check::Checker(check) | Check::Interactive(check) => Some(&check.checker.language),
            Check::Tests(check) => check.language.as_ref(),
            _ => None,
        });
        std::iter::once(&self.language).chain(of_checkers)
    }

    /// What the program is judged by.
    pub fn scheme(&self) -> Scheme<'_> {
        Scheme {
            groups: &self.groups,
            ..Scheme::ungrouped(&self.validators)
        }
    }

    /// Checks every rule of a case.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that is broken.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut problems = self.limits.problems("limits");
        problems.extend(self.program().problems("case"));
        if self.id.is_empty() || self.id.len() > 200 {
            problems.push(Problem::new("id", "a case's id is 1 to 200 bytes"));
        }
        let count = self.validators.len();
        if count == 0 || count > Self::MAX_VALIDATORS {
            let message = format!(
                "a case has 1 to {} validators, not {count}",
                Self::MAX_VALIDATORS
            );
            problems.push(Problem::new("validators", message));
        }
        let mut ids = BTreeSet::new();
        for (index, validator) in self.validators.iter().enumerate() {
            let field = format!("validators[{index}]");
            if !ids.insert(&validator.id) {
                let message = format!("the id `{}` is taken by another validator", validator.id);
                problems.push(Problem::new(format!("{field}.id"), message));
            }
            // Only an engine knows graders of a host.
            if !validator.judges_code() || matches!(validator.check, Check::Host(_)) {
                let message = "a case's validators judge code: `output`, `function`, `checker`, `interactive` or `tests`";
                problems.push(Problem::new(format!("{field}.kind"), message));
            }
            problems.extend(validator.problems(&field));
        }
        if count > 0
            && self
                .validators
                .iter()
                .all(|validator| !validator.is_weighty())
        {
            problems.push(Problem::new("validators", "at least one weight is above 0"));
        }
        problems.extend(group::problems(&self.groups, &self.validators, "", ""));
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(problems))
        }
    }
}

impl Expectation {
    /// Where the report is not what was expected, in words; empty when it is.
    pub fn differences(&self, report: &Report) -> Vec<String> {
        let mut differences = Vec::new();
        if self.verdict != report.verdict {
            differences.push(format!(
                "verdict {} instead of {}",
                report.verdict, self.verdict
            ));
        }
        if let Some(score) = self.score.filter(|score| *score != report.score) {
            let (given, wanted) = (report.score.millionths(), score.millionths());
            differences.push(format!("score {given} instead of {wanted}"));
        }
        for (id, wanted) in &self.validators {
            match report
                .judgements
                .iter()
                .find(|judgement| judgement.validator == *id)
            {
                Some(given) if given.verdict == *wanted => {}
                Some(given) => {
                    differences.push(format!("{id}: {} instead of {wanted}", given.verdict));
                }
                None => differences.push(format!("{id}: there is no such validator")),
            }
        }
        differences
    }
}
