//! The rules of questions that are answered in words or numbers, and of quizzes.

use std::collections::BTreeSet;

use super::Findings;
use crate::catalogue::question::{Ask, FreeAnswer, NumberQuestion, Quiz, QuizQuestion, ShortText};
use crate::judging::{Check, Expected, QuestionCheck, Validator};

const QUESTION: usize = 20_000;

impl Quiz {
    pub(super) fn check(&self, field: &str, findings: &mut Findings) {
        findings.text(&format!("{field}.text"), &self.text, 0, QUESTION);
        let count = self.questions.len();
        let fits = (1..=100).contains(&count);
        findings.require(fits, &format!("{field}.questions"), || {
            format!("a quiz has 1 to 100 questions, not {count}")
        });
        let (mut ids, asked) = (BTreeSet::new(), self.asked());
        for (index, question) in self.questions.iter().enumerate() {
            let field = format!("{field}.questions[{index}]");
            findings.require(ids.insert(&question.id), &format!("{field}.id"), || {
                format!("the id `{}` is taken by another question", question.id)
            });
            findings.text(
                &format!("{field}.question"),
                &question.question,
                1,
                QUESTION,
            );
            match &question.ask {
                Ask::Choice { options, .. } => findings.options(&field, options),
                Ask::Text => {}
                Ask::Number { unit } => findings.unit(&field, unit.as_deref()),
            }
            findings.require(asked.contains(&question.id), &field, || {
                "a validator says what is right".to_owned()
            });
        }
        findings.validators(field, &self.validators);
        findings
            .0
            .extend(self.rules.problems(field, &self.validators));
        for (index, validator) in self.validators.iter().enumerate() {
            let field = format!("{field}.validators[{index}]");
            let Check::Question(check) = &validator.check else {
                findings.add(
                    format!("{field}.kind"),
                    "a quiz's validators are of kind `question`",
                );
                continue;
            };
            match self.question(&check.question) {
                Some(question) => check_expected(question, check, &field, findings),
                None => findings.add(
                    format!("{field}.question"),
                    format!("there is no question `{}`", check.question),
                ),
            }
        }
    }
}

fn check_expected(
    question: &QuizQuestion,
    check: &QuestionCheck,
    field: &str,
    findings: &mut Findings,
) {
    match (&question.ask, &check.expected) {
        (Ask::Choice { options, choose }, Expected::Choice(check)) => {
            let field = format!("{field}.expected.correct");
            findings.correct(&field, &check.correct, options, *choose);
        }
        (Ask::Text, Expected::Text(_)) | (Ask::Number { .. }, Expected::Number(_)) => {}
        _ => findings.add(
            format!("{field}.expected.kind"),
            "is of the kind that the question asks for",
        ),
    }
}

impl ShortText {
    pub(super) fn check(&self, field: &str, findings: &mut Findings) {
        findings.text(&format!("{field}.question"), &self.question, 1, QUESTION);
        let is_fitting = |check: &Check| matches!(check, Check::Text(_));
        findings.kinds(field, &self.validators, "text", is_fitting);
        findings
            .0
            .extend(self.rules.problems(field, &self.validators));
    }
}

impl NumberQuestion {
    pub(super) fn check(&self, field: &str, findings: &mut Findings) {
        findings.text(&format!("{field}.question"), &self.question, 1, QUESTION);
        findings.unit(field, self.unit.as_deref());
        let is_fitting = |check: &Check| matches!(check, Check::Number(_));
        findings.kinds(field, &self.validators, "number", is_fitting);
        findings
            .0
            .extend(self.rules.problems(field, &self.validators));
    }
}

impl FreeAnswer {
    pub(super) fn check(&self, field: &str, findings: &mut Findings) {
        findings.text(&format!("{field}.question"), &self.question, 1, QUESTION);
        let fits = (1..=Self::MAX_BYTES).contains(&self.max_bytes);
        findings.require(fits, &format!("{field}.maxBytes"), || {
            format!("is 1 to {}, not {}", Self::MAX_BYTES, self.max_bytes)
        });
        let is_fitting = |check: &Check| matches!(check, Check::Manual(_));
        findings.kinds(field, &self.validators, "manual", is_fitting);
        findings
            .0
            .extend(self.rules.problems(field, &self.validators));
    }
}

impl Findings {
    fn unit(&mut self, field: &str, unit: Option<&str>) {
        if let Some(unit) = unit {
            self.text(&format!("{field}.unit"), unit, 1, 50);
        }
    }

    fn kinds(
        &mut self,
        field: &str,
        validators: &[Validator],
        kind: &str,
        is_fitting: impl Fn(&Check) -> bool,
    ) {
        self.validators(field, validators);
        for (index, validator) in validators.iter().enumerate() {
            let field = format!("{field}.validators[{index}].kind");
            self.require(is_fitting(&validator.check), &field, || {
                format!("the validators here are of kind `{kind}`")
            });
        }
    }
}
