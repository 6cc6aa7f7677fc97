//! What ends: attempts that are over, and candidates who go.

use jiff::Timestamp;

use super::attempts::note_attempt;
use super::candidates::note_candidate;
use crate::assessment::attempt::AttemptEvent;
use crate::assessment::documents::{ATTEMPT, CandidateCard, SavedAnswer, TestAnswer, Ungraded};
use crate::assessment::{Attempt, Candidate, CandidateStatus};
use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::id::{AttemptId, CampaignId, CandidateId, SubmissionId};
use crate::port::{Lookup, Versioned};
use crate::quantity::Version;

impl Engine {
    /// Notes that an attempt ended: the answers that were only saved are submitted with it, the
    /// candidate is done, and the grade is due.
    pub(super) async fn finish(
        &self,
        changes: &mut Changes,
        stored: Versioned<Attempt>,
        events: Vec<AttemptEvent>,
    ) -> Result<Attempt, EngineError> {
        let id = stored.value.id;
        for event in &events {
            if let AttemptEvent::Answered {
                question,
                component,
                submission,
                at,
                ..
            } = event
            {
                let key = SavedAnswer::key_of(id, *question, component);
                let saved = self.load::<SavedAnswer>(&key).await?.value;
                let asked = stored.value.question(*question);
                changes.create(&TestAnswer {
                    submission: *submission,
                    attempt: id,
                    campaign: stored.value.campaign,
                    user: stored.value.user.clone(),
                    question: *question,
                    version: asked.map_or(Version::FIRST, |asked| asked.version),
                    component: component.clone(),
                    answer: saved.answer,
                    received_at: *at,
                    judged: None,
                })?;
            }
        }
        let attempt = note_attempt(changes, stored, events)?;
        let candidate = self.load::<Candidate>(&attempt.candidate).await?;
        // One who was called off or removed meanwhile stays so.
        if let Ok(Some(finished)) = candidate.value.decide_finish(&attempt) {
            note_candidate(changes, candidate, [finished])?;
        }
        if let Some(due_at) = attempt.finished_at() {
            changes.create(&Ungraded {
                attempt: id,
                due_at,
                tries: 0,
            })?;
        }
        Ok(attempt)
    }

    /// Ends an attempt if its time is up; whether it was.
    pub(in crate::engine) async fn expire(&self, id: AttemptId) -> Result<bool, EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let stored = self.load::<Attempt>(&id).await?;
            let ids = || SubmissionId(self.ids.next());
            let events = stored.value.decide_tick(self.clock.now(), ids);
            let is_due = !events.is_empty();
            if is_due {
                self.finish(&mut changes, stored, events).await?;
            }
            if tries.lands(changes).await? {
                return Ok(is_due);
            }
        }
    }

    /// Removes a candidate of a campaign with everything they wrote; whether there was one.
    pub(super) async fn remove_candidate(
        &self,
        campaign: CampaignId,
        id: CandidateId,
    ) -> Result<bool, EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let is_here = |stored: &Versioned<Candidate>| {
                let is_removed = matches!(stored.value.status, CandidateStatus::Removed { .. });
                stored.value.campaign == campaign && !is_removed
            };
            let stored = self.find::<Candidate>(&id).await?.filter(is_here);
            let Some(stored) = stored else {
                return Ok(false);
            };
            let now = self.clock.now();
            let removed = stored.value.decide_remove(now)?;
            if let Some(attempt) = stored.value.status.attempt() {
                self.forget_attempt(&mut changes, attempt, now).await?;
            }
            note_candidate(&mut changes, stored, [removed])?;
            if let Some(card) = self.find::<CandidateCard>(&id).await? {
                changes.remove(&card);
            }
            if tries.lands(changes).await? {
                return Ok(true);
            }
        }
    }

    /// Calls off an attempt that counts no more, and removes its answers.
    async fn forget_attempt(
        &self,
        changes: &mut Changes,
        id: AttemptId,
        now: Timestamp,
    ) -> Result<(), EngineError> {
        self.call_off(changes, id, now).await?;
        let lookup = Lookup::of::<SavedAnswer>(ATTEMPT, &id);
        for saved in self.all::<SavedAnswer>(lookup).await? {
            changes.remove(&saved);
        }
        let lookup = Lookup::of::<TestAnswer>(ATTEMPT, &id);
        for answer in self.all::<TestAnswer>(lookup).await? {
            changes.remove(&answer);
        }
        Ok(())
    }

    /// Calls off an attempt that counts no more.
    pub(super) async fn call_off(
        &self,
        changes: &mut Changes,
        id: AttemptId,
        now: Timestamp,
    ) -> Result<(), EngineError> {
        let attempt = self.load::<Attempt>(&id).await?;
        if let Ok(cancelled) = attempt.value.decide_cancel(now) {
            note_attempt(changes, attempt, [cancelled])?;
        }
        if let Some(ungraded) = self.find::<Ungraded>(&id).await? {
            changes.remove(&ungraded);
        }
        Ok(())
    }
}
