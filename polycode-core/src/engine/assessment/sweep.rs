//! What a change of a campaign asks for, candidate by candidate, a bounded number at a time.
//!
//! Nothing depends on when this happens: each command looks at the campaign itself.

use super::candidates::note_candidate;
use crate::assessment::documents::{CAMPAIGN, Sweep, SweepTask};
use crate::assessment::{Campaign, Candidate};
use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::id::CandidateId;
use crate::port::{Lookup, PageRequest, Versioned};

impl Engine {
    /// Does a part of a sweep, and ends it when nothing is left; gives how many candidates it
    /// changed.
    pub(in crate::engine) async fn sweep(
        &self,
        sweep: &Versioned<Sweep>,
        limit: u32,
    ) -> Result<u32, EngineError> {
        let Sweep { campaign, task, .. } = sweep.value;
        let list = match task {
            SweepTask::SendTests => Candidate::CONFIRMED,
            SweepTask::CallOff => Candidate::LIVE,
            SweepTask::Remove => CAMPAIGN,
        };
        let request = PageRequest { after: None, limit };
        let page = Lookup::of::<Candidate>(list, &campaign);
        let page = self.list::<Candidate>(page, request).await?;
        let mut done = 0;
        for candidate in &page.items {
            let id = candidate.value.id;
            let is_changed = match task {
                SweepTask::SendTests => self.tick_candidate(id).await?,
                SweepTask::CallOff => self.call_candidate_off(id).await?,
                SweepTask::Remove => self.remove_candidate(campaign, id).await?,
            };
            done += u32::from(is_changed);
        }
        // Candidates that can't be changed any more must not keep it going for ever.
        if page.next.is_none() || done == 0 {
            let mut changes = Changes::default();
            changes.remove(sweep);
            self.tries().lands(changes).await?;
        }
        Ok(done)
    }

    /// Does what is due for a candidate: an invitation lapses, the test is sent; whether it was.
    pub(in crate::engine) async fn tick_candidate(
        &self,
        id: CandidateId,
    ) -> Result<bool, EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let stored = self.load::<Candidate>(&id).await?;
            let campaign = self.load::<Campaign>(&stored.value.campaign).await?.value;
            let due = stored.value.decide_tick(&campaign, self.clock.now());
            let is_due = due.is_some();
            if is_due {
                note_candidate(&mut changes, stored, due)?;
            }
            if tries.lands(changes).await? {
                return Ok(is_due);
            }
        }
    }

    async fn call_candidate_off(&self, id: CandidateId) -> Result<bool, EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let now = self.clock.now();
            let stored = self.load::<Candidate>(&id).await?;
            let campaign = self.load::<Campaign>(&stored.value.campaign).await?.value;
            let off = stored.value.decide_call_off(&campaign, now);
            let is_off = off.is_some();
            if is_off {
                if let Some(attempt) = stored.value.status.attempt() {
                    self.call_off(&mut changes, attempt, now).await?;
                }
                note_candidate(&mut changes, stored, off)?;
            }
            if tries.lands(changes).await? {
                return Ok(is_off);
            }
        }
    }

    /// Opens or closes a campaign whose time has come; whether it had.
    pub(in crate::engine) async fn tick_campaign(
        &self,
        id: crate::id::CampaignId,
    ) -> Result<bool, EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let now = self.clock.now();
            let current = self.current(id, now).await?;
            current.save(&mut changes, now)?;
            let is_due = !current.events.is_empty();
            if tries.lands(changes).await? {
                return Ok(is_due);
            }
        }
    }
}
