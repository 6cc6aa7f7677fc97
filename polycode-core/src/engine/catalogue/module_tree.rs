//! Modules in modules: what stands in what, and what a change of that may not do.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::{Module, ModuleTree, Tree};
use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::id::{ContentId, ModuleId};
use crate::permission::{Action, Actor};
use crate::port::{Lookup, PortError, Versioned};

impl Changes {
    /// Notes that the tree of modules changes, so that no other change of it lands meanwhile.
    pub(in crate::engine) fn put_tree(
        &mut self,
        read: Option<Versioned<ModuleTree>>,
    ) -> Result<(), PortError> {
        let placements = read.as_ref().map_or(0, |read| read.value.placements);
        let tree = ModuleTree {
            placements: placements.wrapping_add(1),
        };
        self.put(&tree, read.map(|read| read.version))
    }
}

impl Engine {
    /// PR-7: puts a module into a module of the actor's, or moves it there; without a position,
    /// to the end. It has to be published, or the actor's own. A module may stand in several, but
    /// never in itself, however far around.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the module is not the actor's, the other is not to be found,
    /// one of them is retired, it would close a circle or make the tree too deep, the position is
    /// none, or there are too many; [`EngineError::Store`] when the store failed.
    pub async fn place_module(
        &self,
        actor: &Actor,
        module: ModuleId,
        child: ModuleId,
        position: Option<u32>,
    ) -> Result<Versioned<Module>, EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            // Read first: whoever else changes the tree meanwhile writes it, and wins.
            let lock = self.find::<ModuleTree>(ModuleTree::KEY).await?;
            let parent = self.module_for(actor, Action::Update, module).await?;
            let inner = self.load::<Module>(&child).await?.value;
            Self::check_module_placeable(actor, &inner)?;
            let tree = self.tree_around(module, child).await?;
            let placed = parent.value.decide_place_module(&inner, position, &tree)?;
            let Versioned { version, value } = parent;
            let value = value.apply(&placed);
            changes.put(&value, Some(version))?;
            changes.put_tree(lock)?;
            changes.event(placed);
            if tries.lands(changes).await? {
                let version = version.next();
                return Ok(Versioned { version, value });
            }
        }
    }

    /// Everything above one module and below another.
    pub(in crate::engine) async fn tree_around(
        &self,
        above: ModuleId,
        below: ModuleId,
    ) -> Result<Tree, EngineError> {
        let mut tree = Tree::default();
        for module in self.modules_below(below).await?.into_values() {
            for child in module.modules {
                tree.insert(module.id, child);
            }
        }
        let mut seen = BTreeSet::new();
        let mut left = vec![above];
        while let Some(id) = left.pop() {
            if !seen.insert(id) {
                continue;
            }
            for parent in self.modules_with(Module::HOLDS_MODULE, &id).await? {
                tree.insert(parent.value.id, id);
                left.push(parent.value.id);
            }
        }
        Ok(tree)
    }

    /// A module and all modules below it, retired ones too.
    pub(in crate::engine) async fn modules_below(
        &self,
        id: ModuleId,
    ) -> Result<BTreeMap<ModuleId, Module>, EngineError> {
        let mut found = BTreeMap::new();
        let mut left = vec![id];
        while let Some(id) = left.pop() {
            if found.contains_key(&id) {
                continue;
            }
            if let Some(module) = self.find::<Module>(&id).await? {
                left.extend(&module.value.modules);
                found.insert(id, module.value);
            }
        }
        Ok(found)
    }

    /// The modules that a content stands in, directly or below another.
    pub(in crate::engine) async fn modules_around(
        &self,
        content: ContentId,
    ) -> Result<BTreeMap<ModuleId, Versioned<Module>>, EngineError> {
        let mut found = BTreeMap::new();
        let mut left = self.modules_with(Module::HOLDS_CONTENT, &content).await?;
        while let Some(module) = left.pop() {
            let id = module.value.id;
            if found.contains_key(&id) {
                continue;
            }
            left.extend(self.modules_with(Module::HOLDS_MODULE, &id).await?);
            found.insert(id, module);
        }
        Ok(found)
    }

    /// The modules that something stands in, but retired ones.
    async fn modules_with(
        &self,
        list: &'static str,
        value: &(impl ToString + Sync),
    ) -> Result<Vec<Versioned<Module>>, EngineError> {
        self.all(Lookup::of::<Module>(list, value)).await
    }
}
