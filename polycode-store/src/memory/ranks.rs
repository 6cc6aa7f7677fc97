//! How many wallets hold how much, so that a rank is counted from a few thousand numbers at most.

use std::collections::BTreeMap;
use std::ops::Bound;

use polycode_core::quantity::Points;

/// Each level counts 1,024 slots of the one below as one; the highest is counted whole.
const LEVELS: u32 = 7;
const BITS: u32 = 10;

/// The wallets of each slot of each level; those of level 0 hold the same.
#[derive(Debug, Default)]
pub(super) struct Ranks(BTreeMap<(u32, u64), u64>);

impl Ranks {
    pub(super) fn add(&mut self, balance: Points) {
        for level in 0..LEVELS {
            *self.0.entry((level, slot(balance, level))).or_default() += 1;
        }
    }

    pub(super) fn remove(&mut self, balance: Points) {
        for level in 0..LEVELS {
            let key = (level, slot(balance, level));
            match self.0.get_mut(&key) {
                Some(count) if *count > 1 => *count -= 1,
                _ => {
                    self.0.remove(&key);
                }
            }
        }
    }

    /// How many wallets hold more: on each level those above it in the same slot of the next one.
    pub(super) fn above(&self, balance: Points) -> u64 {
        let on_level = |level: u32| {
            let own = slot(balance, level);
            let end = match level + 1 {
                LEVELS => Bound::Excluded((LEVELS, 0)),
                _ => Bound::Included((level, own | ((1 << BITS) - 1))),
            };
            let above = self.0.range((Bound::Excluded((level, own)), end));
            above.map(|(_, count)| count).sum::<u64>()
        };
        (0..LEVELS).map(on_level).sum()
    }
}

fn slot(balance: Points, level: u32) -> u64 {
    balance.0 >> (BITS * level)
}
