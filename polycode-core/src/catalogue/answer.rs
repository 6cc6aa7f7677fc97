//! Whether an answer fits the component it is given to.

use std::collections::BTreeSet;

use crate::catalogue::component::{CodeEditor, Component, Element};
use crate::catalogue::question::{Ask, ChoiceOption, Choose, Mcq, NumberQuestion, Quiz, ShortText};
use crate::id::OptionId;
use crate::judging::judge::{judge_choice, not_run};
use crate::judging::written::{judge_number, judge_quiz, judge_words};
use crate::judging::{
    Answer, Judgement, NumberCheck, Program, QuizAnswer, QuizAnswers, Validator, Verdict,
};
use crate::refusal::{Problem, Refusal};

/// What is judged of an answer: it fits its component, and has the component's own files in it.
#[derive(Debug, Clone, PartialEq)]
pub enum FittingAnswer<'a> {
    /// A program for a code editor.
    Program(&'a CodeEditor, Program),
    /// Options of a question.
    Options(&'a Mcq, &'a BTreeSet<OptionId>),
    /// Words for a short text.
    Words(&'a str),
    /// Words for a free answer.
    Free(&'a str),
    /// A number as it was written.
    Number(&'a str),
    /// Answers to a quiz.
    Quiz(&'a QuizAnswers),
}

impl FittingAnswer<'_> {
    /// What a validator thinks of an answer that needs no program to be run: a system error for
    /// one that does, and for a validator that does not fit.
    pub fn judge_by(&self, validator: &Validator) -> Judgement {
        match self {
            Self::Options(_, selected) => judge_choice(validator, selected),
            Self::Words(text) => judge_words(validator, text),
            Self::Number(value) => judge_number(validator, value),
            Self::Quiz(answers) => judge_quiz(validator, answers),
            // A person's opinion can't be given here.
            Self::Free(_) if validator.is_manual() => not_run(validator, Verdict::AwaitingReview),
            Self::Free(_) | Self::Program(..) => not_run(validator, Verdict::SystemError),
        }
    }
}

impl Component {
    /// Checks that an answer fits this component.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with what does not fit.
    pub fn fit<'a>(&'a self, answer: &'a Answer) -> Result<FittingAnswer<'a>, Refusal> {
        match (&self.element, answer) {
            (Element::CodeEditor(editor), Answer::Code(program)) => {
                Ok(FittingAnswer::Program(editor, editor.complete(program)?))
            }
            (Element::Mcq(mcq), Answer::Choice(selection)) => {
                mcq.check_selection(&selection.selected)?;
                Ok(FittingAnswer::Options(mcq, &selection.selected))
            }
            (Element::ShortText(_), Answer::Text(words)) => {
                check_length(&words.text, ShortText::MAX_BYTES)?;
                Ok(FittingAnswer::Words(&words.text))
            }
            (Element::FreeAnswer(free), Answer::Text(words)) => {
                let most = usize::try_from(free.max_bytes).unwrap_or(usize::MAX);
                check_length(&words.text, most)?;
                Ok(FittingAnswer::Free(&words.text))
            }
            (Element::Number(_), Answer::Number(number)) => {
                check_number("answer.value", &number.value)?;
                Ok(FittingAnswer::Number(&number.value))
            }
            (Element::Quiz(quiz), Answer::Quiz(answers)) => {
                quiz.check_answers(answers)?;
                Ok(FittingAnswer::Quiz(answers))
            }
            (Element::Container(_) | Element::Markdown(_), _) => Err(Refusal::invalid(
                "component",
                "the component takes no answers",
            )),
            (Element::CodeEditor(_), _) => Err(wrong_kind("a code editor", "code")),
            (Element::Mcq(_), _) => Err(wrong_kind("a question", "choice")),
            (Element::Quiz(_), _) => Err(wrong_kind("a quiz", "quiz")),
            (Element::ShortText(_), _) => Err(wrong_kind("a short text", "text")),
            (Element::Number(_), _) => Err(wrong_kind("a number", "number")),
            (Element::FreeAnswer(_), _) => Err(wrong_kind("a free answer", "text")),
        }
    }
}

impl CodeEditor {
    /// The learner's program with the author's fixed files in place of any of the same name.
    fn complete(&self, program: &Program) -> Result<Program, Refusal> {
        let Some(starter) = self.languages.get(&program.language) else {
            let offered: Vec<_> = self.languages.keys().map(ToString::to_string).collect();
            let message = format!("the language is one of {}", offered.join(", "));
            return Err(Refusal::invalid("answer.language", message));
        };
        let mut program = program.clone();
        program.files.extend(starter.fixed.clone());
        program.entry = starter.entry.clone().or(program.entry);
        match program.problems("answer") {
            problems if problems.is_empty() => Ok(program),
            problems => Err(Refusal::Invalid(problems)),
        }
    }
}

fn wrong_kind(what: &str, kind: &str) -> Refusal {
    let message = format!("{what} takes an answer of kind `{kind}`");
    Refusal::invalid("answer.kind", message)
}

fn check_length(text: &str, most: usize) -> Result<(), Refusal> {
    let length = text.len();
    if length > most {
        let message = format!("is at most {most} bytes long, not {length}");
        return Err(Refusal::invalid("answer.text", message));
    }
    Ok(())
}

fn check_number(field: &str, value: &str) -> Result<(), Refusal> {
    if value.len() > NumberQuestion::MAX_BYTES || !NumberCheck::is_number(value) {
        let message = "is a number with `.` before its decimals, such as `-12.5`";
        return Err(Refusal::invalid(field, message));
    }
    Ok(())
}

impl Quiz {
    fn check_answers(&self, answers: &QuizAnswers) -> Result<(), Refusal> {
        let mut problems = Vec::new();
        for (id, answer) in &answers.answers {
            let field = format!("answer.answers.{id}");
            let Some(question) = self.question(id) else {
                problems.push(Problem::new(field, format!("there is no question `{id}`")));
                continue;
            };
            match (&question.ask, answer) {
                (Ask::Choice { options, choose }, QuizAnswer::Choice { selected }) => {
                    let field = format!("{field}.selected");
                    problems.extend(selection_problems(options, *choose, selected, &field));
                }
                (Ask::Text, QuizAnswer::Text { text }) if text.len() > ShortText::MAX_BYTES => {
                    let message = format!("is at most {} bytes long", ShortText::MAX_BYTES);
                    problems.push(Problem::new(format!("{field}.text"), message));
                }
                (Ask::Text, QuizAnswer::Text { .. }) => {}
                (Ask::Number { .. }, QuizAnswer::Number { value }) => {
                    let fits = check_number(&format!("{field}.value"), value);
                    if let Err(Refusal::Invalid(found)) = fits {
                        problems.extend(found);
                    }
                }
                _ => {
                    let message = "is of the kind that the question asks for";
                    problems.push(Problem::new(format!("{field}.kind"), message));
                }
            }
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(problems))
        }
    }
}

fn selection_problems(
    options: &[ChoiceOption],
    choose: Choose,
    selected: &BTreeSet<OptionId>,
    field: &str,
) -> Vec<Problem> {
    let is_known = |id: &&OptionId| options.iter().any(|option| option.id == **id);
    let mut problems: Vec<_> = selected
        .iter()
        .filter(|id| !is_known(id))
        .map(|id| Problem::new(field, format!("there is no option `{id}`")))
        .collect();
    if choose == Choose::One && selected.len() != 1 {
        let message = format!("exactly one option is chosen, not {}", selected.len());
        problems.push(Problem::new(field, message));
    }
    problems
}

impl Mcq {
    fn check_selection(&self, selected: &BTreeSet<OptionId>) -> Result<(), Refusal> {
        let problems = selection_problems(&self.options, self.choose, selected, "answer.selected");
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(problems))
        }
    }
}
