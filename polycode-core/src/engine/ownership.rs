//! Whose a content is.

use crate::engine::{Engine, EngineError};
use crate::id::ContentId;
use crate::permission::{Action, Actor, Ownership, Resource};

impl Engine {
    /// Whose a content is, seen from an actor. Without authors on record it is everybody's who
    /// may write contents or make tests of them.
    #[expect(clippy::unused_async, reason = "authors are looked up in the store")]
    pub(super) async fn ownership_of_content(
        &self,
        actor: &Actor,
        _content: ContentId,
    ) -> Result<Ownership, EngineError> {
        let writes = actor.require_own(Action::Create.on(Resource::Content), "writing a content");
        let tests = actor.require_own(Action::Create.on(Resource::Test), "making a test");
        Ok(match writes.or(tests) {
            Ok(()) => Ownership::Own,
            Err(_) => Ownership::Other,
        })
    }
}
