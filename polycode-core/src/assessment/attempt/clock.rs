//! How the time of an attempt runs and ends.
//!
//! - The clock of the test runs from the start, that of a question from when it is first opened,
//!   and neither ever stops: leaving, coming back and changing the device change nothing.
//! - When the host notices that the network is lost, it pauses the attempt. Nothing can be done
//!   then but resume. What the pause took is given back, in whole seconds, as long as the
//!   campaign's grace for it lasts, to the test and to the questions that were running.
//! - An answer counts when it arrived before the end, or within the arrival grace after it. The
//!   order in which commands are worked off does not matter: the tick that closes an attempt
//!   leaves [`SETTLE`] for what has arrived already. What is left then is late.
//! - An attempt that runs out ended at its deadline, however late a tick notices.

use jiff::Timestamp;

use crate::assessment::attempt::{Attempt, AttemptEvent, AttemptStatus, Call, FinishedBy};
use crate::assessment::{ExtraTime, Question};
use crate::id::{ContentId, SeatId, SubmissionId, UserId};
use crate::quantity::Seconds;
use crate::refusal::Refusal;

/// How long a tick leaves commands that arrived in time to be worked off.
pub const SETTLE: Seconds = Seconds(5);

impl Attempt {
    /// Takes note that the network to the candidate is lost; nothing happens when that is known.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when the attempt is over, [`Refusal::TimeUp`] after its deadline.
    pub fn decide_pause(&self, now: Timestamp) -> Result<Option<AttemptEvent>, Refusal> {
        match self.status {
            AttemptStatus::Paused { .. } => Ok(None),
            AttemptStatus::InProgress => {
                self.check_running(now)?;
                Ok(Some(AttemptEvent::Paused {
                    attempt: self.id,
                    at: now,
                }))
            }
            _ => Err(self.status.wrong()),
        }
    }

    /// Comes back to the attempt, with its answers and its clock as they were: after a lost
    /// network, on a new page or on another device. From now on it goes on at this seat only.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for anybody but the candidate, [`Refusal::WrongState`] when the
    /// attempt is over, [`Refusal::TimeUp`] after its deadline.
    pub fn decide_resume(
        &self,
        user: &UserId,
        seat: SeatId,
        now: Timestamp,
    ) -> Result<AttemptEvent, Refusal> {
        if *user != self.user {
            return Err(Refusal::NotFound {
                what: "attempt",
                id: self.id.to_string(),
            });
        }
        let given_back = match self.status {
            AttemptStatus::InProgress => Seconds::ZERO,
            AttemptStatus::Paused { since } => Seconds::between(since, now).min(self.grace_left),
            _ => return Err(self.status.wrong()),
        };
        let deadline = self.deadline.map(|deadline| given_back.after(deadline));
        if deadline.is_some_and(|deadline| deadline <= now) {
            return Err(up("the test"));
        }
        Ok(AttemptEvent::Resumed {
            attempt: self.id,
            seat,
            given_back,
            at: now,
        })
    }

    /// Puts the deadline off for this candidate. `by` stands in the log, since somebody answers
    /// for it. A limit of a question is not changed.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when it is nothing or more than a day, [`Refusal::WrongState`] when the
    /// attempt is over or has no deadline, [`Refusal::TimeUp`] after its deadline.
    pub fn decide_extend(
        &self,
        extra: Seconds,
        by: UserId,
        now: Timestamp,
    ) -> Result<AttemptEvent, Refusal> {
        if !(Seconds(1)..=ExtraTime::MAX_FIXED).contains(&extra) {
            return Err(Refusal::invalid("extra", "is 1 to 86400 seconds"));
        }
        if self.status.is_over() {
            return Err(self.status.wrong());
        }
        match self.ends_at() {
            None => Err(Refusal::WrongState {
                what: "the attempt",
                state: "without a deadline",
            }),
            Some(end) if end <= now => Err(up("the test")),
            Some(_) => Ok(AttemptEvent::Extended {
                attempt: self.id,
                extra,
                by,
                at: now,
            }),
        }
    }

    /// Hands the whole attempt in. Answers that were saved and not submitted are submitted; each
    /// takes an id from `ids`.
    ///
    /// # Errors
    /// [`Refusal::TimeUp`] when it arrived too late (the attempt closes by itself then),
    /// [`Refusal::WrongState`] when it is over already, [`Refusal::TakenOver`] from another seat.
    pub fn decide_submit(
        &self,
        call: Call,
        ids: impl FnMut() -> SubmissionId,
    ) -> Result<Vec<AttemptEvent>, Refusal> {
        self.check_answering(call)?;
        let at = self
            .deadline
            .map_or(call.at, |deadline| deadline.min(call.at));
        Ok(self.finish(FinishedBy::Candidate, at, ids))
    }

    /// Ends the attempt if its time is up. Deciding again after applying it gives nothing.
    pub fn decide_tick(
        &self,
        now: Timestamp,
        ids: impl FnMut() -> SubmissionId,
    ) -> Vec<AttemptEvent> {
        match (self.ends_at(), self.next_due()) {
            (Some(end), Some(due)) if due <= now => self.finish(FinishedBy::Deadline, end, ids),
            _ => Vec::new(),
        }
    }

    /// When [`Attempt::decide_tick`] will have something to say.
    pub fn next_due(&self) -> Option<Timestamp> {
        let end = self.ends_at().filter(|_| !self.status.is_over())?;
        Some(SETTLE.after(self.arrival_grace.after(end)))
    }

    /// How much time is left for the whole test, as a candidate should see it.
    pub fn time_left(&self, now: Timestamp) -> Option<Seconds> {
        self.deadline.map(|deadline| match self.status {
            // While the network is lost, the clock stands as long as the grace lasts.
            AttemptStatus::Paused { since } => {
                let given_back = Seconds::between(since, now).min(self.grace_left);
                Seconds::between(now, given_back.after(deadline))
            }
            AttemptStatus::InProgress => Seconds::between(now, deadline),
            _ => Seconds::ZERO,
        })
    }

    /// The moment the attempt ends by itself, if nobody resumes it before.
    fn ends_at(&self) -> Option<Timestamp> {
        let forgiven = match self.status {
            AttemptStatus::Paused { .. } => self.grace_left,
            _ => Seconds::ZERO,
        };
        self.deadline.map(|deadline| forgiven.after(deadline))
    }

    /// Checks that an answer may still count: from the right seat, and not too late.
    pub(super) fn check_answering(&self, call: Call) -> Result<(), Refusal> {
        if self.status != AttemptStatus::InProgress {
            return Err(self.status.wrong());
        }
        if call.seat != self.seat {
            return Err(Refusal::TakenOver);
        }
        let last = self
            .deadline
            .map(|deadline| self.arrival_grace.after(deadline));
        if last.is_some_and(|last| last <= call.at) {
            Err(up("the test"))
        } else {
            Ok(())
        }
    }

    /// Checks that the time of the test is not up, without any grace.
    pub(super) fn check_running(&self, now: Timestamp) -> Result<(), Refusal> {
        if self.deadline.is_some_and(|deadline| deadline <= now) {
            Err(up("the test"))
        } else {
            Ok(())
        }
    }

    /// Checks that an answer to a question may still count.
    pub(super) fn check_question(
        &self,
        question: ContentId,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let Some(opened) = self.opened.get(&question) else {
            return Err(Refusal::WrongState {
                what: "the question",
                state: "not open",
            });
        };
        let last = opened.due.map(|due| self.arrival_grace.after(due));
        if last.is_some_and(|last| last <= now) {
            Err(up("the question"))
        } else {
            Ok(())
        }
    }

    /// When the time of a question that is opened now is up.
    pub(super) fn due(&self, question: &Question, now: Timestamp) -> Option<Timestamp> {
        let limit = question.time_limit?;
        Some(self.extra_time.of_question(limit).after(now))
    }

    fn finish(
        &self,
        by: FinishedBy,
        at: Timestamp,
        mut ids: impl FnMut() -> SubmissionId,
    ) -> Vec<AttemptEvent> {
        let collect =
            |(question, component, revision): (ContentId, &crate::id::ComponentId, u32)| {
                AttemptEvent::Answered {
                    attempt: self.id,
                    question,
                    component: component.clone(),
                    submission: ids(),
                    revision,
                    at,
                }
            };
        let mut events: Vec<_> = self.unsubmitted().map(collect).collect();
        events.push(AttemptEvent::Finished {
            attempt: self.id,
            by,
            at,
        });
        events
    }
}

const fn up(what: &'static str) -> Refusal {
    Refusal::TimeUp { what }
}
