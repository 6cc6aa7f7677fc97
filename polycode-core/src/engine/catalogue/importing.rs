//! Courses, taken in: contents and modules together, known by their slugs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::{
    Authorship, Content, Course, CourseContent, CourseModule, KeptSamples, Module, ModuleEvent,
    ModuleTree, Sample,
};
use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::id::{ContentId, ModuleId, Slug};
use crate::permission::{Action, Actor, Ownership, Resource};
use crate::port::{Lookup, Versioned};
use crate::quantity::Version;
use crate::refusal::Refusal;

/// What came of importing a course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// The course's title.
    pub name: String,
    /// Its contents, in order.
    pub contents: Vec<ImportedContent>,
    /// Its modules, in order.
    #[serde(default)]
    pub modules: Vec<ImportedModule>,
}

/// A content that was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportedContent {
    /// Its id in the store.
    pub id: ContentId,
    /// Its name in addresses.
    pub slug: Slug,
    /// Its version; a content that is as it was keeps the version it had.
    pub version: Version,
}

/// A module that was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportedModule {
    /// Its id in the store.
    pub id: ModuleId,
    /// Its name in addresses.
    pub slug: Slug,
}

impl Engine {
    /// PR-1, PR-4: publishes a course, of the actor's own or of the host's: new contents and
    /// modules are created, changed ones are changed, and ones that are as they were are left
    /// alone. They are known by their slug. Modules hold what the course says, in its order, and
    /// nothing else; so it is with the samples of a content, which only its authors see.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, something breaks a rule, or a slug is
    /// taken by something that is not the actor's, or by a retired content;
    /// [`EngineError::Store`] when the store failed. What came before the one that failed stays
    /// published.
    pub async fn import_course(
        &self,
        actor: &Actor,
        course: Course,
    ) -> Result<Imported, EngineError> {
        const WHAT: &str = "importing a course";
        actor.require_own(Action::Create.on(Resource::Content), WHAT)?;
        actor.require_own(Action::Create.on(Resource::Module), WHAT)?;
        course.check()?;
        let outline = course.outline();
        let mut imported = Imported {
            name: course.name,
            contents: Vec::with_capacity(course.contents.len()),
            modules: Vec::with_capacity(outline.len()),
        };
        for content in course.contents {
            imported
                .contents
                .push(self.import_content(actor, content).await?);
        }
        for module in &outline {
            let id = self.import_module(actor, module).await?;
            let slug = module.draft.slug.clone();
            imported.modules.push(ImportedModule { id, slug });
        }
        for (module, ImportedModule { id, .. }) in outline.iter().zip(&imported.modules) {
            self.arrange(*id, module, &imported).await?;
        }
        Ok(imported)
    }

    async fn import_content(
        &self,
        actor: &Actor,
        content: CourseContent,
    ) -> Result<ImportedContent, EngineError> {
        let CourseContent { draft, samples } = content;
        let slug = draft.slug.clone();
        let stored = self.content_of(&slug).await?;
        if let Some(stored) = &stored {
            let authorship = self.find::<Authorship>(&stored.value.id).await?;
            let ownership = authorship.as_ref().map_or(Ownership::Other, |found| {
                found.value.authors.ownership(actor)
            });
            check_own(actor, Resource::Content, ownership, &slug)?;
            authorship.map_or(Ok(()), |found| found.value.check_alive())?;
        }
        let Versioned { version, value } = match stored {
            Some(stored) if stored.value.draft == draft => stored,
            Some(stored) => {
                let id = stored.value.id;
                self.publish(Content { id, draft }, Some(stored.version), None)
                    .await?
            }
            None => self.create_content(actor, draft).await?,
        };
        self.keep_samples(value.id, samples).await?;
        Ok(ImportedContent {
            id: value.id,
            slug,
            version,
        })
    }

    /// Keeps the samples that the course has of a content, and no others.
    async fn keep_samples(
        &self,
        content: ContentId,
        samples: Vec<Sample>,
    ) -> Result<(), EngineError> {
        let new = KeptSamples { content, samples };
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let stored = self.find::<KeptSamples>(&content).await?;
            match stored {
                Some(stored) if new.samples.is_empty() => changes.remove(&stored),
                Some(stored) if stored.value == new => {}
                None if new.samples.is_empty() => {}
                stored => changes.put(&new, stored.map(|stored| stored.version))?,
            }
            if tries.lands(changes).await? {
                return Ok(());
            }
        }
    }

    /// Makes a module, or writes what the course says about it; what it holds comes later.
    async fn import_module(
        &self,
        actor: &Actor,
        module: &CourseModule,
    ) -> Result<ModuleId, EngineError> {
        let new = ModuleId(self.ids.next());
        let slug = &module.draft.slug;
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let lookup = Lookup::of::<Module>(Module::SLUG, slug);
            let stored = self.find_by::<Module>(lookup).await?;
            if let Some(stored) = &stored {
                let ownership = stored.value.authors.ownership(actor);
                check_own(actor, Resource::Module, ownership, slug)?;
            }
            let read = stored.as_ref().map(|stored| stored.version);
            let mut events: Vec<ModuleEvent> = Vec::new();
            let before = if let Some(stored) = stored {
                stored.value
            } else {
                let draft = module.draft.clone();
                let created = Module::decide_create(new, actor.id().cloned(), draft)?;
                let begun = Module::begin(&created);
                events.push(created);
                begun.ok_or_else(|| Refusal::invalid("slug", "can't be made"))?
            };
            let mut after = before.clone();
            if after.draft != module.draft {
                events.push(after.decide_edit(module.draft.clone())?);
            }
            if !after.shelf.is_published() {
                events.push(after.decide_publish()?);
            }
            after = events.iter().fold(after, Module::apply);
            if read.is_none() || after != before {
                changes.put(&after, read)?;
            }
            for event in events {
                changes.event(event);
            }
            if tries.lands(changes).await? {
                return Ok(after.id);
            }
        }
    }

    /// Puts into a module what the course says, in its order, and takes out what it does not.
    async fn arrange(
        &self,
        id: ModuleId,
        module: &CourseModule,
        imported: &Imported,
    ) -> Result<(), EngineError> {
        let contents = in_order(&module.contents, &imported.contents, |c| (&c.slug, c.id));
        let modules = in_order(&module.modules, &imported.modules, |m| (&m.slug, m.id));
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let lock = self.find::<ModuleTree>(ModuleTree::KEY).await?;
            let Versioned { version, value } = self.load::<Module>(&id).await?;
            let mut arranged = Arranged::of(value);
            let mut places = false;
            for child in arranged.module.modules.clone() {
                if !modules.contains(&child) {
                    arranged.note(arranged.module.decide_remove_module(child)?);
                }
            }
            for (at, child) in modules.iter().enumerate() {
                if arranged.module.modules.get(at) == Some(child) {
                    continue;
                }
                let inner = self.load::<Module>(child).await?.value;
                let tree = self.tree_around(id, *child).await?;
                let at = u32::try_from(at).ok();
                arranged.note(arranged.module.decide_place_module(&inner, at, &tree)?);
                places = true;
            }
            for content in arranged.module.contents.clone() {
                if !contents.contains(&content) {
                    arranged.note(arranged.module.decide_remove_content(content)?);
                }
            }
            for (at, content) in contents.iter().enumerate() {
                if arranged.module.contents.get(at) != Some(content) {
                    let at = u32::try_from(at).ok();
                    arranged.note(arranged.module.decide_place_content(*content, at)?);
                }
            }
            if arranged.events.is_empty() {
                return Ok(());
            }
            changes.put(&arranged.module, Some(version))?;
            if places {
                changes.put_tree(lock)?;
            }
            arranged
                .events
                .into_iter()
                .for_each(|event| changes.event(event));
            if tries.lands(changes).await? {
                return Ok(());
            }
        }
    }
}

/// A module and what was changed of it so far.
struct Arranged {
    module: Module,
    events: Vec<ModuleEvent>,
}

impl Arranged {
    const fn of(module: Module) -> Self {
        let events = Vec::new();
        Self { module, events }
    }

    fn note(&mut self, event: ModuleEvent) {
        self.module = self.module.clone().apply(&event);
        self.events.push(event);
    }
}

/// Refuses to write over what is somebody else's.
fn check_own(
    actor: &Actor,
    resource: Resource,
    ownership: Ownership,
    slug: &Slug,
) -> Result<(), Refusal> {
    let may = actor.require(Action::Update.on(resource), ownership, "slug", slug);
    may.map_err(|_| Refusal::invalid("slug", format!("`{slug}` is taken by somebody else's")))
}

/// The ids of what a module of a course holds.
fn in_order<T, Id>(slugs: &[Slug], imported: &[T], of: impl Fn(&T) -> (&Slug, Id)) -> Vec<Id> {
    let find = |slug: &Slug| imported.iter().map(&of).find(|(known, _)| *known == slug);
    slugs
        .iter()
        .filter_map(|slug| Some(find(slug)?.1))
        .collect()
}
