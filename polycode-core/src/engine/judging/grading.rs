//! Judging a stored submission and booking what it earns, exactly once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::Content;
use crate::engine::changes::Changes;
use crate::engine::practice::booking::{Booked, split};
use crate::engine::{Engine, EngineError};
use crate::id::SubmissionId;
use crate::judging::submission::SubmissionEvent;
use crate::judging::{Feedback, Report, Scheme, Submission, SubmissionView};
use crate::polypoints::Wallet;
use crate::port::{CommitError, Permanence, PortError, SandboxError, Versioned, Write};
use crate::practice::{Goal, Progress};
use crate::quantity::Points;
use crate::refusal::Refusal;

/// What came of a submission, as its learner may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The submission and its grade.
    pub submission: SubmissionView,
    /// What the learner is told.
    pub feedback: Feedback,
    /// How far the learner has come in the content now.
    pub progress: Progress,
    /// The polypoints that this submission earned now: none when it was judged before.
    pub awarded: Points,
    /// The polypoints that the learner has now.
    pub balance: Points,
}

impl Engine {
    /// Judges a stored submission and commits its grade, the progress it makes, the polypoints
    /// it earns and their events, together or not at all.
    ///
    /// May be called again for the same submission, also at the same time: it is graded once.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when there is no such submission, it is graded already, or it
    /// waits for a person;
    /// [`EngineError::Sandbox`] when it can't be judged now: the submission stays pending if
    /// that may pass, and becomes ungradable, until it is graded again, if not;
    /// [`EngineError::Store`] when the store failed.
    pub async fn grade(&self, id: SubmissionId) -> Result<Outcome, EngineError> {
        let submission = self.load_submission(id).await?;
        submission.value.require_ungraded()?;
        let content = self.content_judged(&submission.value).await?;
        match self.report_on(&submission.value, &content).await {
            Ok(report) => self.book(id, &content, &report).await,
            Err(EngineError::Sandbox(error)) if error.permanence() == Permanence::Permanent => {
                self.give_up(id).await?;
                Err(error.into())
            }
            Err(error) => Err(error),
        }
    }

    /// Grades submissions that were received but not judged, as after a crash; returns how many
    /// were graded. Each is tried once; those that can't be judged now stay as they are.
    ///
    /// # Errors
    /// [`EngineError::Store`] when the store failed.
    pub async fn grade_pending(&self, limit: u32) -> Result<u32, EngineError> {
        let mut graded = 0;
        for id in self.store.pending(limit).await? {
            match self.grade(id).await {
                Ok(_) => graded += 1,
                Err(EngineError::Store(error)) => return Err(error.into()),
                Err(_) => {}
            }
        }
        Ok(graded)
    }

    pub(in crate::engine) async fn report_on(
        &self,
        submission: &Submission,
        content: &Content,
    ) -> Result<Report, EngineError> {
        let answer = self.store.answer(submission.id).await?;
        let answer = answer.ok_or_else(|| lost("answer", submission.id))?;
        let component = content.component_of(&submission.component)?;
        let scheme = component
            .submittable()
            .map_or(Scheme::ungrouped(&[]), |part| part.scheme());
        self.judge(&component.fit(&answer)?, scheme).await
    }

    /// Books a report: decides on what is stored now, and again if others wrote meanwhile.
    async fn book(
        &self,
        id: SubmissionId,
        content: &Content,
        report: &Report,
    ) -> Result<Outcome, EngineError> {
        let goal = content.draft.goal();
        for _ in 0..Self::TRIES {
            let mut changes = Changes::default();
            let submission = self.load_submission(id).await?;
            let (submission, booked) = self
                .book_report(&mut changes, submission, &goal, report)
                .await?;
            match self.store.commit(changes.into_commit(self)).await {
                Ok(()) => {
                    let Booked {
                        progress,
                        awarded,
                        balance,
                    } = booked.ok_or_else(our_failure)?;
                    return Ok(Outcome {
                        submission: submission.into(),
                        feedback: Feedback::from(report),
                        progress,
                        awarded,
                        balance,
                    });
                }
                Err(CommitError::Port(error)) => return Err(error.into()),
                Err(CommitError::Conflict { .. } | CommitError::Duplicate { .. }) => {}
            }
        }
        Err(EngineError::Contended)
    }

    /// What came of a submission that was judged before, as it stands now.
    pub(super) async fn judged_before(&self, id: SubmissionId) -> Result<Outcome, EngineError> {
        let submission = self.load_submission(id).await?.value;
        let (user, content) = (&submission.user, submission.content);
        let feedback = self.feedback_on(id).await?;
        let feedback = feedback.ok_or_else(|| lost("report", id))?;
        let progress = self.store.progress(user, content).await?;
        let (_, progress) = split(progress, || Progress::new(user.clone(), content));
        let wallet = self.store.wallet(user).await?;
        let (_, wallet) = split(wallet, || Wallet::new(user.clone()));
        Ok(Outcome {
            submission: submission.into(),
            feedback,
            progress,
            awarded: Points(0),
            balance: wallet.balance,
        })
    }

    /// Notes what a report makes of a submission and what that earns; nothing is booked when we
    /// failed to judge it.
    pub(in crate::engine) async fn book_report(
        &self,
        changes: &mut Changes,
        Versioned {
            version,
            value: submission,
        }: Versioned<Submission>,
        goal: &Goal,
        report: &Report,
    ) -> Result<(Submission, Option<Booked>), EngineError> {
        let event = submission.decide_grade(report, self.clock.now())?;
        let submission = submission.apply(&event);
        changes.write(Write::Submission {
            expected: Some(version),
            submission: submission.clone(),
        });
        changes.write(Write::Report {
            submission: submission.id,
            report: Box::new(report.clone()),
        });
        self.recount_attempt(changes, &submission).await?;
        self.note_review_task(changes, &submission).await?;
        let score = match &event {
            SubmissionEvent::Graded { score, .. } => Some(*score),
            _ => None,
        };
        let failed = matches!(event, SubmissionEvent::FoundUngradable { .. });
        changes.event(event);
        if failed {
            return Ok((submission, None));
        }
        let booked = self.book_score(changes, &submission, goal, score).await?;
        Ok((submission, Some(booked)))
    }

    /// Notes that a submission can't be judged until somebody mends something of ours.
    async fn give_up(&self, id: SubmissionId) -> Result<(), EngineError> {
        let Versioned {
            version,
            value: submission,
        } = self.load_submission(id).await?;
        let event = submission.decide_ungradable(self.clock.now())?;
        let submission = submission.apply(&event);
        let mut changes = Changes::default();
        self.recount_attempt(&mut changes, &submission).await?;
        changes.write(Write::Submission {
            expected: Some(version),
            submission,
        });
        changes.event(event);
        match self.store.commit(changes.into_commit(self)).await {
            // Somebody else graded it or gave it up first: nothing is left to note.
            Ok(()) | Err(CommitError::Conflict { .. } | CommitError::Duplicate { .. }) => Ok(()),
            Err(CommitError::Port(error)) => Err(error.into()),
        }
    }

    pub(in crate::engine) async fn load_submission(
        &self,
        id: SubmissionId,
    ) -> Result<Versioned<Submission>, EngineError> {
        let submission = self.store.submission(id).await?;
        Ok(submission.ok_or_else(|| Refusal::NotFound {
            what: "submission",
            id: id.to_string(),
        })?)
    }

    pub(in crate::engine) async fn content_judged(
        &self,
        submission: &Submission,
    ) -> Result<Content, EngineError> {
        let version = submission.content_version;
        let content = self.store.content_at(submission.content, version).await?;
        Ok(content.ok_or_else(|| lost("content", submission.id))?)
    }
}

pub(in crate::engine) fn lost(what: &str, submission: SubmissionId) -> PortError {
    PortError::permanent(format!(
        "the {what} of submission `{submission}` is not in the store"
    ))
}

fn our_failure() -> SandboxError {
    PortError::permanent("a validator failed for a reason that is not the learner's").into()
}
