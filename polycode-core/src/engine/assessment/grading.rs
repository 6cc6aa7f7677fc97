//! From the answers of an attempt to its grade.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::attempts::note_attempt;
use crate::assessment::Attempt;
use crate::assessment::attempt::{AttemptEvent, AttemptStatus, Grade};
use crate::assessment::documents::{ATTEMPT, JudgedAnswer, TestAnswer, Ungraded};
use crate::catalogue::Content;
use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::id::{AttemptId, ContentId, SubmissionId};
use crate::judging::{Feedback, Marks, Report, Scheme, Verdict};
use crate::permission::{Action, Actor, Resource};
use crate::port::{Lookup, PortError, SandboxError, Versioned};
use crate::practice::Goal;
use crate::quantity::{Score, Seconds};
use crate::refusal::Refusal;

/// How long a grade that failed for a reason of ours is put off the first time; then twice as
/// long each time, at most an hour.
const PUT_OFF: Seconds = Seconds(30);

impl Engine {
    /// Judges what is not judged yet of an attempt that is over, by the questions as they were
    /// asked, and grades it; none while it waits, for a judge or for somebody's mark.
    ///
    /// May be called again for the same attempt, also at the same time: each mark and the grade
    /// are booked once. No polypoints are earned.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when there is no such attempt; [`EngineError::Sandbox`] when an
    /// answer can't be judged now: the attempt goes on waiting, and it costs the candidate
    /// nothing; [`EngineError::Store`] when the store failed.
    pub async fn grade_attempt(&self, id: AttemptId) -> Result<Option<Grade>, EngineError> {
        let attempt = self.load::<Attempt>(&id).await?.value;
        if attempt.finished_at().is_none() {
            return Ok(None);
        }
        let (mut reports, mut trouble) = (Vec::new(), None);
        let waiting: Vec<_> = attempt.unmarked().map(|(.., id)| id).collect();
        for submission in waiting {
            match self.judge_answer(submission).await {
                Ok(judged) if waits_for_a_person(&judged.0) => {}
                Ok(judged) => reports.push(judged),
                Err(EngineError::Sandbox(error)) => trouble = Some(error),
                Err(error) => return Err(error),
            }
        }
        let grade = self.book_marks(id, &reports).await?;
        trouble.map_or(Ok(grade), |error| Err(error.into()))
    }

    /// ST-1: gives an answer of a test a mark by hand, in place of any before; an attempt that is
    /// over gets its grade anew.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not the campaign's author, the answer is not
    /// there or does not count any more; [`EngineError::Store`] when the store failed.
    pub async fn mark_answer(
        &self,
        actor: &Actor,
        submission: SubmissionId,
        score: Score,
    ) -> Result<Option<Grade>, EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let answer = self.load::<TestAnswer>(&submission).await?.value;
            let grade = Action::Grade.on(Resource::Submission);
            let (stored, _) = self.attempt_for(actor, answer.attempt, grade).await?;
            let marked =
                stored
                    .value
                    .decide_mark(answer.question, &answer.component, submission, score)?;
            let Some(marked) = marked else {
                return Ok(grade_of(&stored.value));
            };
            let now = self.clock.now();
            let marked = (stored.value.clone().apply(&marked), vec![marked]);
            let attempt = self.grade_if_due(&mut changes, stored, marked, now).await?;
            if tries.lands(changes).await? {
                return Ok(grade_of(&attempt));
            }
        }
    }

    /// ST-1: marks by their rubrics what programs could not judge of an answer of a test; an
    /// attempt that is over gets its grade once nothing else is waited for.
    ///
    /// # Errors
    /// As [`Engine::mark_answer`]; [`EngineError::Refused`] also when the answer does not wait for
    /// a person, or the marks break a rule of their rubric.
    pub async fn review_answer(
        &self,
        actor: &Actor,
        submission: SubmissionId,
        marks: &[Marks],
    ) -> Result<Option<Grade>, EngineError> {
        let answer = self.load::<TestAnswer>(&submission).await?.value;
        let grade = Action::Grade.on(Resource::Submission);
        self.attempt_for(actor, answer.attempt, grade).await?;
        let waits = waits_for_a_person(&answer);
        let report = answer.report().cloned().filter(|_| waits);
        let report = report.ok_or(Refusal::WrongState {
            what: "the answer",
            state: "not waiting for a person",
        })?;
        let content = self.content_asked(answer.question, answer.version).await?;
        let component = content.component_of(&answer.component)?;
        let scheme = component
            .submittable()
            .map_or(Scheme::ungrouped(&[]), |part| part.scheme());
        let report = report.marked(scheme, marks)?;
        self.book_marks(answer.attempt, &[(answer, report)]).await
    }

    /// ST-1: the answers of an attempt with everything that judging found, for whoever marks
    /// them. Not for candidates.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the attempt is not there for the actor;
    /// [`EngineError::Store`] when the store failed.
    pub async fn test_answers(
        &self,
        actor: &Actor,
        id: AttemptId,
    ) -> Result<Vec<TestAnswer>, EngineError> {
        let read = Action::Read.on(Resource::Submission);
        self.attempt_for(actor, id, read).await?;
        let lookup = Lookup::of::<TestAnswer>(ATTEMPT, &id);
        let answers: Vec<Versioned<TestAnswer>> = self.all(lookup).await?;
        Ok(answers.into_iter().map(|answer| answer.value).collect())
    }

    /// Judges an answer while the test goes on, and gives what its candidate may see.
    pub(super) async fn mark_now(
        &self,
        attempt: AttemptId,
        submission: SubmissionId,
    ) -> Result<Feedback, EngineError> {
        let judged = self.judge_answer(submission).await?;
        let feedback = Feedback::from(&judged.1);
        self.book_marks(attempt, &[judged]).await?;
        Ok(feedback)
    }

    /// Judges an answer by the version of the question that was asked.
    async fn judge_answer(
        &self,
        submission: SubmissionId,
    ) -> Result<(TestAnswer, Report), EngineError> {
        let answer = self.load::<TestAnswer>(&submission).await?.value;
        let waits = waits_for_a_person(&answer);
        if let Some(report) = answer.report().cloned().filter(|_| waits) {
            return Ok((answer, report));
        }
        let content = self.content_asked(answer.question, answer.version).await?;
        let report = self.judge_by(&content, &answer).await?;
        let is_ours = |verdict: Verdict| verdict == Verdict::SystemError;
        if report.judgements.iter().any(|it| is_ours(it.verdict)) {
            let message = "a validator failed for a reason that is not the candidate's";
            return Err(SandboxError::from(PortError::permanent(message)).into());
        }
        Ok((answer, report))
    }

    pub(in crate::engine) async fn judge_by(
        &self,
        content: &Content,
        answer: &TestAnswer,
    ) -> Result<Report, EngineError> {
        let component = content.component_of(&answer.component)?;
        let scheme = component
            .submittable()
            .map_or(Scheme::ungrouped(&[]), |part| part.scheme());
        self.judge(&component.fit(&answer.answer)?, scheme).await
    }

    /// Books what judging found, and the grade once nothing is waited for.
    async fn book_marks(
        &self,
        id: AttemptId,
        reports: &[(TestAnswer, Report)],
    ) -> Result<Option<Grade>, EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let now = self.clock.now();
            let stored = self.load::<Attempt>(&id).await?;
            if matches!(stored.value.status, AttemptStatus::Cancelled { .. }) {
                return Ok(None);
            }
            let mut attempt = stored.value.clone();
            let mut events = Vec::new();
            for (judged, report) in reports {
                let (question, component) = (judged.question, &judged.component);
                let submission = judged.submission;
                // What a program can't judge has no mark until a person gives it one.
                if report.verdict != Verdict::AwaitingReview {
                    let marked =
                        attempt.decide_mark(question, component, submission, report.score)?;
                    if let Some(marked) = marked {
                        attempt = attempt.apply(&marked);
                        events.push(marked);
                    }
                }
                if let Some(answer) = self.find::<TestAnswer>(&submission).await? {
                    let judged = Some(JudgedAnswer {
                        version: judged.version,
                        at: now,
                        report: report.clone(),
                    });
                    let answered = TestAnswer {
                        judged,
                        ..answer.value
                    };
                    changes.put(&answered, Some(answer.version))?;
                }
            }
            let marked = (attempt, events);
            let attempt = self.grade_if_due(&mut changes, stored, marked, now).await?;
            if tries.lands(changes).await? {
                return Ok(grade_of(&attempt));
            }
        }
    }

    /// Notes marks, and the grade if the attempt is over and waits for no more of them; a grade
    /// that has to wait is put off.
    pub(super) async fn grade_if_due(
        &self,
        changes: &mut Changes,
        stored: Versioned<Attempt>,
        (marked, mut events): (Attempt, Vec<AttemptEvent>),
        now: Timestamp,
    ) -> Result<Attempt, EngineError> {
        let is_over = marked.finished_at().is_some();
        let is_waiting = marked.is_waiting_for_marks();
        if is_over && !is_waiting {
            let goals = self.goals(&marked).await?;
            events.extend(marked.decide_grade(&goals, now)?);
        }
        let ungraded = self.find::<Ungraded>(&marked.id).await?;
        if let Some(ungraded) = ungraded.filter(|_| is_over) {
            if is_waiting {
                let tries = ungraded.value.tries.saturating_add(1);
                let wait = PUT_OFF.0 << tries.min(7);
                let put_off = Ungraded {
                    due_at: Seconds(wait.min(Seconds::HOUR.0)).after(now),
                    tries,
                    ..ungraded.value
                };
                changes.put(&put_off, Some(ungraded.version))?;
            } else {
                changes.remove(&ungraded);
            }
        }
        if events.is_empty() {
            return Ok(marked);
        }
        note_attempt(changes, stored, events)
    }

    /// What each question of an attempt asks for, as it was asked.
    async fn goals(&self, attempt: &Attempt) -> Result<BTreeMap<ContentId, Goal>, EngineError> {
        let mut goals = BTreeMap::new();
        for asked in &attempt.paper {
            let content = self.content_asked(asked.content, asked.version).await?;
            goals.insert(asked.content, content.draft.goal());
        }
        Ok(goals)
    }
}

/// Whether programs have done what they can for an answer, and a person has to go on.
fn waits_for_a_person(answer: &TestAnswer) -> bool {
    answer
        .report()
        .is_some_and(|report| report.verdict == Verdict::AwaitingReview)
}

fn grade_of(attempt: &Attempt) -> Option<Grade> {
    match &attempt.status {
        AttemptStatus::Graded { grade, .. } => Some(grade.clone()),
        _ => None,
    }
}
