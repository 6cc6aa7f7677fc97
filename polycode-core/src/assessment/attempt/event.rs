//! What happens to attempts, and what it makes of them.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::attempt::{
    Attempt, AttemptStatus, FinishedBy, Grade, OpenedQuestion, Part, Submitted,
};
use crate::id::{AttemptId, ComponentId, ContentId, SeatId, SubmissionId, UserId};
use crate::quantity::{Score, Seconds};

/// What happened to an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum AttemptEvent {
    /// It began.
    Started {
        /// The attempt as it begins.
        attempt: Box<Attempt>,
    },
    /// A question was opened for the first time.
    QuestionOpened {
        /// The attempt.
        attempt: AttemptId,
        /// The question.
        question: ContentId,
        /// When its own time is up, if it has a limit.
        due: Option<Timestamp>,
        /// When.
        at: Timestamp,
    },
    /// An answer was saved, not yet submitted; it is a document written beside the event.
    Saved {
        /// The attempt.
        attempt: AttemptId,
        /// The question.
        question: ContentId,
        /// The submittable.
        component: ComponentId,
        /// How often it was saved or submitted, with this time.
        revision: u32,
        /// When it arrived.
        at: Timestamp,
    },
    /// An answer was submitted; it counts instead of any before.
    Answered {
        /// The attempt.
        attempt: AttemptId,
        /// The question.
        question: ContentId,
        /// The submittable.
        component: ComponentId,
        /// The submission.
        submission: SubmissionId,
        /// How often it was saved or submitted, with this time.
        revision: u32,
        /// When it arrived.
        at: Timestamp,
    },
    /// The network was lost.
    Paused {
        /// The attempt.
        attempt: AttemptId,
        /// When.
        at: Timestamp,
    },
    /// The candidate came back, here or somewhere else.
    Resumed {
        /// The attempt.
        attempt: AttemptId,
        /// Where it goes on.
        seat: SeatId,
        /// How much time was given back.
        given_back: Seconds,
        /// When.
        at: Timestamp,
    },
    /// Its deadline was put off.
    Extended {
        /// The attempt.
        attempt: AttemptId,
        /// By how much.
        extra: Seconds,
        /// Who answers for it.
        by: UserId,
        /// When.
        at: Timestamp,
    },
    /// It ended.
    Finished {
        /// The attempt.
        attempt: AttemptId,
        /// What ended it.
        by: FinishedBy,
        /// When it ended, however late that was noticed.
        at: Timestamp,
    },
    /// An answer that counts was judged, or judged again.
    Marked {
        /// The attempt.
        attempt: AttemptId,
        /// The question.
        question: ContentId,
        /// The submittable.
        component: ComponentId,
        /// The submission.
        submission: SubmissionId,
        /// What it earned.
        score: Score,
    },
    /// It got its grade, or another one.
    Graded {
        /// The attempt.
        attempt: AttemptId,
        /// The grade.
        grade: Grade,
        /// The grade before, when answers were judged again.
        previous: Option<Score>,
        /// When.
        at: Timestamp,
    },
    /// It was called off.
    Cancelled {
        /// The attempt.
        attempt: AttemptId,
        /// When.
        at: Timestamp,
    },
}

impl Attempt {
    /// The attempt that an [`AttemptEvent::Started`] begins; none for any other event.
    pub fn begin(event: &AttemptEvent) -> Option<Self> {
        match event {
            AttemptEvent::Started { attempt } => Some((**attempt).clone()),
            _ => None,
        }
    }

    /// The attempt after an event.
    #[must_use]
    pub fn apply(mut self, event: &AttemptEvent) -> Self {
        match event {
            AttemptEvent::Started { .. } => {}
            AttemptEvent::QuestionOpened {
                question, due, at, ..
            } => {
                let opened = OpenedQuestion {
                    at: *at,
                    due: *due,
                    answered_at: None,
                    parts: std::collections::BTreeMap::new(),
                };
                self.opened.entry(*question).or_insert(opened);
            }
            AttemptEvent::Saved {
                question,
                component,
                revision,
                at,
                ..
            } => {
                self.note_work(*question, *at);
                self.change(*question, component, |part| part.revision = *revision);
            }
            AttemptEvent::Answered {
                question,
                component,
                submission,
                revision,
                at,
                ..
            } => {
                // One that is collected at the end is nothing new.
                if self.part(*question, component).revision < *revision {
                    self.note_work(*question, *at);
                }
                let submitted = Submitted {
                    submission: *submission,
                    revision: *revision,
                    score: None,
                };
                self.change(*question, component, |part| {
                    *part = Part {
                        revision: *revision,
                        submitted: Some(submitted),
                    };
                });
            }
            AttemptEvent::Paused { at, .. } => self.status = AttemptStatus::Paused { since: *at },
            AttemptEvent::Resumed {
                seat, given_back, ..
            } => {
                if let AttemptStatus::Paused { since } = self.status {
                    self.put_off(*given_back, since);
                }
                self.grace_left = self.grace_left.minus(*given_back);
                self.seat = *seat;
                self.status = AttemptStatus::InProgress;
            }
            AttemptEvent::Extended { extra, .. } => {
                self.deadline = self.deadline.map(|deadline| extra.after(deadline));
            }
            AttemptEvent::Finished { by, at, .. } => {
                self.status = AttemptStatus::Finished { at: *at, by: *by };
            }
            AttemptEvent::Marked {
                question,
                component,
                score,
                ..
            } => {
                self.change(*question, component, |part| {
                    if let Some(submitted) = &mut part.submitted {
                        submitted.score = Some(*score);
                    }
                });
            }
            AttemptEvent::Graded { grade, .. } => {
                if let AttemptStatus::Finished { at, by } | AttemptStatus::Graded { at, by, .. } =
                    self.status
                {
                    self.status = AttemptStatus::Graded {
                        at,
                        by,
                        grade: grade.clone(),
                    };
                }
            }
            AttemptEvent::Cancelled { at, .. } => {
                self.status = AttemptStatus::Cancelled { at: *at }
            }
        }
        self
    }

    fn note_work(&mut self, question: ContentId, at: Timestamp) {
        if let Some(opened) = self.opened.get_mut(&question) {
            opened.answered_at = Some(at);
        }
    }

    fn change(
        &mut self,
        question: ContentId,
        component: &ComponentId,
        change: impl FnOnce(&mut Part),
    ) {
        if let Some(opened) = self.opened.get_mut(&question) {
            change(opened.parts.entry(component.clone()).or_default());
        }
    }

    /// Puts off the deadline, and the ends of the questions whose time was not up when the network
    /// was lost: what was over stays over.
    fn put_off(&mut self, given_back: Seconds, lost_at: Timestamp) {
        let later = |end: Timestamp| {
            if end > lost_at {
                given_back.after(end)
            } else {
                end
            }
        };
        self.deadline = self.deadline.map(later);
        for opened in self.opened.values_mut() {
            opened.due = opened.due.map(later);
        }
    }
}
