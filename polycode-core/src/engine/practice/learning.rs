//! What a learner sees of their own way: how far they have come, and what they never did.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::{ContentQuery, ContentSummary, Module, ModuleQuery, ModuleSummary};
use crate::engine::changes::Changes;
use crate::engine::judging::reading::checked_ids;
use crate::engine::{Engine, EngineError};
use crate::id::{ContentId, ModuleId, UserId};
use crate::permission::{Action, Actor, Resource};
use crate::port::{Lookup, Page, PageRequest, Versioned};
use crate::practice::{ModuleProgress, ModuleProgressEvent, Progress};

/// How far somebody has come in a content, with what a list shows of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContentProgress {
    /// How far.
    pub progress: Progress,
    /// The content, as long as everybody finds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<ContentSummary>,
}

/// How far somebody has come in a module and in each of its contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModuleStanding {
    /// How far in the module.
    pub progress: ModuleProgress,
    /// How far in each content in it and in the modules below it.
    pub contents: Vec<Progress>,
}

const WHAT: &str = "seeing own progress";

impl Engine {
    /// PR-16: the actor's progress in every content that they did something of.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, or the page is none;
    /// [`EngineError::Store`] when the store failed.
    pub async fn own_progress(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<ContentProgress>, EngineError> {
        let user = Self::learner(actor)?;
        let found = self.store.progress_of(user, checked_ids(page)?).await?;
        let mut items = Vec::with_capacity(found.items.len());
        for progress in found.items {
            let content = self.offered(progress.content).await?;
            items.push(ContentProgress { progress, content });
        }
        Ok(Page {
            items,
            next: found.next,
        })
    }

    /// PR-16: how far the actor has come in a module, as it is now.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the module is not there for the actor;
    /// [`EngineError::Store`] when the store failed.
    pub async fn own_standing(
        &self,
        actor: &Actor,
        id: ModuleId,
    ) -> Result<ModuleStanding, EngineError> {
        let user = Self::learner(actor)?;
        self.module(actor, id).await?;
        let module = self.load::<Module>(&id).await?.value;
        let key = ModuleProgress::key_of(user, id);
        let stored = self.find::<ModuleProgress>(&key).await?;
        let new = || ModuleProgress::new(user.clone(), id);
        let before = stored.map_or_else(new, |stored| stored.value);
        let goal = self.goal_of(&module, &self.done_by(user).await?).await?;
        // What it would pay is paid with the next step forward, not by looking at it.
        let steps = before.decide(&goal, self.clock.now());
        let is_shown =
            |step: &&ModuleProgressEvent| matches!(step, ModuleProgressEvent::Advanced { .. });
        let shown = steps.iter().filter(is_shown);
        let shown = shown.fold(before, ModuleProgress::apply);
        let part = |(content, part): (_, Option<Progress>)| {
            part.unwrap_or_else(|| Progress::new(user.clone(), content))
        };
        Ok(ModuleStanding {
            progress: shown,
            contents: goal.parts.into_iter().map(part).collect(),
        })
    }

    /// PR-13: the published contents of a query that the actor never passed.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, or the page is none;
    /// [`EngineError::Store`] when the store failed.
    pub async fn contents_never_done(
        &self,
        actor: &Actor,
        query: &ContentQuery,
        page: PageRequest,
    ) -> Result<Page<ContentSummary>, EngineError> {
        let user = Self::learner(actor)?;
        let mut done = self.done_by(user).await?;
        done.retain(|_, progress| progress.is_completed());
        self.contents_where(query, page, |id| !done.contains_key(&id))
            .await
    }

    /// PR-13: the published modules of a query that the actor never passed.
    ///
    /// # Errors
    /// As [`Engine::contents_never_done`].
    pub async fn modules_never_done(
        &self,
        actor: &Actor,
        query: &ModuleQuery,
        page: PageRequest,
    ) -> Result<Page<ModuleSummary>, EngineError> {
        let user = Self::learner(actor)?;
        let lookup = Lookup::of::<ModuleProgress>(ModuleProgress::USER, user);
        let done: BTreeSet<_> = self
            .all::<ModuleProgress>(lookup)
            .await?
            .into_iter()
            .filter(|stored| stored.value.is_completed())
            .map(|stored| stored.value.module)
            .collect();
        self.modules_where(query, page, |id| !done.contains(&id))
            .await
    }

    /// PR-16: notes that the actor has read a content that asks for no answers: it is passed by
    /// that, and pays once.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not there or asks for answers; [`EngineError::Store`]
    /// when the store failed.
    pub async fn finish_reading(
        &self,
        actor: &Actor,
        id: ContentId,
    ) -> Result<Progress, EngineError> {
        const READING: &str = "finishing a lesson";
        actor.require_own(Action::Create.on(Resource::Submission), READING)?;
        let user = actor.signed_in(READING)?;
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            self.check_offered(id).await?;
            let goal = self.load_content(id).await?.value.draft.goal();
            let stored = self.store.progress(user, id).await?;
            let (read, progress) = match stored {
                Some(Versioned { version, value }) => (Some(version), value),
                None => (None, Progress::new(user.clone(), id)),
            };
            let advances = progress.decide_read(&goal, self.clock.now())?;
            let progress = advances.iter().fold(progress, Progress::apply);
            let booked = self
                .book_progress(&mut changes, read, progress, advances)
                .await?;
            if tries.lands(changes).await? {
                return Ok(booked.progress);
            }
        }
    }

    fn learner(actor: &Actor) -> Result<&UserId, EngineError> {
        actor.require_own(Action::Read.on(Resource::Progress), WHAT)?;
        Ok(actor.signed_in(WHAT)?)
    }
}
