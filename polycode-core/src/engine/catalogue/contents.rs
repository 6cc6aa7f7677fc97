//! Contents that are published at once, and as everybody finds them.

use crate::catalogue::{
    Authorship, Content, ContentDraft, ContentQuery, ContentSummary, ContentView, SavedDraft,
};
use crate::engine::catalogue::authoring::content_not_found;
use crate::engine::catalogue::search::Shelved;
use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::id::{ContentId, Slug};
use crate::permission::{Action, Actor, Ownership, Resource};
use crate::port::{Lookup, Page, PageRequest, Versioned, Write};
use crate::quantity::Version;
use crate::refusal::Refusal;

impl Shelved for Authorship {
    fn slug(&self) -> &Slug {
        &self.slug
    }
}

impl Engine {
    /// PR-1: publishes a new content at once: of the actor's own, or without authors when it is
    /// the host itself that makes it.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, it breaks a rule, or its slug is taken;
    /// [`EngineError::Store`] when the store failed: what was begun stays a draft of the actor's.
    pub async fn create_content(
        &self,
        actor: &Actor,
        draft: ContentDraft,
    ) -> Result<Versioned<Content>, EngineError> {
        actor.require_own(Action::Create.on(Resource::Content), "making a content")?;
        draft.check()?;
        if actor.id().is_some() {
            let saved = self.draft_content(actor, draft).await?;
            return self.publish_draft(actor, saved.value.content).await;
        }
        let id = ContentId(self.ids.next());
        self.publish(Content { id, draft }, None, None).await
    }

    /// PR-2: publishes a new version of a content at once. Submissions made before are still
    /// judged by the version they were made to.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not the actor's, breaks a rule, its new slug is taken,
    /// or somebody published a version after `read`; [`EngineError::Store`] when the store failed.
    pub async fn update_content(
        &self,
        actor: &Actor,
        id: ContentId,
        read: Version,
        draft: ContentDraft,
    ) -> Result<Versioned<Content>, EngineError> {
        self.content_for(actor, Action::Update, id).await?;
        draft.check()?;
        self.publish(Content { id, draft }, Some(read), None).await
    }

    /// PR-11: the published contents that are looked for, in the order of their slugs.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, or the page is none;
    /// [`EngineError::Store`] when the store failed.
    pub async fn contents(
        &self,
        actor: &Actor,
        query: &ContentQuery,
        page: PageRequest,
    ) -> Result<Page<ContentSummary>, EngineError> {
        actor.require_own(Action::Read.on(Resource::Catalogue), "seeing contents")?;
        self.contents_where(query, page, |_| true).await
    }

    /// PR-12: a content as learners see it: no hidden validator, nothing that says what is right.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not there, not published, or retired;
    /// [`EngineError::Store`] when the store failed.
    pub async fn content(&self, actor: &Actor, id: ContentId) -> Result<ContentView, EngineError> {
        let permission = Action::Read.on(Resource::Catalogue);
        actor.require(permission, Ownership::Other, "content", &id)?;
        self.check_offered(id).await?;
        Ok(ContentView::from(&self.load_content(id).await?))
    }

    /// PR-12: the content of a slug as learners see it.
    ///
    /// # Errors
    /// As [`Engine::content`].
    pub async fn content_by_slug(
        &self,
        actor: &Actor,
        slug: &Slug,
    ) -> Result<ContentView, EngineError> {
        let permission = Action::Read.on(Resource::Catalogue);
        actor.require(permission, Ownership::Other, "content", slug)?;
        let content = self.content_of(slug).await?;
        let content = content.ok_or_else(|| Refusal::NotFound {
            what: "content",
            id: slug.to_string(),
        })?;
        self.check_offered(content.value.id).await?;
        Ok(ContentView::from(&content))
    }

    /// The published contents of a query that something else holds of, too.
    pub(in crate::engine) async fn contents_where(
        &self,
        query: &ContentQuery,
        page: PageRequest,
        holds: impl Fn(ContentId) -> bool + Send + Sync,
    ) -> Result<Page<ContentSummary>, EngineError> {
        let lookup = match (&query.tag, query.kind) {
            (Some(tag), _) => Lookup::of::<Authorship>(Authorship::TAG, tag),
            (None, Some(kind)) => Lookup::of::<Authorship>(Authorship::KIND_OF, kind.as_str()),
            (None, None) => Lookup::of::<Authorship>(Authorship::PUBLISHED, ""),
        };
        let lookup = lookup.with_words_of(query.text.as_deref().unwrap_or_default());
        let is_one = query.finds();
        let finds = |found: &Authorship| {
            let summary = found.summary.as_ref();
            summary.is_some_and(|summary| is_one(summary) && holds(summary.id))
        };
        let Page { items, next } = self.search(lookup, page, finds).await?;
        let items = items.into_iter().filter_map(|found| found.summary);
        Ok(Page {
            items: items.collect(),
            next,
        })
    }

    /// Publishes a version of a content after the one that was read, and drops the draft that it
    /// came from.
    pub(in crate::engine) async fn publish(
        &self,
        content: Content,
        read: Option<Version>,
        draft: Option<&Versioned<SavedDraft>>,
    ) -> Result<Versioned<Content>, EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let stored = self.store.content(content.id).await?;
            let stale = |what| EngineError::from(Refusal::Stale { what });
            if stored.map(|stored| stored.version) != read {
                return Err(stale("content"));
            }
            let found = self.find::<Authorship>(&content.id).await?;
            let (at, authorship) = if let Some(Versioned { version, value }) = found {
                (Some(version), value)
            } else {
                let slug = content.draft.slug.clone();
                (None, Authorship::of_host(content.id, slug))
            };
            let published = authorship.decide_publish(read)?;
            let version = read.map_or(Version::FIRST, Version::next);
            let content = Versioned {
                version,
                value: content.clone(),
            };
            let summary = ContentSummary::from(&content);
            changes.write(Write::Content {
                expected: read,
                content: Box::new(content.value.clone()),
            });
            changes.put(&authorship.apply(&published, Some(summary)), at)?;
            if let Some(draft) = draft {
                let saved = self.find::<SavedDraft>(&draft.value.content).await?;
                if saved.is_none_or(|saved| saved.version != draft.version) {
                    return Err(stale("content draft"));
                }
                changes.remove(draft);
            }
            changes.event(published);
            if tries.lands(changes).await? {
                return Ok(content);
            }
        }
    }

    /// The newest version of the content of a slug, if it was ever published.
    pub(in crate::engine) async fn content_of(
        &self,
        slug: &Slug,
    ) -> Result<Option<Versioned<Content>>, EngineError> {
        Ok(self.store.content_by_slug(slug).await?)
    }

    /// The summary of a content that everybody finds.
    pub(in crate::engine) async fn offered(
        &self,
        id: ContentId,
    ) -> Result<Option<ContentSummary>, EngineError> {
        let found = self.find::<Authorship>(&id).await?;
        let found = found.filter(|stored| stored.value.shelf.is_published());
        Ok(found.and_then(|stored| stored.value.summary))
    }

    /// Checks that somebody may put a content into a module: it is published, or their own.
    pub(in crate::engine) async fn check_placeable(
        &self,
        actor: &Actor,
        id: ContentId,
    ) -> Result<(), EngineError> {
        let found = self.find::<Authorship>(&id).await?;
        let found = found.ok_or_else(|| content_not_found(id))?.value;
        let is_own = found.authors.ownership(actor) == Ownership::Own;
        if found.shelf.is_published() || (is_own && !found.shelf.is_retired()) {
            Ok(())
        } else {
            Err(content_not_found(id).into())
        }
    }
}
