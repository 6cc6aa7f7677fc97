//! The opinion on answers in words and numbers, and on quizzes, as pure functions.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{OptionId, QuestionId};
use crate::judging::judge::{choice_score, not_run, unreasoned};
use crate::judging::validator::ChoiceCheck;
use crate::judging::{Check, Judgement, NumberCheck, TextCheck, Validator, Verdict};
use crate::quantity::Score;
use crate::refusal::Problem;

/// Words, for a question that is answered by them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Words {
    /// The words.
    pub text: String,
}

/// A number as it was written, for a question that is answered by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WrittenNumber {
    /// The number, with `.` before its decimals.
    pub value: String,
}

/// Answers to the questions of a quiz; a question may be left open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuizAnswers {
    /// The answers by question.
    pub answers: BTreeMap<QuestionId, QuizAnswer>,
}

/// An answer to one question of a quiz.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
#[schemars(rename = "QuestionAnswer")]
pub enum QuizAnswer {
    /// Chosen options.
    Choice {
        /// The options.
        selected: BTreeSet<OptionId>,
    },
    /// A few words.
    Text {
        /// The words.
        text: String,
    },
    /// A number.
    Number {
        /// The number as it was written.
        value: String,
    },
}

/// Compares the answer to one question of a quiz with the right one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuestionCheck {
    /// The question.
    pub question: QuestionId,
    /// What is right.
    pub expected: Expected,
}

/// What is right of a question of a quiz.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Expected {
    /// Options.
    Choice(ChoiceCheck),
    /// Words.
    Text(TextCheck),
    /// A number.
    Number(NumberCheck),
}

impl QuestionCheck {
    pub(super) fn problems(&self, field: &str) -> Vec<Problem> {
        let field = format!("{field}.expected");
        match &self.expected {
            Expected::Choice(_) => Vec::new(),
            Expected::Text(check) => check.problems(&field),
            Expected::Number(check) => check.problems(&field),
        }
    }

    fn score(&self, answer: &QuizAnswer) -> Score {
        match (&self.expected, answer) {
            (Expected::Choice(check), QuizAnswer::Choice { selected }) => {
                choice_score(check, selected)
            }
            (Expected::Text(check), QuizAnswer::Text { text }) => all_or_none(check.accepts(text)),
            (Expected::Number(check), QuizAnswer::Number { value }) => {
                all_or_none(check.accepts(value))
            }
            _ => Score::ZERO,
        }
    }
}

/// Judges words by a validator of words.
pub fn judge_words(validator: &Validator, text: &str) -> Judgement {
    match &validator.check {
        Check::Text(check) => scored(validator, all_or_none(check.accepts(text))),
        _ => not_run(validator, Verdict::SystemError),
    }
}

/// Judges a number by a validator of numbers.
pub fn judge_number(validator: &Validator, value: &str) -> Judgement {
    match &validator.check {
        Check::Number(check) => scored(validator, all_or_none(check.accepts(value))),
        _ => not_run(validator, Verdict::SystemError),
    }
}

/// Judges the answers of a quiz by a validator of one question; an open question earns nothing.
pub fn judge_quiz(validator: &Validator, answers: &QuizAnswers) -> Judgement {
    match &validator.check {
        Check::Question(check) => {
            let answer = answers.answers.get(&check.question);
            let score = answer.map_or(Score::ZERO, |answer| check.score(answer));
            scored(validator, score)
        }
        _ => not_run(validator, Verdict::SystemError),
    }
}

fn scored(validator: &Validator, score: Score) -> Judgement {
    let verdict = if score.is_full() {
        Verdict::Passed
    } else {
        Verdict::WrongAnswer
    };
    unreasoned(validator, verdict, score)
}

fn all_or_none(is_right: bool) -> Score {
    if is_right { Score::FULL } else { Score::ZERO }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn validator(check: &serde_json::Value) -> Validator {
        let mut wire = json!({"id": "v"});
        let fields = wire.as_object_mut().expect("an object");
        fields.extend(check.as_object().expect("an object").clone());
        serde_json::from_value(wire).expect("a validator")
    }

    #[test]
    fn each_question_is_judged_by_its_own_validator() {
        let answers: QuizAnswers = serde_json::from_value(json!({"answers": {
            "capital": {"kind": "text", "text": "bern"},
            "sum": {"kind": "number", "value": "4.05"},
            "primes": {"kind": "choice", "selected": ["two"]},
        }}))
        .expect("answers");
        let expected = |question: &str, expected: serde_json::Value| {
            let check = json!({"kind": "question", "question": question, "expected": expected});
            let judgement = judge_quiz(&validator(&check), &answers);
            (judgement.verdict, judgement.score.millionths())
        };
        let full = (Verdict::Passed, 1_000_000);
        let capital = json!({"kind": "text", "accepted": ["Bern"]});
        assert_eq!(expected("capital", capital.clone()), full);
        let sum = json!({"kind": "number", "value": 4, "tolerance": 0.05});
        assert_eq!(expected("sum", sum.clone()), full);
        let primes = json!({"kind": "choice", "correct": ["two", "three"], "credit": "partial"});
        assert_eq!(expected("primes", primes), (Verdict::WrongAnswer, 500_000));
        let nothing = (Verdict::WrongAnswer, 0);
        assert_eq!(expected("open", capital), nothing);
        // An answer of another kind earns nothing either.
        assert_eq!(expected("capital", sum), nothing);
    }

    #[test]
    fn a_validator_of_another_kind_is_our_mistake() {
        let words = validator(&json!({"kind": "text", "accepted": ["a"]}));
        let number = validator(&json!({"kind": "number", "value": 1}));
        assert_eq!(judge_words(&words, "A").verdict, Verdict::Passed);
        assert_eq!(judge_words(&words, "b").verdict, Verdict::WrongAnswer);
        assert_eq!(judge_number(&number, "1.0").verdict, Verdict::Passed);
        assert_eq!(judge_words(&number, "1").verdict, Verdict::SystemError);
        assert_eq!(judge_number(&words, "1").verdict, Verdict::SystemError);
    }
}
