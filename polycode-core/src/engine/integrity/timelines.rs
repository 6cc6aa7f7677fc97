//! How answers were typed, of users who agreed. It is shown as it is and never judged.

use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::id::{ContentId, UserId};
use crate::integrity::{EditFact, Timeline, TimelineSummary};
use crate::permission::{Action, Actor, Ownership, Resource};
use crate::port::Versioned;

impl Engine {
    /// SU-1: the actor agrees that it is recorded how they type their answers to a content.
    /// Nothing happens when they did before.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor did not sign in or the content is not there;
    /// [`EngineError::Store`] when the store failed.
    pub async fn agree_to_timeline(
        &self,
        actor: &Actor,
        content: ContentId,
    ) -> Result<(), EngineError> {
        let doing = "being recorded";
        actor.require_own(Action::Create.on(Resource::Timeline), doing)?;
        let user = actor.signed_in(doing)?;
        self.load_content(content).await?;
        let mut tries = self.tries();
        loop {
            let key = Timeline::key_of(user, content);
            if self.find::<Timeline>(&key).await?.is_some() {
                return Ok(());
            }
            let agreed = Timeline::decide_agree(user.clone(), content, self.clock.now());
            let mut changes = Changes::default();
            if let Some(timeline) = Timeline::begin(&agreed) {
                changes.create(&timeline)?;
            }
            changes.event(agreed);
            if tries.lands(changes).await? {
                return Ok(());
            }
        }
    }

    /// SU-1: records how the actor typed, if they agreed.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when they did not agree, or there are too many facts;
    /// [`EngineError::Store`] when the store failed.
    pub async fn record_edits(
        &self,
        actor: &Actor,
        content: ContentId,
        facts: Vec<EditFact>,
    ) -> Result<(), EngineError> {
        let doing = "being recorded";
        actor.require_own(Action::Create.on(Resource::Timeline), doing)?;
        let key = Timeline::key_of(actor.signed_in(doing)?, content);
        let mut tries = self.tries();
        loop {
            let Versioned { version, value } = self.load::<Timeline>(&key).await?;
            let recorded = value.decide_record(facts.iter().copied(), self.clock.now())?;
            let mut changes = Changes::default();
            if let Some(timeline) = value.apply(&recorded) {
                changes.put(&timeline, Some(version))?;
            }
            changes.event(recorded);
            if tries.lands(changes).await? {
                return Ok(());
            }
        }
    }

    /// SU-1: the actor does not agree any more; what was recorded is erased.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when they did not agree; [`EngineError::Store`] when the store
    /// failed.
    pub async fn withdraw_timeline(
        &self,
        actor: &Actor,
        content: ContentId,
    ) -> Result<(), EngineError> {
        let doing = "erasing what was recorded";
        actor.require_own(Action::Delete.on(Resource::Timeline), doing)?;
        let key = Timeline::key_of(actor.signed_in(doing)?, content);
        let mut tries = self.tries();
        loop {
            let timeline = self.load::<Timeline>(&key).await?;
            let withdrawn = timeline.value.decide_withdraw(self.clock.now());
            let mut changes = Changes::default();
            changes.remove(&timeline);
            changes.event(withdrawn);
            if tries.lands(changes).await? {
                return Ok(());
            }
        }
    }

    /// ST-1: how a user typed the answers to a content, in a few numbers; for the user and for
    /// who may see the answers.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when nothing was recorded or the actor may not see it;
    /// [`EngineError::Store`] when the store failed.
    pub async fn timeline_summary(
        &self,
        actor: &Actor,
        user: &UserId,
        content: ContentId,
    ) -> Result<TimelineSummary, EngineError> {
        let key = Timeline::key_of(user, content);
        let ownership = match actor.ownership(user) {
            Ownership::Own => Ownership::Own,
            Ownership::Other => self.ownership_of_content(actor, content).await?,
        };
        let permission = Action::Read.on(Resource::Timeline);
        actor.require(permission, ownership, "timeline", &key)?;
        Ok(self.load::<Timeline>(&key).await?.value.summary())
    }
}
