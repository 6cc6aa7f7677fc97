//! Whose a content is.

use crate::catalogue::Authorship;
use crate::engine::{Engine, EngineError};
use crate::id::ContentId;
use crate::permission::{Action, Actor, Ownership, Resource};

impl Engine {
    /// Whose a content is, seen from an actor. One that the host published itself, without
    /// authors on record, is everybody's who may write contents or make tests of them.
    pub(in crate::engine) async fn ownership_of_content(
        &self,
        actor: &Actor,
        content: ContentId,
    ) -> Result<Ownership, EngineError> {
        let stored = self.find::<Authorship>(&content).await?;
        if let Some(stored) = stored.filter(|stored| stored.value.authors.all().next().is_some()) {
            return Ok(stored.value.authors.ownership(actor));
        }
        let writes = actor.require_own(Action::Create.on(Resource::Content), "writing a content");
        let tests = actor.require_own(Action::Create.on(Resource::Test), "making a test");
        Ok(match writes.or(tests) {
            Ok(()) => Ownership::Own,
            Err(_) => Ownership::Other,
        })
    }
}
