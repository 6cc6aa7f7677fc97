//! What learners get to see: core's views with the texts rendered.

use std::collections::BTreeMap;

use polycode_core::catalogue::view::{ComponentView, ElementView};
use polycode_core::catalogue::{ContentSummary, ContentView};
use polycode_core::id::{ComponentId, OptionId};
use polycode_core::judging::{Answer, Feedback, SubmissionView};
use polycode_core::practice::Progress;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::markdown;

/// A content in a list, and how far the caller has come in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContentEntry {
    /// What there is to know of the content.
    #[serde(flatten)]
    pub summary: ContentSummary,
    /// How far the caller has come; none for somebody who is nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<Progress>,
}

/// A content to work on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContentPage {
    /// The content, without hidden validators and without right options.
    #[serde(flatten)]
    pub content: ContentView,
    /// The markdown of its components as HTML that is safe to show.
    pub html: BTreeMap<ComponentId, Html>,
    /// How far the caller has come; none for somebody who is nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<Progress>,
}

/// The markdown of a component as HTML that is safe to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Html {
    /// Its text or question.
    pub text: String,
    /// Its options, where it has some.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<OptionId, String>,
}

/// A submission with everything its learner may know of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionDetails {
    /// The submission.
    pub submission: SubmissionView,
    /// What was answered.
    pub answer: Answer,
    /// What the learner is told, once it is judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback: Option<Feedback>,
}

impl ContentPage {
    pub(crate) fn new(content: ContentView, progress: Option<Progress>) -> Self {
        let mut html = BTreeMap::new();
        render_all(&content.root, &mut html);
        Self {
            content,
            html,
            progress,
        }
    }
}

fn render_all(component: &ComponentView, html: &mut BTreeMap<ComponentId, Html>) {
    let (text, options) = match &component.element {
        ElementView::Container { components, .. } => {
            for inner in components {
                render_all(inner, html);
            }
            return;
        }
        ElementView::Markdown { text } => (text, &[][..]),
        ElementView::Mcq {
            question, options, ..
        } => (question, options.as_slice()),
        _ => return,
    };
    let options = options
        .iter()
        .map(|option| (option.id.clone(), markdown::render(&option.text)));
    let rendered = Html {
        text: markdown::render(text),
        options: options.collect(),
    };
    html.insert(component.id.clone(), rendered);
}
