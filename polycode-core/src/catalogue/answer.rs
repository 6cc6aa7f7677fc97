//! Whether an answer fits the component it is given to.

use std::collections::BTreeSet;

use crate::catalogue::component::{Choose, CodeEditor, Component, Element, Mcq};
use crate::id::OptionId;
use crate::judging::{Answer, Program};
use crate::refusal::{Problem, Refusal};

/// What is judged of an answer: it fits its component, and has the component's own files in it.
#[derive(Debug, Clone, PartialEq)]
pub enum FittingAnswer<'a> {
    /// A program for a code editor.
    Program(&'a CodeEditor, Program),
    /// Options of a question.
    Options(&'a Mcq, &'a BTreeSet<OptionId>),
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
            (Element::CodeEditor(_), Answer::Choice(_)) => Err(Refusal::invalid(
                "answer.kind",
                "a code editor takes an answer of kind `code`",
            )),
            (Element::Mcq(_), Answer::Code(_)) => Err(Refusal::invalid(
                "answer.kind",
                "a question takes an answer of kind `choice`",
            )),
            (Element::Container(_) | Element::Markdown(_), _) => Err(Refusal::invalid(
                "component",
                "the component takes no answers",
            )),
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

impl Mcq {
    fn check_selection(&self, selected: &BTreeSet<OptionId>) -> Result<(), Refusal> {
        let is_known = |id: &&OptionId| self.options.iter().any(|option| option.id == **id);
        let mut problems: Vec<_> = selected
            .iter()
            .filter(|id| !is_known(id))
            .map(|id| Problem::new("answer.selected", format!("there is no option `{id}`")))
            .collect();
        if self.choose == Choose::One && selected.len() != 1 {
            let message = format!("exactly one option is chosen, not {}", selected.len());
            problems.push(Problem::new("answer.selected", message));
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(problems))
        }
    }
}
