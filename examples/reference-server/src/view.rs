//! What learners get to see: core's documents without what hidden validators could tell through
//! them, and with the texts rendered.

use std::collections::BTreeMap;

use jiff::Timestamp;
use polycode_core::catalogue::view::{ComponentView, ElementView};
use polycode_core::catalogue::{ContentSummary, ContentView};
use polycode_core::engine::Outcome;
use polycode_core::id::{ComponentId, ContentId, OptionId, SubmissionId};
use polycode_core::judging::{Answer, Feedback, Submission, SubmissionStatus};
use polycode_core::practice::Progress;
use polycode_core::quantity::{Points, Score, Version};
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
    /// How far the caller has come.
    pub progress: Progress,
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
    /// How far the caller has come.
    pub progress: Progress,
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

/// A submission as its learner sees it. The verdict on all validators together, and the fuel
/// that they took, are left out: both would tell how hidden validators ended. The feedback has
/// the verdict that learners may know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionView {
    /// Its id.
    pub id: SubmissionId,
    /// What was answered …
    pub content: ContentId,
    /// … as it was then.
    pub content_version: Version,
    /// The submittable in the content.
    pub component: ComponentId,
    /// When it arrived.
    pub received_at: Timestamp,
    /// How far judging has come.
    pub judging: JudgingState,
}

/// How far the judging of a submission has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum JudgingState {
    /// It waits to be judged.
    Pending,
    /// It was judged.
    Graded {
        /// Whether every validator passed.
        passed: bool,
        /// The share of the mark that was earned.
        score: Score,
        /// When it was judged.
        at: Timestamp,
    },
    /// It could not be judged, for a reason that is not the learner's.
    Ungradable {
        /// When that was found.
        at: Timestamp,
    },
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

/// What came of a submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeView {
    /// The submission.
    pub submission: SubmissionView,
    /// What the learner is told.
    pub feedback: Feedback,
    /// How far the learner has come in the content now.
    pub progress: Progress,
    /// The polypoints that this submission earned.
    pub awarded: Points,
    /// The polypoints that the learner has now.
    pub balance: Points,
}

impl ContentPage {
    pub(crate) fn new(content: ContentView, progress: Progress) -> Self {
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

impl From<Submission> for SubmissionView {
    fn from(submission: Submission) -> Self {
        let judging = match submission.status {
            SubmissionStatus::Graded {
                verdict, score, at, ..
            } => JudgingState::Graded {
                passed: verdict.is_passed(),
                score,
                at,
            },
            SubmissionStatus::Ungradable { at } => JudgingState::Ungradable { at },
            _ => JudgingState::Pending,
        };
        Self {
            id: submission.id,
            content: submission.content,
            content_version: submission.content_version,
            component: submission.component,
            received_at: submission.received_at,
            judging,
        }
    }
}

impl From<Outcome> for OutcomeView {
    fn from(outcome: Outcome) -> Self {
        Self {
            submission: outcome.submission.into(),
            feedback: outcome.feedback,
            progress: outcome.progress,
            awarded: outcome.awarded,
            balance: outcome.balance,
        }
    }
}
