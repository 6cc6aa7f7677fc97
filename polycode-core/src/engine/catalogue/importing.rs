//! Courses, in and out: contents and modules together, known by their slugs.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::{
    Authorship, Content, Course, CourseContent, CourseModule, Module, ModuleEvent, ModuleTree,
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
    /// nothing else.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, something breaks a rule, or a slug is
    /// taken by something that is not the actor's; [`EngineError::Store`] when the store failed.
    /// What came before the one that failed stays published.
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

    /// A module of the actor's as a course: everything that is in it and below it, but what is
    /// retired. Samples are not kept in a store.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the module is not there, or it or something in it is not the
    /// actor's to read; [`EngineError::Store`] when the store failed.
    pub async fn export_course(&self, actor: &Actor, id: ModuleId) -> Result<Course, EngineError> {
        let top = self.module_for(actor, Action::Read, id).await?.value;
        let mut found = self.modules_below(id).await?;
        found.retain(|_, module| !module.shelf.is_retired());
        let slugs: BTreeMap<_, _> = found
            .iter()
            .map(|(id, module)| (*id, module.draft.slug.clone()))
            .collect();
        let mut course = Course {
            name: top.draft.name.clone(),
            contents: Vec::new(),
            modules: Vec::new(),
        };
        let mut contents: BTreeMap<ContentId, Slug> = BTreeMap::new();
        let mut left = vec![id];
        while let Some(module) = left.pop().and_then(|id| found.remove(&id)) {
            let permission = Action::Read.on(Resource::Module);
            let ownership = module.authors.ownership(actor);
            actor.require(permission, ownership, "module", &module.id)?;
            for content in &module.contents {
                if contents.contains_key(content) || self.offered(*content).await?.is_none() {
                    continue;
                }
                self.content_for(actor, Action::Read, *content).await?;
                let draft = self.load_content(*content).await?.value.draft;
                contents.insert(*content, draft.slug.clone());
                course.contents.push(CourseContent {
                    draft,
                    samples: Vec::new(),
                });
            }
            let inner = module.modules.iter();
            course.modules.push(CourseModule {
                modules: inner.filter_map(|id| slugs.get(id).cloned()).collect(),
                contents: module
                    .contents
                    .iter()
                    .filter_map(|id| contents.get(id).cloned())
                    .collect(),
                draft: module.draft,
            });
            let next = module.modules.iter().rev();
            left.extend(next.filter(|id| found.contains_key(id)));
        }
        Ok(course)
    }

    async fn import_content(
        &self,
        actor: &Actor,
        content: CourseContent,
    ) -> Result<ImportedContent, EngineError> {
        let slug = content.draft.slug.clone();
        let stored = self.content_of(&slug).await?;
        if let Some(stored) = &stored {
            let authorship = self.find::<Authorship>(&stored.value.id).await?;
            let ownership = authorship.map(|found| found.value.authors.ownership(actor));
            let ownership = ownership.unwrap_or(Ownership::Other);
            check_own(actor, Resource::Content, ownership, &slug)?;
        }
        let Versioned { version, value } = match stored {
            Some(stored) if stored.value.draft == content.draft => stored,
            Some(stored) => {
                let (id, draft) = (stored.value.id, content.draft);
                self.publish(Content { id, draft }, Some(stored.version), None)
                    .await?
            }
            None => self.create_content(actor, content.draft).await?,
        };
        Ok(ImportedContent {
            id: value.id,
            slug,
            version,
        })
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
