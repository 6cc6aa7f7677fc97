//! One user's answer to one submittable, from its arrival to its grade.

use std::collections::BTreeSet;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{ComponentId, ContentId, OptionId, RegradeId, SubmissionId, UserId};
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
    /// It was judged as far as programs can, and waits for a person to mark the rest.
    AwaitingReview {
        /// Since when.
        at: Timestamp,
    },
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
    /// It was judged as far as programs can; a person has to mark the rest.
    SentToReview {
        /// The submission.
        submission: SubmissionId,
        /// When.
        at: Timestamp,
    },
    /// A person marked it; its grade follows.
    Reviewed {
        /// The submission.
        submission: SubmissionId,
        /// Who marked it.
        by: UserId,
        /// When.
        at: Timestamp,
    },
    /// It was judged again, by a newer version of its content; the grade before is kept in the
    /// regrade.
    Regraded {
        /// The submission.
        submission: SubmissionId,
        /// The regrade.
        regrade: RegradeId,
        /// The version of the content that it is judged by now.
        content_version: Version,
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
            SubmissionEvent::SentToReview { .. }
            | SubmissionEvent::Reviewed { .. }
            | SubmissionEvent::Graded { .. }
            | SubmissionEvent::Regraded { .. }
            | SubmissionEvent::FoundUngradable { .. } => None,
        }
    }

    /// Takes the outcome of judging.
    ///
    /// A report with a system error is our failure: it makes the submission ungradable instead
    /// of giving it a grade. One that a person has to complete sends it to review.
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
        if report.verdict == Verdict::AwaitingReview {
            if let SubmissionStatus::AwaitingReview { .. } = self.status {
                return Err(Refusal::WrongState {
                    what: "submission",
                    state: "waiting for review",
                });
            }
            return Ok(SubmissionEvent::SentToReview {
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

    /// Takes note of who marked it.
    ///
    /// # Errors
    /// [`Refusal::AlreadyGraded`] when it has its grade; [`Refusal::WrongState`] when it does not
    /// wait for a person; [`Refusal::NotAllowed`] to the one who made it.
    pub fn decide_review(&self, by: &UserId, at: Timestamp) -> Result<SubmissionEvent, Refusal> {
        let state = match self.status {
            SubmissionStatus::AwaitingReview { .. } if *by == self.user => {
                let what = "marking one's own answer";
                return Err(Refusal::NotAllowed { what });
            }
            SubmissionStatus::AwaitingReview { .. } => {
                return Ok(SubmissionEvent::Reviewed {
                    submission: self.id,
                    by: by.clone(),
                    at,
                });
            }
            SubmissionStatus::Graded { .. } => return Err(Refusal::AlreadyGraded),
            SubmissionStatus::Pending => "pending",
            SubmissionStatus::Ungradable { .. } => "ungradable",
        };
        Err(Refusal::WrongState {
            what: "submission",
            state,
        })
    }

    /// Takes the outcome of judging it again by a newer version of its content; none when it has
    /// no grade that could change, or the report gives none.
    pub fn decide_regrade(
        &self,
        regrade: RegradeId,
        content_version: Version,
        report: &Report,
        at: Timestamp,
    ) -> Option<SubmissionEvent> {
        let final_verdict = !matches!(
            report.verdict,
            Verdict::SystemError | Verdict::AwaitingReview
        );
        (self.is_graded() && final_verdict).then(|| SubmissionEvent::Regraded {
            submission: self.id,
            regrade,
            content_version,
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
            SubmissionStatus::AwaitingReview { .. } => Err(Refusal::WrongState {
                what: "submission",
                state: "waiting for review",
            }),
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
        match event {
            SubmissionEvent::Received { .. } => Self {
                status: SubmissionStatus::Pending,
                ..self
            },
            SubmissionEvent::SentToReview { at, .. } => Self {
                status: SubmissionStatus::AwaitingReview { at: *at },
                ..self
            },
            SubmissionEvent::Reviewed { .. } => self,
            SubmissionEvent::Graded {
                verdict,
                score,
                fuel,
                at,
                ..
            } => Self {
                status: SubmissionStatus::Graded {
                    verdict: *verdict,
                    score: *score,
                    fuel: *fuel,
                    at: *at,
                },
                ..self
            },
            SubmissionEvent::Regraded {
                content_version,
                verdict,
                score,
                fuel,
                at,
                ..
            } => Self {
                content_version: *content_version,
                status: SubmissionStatus::Graded {
                    verdict: *verdict,
                    score: *score,
                    fuel: *fuel,
                    at: *at,
                },
                ..self
            },
            SubmissionEvent::FoundUngradable { at, .. } => Self {
                status: SubmissionStatus::Ungradable { at: *at },
                ..self
            },
        }
    }

    /// Refuses to judge it when it has its grade or waits for a person.
    ///
    /// # Errors
    /// [`Refusal::AlreadyGraded`] or [`Refusal::WrongState`].
    pub const fn require_ungraded(&self) -> Result<(), Refusal> {
        match self.status {
            SubmissionStatus::Graded { .. } => Err(Refusal::AlreadyGraded),
            SubmissionStatus::AwaitingReview { .. } => Err(Refusal::WrongState {
                what: "submission",
                state: "waiting for review",
            }),
            SubmissionStatus::Pending | SubmissionStatus::Ungradable { .. } => Ok(()),
        }
    }

    /// Whether it was judged.
    pub const fn is_graded(&self) -> bool {
        matches!(self.status, SubmissionStatus::Graded { .. })
    }
}

impl SubmissionEvent {
    /// The submission that it happened to.
    pub const fn submission(&self) -> SubmissionId {
        match self {
            Self::Received { submission } => submission.id,
            Self::SentToReview { submission, .. }
            | Self::Reviewed { submission, .. }
            | Self::Graded { submission, .. }
            | Self::Regraded { submission, .. }
            | Self::FoundUngradable { submission, .. } => *submission,
        }
    }
}
