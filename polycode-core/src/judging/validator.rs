//! What is expected of an answer.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::id::{GraderId, GroupId, OptionId, ValidatorId};
use crate::judging::{
    CheckerCheck, Comparison, FileName, ManualCheck, NumberCheck, QuestionCheck, TestsCheck,
    TextCheck,
};
use crate::quantity::Weight;
use crate::refusal::Problem;

/// One expected response of a submittable.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Validator {
    /// Its name, unique in its component.
    pub id: ValidatorId,
    /// Whether learners may see what it expects and what they gave.
    #[serde(
        default,
        rename = "hidden",
        with = "hidden_flag",
        skip_serializing_if = "Visibility::is_visible"
    )]
    #[schemars(with = "bool")]
    pub visibility: Visibility,
    /// How much it counts beside the other validators.
    #[serde(default)]
    pub weight: Weight,
    /// The group that it is in, one of its submittable's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    /// What it does to the score.
    #[serde(default, skip_serializing_if = "Effect::is_counted")]
    pub effect: Effect,
    /// What it checks.
    #[serde(flatten)]
    pub check: Check,
}

/// What a validator does to the score, which stays within nothing and everything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// It is a part of the full mark.
    #[default]
    Counts,
    /// What it earns comes on top of the full mark, and can make up for what is missing. An
    /// answer may pass without it.
    Bonus,
    /// What it does not earn is taken off; being passed earns nothing.
    Penalty,
}

/// What a validator checks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Check {
    /// Run the program and compare what it writes.
    Output(OutputCheck),
    /// Call a function of the program and compare what it returns.
    Function(FunctionCheck),
    /// Compare the chosen options with the right ones.
    Choice(ChoiceCheck),
    /// Have a person mark the answer by a rubric.
    Manual(ManualCheck),
    /// Compare words with accepted ones.
    Text(TextCheck),
    /// Compare a number with the right one.
    Number(NumberCheck),
    /// Compare the answer to one question of a quiz with the right one.
    Question(QuestionCheck),
    /// Have a program of the author judge what the program writes.
    Checker(CheckerCheck),
    /// Have a program of the author talk with the program: each one's standard output is the
    /// other's standard input.
    Interactive(CheckerCheck),
    /// Run the program and have code of the host judge what it does.
    Host(HostCheck),
    /// Run the author's tests against the program.
    Tests(TestsCheck),
}

/// Runs the program on an input and compares its output.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct OutputCheck {
    /// The text given on standard input, which then ends.
    pub stdin: String,
    /// The arguments given to the program.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// Files laid beside the program before it starts.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<FileName, String>,
    /// The expected standard output; without it, ending with exit code 0 passes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// Expected texts of files that the program leaves behind.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub expected_files: BTreeMap<FileName, String>,
    /// How expected and actual texts are compared.
    pub comparison: Comparison,
}

/// Calls a function of the program with JSON arguments and compares what it returns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FunctionCheck {
    /// The name of the function in the entry file.
    pub name: String,
    /// Its arguments, in order.
    #[serde(default)]
    pub args: Vec<Value>,
    /// The value that it should return.
    pub expected: Value,
    /// The largest difference between two numbers that still counts as equal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<f64>,
}

/// Runs the program on an input and has a grader of the host judge what it does. A program that does
/// not end with exit code 0 has failed without it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HostCheck {
    /// The grader, by the name that the host gave it.
    pub grader: GraderId,
    /// Whatever the grader should know; learners never see it.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub options: Value,
    /// The text given on standard input, which then ends.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stdin: String,
    /// The arguments given to the program.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// Names of files that the grader looks at if the program leaves them behind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub collect: Vec<FileName>,
}

/// Compares chosen options with the right ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChoiceCheck {
    /// The right options; may be empty where "none of them" is the answer.
    pub correct: BTreeSet<OptionId>,
    /// What a partly right choice earns.
    #[serde(default)]
    pub credit: Credit,
}

/// What a partly right choice earns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Credit {
    /// Nothing: only exactly the right options earn the mark.
    #[default]
    AllOrNothing,
    /// One share per right option chosen, less one per wrong option chosen, never below zero.
    Partial,
}

/// Who may see what a validator expects.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// Everybody who may see the content.
    #[default]
    Visible,
    /// Its authors only.
    Hidden,
}

impl Visibility {
    /// Whether everybody may see it.
    pub const fn is_visible(&self) -> bool {
        matches!(self, Self::Visible)
    }
}

impl Validator {
    /// Every rule that the validator breaks; `field` is where it stands in the input.
    pub fn problems(&self, field: &str) -> Vec<Problem> {
        match &self.check {
            Check::Output(check) => check.comparison.problems(
                &format!("{field}.comparison"),
                check.expected.iter().chain(check.expected_files.values()),
            ),
            Check::Function(check) => check.problems(field),
            Check::Choice(_) | Check::Host(_) => Vec::new(),
            Check::Manual(check) => check.problems(&format!("{field}.criteria")),
            Check::Text(check) => check.problems(field),
            Check::Number(check) => check.problems(field),
            Check::Question(check) => check.problems(field),
            Check::Checker(check) | Check::Interactive(check) => check.problems(field),
            Check::Tests(check) => check.problems(field),
        }
    }

    /// Whether it needs a program, as against a choice or a person.
    pub const fn judges_code(&self) -> bool {
        match self.check {
            Check::Output(_)
            | Check::Function(_)
            | Check::Checker(_)
            | Check::Interactive(_)
            | Check::Host(_)
            | Check::Tests(_) => true,
            Check::Choice(_)
            | Check::Manual(_)
            | Check::Text(_)
            | Check::Number(_)
            | Check::Question(_) => false,
        }
    }

    /// Whether it is a part of the full mark, and not a part of no weight.
    pub const fn is_weighty(&self) -> bool {
        self.effect.is_counted() && self.weight.get() > 0
    }

    /// Whether a person marks it.
    pub const fn is_manual(&self) -> bool {
        matches!(self.check, Check::Manual(_))
    }
}

impl Effect {
    /// Whether it is a part of the full mark.
    pub const fn is_counted(&self) -> bool {
        matches!(self, Self::Counts)
    }
}

impl FunctionCheck {
    fn problems(&self, field: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        let starts_well = self.name.chars().next().is_some_and(|c| !c.is_numeric());
        if !starts_well || !self.name.chars().all(is_name) || self.name.len() > 100 {
            problems.push(Problem::new(
                format!("{field}.name"),
                "a function's name is 1 to 100 letters, digits, '_' or '$'",
            ));
        }
        if self.tolerance.is_some_and(|t| !t.is_finite() || t < 0.0) {
            problems.push(Problem::new(
                format!("{field}.tolerance"),
                "a tolerance is a finite number, 0 or more",
            ));
        }
        problems
    }
}

/// On the wire visibility is `"hidden": true`.
mod hidden_flag {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::Visibility;

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the signature that serde asks for"
    )]
    pub(super) fn serialize<S: Serializer>(
        visibility: &Visibility,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(!visibility.is_visible())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Visibility, D::Error> {
        let hidden = bool::deserialize(deserializer)?;
        Ok(if hidden {
            Visibility::Hidden
        } else {
            Visibility::Visible
        })
    }
}
