//! The rules that a content must keep to be published.

mod question;

use std::collections::BTreeSet;

use crate::catalogue::component::{CodeEditor, Component, Element};
use crate::catalogue::content::ContentDraft;
use crate::catalogue::question::{ChoiceOption, Choose, Mcq};
use crate::id::OptionId;
use crate::judging::{Check, Program, Validator};
use crate::refusal::{Problem, Refusal};

pub(super) const MAX_REWARD: u64 = 1_000_000;
const MAX_COMPONENTS: usize = 500;
const MAX_DEPTH: usize = 20;
const MAX_VALIDATORS: usize = 1_000;

impl ContentDraft {
    /// Checks every rule of a content.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that is broken.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut findings = Findings::default();
        findings.text("name", &self.name, 1, 200);
        findings.text("description", &self.description, 0, 2_000);
        findings.require(self.reward.0 <= MAX_REWARD, "reward", || {
            format!("a reward is at most {MAX_REWARD}, not {}", self.reward)
        });
        // The depth is checked first: it is what bounds the walks that follow.
        if depth(&self.root) > MAX_DEPTH {
            findings.add(
                "root",
                format!("components are nested at most {MAX_DEPTH} deep"),
            );
            return findings.into_result();
        }
        let count = self.components().count();
        findings.require(count <= MAX_COMPONENTS, "root", || {
            format!("a content has at most {MAX_COMPONENTS} components, not {count}")
        });
        let mut ids = BTreeSet::new();
        for component in self.components() {
            let field = format!("component {}", component.id);
            findings.require(ids.insert(&component.id), &field, || {
                "the id is taken by another component".to_owned()
            });
            component.check(&field, &mut findings);
        }
        let mut parts = self.submittables().peekable();
        let weightless = parts.peek().is_some() && parts.all(|part| part.weight.get() == 0);
        findings.require(!weightless, "root", || {
            "at least one component that takes answers has a weight above 0".to_owned()
        });
        findings.into_result()
    }
}

impl Component {
    fn check(&self, field: &str, findings: &mut Findings) {
        match &self.element {
            Element::Container(_) => {}
            Element::Markdown(markdown) => {
                findings.text(&format!("{field}.text"), &markdown.text, 0, 200_000);
            }
            Element::CodeEditor(editor) => editor.check(field, findings),
            Element::Mcq(mcq) => mcq.check(field, findings),
            Element::Quiz(quiz) => quiz.check(field, findings),
            Element::ShortText(short) => short.check(field, findings),
            Element::Number(number) => number.check(field, findings),
            Element::FreeAnswer(free) => free.check(field, findings),
        }
    }
}

impl CodeEditor {
    fn check(&self, field: &str, findings: &mut Findings) {
        findings.require(
            !self.languages.is_empty(),
            &format!("{field}.languages"),
            || "a code editor offers at least one language".to_owned(),
        );
        findings
            .0
            .extend(self.limits.problems(&format!("{field}.limits")));
        for (language, starter) in &self.languages {
            let mut files = starter.files.clone();
            files.extend(starter.fixed.clone());
            let entry = starter.entry.clone();
            if !files.is_empty() || entry.is_some() {
                let program = Program {
                    language: language.clone(),
                    files,
                    entry,
                };
                findings
                    .0
                    .extend(program.problems(&format!("{field}.languages.{language}")));
            }
        }
        findings.validators(field, &self.validators);
        findings
            .0
            .extend(self.rules.problems(field, &self.validators));
        for (index, validator) in self.validators.iter().enumerate() {
            let field = format!("{field}.validators[{index}].kind");
            findings.require(validator.judges_code() || validator.is_manual(), &field, || {
                "a code editor's validators judge code (`output` or `function`), or are `manual`"
                    .to_owned()
            });
        }
    }
}

impl Mcq {
    fn check(&self, field: &str, findings: &mut Findings) {
        findings.text(&format!("{field}.question"), &self.question, 1, 20_000);
        findings.options(field, &self.options);
        findings.validators(field, &self.validators);
        findings
            .0
            .extend(self.rules.problems(field, &self.validators));
        for (index, validator) in self.validators.iter().enumerate() {
            let field = format!("{field}.validators[{index}]");
            let Check::Choice(check) = &validator.check else {
                findings.add(
                    format!("{field}.kind"),
                    "a question's validators are of kind `choice`",
                );
                continue;
            };
            let field = format!("{field}.correct");
            findings.correct(&field, &check.correct, &self.options, self.choose);
        }
    }
}

fn depth(component: &Component) -> usize {
    let mut deepest = 0;
    let mut left = vec![(component, 1)];
    while let Some((component, depth)) = left.pop() {
        deepest = deepest.max(depth);
        if let Element::Container(container) = &component.element {
            left.extend(container.components.iter().map(|child| (child, depth + 1)));
        }
    }
    deepest
}

#[derive(Debug, Default)]
pub(super) struct Findings(pub(super) Vec<Problem>);

impl Findings {
    pub(super) fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(Problem::new(field, message));
    }

    pub(super) fn require(&mut self, holds: bool, field: &str, message: impl FnOnce() -> String) {
        if !holds {
            self.add(field, message());
        }
    }

    pub(super) fn text(&mut self, field: &str, text: &str, min: usize, max: usize) {
        let length = text.len();
        self.require((min..=max).contains(&length), field, || {
            format!("is {min} to {max} bytes long, not {length}")
        });
    }

    /// What can be chosen.
    fn options(&mut self, field: &str, options: &[ChoiceOption]) {
        let count = options.len();
        self.require(
            (2..=50).contains(&count),
            &format!("{field}.options"),
            || format!("a question has 2 to 50 options, not {count}"),
        );
        let mut ids = BTreeSet::new();
        for (index, option) in options.iter().enumerate() {
            let field = format!("{field}.options[{index}]");
            self.require(ids.insert(&option.id), &field, || {
                format!("the id `{}` is taken by another option", option.id)
            });
            self.text(&format!("{field}.text"), &option.text, 1, 20_000);
        }
    }

    /// What is right of what can be chosen.
    fn correct(
        &mut self,
        field: &str,
        correct: &BTreeSet<OptionId>,
        options: &[ChoiceOption],
        choose: Choose,
    ) {
        let is_known = |id: &OptionId| options.iter().any(|option| option.id == *id);
        for id in correct.iter().filter(|id| !is_known(id)) {
            self.add(field, format!("there is no option `{id}`"));
        }
        let fits = choose == Choose::Many || correct.len() == 1;
        self.require(fits, field, || {
            "where one option is chosen, exactly one is right".to_owned()
        });
    }

    pub(super) fn validators(&mut self, field: &str, validators: &[Validator]) {
        let count = validators.len();
        self.require(
            (1..=MAX_VALIDATORS).contains(&count),
            &format!("{field}.validators"),
            || format!("is 1 to {MAX_VALIDATORS} validators, not {count}"),
        );
        let weightless = count > 0 && validators.iter().all(|v| !v.is_weighty());
        self.require(!weightless, &format!("{field}.validators"), || {
            "at least one weight is above 0".to_owned()
        });
        let mut ids = BTreeSet::new();
        for (index, validator) in validators.iter().enumerate() {
            let field = format!("{field}.validators[{index}]");
            self.require(ids.insert(&validator.id), &format!("{field}.id"), || {
                format!("the id `{}` is taken by another validator", validator.id)
            });
            self.0.extend(validator.problems(&field));
        }
    }

    pub(super) fn into_result(self) -> Result<(), Refusal> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(self.0))
        }
    }
}

#[cfg(test)]
mod tests;
