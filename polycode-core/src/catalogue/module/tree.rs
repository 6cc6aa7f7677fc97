//! How modules stand in each other: no module is ever below itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::ModuleId;
use crate::refusal::Refusal;

/// Which modules stand in which.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    below: BTreeMap<ModuleId, BTreeSet<ModuleId>>,
    above: BTreeMap<ModuleId, BTreeSet<ModuleId>>,
}

impl Tree {
    /// The most modules on a way from the outermost to the innermost.
    pub const MAX_DEPTH: usize = 10;

    /// Notes that a module stands in another.
    pub fn insert(&mut self, parent: ModuleId, child: ModuleId) {
        self.below.entry(parent).or_default().insert(child);
        self.above.entry(child).or_default().insert(parent);
    }

    /// Checks that a module may be put into another.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when that closes a circle or makes the tree too deep.
    pub fn check_edge(&self, parent: ModuleId, child: ModuleId) -> Result<(), Refusal> {
        let below = levels(&self.below, child);
        if below.iter().flatten().any(|id| *id == parent) {
            let message = "a module can't stand in itself, or in a module that stands in it";
            return Err(Refusal::invalid("child", message));
        }
        let depth = levels(&self.above, parent).len() + below.len();
        if depth > Self::MAX_DEPTH {
            let message = format!(
                "modules stand at most {} deep in each other",
                Self::MAX_DEPTH
            );
            return Err(Refusal::invalid("child", message));
        }
        Ok(())
    }

    /// How many modules the longest way from the outermost to the innermost has; none when there
    /// is a circle.
    pub fn depth(&self) -> Option<usize> {
        let all: BTreeSet<_> = self.below.keys().chain(self.above.keys()).collect();
        // Every module on a way but the innermost has one below it.
        let bound = self.below.len() + 1;
        let depths = all.into_iter().map(|id| levels(&self.below, *id).len());
        let deepest = depths.max().unwrap_or_default();
        (deepest <= bound).then_some(deepest)
    }
}

/// A module, what is one step away from it, two steps, and so on: as many levels as the longest
/// way has modules. Stops one level after all modules could have been met, as in a circle.
fn levels(
    steps: &BTreeMap<ModuleId, BTreeSet<ModuleId>>,
    from: ModuleId,
) -> Vec<BTreeSet<ModuleId>> {
    let bound = steps.len() + 2;
    let mut levels = Vec::new();
    let mut level = BTreeSet::from([from]);
    while !level.is_empty() && levels.len() <= bound {
        let next = level.iter().filter_map(|id| steps.get(id)).flatten();
        let next = next.copied().collect();
        levels.push(std::mem::replace(&mut level, next));
    }
    levels
}
