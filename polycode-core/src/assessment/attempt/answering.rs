//! Opening questions, saving answers and submitting them.

use crate::assessment::attempt::{Attempt, AttemptEvent, Call, Part};
use crate::id::{ComponentId, ContentId, SubmissionId};
use crate::refusal::Refusal;

impl Attempt {
    /// Opens a question: its clock begins to run. Nothing happens when it was opened before.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not asked in this attempt, and what [`Attempt::decide_save`]
    /// refuses for.
    pub fn decide_open(
        &self,
        question: ContentId,
        call: Call,
    ) -> Result<Option<AttemptEvent>, Refusal> {
        let asked = self.question(question).ok_or_else(|| not_asked(question))?;
        self.check_answering(call)?;
        if self.opened.contains_key(&question) {
            return Ok(None);
        }
        self.check_running(call.at)?;
        let due = self.due(asked, call.at);
        Ok(Some(AttemptEvent::QuestionOpened {
            attempt: self.id,
            question,
            due,
            at: call.at,
        }))
    }

    /// Saves an answer without submitting it. `revision` is the one that the caller has seen, 0
    /// before the first.
    ///
    /// # Errors
    /// [`Refusal::TimeUp`] when the time of the question or the test was up when it arrived,
    /// [`Refusal::TakenOver`] when the attempt goes on at another seat, [`Refusal::Stale`] when the
    /// answer was saved since it was seen, [`Refusal::WrongState`] when the question is not open
    /// or the attempt is paused or over.
    pub fn decide_save(
        &self,
        question: ContentId,
        component: &ComponentId,
        revision: u32,
        call: Call,
    ) -> Result<AttemptEvent, Refusal> {
        self.check_may_answer(question, call)?;
        let part = self.part(question, component);
        if part.revision != revision {
            return Err(Refusal::Stale { what: "the answer" });
        }
        Ok(AttemptEvent::Saved {
            attempt: self.id,
            question,
            component: component.clone(),
            revision: part.revision.saturating_add(1),
            at: call.at,
        })
    }

    /// Submits an answer. It can be submitted again while there is time; the last one counts.
    ///
    /// # Errors
    /// As for [`Attempt::decide_save`]; [`Refusal::AlreadyDone`] for the submission that counts
    /// already.
    pub fn decide_answer(
        &self,
        question: ContentId,
        component: &ComponentId,
        submission: SubmissionId,
        call: Call,
    ) -> Result<AttemptEvent, Refusal> {
        self.check_may_answer(question, call)?;
        let part = self.part(question, component);
        if part
            .submitted
            .is_some_and(|submitted| submitted.submission == submission)
        {
            return Err(Refusal::AlreadyDone {
                what: "the answer was submitted",
            });
        }
        Ok(AttemptEvent::Answered {
            attempt: self.id,
            question,
            component: component.clone(),
            submission,
            revision: part.revision.saturating_add(1),
            at: call.at,
        })
    }

    /// Checks that an answer to a question may be tried now; nothing happens by that.
    ///
    /// # Errors
    /// As for [`Attempt::decide_save`], without a revision.
    pub fn check_may_try(&self, question: ContentId, call: Call) -> Result<(), Refusal> {
        self.check_may_answer(question, call)
    }

    /// The answers that were saved since they were last submitted, and the revision of each.
    pub fn unsubmitted(&self) -> impl Iterator<Item = (ContentId, &ComponentId, u32)> {
        self.opened.iter().flat_map(|(question, opened)| {
            let is_newer = |part: &Part| {
                part.submitted
                    .is_none_or(|last| last.revision < part.revision)
            };
            let newer = opened.parts.iter().filter(move |(_, part)| is_newer(part));
            newer.map(|(component, part)| (*question, component, part.revision))
        })
    }

    fn check_may_answer(&self, question: ContentId, call: Call) -> Result<(), Refusal> {
        if self.question(question).is_none() {
            return Err(not_asked(question));
        }
        self.check_answering(call)?;
        self.check_question(question, call.at)
    }

    /// What was answered to a submittable so far.
    pub(crate) fn part(&self, question: ContentId, component: &ComponentId) -> Part {
        let opened = self.opened.get(&question);
        opened
            .and_then(|opened| opened.parts.get(component))
            .copied()
            .unwrap_or_default()
    }
}

/// A content that is not asked looks like one that is not there.
fn not_asked(question: ContentId) -> Refusal {
    Refusal::NotFound {
        what: "question",
        id: question.to_string(),
    }
}
