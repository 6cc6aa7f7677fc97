//! Bridges between the pages that runs write, so that a slot of the pool is used again at little cost.
//!
//! When a slot is given back, wasmtime asks the system which pages were written and copies the first
//! 32 regions of them back to what they were; all that is behind them is given back to the system,
//! and the next run pays for each of its pages with a fault. Runs of one runtime write nearly the
//! same pages: few, but one here and one there. Where the small gaps between them are written, too,
//! they are few regions, and nothing is given back.

use std::cmp::Reverse;
use std::hint::black_box;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::engine::KEPT_RESIDENT;

/// The size of a page. Where the system's are larger, no gap is missed.
const PAGE: usize = 4096;

/// Regions that all runs of a runtime may have in common: some are left for what a program writes.
const REGIONS: usize = 20;

/// Memory of a runtime that is learned from, at most: to compare it takes some ten milliseconds.
const MOST_MEMORY: usize = 64 << 20;

/// Runs after which it is worth to learn: many a process has only a few.
const SKIPPED: u8 = 32;

/// Runs after those that are compared, with a copy of the memory each.
const LEARNED: u8 = 2;

/// What is known of the pages that all runs of a runtime write.
#[derive(Debug, Default)]
pub(super) struct Bridges {
    learning: Mutex<Learning>,
    /// Where the pages begin that no run writes, each in a small gap between some that all write.
    pages: OnceLock<Box<[usize]>>,
}

#[derive(Debug, Default)]
struct Learning {
    /// Runs that have begun, until the last that is compared.
    begun: u8,
    /// Runs that were compared.
    learned: u8,
    /// For each page, whether all the runs that were compared have written it.
    written: Vec<bool>,
}

impl Bridges {
    /// Writes what is there anyway to all bridges, before a run; or returns a copy of the memory when
    /// the run is one to learn from.
    pub(super) fn lay(&self, memory: &mut [u8]) -> Option<Vec<u8>> {
        let Some(pages) = self.pages.get() else {
            if memory.len() > MOST_MEMORY {
                self.pages.get_or_init(Box::default);
                return None;
            }
            let mut learning = self.learning.lock().unwrap_or_else(PoisonError::into_inner);
            if learning.begun == SKIPPED + LEARNED {
                return None;
            }
            learning.begun += 1;
            let is_learned = learning.begun > SKIPPED;
            drop(learning);
            return is_learned.then(|| memory.to_vec());
        };
        for page in pages {
            if let Some(byte) = memory.get_mut(*page) {
                *black_box(&mut *byte) = black_box(*byte);
            }
        }
        None
    }

    /// Learns from a run, by the memory before and after it.
    pub(super) fn learn(&self, before: &[u8], after: &[u8]) {
        let mut learning = self.learning.lock().unwrap_or_else(PoisonError::into_inner);
        let pages = before.chunks(PAGE).zip(after.chunks(PAGE));
        let written = pages.map(|(before, after)| before != after);
        if learning.written.is_empty() {
            learning.written = written.collect();
        } else {
            for (all, this) in learning.written.iter_mut().zip(written) {
                *all &= this;
            }
        }
        learning.learned = learning.learned.saturating_add(1);
        if learning.learned >= LEARNED {
            let pages = bridges(&learning.written);
            let places = pages.into_iter().map(|page| page * PAGE);
            self.pages.get_or_init(|| places.collect());
        }
    }
}

/// The pages of the smallest gaps, so many that no more regions than those are left; none when a slot
/// would not keep them all.
fn bridges(written: &[bool]) -> Vec<usize> {
    let of_runs = written.iter().enumerate().filter(|(_, written)| **written);
    let of_runs: Vec<usize> = of_runs.map(|(page, _)| page).collect();
    let neighbours = of_runs.iter().zip(of_runs.iter().skip(1));
    let mut gaps: Vec<_> = neighbours
        .map(|(one, next)| one + 1..*next)
        .filter(|gap| !gap.is_empty())
        .collect();
    gaps.sort_by_key(|gap| Reverse(gap.len()));
    let mut pages: Vec<usize> = gaps.into_iter().skip(REGIONS - 1).flatten().collect();
    pages.sort_unstable();
    if (pages.len() + of_runs.len()) * PAGE > KEPT_RESIDENT {
        pages.clear();
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(written: impl IntoIterator<Item = usize>) -> Vec<bool> {
        let mut pages = vec![false; 12_800];
        for page in written {
            pages[page] = true;
        }
        pages
    }

    #[test]
    fn few_regions_need_no_bridge() {
        assert!(bridges(&pages((0..20).map(|n| n * 10))).is_empty());
        assert!(bridges(&pages(0..200)).is_empty());
        assert!(bridges(&[]).is_empty());
    }

    #[test]
    fn the_smallest_gaps_are_bridged() {
        // 22 regions of three pages: gaps of three, but one of a page and one of two.
        let starts = (0..22).map(|n| n * 6 - usize::from(n > 4) * 2 - usize::from(n > 8));
        let written = starts.flat_map(|start| start..start + 3);
        assert_eq!(bridges(&pages(written)), [27, 49, 50]);
    }

    #[test]
    fn pages_that_are_far_apart_are_left_alone() {
        assert!(bridges(&pages((0..25).map(|n| n * 512))).is_empty());
        assert_eq!(bridges(&pages((0..25).map(|n| n * 256))).len(), 5 * 255);
    }

    #[test]
    fn what_all_runs_write_is_learned_and_nothing_is_changed() {
        let bridges = Bridges::default();
        let mut memory: Vec<u8> = (0..=250).cycle().take(100 * PAGE).collect();
        let kept = memory.clone();
        for _ in 0..SKIPPED {
            assert_eq!(bridges.lay(&mut memory), None);
        }
        let before: Vec<_> = (0..LEARNED)
            .map(|_| bridges.lay(&mut memory).unwrap())
            .collect();
        // Others that begin before those have ended are not copied.
        assert_eq!(bridges.lay(&mut memory), None);
        for (run, before) in before.into_iter().enumerate() {
            let mut after = memory.clone();
            // Every other page, and some pages that no other run writes.
            for page in (0..60).step_by(2).chain(70 + run * 3..72 + run * 3) {
                after[page * PAGE + 7] ^= 1;
            }
            bridges.learn(&before, &after);
        }
        // 30 regions are in common: ten of their 29 gaps are bridged.
        let learned = bridges.pages.get().unwrap();
        assert_eq!(learned.len(), 10);
        assert!(learned.iter().all(|at| at % (2 * PAGE) == PAGE));
        assert_eq!(bridges.lay(&mut memory), None);
        assert_eq!(memory, kept);
    }

    #[test]
    fn large_memories_are_not_copied() {
        let mut memory = vec![0; MOST_MEMORY + 1];
        let bridges = Bridges::default();
        assert!((0..5).all(|_| bridges.lay(&mut memory).is_none()));
        assert!(bridges.pages.get().unwrap().is_empty());
    }
}
