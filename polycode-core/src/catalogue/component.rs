//! The nodes of a content: what is shown, and what takes an answer.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::question::{FreeAnswer, Mcq, NumberQuestion, Quiz, ShortText};
use crate::id::{ComponentId, LanguageId};
use crate::judging::{FileName, JudgingRules, Limits, Scheme, SourceFiles, Validator};
use crate::quantity::Weight;

/// A node of a content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Component {
    /// Its name, unique in the content.
    pub id: ComponentId,
    /// What it is.
    #[serde(flatten)]
    pub element: Element,
}

/// What a component is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Element {
    /// Other components, laid out.
    Container(Container),
    /// Text to read.
    Markdown(Markdown),
    /// A place to write a program; takes an answer.
    CodeEditor(CodeEditor),
    /// A question with options to choose from; takes an answer.
    Mcq(Mcq),
    /// Questions that are answered together; takes an answer.
    Quiz(Quiz),
    /// A question that is answered by a few words; takes an answer.
    ShortText(ShortText),
    /// A question that is answered by a number; takes an answer.
    Number(NumberQuestion),
    /// A question that is answered at any length, and that a person marks; takes an answer.
    FreeAnswer(FreeAnswer),
}

/// Other components, laid out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Container {
    /// In which direction they follow each other.
    #[serde(default)]
    pub orientation: Orientation,
    /// The components, in order.
    pub components: Vec<Component>,
}

/// In which direction components follow each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// From top to bottom.
    #[default]
    Vertical,
    /// Side by side.
    Horizontal,
}

/// Text to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Markdown {
    /// The text, in `CommonMark`; whoever shows it must sanitise it.
    pub text: String,
}

/// A place to write a program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CodeEditor {
    /// The languages it may be written in, each with the files a learner starts from.
    pub languages: BTreeMap<LanguageId, Starter>,
    /// What each run may use.
    #[serde(default)]
    pub limits: Limits,
    /// How much the component counts in its content.
    #[serde(default)]
    pub weight: Weight,
    /// What is expected.
    pub validators: Vec<Validator>,
    /// How it is judged.
    #[serde(default, skip_serializing_if = "JudgingRules::is_usual")]
    pub rules: JudgingRules,
}

/// What a learner starts from in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Starter {
    /// The files the editor opens with.
    #[serde(default)]
    pub files: SourceFiles,
    /// Files that are part of every program and that a learner can't change.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fixed: SourceFiles,
    /// The file that is run; without it the language's usual one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<FileName>,
}

impl Component {
    /// The component and everything inside it, outermost first.
    pub fn walk(&self) -> impl Iterator<Item = &Self> {
        let mut left = vec![self];
        std::iter::from_fn(move || {
            let component = left.pop()?;
            if let Element::Container(container) = &component.element {
                left.extend(container.components.iter().rev());
            }
            Some(component)
        })
    }

    /// What an answer to the component is checked against, if it takes answers.
    pub fn submittable(&self) -> Option<Submittable<'_>> {
        let (weight, validators, rules) = match &self.element {
            Element::CodeEditor(of) => (of.weight, &of.validators, &of.rules),
            Element::Mcq(of) => (of.weight, &of.validators, &of.rules),
            Element::Quiz(of) => (of.weight, &of.validators, &of.rules),
            Element::ShortText(of) => (of.weight, &of.validators, &of.rules),
            Element::Number(of) => (of.weight, &of.validators, &of.rules),
            Element::FreeAnswer(of) => (of.weight, &of.validators, &of.rules),
            Element::Container(_) | Element::Markdown(_) => return None,
        };
        Some(Submittable {
            id: &self.id,
            weight,
            validators,
            rules,
        })
    }
}

/// The part that all components that take answers have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Submittable<'a> {
    /// The component.
    pub id: &'a ComponentId,
    /// How much it counts in its content.
    pub weight: Weight,
    /// What is expected.
    pub validators: &'a [Validator],
    /// How it is judged.
    pub rules: &'a JudgingRules,
}

impl<'a> Submittable<'a> {
    /// What an answer is judged by.
    pub fn scheme(&self) -> Scheme<'a> {
        Scheme {
            validators: self.validators,
            groups: &self.rules.groups,
            hidden: self.rules.hidden,
        }
    }
}
