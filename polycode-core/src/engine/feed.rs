//! The log of events, for those who read it, and how far each of them has come.

use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::event::{Consumer, Logged};
use crate::id::ConsumerId;
use crate::permission::{Action, Actor, Resource};
use crate::quantity::Cursor;
use crate::refusal::Refusal;

impl Engine {
    /// SY-6: the events after a place in the log, at most 1,000 of them.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not; [`EngineError::Store`] when the store
    /// failed.
    pub async fn events(
        &self,
        actor: &Actor,
        after: Cursor,
        limit: u32,
    ) -> Result<Vec<Logged>, EngineError> {
        may_read(actor)?;
        Ok(self.store.events(after, limit.min(1_000)).await?)
    }

    /// SY-6: the place in the log up to which a consumer has dealt with the events.
    ///
    /// # Errors
    /// As [`Engine::events`].
    pub async fn consumed(
        &self,
        actor: &Actor,
        consumer: &ConsumerId,
    ) -> Result<Cursor, EngineError> {
        may_read(actor)?;
        let found = self.find::<Consumer>(consumer).await?;
        Ok(found.map_or(Cursor(0), |found| found.value.place))
    }

    /// SY-6: notes that a consumer has dealt with the events up to a place. It stays there where
    /// it is further already.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, or the log has no such place yet;
    /// [`EngineError::Store`] when the store failed.
    pub async fn note_consumed(
        &self,
        actor: &Actor,
        consumer: &ConsumerId,
        place: Cursor,
    ) -> Result<(), EngineError> {
        let update = Action::Update.on(Resource::Events);
        actor.require_own(update, "moving a consumer of the log of events")?;
        self.check_reached(place).await?;
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let found = self.find::<Consumer>(consumer).await?;
            let is_further = found
                .as_ref()
                .is_some_and(|found| found.value.place >= place);
            if !is_further {
                let consumer = Consumer {
                    consumer: consumer.clone(),
                    place,
                };
                changes.put(&consumer, found.map(|found| found.version))?;
            }
            if tries.lands(changes).await? {
                return Ok(());
            }
        }
    }

    /// Checks that the log goes as far as a place.
    async fn check_reached(&self, place: Cursor) -> Result<(), EngineError> {
        let Some(before) = place.0.checked_sub(1) else {
            return Ok(());
        };
        if self.store.events(Cursor(before), 1).await?.is_empty() {
            let message = format!("the log has no place {} yet", place.0);
            return Err(Refusal::invalid("place", message).into());
        }
        Ok(())
    }
}

fn may_read(actor: &Actor) -> Result<(), Refusal> {
    let read = Action::Read.on(Resource::Events);
    actor.require_own(read, "reading the log of events")
}
