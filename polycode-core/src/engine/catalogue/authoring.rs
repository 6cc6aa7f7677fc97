//! Contents as their authors write them: drafts, versions, co-authors, retirement.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::{Authorship, Content, ContentDraft, SavedDraft};
use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::id::{ContentId, UserId};
use crate::permission::{Action, Actor, Resource};
use crate::port::{Document, Lookup, Page, PageRequest, Versioned};
use crate::quantity::Version;
use crate::refusal::Refusal;

/// The most bytes of JSON that a draft may have.
const MAX_DRAFT: usize = 4 << 20;

/// A content with everything that its authors see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuthoredContent {
    /// Whose it is, and who sees it.
    pub authorship: Authorship,
    /// Its newest published version, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Versioned<Content>>,
    /// What was written since, if anything was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Versioned<SavedDraft>>,
}

impl Engine {
    /// PR-1: begins a content that only its author sees, until it is published.
    ///
    /// A draft may still break rules of published contents, but its slug has to be free.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, the slug is taken, or the draft is too
    /// large; [`EngineError::Store`] when the store failed.
    pub async fn draft_content(
        &self,
        actor: &Actor,
        draft: ContentDraft,
    ) -> Result<Versioned<SavedDraft>, EngineError> {
        const WHAT: &str = "making a content";
        actor.require_own(Action::Create.on(Resource::Content), WHAT)?;
        let author = actor.signed_in(WHAT)?;
        check_size(&draft)?;
        let content = ContentId(self.ids.next());
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let slug = draft.slug.clone();
            let created = Authorship::decide_create(content, Some(author.clone()), slug);
            if let Some(authorship) = Authorship::begin(&created) {
                changes.create(&authorship)?;
            }
            let saved = SavedDraft {
                content,
                based_on: None,
                draft: draft.clone(),
                saved_at: self.clock.now(),
            };
            changes.create(&saved)?;
            changes.event(created);
            if tries.lands(changes).await? {
                let version = Version::FIRST;
                return Ok(Versioned {
                    version,
                    value: saved,
                });
            }
        }
    }

    /// PR-2: saves what an author writes, without publishing it: nobody else sees it, and what
    /// was published stays as it is. `read` is the version of the draft that was read; none when
    /// there was no draft beside the published version.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the content is not the actor's, is retired, the draft is too
    /// large, or somebody saved one after `read`; [`EngineError::Store`] when the store failed.
    pub async fn save_draft(
        &self,
        actor: &Actor,
        id: ContentId,
        read: Option<Version>,
        draft: ContentDraft,
    ) -> Result<Versioned<SavedDraft>, EngineError> {
        check_size(&draft)?;
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let authorship = self.content_for(actor, Action::Update, id).await?.value;
            authorship.check_alive()?;
            let stored = self.find::<SavedDraft>(&id).await?;
            if stored.as_ref().map(|stored| stored.version) != read {
                return Err(Refusal::Stale {
                    what: SavedDraft::KIND,
                }
                .into());
            }
            let based_on = match stored {
                Some(stored) => stored.value.based_on,
                None => authorship.version(),
            };
            let saved = SavedDraft {
                content: id,
                based_on,
                draft: draft.clone(),
                saved_at: self.clock.now(),
            };
            changes.put(&saved, read)?;
            if tries.lands(changes).await? {
                let version = read.map_or(Version::FIRST, Version::next);
                return Ok(Versioned {
                    version,
                    value: saved,
                });
            }
        }
    }

    /// PR-1, PR-2: publishes the draft of a content as its next version. Submissions made before
    /// are still judged by the version they were made to.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the content is not the actor's, is retired, there is no
    /// draft, it breaks a rule, its slug is taken, or somebody published a version after the one
    /// that it was begun on; [`EngineError::Store`] when the store failed.
    pub async fn publish_draft(
        &self,
        actor: &Actor,
        id: ContentId,
    ) -> Result<Versioned<Content>, EngineError> {
        self.content_for(actor, Action::Update, id).await?;
        let Some(saved) = self.find::<SavedDraft>(&id).await? else {
            return Err(Refusal::AlreadyDone {
                what: "the content is published as it is",
            }
            .into());
        };
        let SavedDraft {
            based_on, draft, ..
        } = saved.value.clone();
        draft.check()?;
        self.publish(Content { id, draft }, based_on, Some(&saved))
            .await
    }

    /// Chooses who else may edit a content; only its author does.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not its author, it is retired, or there are too
    /// many co-authors; [`EngineError::Store`] when the store failed.
    pub async fn share_content(
        &self,
        actor: &Actor,
        id: ContentId,
        co_authors: BTreeSet<UserId>,
    ) -> Result<Authorship, EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let Versioned { version, value } = self.content_for(actor, Action::Update, id).await?;
            let shared = value.decide_share(actor.id(), co_authors.clone())?;
            let authorship = value.apply(&shared, None);
            changes.put(&authorship, Some(version))?;
            changes.event(shared);
            if tries.lands(changes).await? {
                return Ok(authorship);
            }
        }
    }

    /// PR-3: deletes a content. Nobody finds or answers it any more; its versions, submissions
    /// and grades stay, and so does its slug.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the content is not the actor's or is retired already;
    /// [`EngineError::Store`] when the store failed.
    pub async fn retire_content(&self, actor: &Actor, id: ContentId) -> Result<(), EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let Versioned { version, value } = self.content_for(actor, Action::Delete, id).await?;
            let retired = value.decide_retire(self.clock.now())?;
            changes.put(&value.apply(&retired, None), Some(version))?;
            if let Some(draft) = self.find::<SavedDraft>(&id).await? {
                changes.remove(&draft);
            }
            changes.event(retired);
            if tries.lands(changes).await? {
                return Ok(());
            }
        }
    }

    /// PR-2: a content with everything that its authors see: hidden validators, right options,
    /// the draft.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not there or not the actor's; [`EngineError::Store`]
    /// when the store failed.
    pub async fn authored_content(
        &self,
        actor: &Actor,
        id: ContentId,
    ) -> Result<AuthoredContent, EngineError> {
        Ok(AuthoredContent {
            authorship: self.content_for(actor, Action::Read, id).await?.value,
            published: self.store.content(id).await?,
            draft: self.find(&id).await?,
        })
    }

    /// PR-2: the actor's own contents, published or not, in the order of their slugs.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, or the page is none;
    /// [`EngineError::Store`] when the store failed.
    pub async fn own_contents(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<Authorship>, EngineError> {
        const WHAT: &str = "seeing own contents";
        actor.require_own(Action::Read.on(Resource::Content), WHAT)?;
        let author = actor.signed_in(WHAT)?;
        let lookup = Lookup::of::<Authorship>(Authorship::AUTHOR, author);
        let found = self.list::<Authorship>(lookup, page).await?;
        Ok(found.map(|stored| stored.value))
    }

    /// A content on which an actor may do something as its author.
    pub(in crate::engine) async fn content_for(
        &self,
        actor: &Actor,
        action: Action,
        id: ContentId,
    ) -> Result<Versioned<Authorship>, EngineError> {
        let found = self.find::<Authorship>(&id).await?;
        let stored = found.ok_or_else(|| content_not_found(id))?;
        let ownership = stored.value.authors.ownership(actor);
        actor.require(action.on(Resource::Content), ownership, "content", &id)?;
        Ok(stored)
    }

    /// Refuses what is done to a content that is not offered any more.
    pub(in crate::engine) async fn check_offered(&self, id: ContentId) -> Result<(), EngineError> {
        let authorship = self.find::<Authorship>(&id).await?;
        match authorship {
            Some(stored) if stored.value.shelf.is_retired() => Err(content_not_found(id).into()),
            _ => Ok(()),
        }
    }
}

/// The content itself is what is not there, not the document about it.
pub(in crate::engine) fn content_not_found(id: ContentId) -> Refusal {
    Refusal::NotFound {
        what: "content",
        id: id.to_string(),
    }
}

fn check_size(draft: &ContentDraft) -> Result<(), Refusal> {
    let bytes = serde_json::to_vec(draft).map_or(usize::MAX, |json| json.len());
    if bytes > MAX_DRAFT {
        let message = format!("a draft has at most {MAX_DRAFT} bytes, not {bytes}");
        return Err(Refusal::invalid("draft", message));
    }
    Ok(())
}
