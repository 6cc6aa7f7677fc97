//! A campaign as it is by the clock: what is due in it happens before anything else.

use jiff::Timestamp;

use crate::assessment::documents::{Sweep, SweepTask};
use crate::assessment::{Campaign, CampaignEvent};
use crate::engine::changes::{Changes, not_found};
use crate::engine::{Engine, EngineError};
use crate::id::CampaignId;
use crate::permission::{Action, Actor, Resource};
use crate::port::PortError;
use crate::quantity::Version;

/// A campaign that was loaded, and what has happened to it since.
#[derive(Debug)]
pub(in crate::engine) struct Current {
    pub(super) read: Version,
    pub(super) campaign: Campaign,
    pub(super) events: Vec<CampaignEvent>,
}

impl Current {
    pub(super) fn happen(self, event: CampaignEvent) -> Self {
        let mut events = self.events;
        let campaign = self.campaign.apply(&event);
        events.push(event);
        Self {
            read: self.read,
            campaign,
            events,
        }
    }

    /// The version that the campaign has once its changes have landed.
    pub(super) const fn version(&self) -> Version {
        if self.events.is_empty() {
            self.read
        } else {
            self.read.next()
        }
    }

    /// Notes what has happened, and what that asks for.
    pub(super) fn save(&self, changes: &mut Changes, now: Timestamp) -> Result<(), PortError> {
        if self.events.is_empty() {
            return Ok(());
        }
        changes.put(&self.campaign, Some(self.read))?;
        for event in &self.events {
            if let Some(task) = task_of(event) {
                let campaign = self.campaign.id;
                changes.create(&Sweep {
                    campaign,
                    task,
                    due_at: now,
                })?;
            }
            changes.event(event.clone());
        }
        Ok(())
    }
}

const fn task_of(event: &CampaignEvent) -> Option<SweepTask> {
    match event {
        CampaignEvent::Opened { .. } => Some(SweepTask::SendTests),
        CampaignEvent::Cancelled { .. } => Some(SweepTask::CallOff),
        CampaignEvent::Deleted { .. } => Some(SweepTask::Remove),
        _ => None,
    }
}

impl Engine {
    /// A campaign that is not deleted, with what was due in it by now.
    pub(super) async fn current(
        &self,
        id: CampaignId,
        now: Timestamp,
    ) -> Result<Current, EngineError> {
        let stored = self.load::<Campaign>(&id).await?;
        if stored.value.is_deleted() {
            return Err(not_found::<Campaign>(&id).into());
        }
        let due = stored.value.decide_tick(now);
        let current = Current {
            read: stored.version,
            campaign: stored.value,
            events: Vec::new(),
        };
        Ok(due.into_iter().fold(current, Current::happen))
    }

    /// The same, if the actor may do something to it or in it.
    pub(in crate::engine) async fn current_for(
        &self,
        actor: &Actor,
        id: CampaignId,
        (action, resource): (Action, Resource),
        now: Timestamp,
    ) -> Result<Current, EngineError> {
        let current = self.current(id, now).await?;
        let ownership = actor.ownership(&current.campaign.author);
        actor.require(action.on(resource), ownership, "campaign", &id)?;
        Ok(current)
    }
}
