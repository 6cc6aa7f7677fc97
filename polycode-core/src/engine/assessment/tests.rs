//! Tests: written, changed and deleted by their author.

use crate::assessment::documents::TestVersion;
use crate::assessment::{Campaign, Test, TestDraft, Usage};
use crate::engine::changes::{Changes, not_found};
use crate::engine::{Engine, EngineError};
use crate::id::TestId;
use crate::permission::{Action, Actor, Resource};
use crate::port::{Lookup, Page, PageRequest, Versioned};
use crate::quantity::Version;
use crate::refusal::{Problem, Refusal};

impl Engine {
    /// AS-1, AS-4, AS-5, AS-6: publishes a new test with its limits and points.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, the draft breaks a rule, or a question is
    /// not there at the version it names; [`EngineError::Store`] when the store failed.
    pub async fn create_test(
        &self,
        actor: &Actor,
        draft: TestDraft,
    ) -> Result<Versioned<Test>, EngineError> {
        actor.require_own(Action::Create.on(Resource::Test), "making a test")?;
        let author = actor.signed_in("making a test")?.clone();
        let id = TestId(self.ids.next());
        let created = Test::decide_create(id, &draft)?;
        self.check_questions(&draft).await?;
        let test = Test {
            id,
            author,
            draft,
            deleted_at: None,
        };
        let version = Version::FIRST;
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            changes.create(&test)?;
            changes.create(&version_of(&test, version))?;
            changes.event(created.clone());
            if tries.lands(changes).await? {
                let value = test;
                return Ok(Versioned { version, value });
            }
        }
    }

    /// AS-2: publishes another version of a test, read at `read`. Campaigns and attempts go on
    /// with the version they pin.
    ///
    /// # Errors
    /// As [`Engine::create_test`]; also [`Refusal::Stale`] when somebody published a version since
    /// `read`, and a refusal when the test is not there or deleted.
    pub async fn edit_test(
        &self,
        actor: &Actor,
        id: TestId,
        read: Version,
        draft: TestDraft,
    ) -> Result<Versioned<Test>, EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let stored = self.test_for(actor, id, Action::Update).await?;
            if stored.version != read {
                return Err(Refusal::Stale { what: "the test" }.into());
            }
            let published = stored.value.decide_edit(&draft, stored.version)?;
            self.check_questions(&draft).await?;
            let value = Test {
                draft: draft.clone(),
                ..stored.value.apply(&published)
            };
            let version = stored.version.next();
            changes.put(&value, Some(stored.version))?;
            changes.create(&version_of(&value, version))?;
            changes.event(published);
            if tries.lands(changes).await? {
                return Ok(Versioned { version, value });
            }
        }
    }

    /// AS-3: deletes a test that no campaign needs any more. Its versions are kept for the
    /// results of those who sat it.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, it is not there, or a campaign that is not
    /// over needs it; [`EngineError::Store`] when the store failed.
    pub async fn delete_test(&self, actor: &Actor, id: TestId) -> Result<(), EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let stored = self.test_for(actor, id, Action::Delete).await?;
            let now = self.clock.now();
            let campaigns = Lookup::of::<Campaign>(Campaign::TEST, &id);
            let campaigns: Vec<Versioned<Campaign>> = self.all(campaigns).await?;
            let needs = |campaign: &Versioned<Campaign>| !campaign.value.status_at(now).is_over();
            let usage = if campaigns.iter().any(needs) {
                Usage::InCampaign
            } else {
                Usage::Free
            };
            let deleted = stored.value.decide_delete(usage, now)?;
            let test = stored.value.apply(&deleted);
            changes.put(&test, Some(stored.version))?;
            changes.event(deleted);
            if tries.lands(changes).await? {
                return Ok(());
            }
        }
    }

    /// AS-2: a test with everything its author wrote, at its newest version. Not for candidates.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not there for the actor; [`EngineError::Store`] when
    /// the store failed.
    pub async fn test(&self, actor: &Actor, id: TestId) -> Result<Versioned<Test>, EngineError> {
        self.test_for(actor, id, Action::Read).await
    }

    /// AS-2: a test as it was at a version. Not for candidates.
    ///
    /// # Errors
    /// As [`Engine::test`].
    pub async fn test_at(
        &self,
        actor: &Actor,
        id: TestId,
        version: Version,
    ) -> Result<Test, EngineError> {
        let pinned = self.load_test_version(id, version).await?;
        let ownership = actor.ownership(&pinned.author);
        let read = Action::Read.on(Resource::Test);
        actor.require(read, ownership, "test", &id)?;
        Ok(pinned)
    }

    /// AS-2: the tests of the actor, the newest first.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not or the page is none; [`EngineError::Store`]
    /// when the store failed.
    pub async fn tests(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<Versioned<Test>>, EngineError> {
        actor.require_own(Action::Read.on(Resource::Test), "listing tests")?;
        let author = actor.signed_in("listing tests")?;
        let lookup = Lookup::of::<Test>(Test::AUTHOR, author).reversed();
        self.list(lookup, page).await
    }

    /// A test that is not deleted, if the actor may do this to it.
    pub(super) async fn test_for(
        &self,
        actor: &Actor,
        id: TestId,
        action: Action,
    ) -> Result<Versioned<Test>, EngineError> {
        let stored = self.load::<Test>(&id).await?;
        let ownership = actor.ownership(&stored.value.author);
        actor.require(action.on(Resource::Test), ownership, "test", &id)?;
        if stored.value.deleted_at.is_some() {
            return Err(not_found::<Test>(&id).into());
        }
        Ok(stored)
    }

    pub(super) async fn load_test_version(
        &self,
        id: TestId,
        version: Version,
    ) -> Result<Test, EngineError> {
        let key = TestVersion::key_of(id, version);
        let pinned = self.find::<TestVersion>(&key).await?;
        Ok(pinned.ok_or_else(|| not_found::<Test>(&id))?.value.test)
    }

    /// Checks that each question is there at the version that it names, and asks something.
    async fn check_questions(&self, draft: &TestDraft) -> Result<(), EngineError> {
        let mut problems = Vec::new();
        for (pool, questions) in draft.pools.iter().enumerate() {
            for (at, question) in questions.questions.iter().enumerate() {
                let field = format!("pools[{pool}].questions[{at}]");
                let (id, version) = (question.content, question.version);
                match self.store.content_at(id, version).await? {
                    None => {
                        let message = format!("there is no content `{id}` at version {version}");
                        problems.push(Problem::new(field, message));
                    }
                    Some(content) if content.draft.submittables().next().is_none() => {
                        problems.push(Problem::new(field, "the content takes no answers"));
                    }
                    Some(_) => {}
                }
            }
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(problems).into())
        }
    }
}

fn version_of(test: &Test, version: Version) -> TestVersion {
    let test = test.clone();
    TestVersion { version, test }
}
