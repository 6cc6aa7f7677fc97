//! A content as learners see it: without hidden validators and without right options.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::component::{
    CodeEditor, Component, Container, Element, Markdown, Orientation, Starter,
};
use crate::catalogue::content::{Content, ContentKind};
use crate::catalogue::question::{ChoiceOption, Choose, Mcq, QuizQuestion};
use crate::id::{ComponentId, ContentId, LanguageId, Slug, Tag};
use crate::judging::{HiddenTold, Limits, Validator};
use crate::port::Versioned;
use crate::quantity::{Points, Score, Version, Weight};

/// A content in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContentSummary {
    /// Its id.
    pub id: ContentId,
    /// How often it was published.
    pub version: Version,
    /// Its name in addresses.
    pub slug: Slug,
    /// Its title.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// What it is for.
    #[serde(rename = "type")]
    pub kind: ContentKind,
    /// Its keywords.
    pub tags: BTreeSet<Tag>,
    /// What full credit pays.
    pub reward: Points,
}

/// A content as learners see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContentView {
    /// What a list shows of it.
    #[serde(flatten)]
    pub summary: ContentSummary,
    /// The score at which it is passed, in millionths.
    pub pass_mark: Score,
    /// The tree of components.
    pub root: ComponentView,
}

/// A component as learners see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ComponentView {
    /// Its name, unique in the content.
    pub id: ComponentId,
    /// What it is.
    #[serde(flatten)]
    pub element: ElementView,
}

/// What a component is, as learners see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum ElementView {
    /// Other components, laid out.
    Container {
        /// In which direction they follow each other.
        orientation: Orientation,
        /// The components, in order.
        components: Vec<ComponentView>,
    },
    /// Text to read.
    Markdown {
        /// The text, in `CommonMark`; whoever shows it must sanitise it.
        text: String,
    },
    /// A place to write a program.
    CodeEditor {
        /// The languages it may be written in, each with the files to start from.
        languages: BTreeMap<LanguageId, Starter>,
        /// What each run may use.
        limits: Limits,
        /// How much it counts in its content.
        weight: Weight,
        /// The visible validators, with all they expect.
        validators: Vec<Validator>,
        /// Whether there are hidden validators as well.
        has_hidden: bool,
        /// How many hidden validators there are, where the author tells.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hidden_count: Option<u32>,
        /// How often it may be answered; without it, as often as one likes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_attempts: Option<u32>,
    },
    /// A question with options to choose from.
    Mcq {
        /// The question, in `CommonMark`.
        question: String,
        /// What can be chosen.
        options: Vec<ChoiceOption>,
        /// How many options may be chosen.
        choose: Choose,
        /// How much it counts in its content.
        weight: Weight,
        /// How often it may be answered; without it, as often as one likes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_attempts: Option<u32>,
    },
    /// Questions that are answered together.
    Quiz {
        /// What is read first, in `CommonMark`.
        text: String,
        /// The questions, in order.
        questions: Vec<QuizQuestion>,
        /// How much it counts in its content.
        weight: Weight,
    },
    /// A question that is answered by a few words.
    ShortText {
        /// The question, in `CommonMark`.
        question: String,
        /// How much it counts in its content.
        weight: Weight,
    },
    /// A question that is answered by a number.
    Number {
        /// The question, in `CommonMark`.
        question: String,
        /// What it is counted in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
        /// How much it counts in its content.
        weight: Weight,
    },
    /// A question that is answered at any length, and that a person marks.
    FreeAnswer {
        /// The question, in `CommonMark`.
        question: String,
        /// The most bytes that an answer may have.
        max_bytes: u32,
        /// How much it counts in its content.
        weight: Weight,
    },
}

impl From<&Versioned<Content>> for ContentSummary {
    fn from(
        Versioned {
            version,
            value: Content { id, draft },
        }: &Versioned<Content>,
    ) -> Self {
        Self {
            id: *id,
            version: *version,
            slug: draft.slug.clone(),
            name: draft.name.clone(),
            description: draft.description.clone(),
            kind: draft.kind,
            tags: draft.tags.clone(),
            reward: draft.reward,
        }
    }
}

impl From<&Versioned<Content>> for ContentView {
    fn from(content: &Versioned<Content>) -> Self {
        Self {
            summary: ContentSummary::from(content),
            pass_mark: content.value.draft.pass_mark,
            root: ComponentView::from(&content.value.draft.root),
        }
    }
}

impl From<&Component> for ComponentView {
    fn from(component: &Component) -> Self {
        let element = match &component.element {
            Element::Container(Container {
                orientation,
                components,
            }) => ElementView::Container {
                orientation: *orientation,
                components: components.iter().map(Self::from).collect(),
            },
            Element::Markdown(Markdown { text }) => ElementView::Markdown { text: text.clone() },
            Element::CodeEditor(CodeEditor {
                languages,
                limits,
                weight,
                validators,
                rules,
            }) => {
                let (visible, hidden): (Vec<_>, Vec<_>) = validators
                    .iter()
                    .partition(|validator| validator.visibility.is_visible());
                ElementView::CodeEditor {
                    languages: languages.clone(),
                    limits: *limits,
                    weight: *weight,
                    validators: visible.into_iter().cloned().collect(),
                    has_hidden: !hidden.is_empty(),
                    hidden_count: (rules.hidden == HiddenTold::Count)
                        .then(|| u32::try_from(hidden.len()).unwrap_or(u32::MAX)),
                    max_attempts: rules.max_attempts,
                }
            }
            Element::Mcq(Mcq {
                question,
                options,
                choose,
                weight,
                rules,
                ..
            }) => ElementView::Mcq {
                question: question.clone(),
                options: options.clone(),
                choose: *choose,
                weight: *weight,
                max_attempts: rules.max_attempts,
            },
            Element::Quiz(quiz) => ElementView::Quiz {
                text: quiz.text.clone(),
                questions: quiz.questions.clone(),
                weight: quiz.weight,
            },
            Element::ShortText(short) => ElementView::ShortText {
                question: short.question.clone(),
                weight: short.weight,
            },
            Element::Number(number) => ElementView::Number {
                question: number.question.clone(),
                unit: number.unit.clone(),
                weight: number.weight,
            },
            Element::FreeAnswer(free) => ElementView::FreeAnswer {
                question: free.question.clone(),
                max_bytes: free.max_bytes,
                weight: free.weight,
            },
        };
        Self {
            id: component.id.clone(),
            element,
        }
    }
}
