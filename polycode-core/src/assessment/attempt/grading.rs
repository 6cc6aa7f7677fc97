//! From the marks of the answers to the grade of the attempt.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::assessment::attempt::{Attempt, AttemptEvent, AttemptStatus, Grade, Outcome, Part};
use crate::assessment::test;
use crate::id::{ComponentId, ContentId, SubmissionId};
use crate::practice::Goal;
use crate::quantity::Score;
use crate::refusal::Refusal;

impl Attempt {
    /// Takes what an answer earned; one that does not count any more, or earned the same before,
    /// changes nothing. An answer can be marked again after the grade, when its judging was wrong.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when the attempt was called off.
    pub fn decide_mark(
        &self,
        question: ContentId,
        component: &ComponentId,
        submission: SubmissionId,
        score: Score,
    ) -> Result<Option<AttemptEvent>, Refusal> {
        if let AttemptStatus::Cancelled { .. } = self.status {
            return Err(self.status.wrong());
        }
        let counts = self
            .part(question, component)
            .submitted
            .is_some_and(|submitted| {
                submitted.submission == submission && submitted.score != Some(score)
            });
        let component = component.clone();
        Ok(counts.then_some(AttemptEvent::Marked {
            attempt: self.id,
            question,
            component,
            submission,
            score,
        }))
    }

    /// Grades an attempt that is over and all of whose answers are marked; nothing happens when
    /// it has that grade already. `goals` says for each question of the paper, at the version it
    /// pins, what its submittables are and what they weigh; what was not answered earns nothing.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when the attempt is not over, was called off, or waits for marks,
    /// [`Refusal::NotFound`] when the goal of a question is missing.
    pub fn decide_grade(
        &self,
        goals: &BTreeMap<ContentId, Goal>,
        now: Timestamp,
    ) -> Result<Option<AttemptEvent>, Refusal> {
        let previous = match &self.status {
            AttemptStatus::Finished { .. } => None,
            AttemptStatus::Graded { grade, .. } => Some(grade),
            _ => return Err(self.status.wrong()),
        };
        if self.is_waiting_for_marks() {
            return Err(Refusal::WrongState {
                what: "the attempt",
                state: "waiting for marks",
            });
        }
        let mut questions = BTreeMap::new();
        for asked in &self.paper {
            let id = asked.content;
            let goal = goals.get(&id).ok_or_else(|| Refusal::NotFound {
                what: "question",
                id: id.to_string(),
            })?;
            let marks = goal.parts.iter().map(|(component, weight)| {
                let submitted = self.part(id, component).submitted;
                (
                    *weight,
                    submitted
                        .and_then(|submitted| submitted.score)
                        .unwrap_or_default(),
                )
            });
            questions.insert(id, Score::weighted_mean(marks));
        }
        let score = test::grade(&self.paper, &questions);
        let outcome = self.pass_mark.map(|mark| {
            if score >= mark {
                Outcome::Passed
            } else {
                Outcome::Failed
            }
        });
        let grade = Grade {
            score,
            questions,
            outcome,
        };
        if previous == Some(&grade) {
            return Ok(None);
        }
        let previous = previous.map(|grade| grade.score);
        Ok(Some(AttemptEvent::Graded {
            attempt: self.id,
            grade,
            previous,
            at: now,
        }))
    }

    /// Whether an answer that counts is not judged yet.
    pub fn is_waiting_for_marks(&self) -> bool {
        let is_waiting = |part: &Part| {
            part.submitted
                .is_some_and(|submitted| submitted.score.is_none())
        };
        self.opened
            .values()
            .any(|opened| opened.parts.values().any(is_waiting))
    }
}
