//! Questions: with options to choose from, or answered in words or numbers; alone or together in a
//! quiz.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{OptionId, QuestionId};
use crate::judging::{JudgingRules, Validator};
use crate::quantity::Weight;

/// A question with options to choose from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mcq {
    /// The question, in `CommonMark`.
    pub question: String,
    /// What can be chosen, 2 to 50 options.
    pub options: Vec<ChoiceOption>,
    /// How many options may be chosen.
    #[serde(default)]
    pub choose: Choose,
    /// How much the component counts in its content.
    #[serde(default)]
    pub weight: Weight,
    /// What is expected.
    pub validators: Vec<Validator>,
    /// How it is judged.
    #[serde(default, skip_serializing_if = "JudgingRules::is_usual")]
    pub rules: JudgingRules,
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChoiceOption {
    /// Its name, unique in the question.
    pub id: OptionId,
    /// What it says, in `CommonMark`.
    pub text: String,
}

/// How many options may be chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Choose {
    /// Exactly one.
    #[default]
    One,
    /// Any number, or none.
    Many,
}

/// Questions that are answered together, in one submission.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Quiz {
    /// What is read first, in `CommonMark`.
    #[serde(default)]
    pub text: String,
    /// The questions, in order, 1 to 100.
    pub questions: Vec<QuizQuestion>,
    /// How much the component counts in its content.
    #[serde(default)]
    pub weight: Weight,
    /// What is expected: of kind `question`, one or more for each question.
    pub validators: Vec<Validator>,
    /// How it is judged.
    #[serde(default, skip_serializing_if = "JudgingRules::is_usual")]
    pub rules: JudgingRules,
}

/// A question of a quiz.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuizQuestion {
    /// Its name, unique in the quiz.
    pub id: QuestionId,
    /// The question, in `CommonMark`.
    pub question: String,
    /// How it is answered.
    #[serde(flatten)]
    pub ask: Ask,
}

/// How a question of a quiz is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Ask {
    /// By choosing options.
    Choice {
        /// What can be chosen, 2 to 50 options.
        options: Vec<ChoiceOption>,
        /// How many options may be chosen.
        #[serde(default)]
        choose: Choose,
    },
    /// By a few words.
    Text,
    /// By a number.
    Number {
        /// What it is counted in, such as `kg`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
    },
}

/// A question that is answered by a few words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ShortText {
    /// The question, in `CommonMark`.
    pub question: String,
    /// How much the component counts in its content.
    #[serde(default)]
    pub weight: Weight,
    /// What is expected, of kind `text`.
    pub validators: Vec<Validator>,
    /// How it is judged.
    #[serde(default, skip_serializing_if = "JudgingRules::is_usual")]
    pub rules: JudgingRules,
}

/// A question that is answered by a number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NumberQuestion {
    /// The question, in `CommonMark`.
    pub question: String,
    /// What it is counted in, such as `kg`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// How much the component counts in its content.
    #[serde(default)]
    pub weight: Weight,
    /// What is expected, of kind `number`.
    pub validators: Vec<Validator>,
    /// How it is judged.
    #[serde(default, skip_serializing_if = "JudgingRules::is_usual")]
    pub rules: JudgingRules,
}

/// A question that is answered at any length, and that a person marks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FreeAnswer {
    /// The question, in `CommonMark`.
    pub question: String,
    /// The most bytes that an answer may have, at most 100,000.
    #[serde(default = "FreeAnswer::usual_bytes")]
    pub max_bytes: u32,
    /// How much the component counts in its content.
    #[serde(default)]
    pub weight: Weight,
    /// What a person marks it by, of kind `manual`.
    pub validators: Vec<Validator>,
    /// How it is judged.
    #[serde(default, skip_serializing_if = "JudgingRules::is_usual")]
    pub rules: JudgingRules,
}

impl Quiz {
    /// The question of this name.
    pub fn question(&self, id: &QuestionId) -> Option<&QuizQuestion> {
        self.questions.iter().find(|question| question.id == *id)
    }

    /// The questions that something is expected of.
    pub(super) fn asked(&self) -> BTreeSet<&QuestionId> {
        use crate::judging::Check;
        let asked = self.validators.iter().filter_map(|v| match &v.check {
            Check::Question(check) => Some(&check.question),
            _ => None,
        });
        asked.collect()
    }
}

impl ShortText {
    /// The most bytes that an answer may have.
    pub const MAX_BYTES: usize = 2_000;
}

impl NumberQuestion {
    /// The most bytes that an answer may have.
    pub const MAX_BYTES: usize = 100;
}

impl FreeAnswer {
    /// The most bytes that an answer may ever have.
    pub const MAX_BYTES: u32 = 100_000;

    const fn usual_bytes() -> u32 {
        20_000
    }
}
