//! Modules: made, edited, filled, retired by their authors; found and read by everybody.

use std::collections::BTreeSet;

use crate::catalogue::{Module, ModuleDraft, ModuleEvent, ModuleQuery, ModuleSummary, ModuleView};
use crate::engine::catalogue::search::Shelved;
use crate::engine::changes::{Changes, not_found};
use crate::engine::{Engine, EngineError};
use crate::id::{ContentId, ModuleId, Slug, UserId};
use crate::permission::{Action, Actor, Ownership, Resource};
use crate::port::{Document, Lookup, Page, PageRequest, Versioned};
use crate::quantity::Version;
use crate::refusal::Refusal;

impl Shelved for Module {
    fn slug(&self) -> &Slug {
        &self.draft.slug
    }
}

impl Engine {
    /// PR-4: makes a module that only its author sees, until it is published.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, it breaks a rule, or its slug is taken;
    /// [`EngineError::Store`] when the store failed.
    pub async fn create_module(
        &self,
        actor: &Actor,
        draft: ModuleDraft,
    ) -> Result<Versioned<Module>, EngineError> {
        const WHAT: &str = "making a module";
        actor.require_own(Action::Create.on(Resource::Module), WHAT)?;
        let author = actor.signed_in(WHAT)?;
        let id = ModuleId(self.ids.next());
        let created = Module::decide_create(id, Some(author.clone()), draft)?;
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let Some(value) = Module::begin(&created) else {
                return Err(not_found::<Module>(&id).into());
            };
            changes.create(&value)?;
            changes.event(created.clone());
            if tries.lands(changes).await? {
                let version = Version::FIRST;
                return Ok(Versioned { version, value });
            }
        }
    }

    /// PR-5: writes something else about a module; `read` is the version that was read.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not the actor's, it breaks a rule, its slug is taken,
    /// it is retired, or somebody changed it after `read`; [`EngineError::Store`] when the store
    /// failed.
    pub async fn edit_module(
        &self,
        actor: &Actor,
        id: ModuleId,
        read: Version,
        draft: ModuleDraft,
    ) -> Result<Versioned<Module>, EngineError> {
        self.change_module(actor, Action::Update, id, |module| {
            if module.version != read {
                return Err(Refusal::Stale { what: Module::KIND });
            }
            module.value.decide_edit(draft.clone())
        })
        .await
    }

    /// PR-4: shows a module to everybody.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not the actor's, or is published or retired already;
    /// [`EngineError::Store`] when the store failed.
    pub async fn publish_module(
        &self,
        actor: &Actor,
        id: ModuleId,
    ) -> Result<Versioned<Module>, EngineError> {
        let decide = |module: &Versioned<Module>| module.value.decide_publish();
        self.change_module(actor, Action::Update, id, decide).await
    }

    /// Chooses who else may edit a module; only its author does.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not its author, it is retired, or there are too
    /// many co-authors; [`EngineError::Store`] when the store failed.
    pub async fn share_module(
        &self,
        actor: &Actor,
        id: ModuleId,
        co_authors: BTreeSet<UserId>,
    ) -> Result<Versioned<Module>, EngineError> {
        self.change_module(actor, Action::Update, id, |module| {
            module.value.decide_share(actor.id(), co_authors.clone())
        })
        .await
    }

    /// PR-6: deletes a module. Nobody finds it any more; its contents, and the progress that was
    /// made in it, stay.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not the actor's or is retired already;
    /// [`EngineError::Store`] when the store failed.
    pub async fn retire_module(&self, actor: &Actor, id: ModuleId) -> Result<(), EngineError> {
        let now = self.clock.now();
        let decide = |module: &Versioned<Module>| module.value.decide_retire(now);
        self.change_module(actor, Action::Delete, id, decide)
            .await?;
        Ok(())
    }

    /// PR-8: puts a content into a module, or moves it there; without a position, to the end. It
    /// has to be published, or the actor's own.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the module is not the actor's or is retired, the content is
    /// not to be found, the position is none, or there are too many; [`EngineError::Store`] when
    /// the store failed.
    pub async fn place_content(
        &self,
        actor: &Actor,
        module: ModuleId,
        content: ContentId,
        position: Option<u32>,
    ) -> Result<Versioned<Module>, EngineError> {
        self.module_for(actor, Action::Update, module).await?;
        self.check_placeable(actor, content).await?;
        self.change_module(actor, Action::Update, module, |module| {
            module.value.decide_place_content(content, position)
        })
        .await
    }

    /// PR-8: takes a content out of a module.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the module is not the actor's or is retired, or the content
    /// is not in it; [`EngineError::Store`] when the store failed.
    pub async fn remove_content(
        &self,
        actor: &Actor,
        module: ModuleId,
        content: ContentId,
    ) -> Result<Versioned<Module>, EngineError> {
        self.change_module(actor, Action::Update, module, |module| {
            module.value.decide_remove_content(content)
        })
        .await
    }

    /// PR-7: takes a sub-module out of a module.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the module is not the actor's or is retired, or the other is
    /// not in it; [`EngineError::Store`] when the store failed.
    pub async fn remove_module(
        &self,
        actor: &Actor,
        module: ModuleId,
        child: ModuleId,
    ) -> Result<Versioned<Module>, EngineError> {
        self.change_module(actor, Action::Update, module, |module| {
            module.value.decide_remove_module(child)
        })
        .await
    }

    /// PR-9: the published modules that are looked for, in the order of their slugs.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, or the page is none;
    /// [`EngineError::Store`] when the store failed.
    pub async fn modules(
        &self,
        actor: &Actor,
        query: &ModuleQuery,
        page: PageRequest,
    ) -> Result<Page<ModuleSummary>, EngineError> {
        actor.require_own(Action::Read.on(Resource::Catalogue), "seeing modules")?;
        self.modules_where(query, page, |_| true).await
    }

    /// PR-10: a module with the published modules and contents in it, in order. Its authors see
    /// it before it is published, too.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not there for the actor; [`EngineError::Store`] when
    /// the store failed.
    pub async fn module(&self, actor: &Actor, id: ModuleId) -> Result<ModuleView, EngineError> {
        let module = self.load::<Module>(&id).await?.value;
        let ownership = module.authors.ownership(actor);
        let resource = if module.shelf.is_published() {
            Resource::Catalogue
        } else {
            Resource::Module
        };
        actor.require(Action::Read.on(resource), ownership, Module::KIND, &id)?;
        let mut view = ModuleView {
            summary: ModuleSummary::from(&module),
            modules: Vec::new(),
            contents: Vec::new(),
        };
        for child in &module.modules {
            let child = self.find::<Module>(child).await?;
            let child = child.filter(|child| child.value.shelf.is_published());
            view.modules
                .extend(child.map(|child| ModuleSummary::from(&child.value)));
        }
        for content in &module.contents {
            view.contents.extend(self.offered(*content).await?);
        }
        Ok(view)
    }

    /// PR-5: a module with everything that its authors see.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not there or not the actor's; [`EngineError::Store`]
    /// when the store failed.
    pub async fn authored_module(
        &self,
        actor: &Actor,
        id: ModuleId,
    ) -> Result<Versioned<Module>, EngineError> {
        self.module_for(actor, Action::Read, id).await
    }

    /// PR-5: the actor's own modules, published or not, in the order of their slugs.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, or the page is none;
    /// [`EngineError::Store`] when the store failed.
    pub async fn own_modules(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<Versioned<Module>>, EngineError> {
        const WHAT: &str = "seeing own modules";
        actor.require_own(Action::Read.on(Resource::Module), WHAT)?;
        let author = actor.signed_in(WHAT)?;
        self.list(Lookup::of::<Module>(Module::AUTHOR, author), page)
            .await
    }

    /// The published modules of a query that something else holds of, too.
    pub(in crate::engine) async fn modules_where(
        &self,
        query: &ModuleQuery,
        page: PageRequest,
        holds: impl Fn(ModuleId) -> bool + Send + Sync,
    ) -> Result<Page<ModuleSummary>, EngineError> {
        let lookup = match (&query.tag, query.kind) {
            (Some(tag), _) => Lookup::of::<Module>(Module::TAG, tag),
            (None, Some(kind)) => Lookup::of::<Module>(Module::KIND_OF, kind.as_str()),
            (None, None) => Lookup::of::<Module>(Module::PUBLISHED, ""),
        };
        let lookup = lookup.with_words_of(query.text.as_deref().unwrap_or_default());
        let is_one = query.finds();
        let finds = |module: &Module| is_one(&module.draft) && holds(module.id);
        let found = self.search::<Module>(lookup, page, finds).await?;
        Ok(found.map(|module| ModuleSummary::from(&module)))
    }

    /// A module on which an actor may do something as its author.
    pub(in crate::engine) async fn module_for(
        &self,
        actor: &Actor,
        action: Action,
        id: ModuleId,
    ) -> Result<Versioned<Module>, EngineError> {
        let module = self.load::<Module>(&id).await?;
        let ownership = module.value.authors.ownership(actor);
        let permission = action.on(Resource::Module);
        // What everybody sees is no secret: whoever may not change it is told so.
        let is_seen = module.value.shelf.is_published() && action != Action::Read;
        match actor.require(permission, ownership, Module::KIND, &id) {
            Err(Refusal::NotFound { .. }) if is_seen => Err(Refusal::NotAllowed {
                what: "changing the module",
            }
            .into()),
            may => Ok(may.map(|()| module)?),
        }
    }

    /// Checks that somebody may put a module into another: it is published, or their own.
    pub(in crate::engine) fn check_module_placeable(
        actor: &Actor,
        module: &Module,
    ) -> Result<(), Refusal> {
        let is_own = module.authors.ownership(actor) == Ownership::Own;
        if module.shelf.is_published() || is_own {
            Ok(())
        } else {
            Err(not_found::<Module>(&module.id))
        }
    }

    async fn change_module(
        &self,
        actor: &Actor,
        action: Action,
        id: ModuleId,
        decide: impl Fn(&Versioned<Module>) -> Result<ModuleEvent, Refusal> + Send + Sync,
    ) -> Result<Versioned<Module>, EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let module = self.module_for(actor, action, id).await?;
            let event = decide(&module)?;
            let Versioned { version, value } = module;
            let value = value.apply(&event);
            changes.put(&value, Some(version))?;
            changes.event(event);
            if tries.lands(changes).await? {
                let version = version.next();
                return Ok(Versioned { version, value });
            }
        }
    }
}
