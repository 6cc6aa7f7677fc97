//! Judging a stored submission and booking what it earns, exactly once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::Content;
use crate::engine::{Engine, EngineError};
use crate::event::Event;
use crate::id::{EntryId, SubmissionId};
use crate::judging::submission::SubmissionEvent;
use crate::judging::{Feedback, Report, Scheme, Submission, SubmissionView};
use crate::polypoints::{Account, Entry, EntryReason, Wallet};
use crate::port::{Commit, CommitError, Permanence, PortError, SandboxError, Versioned, Write};
use crate::practice::{Progress, ProgressEvent};
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
    /// The polypoints that this submission earned.
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
    /// [`EngineError::Refused`] when there is no such submission or it is graded already;
    /// [`EngineError::Sandbox`] when it can't be judged now: the submission stays pending if
    /// that may pass, and becomes ungradable, until it is graded again, if not;
    /// [`EngineError::Store`] when the store failed.
    pub async fn grade(&self, id: SubmissionId) -> Result<Outcome, EngineError> {
        let submission = self.load_submission(id).await?;
        if submission.value.is_graded() {
            return Err(Refusal::AlreadyGraded.into());
        }
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

    async fn report_on(
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
        for _ in 0..Self::TRIES {
            let (commit, outcome) = self.decide_booking(id, content, report).await?;
            match self.store.commit(commit).await {
                Ok(()) => return outcome.ok_or_else(|| our_failure().into()),
                Err(CommitError::Port(error)) => return Err(error.into()),
                Err(CommitError::Conflict { .. } | CommitError::Duplicate { .. }) => {}
            }
        }
        Err(EngineError::Contended)
    }

    async fn decide_booking(
        &self,
        id: SubmissionId,
        content: &Content,
        report: &Report,
    ) -> Result<(Commit, Option<Outcome>), EngineError> {
        let Versioned {
            version,
            value: submission,
        } = self.load_submission(id).await?;
        let event = submission.decide_grade(report, self.clock.now())?;
        let submission = submission.apply(&event);
        let mut writes = vec![
            Write::Submission {
                expected: Some(version),
                submission: submission.clone(),
            },
            Write::Report {
                submission: id,
                report: Box::new(report.clone()),
            },
        ];
        let SubmissionEvent::Graded { score, .. } = &event else {
            let commit = Commit {
                writes,
                events: self.record([event.into()]),
            };
            return Ok((commit, None));
        };

        let progress = self
            .store
            .progress(&submission.user, submission.content)
            .await?;
        let (expected, progress) = split(progress, || {
            Progress::new(submission.user.clone(), submission.content)
        });
        let advances = progress.decide(
            &content.draft.goal(),
            &submission.component,
            *score,
            self.clock.now(),
        );
        let progress = advances.iter().fold(progress, Progress::apply);
        if !advances.is_empty() {
            writes.push(Write::Progress {
                expected,
                progress: progress.clone(),
            });
        }

        let wallet = self.store.wallet(&submission.user).await?;
        let (expected, wallet) = split(wallet, || Wallet::new(submission.user.clone()));
        let entries: Vec<_> = advances
            .iter()
            .filter_map(|event| self.award(event))
            .collect();
        let credits: Vec<_> = entries
            .iter()
            .filter_map(|entry| wallet.decide(entry))
            .collect();
        let wallet = credits.iter().fold(wallet, Wallet::apply);
        if !credits.is_empty() {
            writes.push(Write::Wallet {
                expected,
                wallet: wallet.clone(),
            });
        }
        let awarded = Points(entries.iter().map(|entry| entry.points.0).sum());
        writes.extend(entries.into_iter().map(Write::Entry));

        let events = std::iter::once(Event::from(event))
            .chain(advances.into_iter().map(Event::from))
            .chain(credits.into_iter().map(Event::from));
        let commit = Commit {
            writes,
            events: self.record(events),
        };
        let feedback = Feedback::from(report);
        let balance = wallet.balance;
        Ok((
            commit,
            Some(Outcome {
                submission: submission.into(),
                feedback,
                progress,
                awarded,
                balance,
            }),
        ))
    }

    /// The line of the ledger that a reward asks for.
    fn award(&self, event: &ProgressEvent) -> Option<Entry> {
        let ProgressEvent::Rewarded {
            user,
            content,
            points,
            total,
        } = event
        else {
            return None;
        };
        let (user, content, total) = (user.clone(), *content, *total);
        Some(Entry {
            id: EntryId(self.ids.next()),
            debit: Account::Mint,
            credit: Account::Wallet { user: user.clone() },
            points: *points,
            reason: EntryReason::Award {
                user,
                content,
                total,
            },
            at: self.clock.now(),
        })
    }

    /// Notes that a submission can't be judged until somebody mends something of ours.
    async fn give_up(&self, id: SubmissionId) -> Result<(), EngineError> {
        let Versioned {
            version,
            value: submission,
        } = self.load_submission(id).await?;
        let event = submission.decide_ungradable(self.clock.now())?;
        let submission = submission.apply(&event);
        let writes = vec![Write::Submission {
            expected: Some(version),
            submission,
        }];
        match self
            .store
            .commit(Commit {
                writes,
                events: self.record([event.into()]),
            })
            .await
        {
            // Somebody else graded it or gave it up first: nothing is left to note.
            Ok(()) | Err(CommitError::Conflict { .. } | CommitError::Duplicate { .. }) => Ok(()),
            Err(CommitError::Port(error)) => Err(error.into()),
        }
    }

    pub(super) async fn load_submission(
        &self,
        id: SubmissionId,
    ) -> Result<Versioned<Submission>, EngineError> {
        let submission = self.store.submission(id).await?;
        Ok(submission.ok_or_else(|| Refusal::NotFound {
            what: "submission",
            id: id.to_string(),
        })?)
    }

    async fn content_judged(&self, submission: &Submission) -> Result<Content, EngineError> {
        let version = submission.content_version;
        let content = self.store.content_at(submission.content, version).await?;
        Ok(content.ok_or_else(|| lost("content", submission.id))?)
    }
}

fn split<T>(
    stored: Option<Versioned<T>>,
    new: impl FnOnce() -> T,
) -> (Option<crate::quantity::Version>, T) {
    match stored {
        Some(Versioned { version, value }) => (Some(version), value),
        None => (None, new()),
    }
}

fn lost(what: &str, submission: SubmissionId) -> PortError {
    PortError::permanent(format!(
        "the {what} of submission `{submission}` is not in the store"
    ))
}

fn our_failure() -> SandboxError {
    PortError::permanent("a validator failed for a reason that is not the learner's").into()
}
