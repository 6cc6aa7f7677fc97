//! One user's answer to one submittable, from its arrival to its grade.

use std::collections::BTreeSet;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{ComponentId, ContentId, OptionId, SubmissionId, UserId};
use crate::judging::{Program, QuizAnswers, Report, Verdict, Words, WrittenNumber};
use crate::quantity::{Fuel, Score, Version};
use crate::refusal::Refusal;

/// What a user answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Answer {
    /// A program, for a code editor.
    Code(Program),
    /// Chosen options, for a multiple-choice question.
    Choice(Selection),
    /// Words, for a short text or a free answer.
    Text(Words),
    /// A number, for a question that asks for one.
    Number(WrittenNumber),
    /// Answers to the questions of a quiz.
    Quiz(QuizAnswers),
}

/// The options that a user chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Selection {
    /// The chosen options.
    pub selected: BTreeSet<OptionId>,
}

/// The life of a submission. The answer and the report are documents stored beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Submission {
    /// Its id.
    pub id: SubmissionId,
    /// Who answered.
    pub user: UserId,
    /// What was answered …
    pub content: ContentId,
    /// … as it was then: the submission is judged by this version, however the content is edited.
    pub content_version: Version,
    /// The submittable in the content.
    pub component: ComponentId,
    /// When it arrived.
    pub received_at: Timestamp,
    /// How far it has come.
    pub status: SubmissionStatus,
}

/// How far a submission has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum SubmissionStatus {
    /// It waits to be judged.
    Pending,
    /// It was judged.
    Graded {
        /// The opinion on the whole.
        verdict: Verdict,
        /// The share of the mark that was earned.
        score: Score,
        /// All the work of judging it.
        fuel: Fuel,
        /// When it was judged.
        at: Timestamp,
    },
    /// We could not judge it, for a reason of ours; it costs no attempt and can be graded later.
    Ungradable {
        /// When that was found.
        at: Timestamp,
    },
}

/// What happened to a submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum SubmissionEvent {
    /// It arrived.
    Received {
        /// The submission as it begins its life.
        submission: Submission,
    },
    /// It was judged.
    Graded {
        /// The submission.
        submission: SubmissionId,
        /// The opinion on the whole.
        verdict: Verdict,
        /// The share of the mark that was earned.
        score: Score,
        /// All the work of judging it.
        fuel: Fuel,
        /// When it was judged.
        at: Timestamp,
    },
    /// We could not judge it.
    FoundUngradable {
        /// The submission.
        submission: SubmissionId,
        /// When that was found.
        at: Timestamp,
    },
}

impl Submission {
    /// The submission that a [`SubmissionEvent::Received`] begins; none for any other event.
    pub fn begin(event: &SubmissionEvent) -> Option<Self> {
        match event {
            SubmissionEvent::Received { submission } => Some(submission.clone()),
            SubmissionEvent::Graded { .. } | SubmissionEvent::FoundUngradable { .. } => None,
        }
    }

    /// Takes the outcome of judging.
    ///
    /// A report with a system error is our failure: it makes the submission ungradable instead
    /// of giving it a grade.
    ///
    /// # Errors
    /// [`Refusal::AlreadyGraded`] when it has its grade.
    pub fn decide_grade(&self, report: &Report, at: Timestamp) -> Result<SubmissionEvent, Refusal> {
        if let SubmissionStatus::Graded { .. } = self.status {
            return Err(Refusal::AlreadyGraded);
        }
        let failed =
            |judgement: &crate::judging::Judgement| judgement.verdict == Verdict::SystemError;
        if report.judgements.iter().any(failed) {
            return Ok(SubmissionEvent::FoundUngradable {
                submission: self.id,
                at,
            });
        }
        Ok(SubmissionEvent::Graded {
            submission: self.id,
            verdict: report.verdict,
            score: report.score,
            fuel: report.fuel(),
            at,
        })
    }

    /// Takes note that judging failed for a reason of ours that will not pass by itself.
    ///
    /// # Errors
    /// [`Refusal::AlreadyGraded`] when it has its grade.
    pub fn decide_ungradable(&self, at: Timestamp) -> Result<SubmissionEvent, Refusal> {
        match self.status {
            SubmissionStatus::Graded { .. } => Err(Refusal::AlreadyGraded),
            SubmissionStatus::Pending | SubmissionStatus::Ungradable { .. } => {
                Ok(SubmissionEvent::FoundUngradable {
                    submission: self.id,
                    at,
                })
            }
        }
    }

    /// The submission after an event.
    #[must_use]
    pub fn apply(self, event: &SubmissionEvent) -> Self {
        let status = match event {
            SubmissionEvent::Received { .. } => SubmissionStatus::Pending,
            SubmissionEvent::Graded {
                verdict,
                score,
                fuel,
                at,
                ..
            } => SubmissionStatus::Graded {
                verdict: *verdict,
                score: *score,
                fuel: *fuel,
                at: *at,
            },
            SubmissionEvent::FoundUngradable { at, .. } => SubmissionStatus::Ungradable { at: *at },
        };
        Self { status, ..self }
    }

    /// Whether it was judged.
    pub const fn is_graded(&self) -> bool {
        matches!(self.status, SubmissionStatus::Graded { .. })
    }
}
