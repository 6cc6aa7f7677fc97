//! Bridges between the pages that runs write, so that a slot of the pool is used again at little cost.
//!
//! When a slot is given back, wasmtime asks the system which pages were written and copies the first
//! 32 regions of them back to what they were; all that is behind them is given back to the system,
//! and the next run pays for each of its pages with a fault. Runs of one runtime write nearly the
//! same pages: few, but one here and one there. Where those and the small gaps between them are all
//! written, they are few regions, and nothing is given back.

use std::cmp::Reverse;
use std::hint::black_box;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::engine::KEPT_RESIDENT;

/// The size of a page where pages are bridged at all.
const PAGE: usize = 4096;

/// Regions that all runs of a runtime may have in common: some are left for what a program writes.
const REGIONS: usize = 20;

/// Runs after which it is worth to learn: many a process has only a few.
const SKIPPED: u8 = 32;

/// Runs after those that are learned from.
const LEARNED: u8 = 2;

/// What is known of the pages that all runs of a runtime write.
#[derive(Debug, Default)]
pub(super) struct Bridges {
    learning: Mutex<Learning>,
    /// Where the pages begin that all runs write or that lie in a small gap between such pages. Those
    /// that were learned from all wrote them; others may leave some out, and each would be a gap.
    pages: OnceLock<Box<[usize]>>,
}

#[derive(Debug, Default)]
struct Learning {
    /// Runs that have begun, until the last that is learned from.
    begun: u8,
    /// Runs that were learned from.
    learned: u8,
    /// For each page, whether all of those have left it written.
    written: Vec<bool>,
}

impl Bridges {
    /// Writes what is there anyway to all those pages, before a run; says whether the run is one to
    /// learn from.
    pub(super) fn lay(&self, memory: &mut [u8]) -> bool {
        let Some(pages) = self.pages.get() else {
            let mut learning = self.learning.lock().unwrap_or_else(PoisonError::into_inner);
            if learning.begun == SKIPPED + LEARNED {
                return false;
            }
            learning.begun += 1;
            return learning.begun > SKIPPED;
        };
        for page in pages {
            if let Some(byte) = memory.get_mut(*page) {
                *black_box(&mut *byte) = black_box(*byte);
            }
        }
        false
    }

    /// Learns from a run, by the memory that it leaves.
    pub(super) fn learn(&self, memory: &[u8]) {
        match written_pages(memory) {
            Some(written) => self.note(written),
            None => drop(self.pages.get_or_init(Box::default)),
        }
    }

    fn note(&self, written: Vec<bool>) {
        let mut learning = self.learning.lock().unwrap_or_else(PoisonError::into_inner);
        if learning.written.is_empty() {
            learning.written = written;
        } else {
            for (all, this) in learning.written.iter_mut().zip(written) {
                *all &= this;
            }
        }
        learning.learned = learning.learned.saturating_add(1);
        if learning.learned >= LEARNED {
            let pages = bridged(&learning.written);
            let places = pages.into_iter().map(|page| page * PAGE);
            self.pages.get_or_init(|| places.collect());
        }
    }
}

/// For each page, whether the system has made it the slot's own, which is what wasmtime resets: also
/// where what was written is what was there. None where the system does not tell, or has no way to
/// tell wasmtime.
fn written_pages(memory: &[u8]) -> Option<Vec<bool>> {
    #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
    {
        use std::fs::File;
        use std::os::unix::fs::FileExt as _;

        // Of the flags in proc_pid_pagemap(5): there is a page, and it is a file's or shared.
        const PRESENT: u64 = 1 << 63;
        const OF_A_FILE: u64 = 1 << 61;
        const ENTRY: usize = size_of::<u64>();

        let mut entries = vec![0; memory.len() / PAGE * ENTRY];
        let first = memory.as_ptr().addr() / PAGE * ENTRY;
        let pages = File::open("/proc/self/pagemap").ok()?;
        pages
            .read_exact_at(&mut entries, u64::try_from(first).ok()?)
            .ok()?;
        let (entries, _) = entries.as_chunks::<ENTRY>();
        let is_written =
            |entry: &[u8; ENTRY]| u64::from_ne_bytes(*entry) & (PRESENT | OF_A_FILE) == PRESENT;
        Some(entries.iter().map(is_written).collect())
    }
    #[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
    {
        let _ = memory;
        None
    }
}

/// The written pages and those of the smallest gaps between them, so many that no more regions than
/// those are left; none where that takes no bridge, or when a slot would not keep them all.
fn bridged(written: &[bool]) -> Vec<usize> {
    let of_runs = written.iter().enumerate().filter(|(_, written)| **written);
    let mut pages: Vec<usize> = of_runs.map(|(page, _)| page).collect();
    let neighbours = pages.iter().zip(pages.iter().skip(1));
    let mut gaps: Vec<_> = neighbours
        .map(|(one, next)| one + 1..*next)
        .filter(|gap| !gap.is_empty())
        .collect();
    if gaps.len() < REGIONS {
        return Vec::new();
    }
    gaps.sort_by_key(|gap| Reverse(gap.len()));
    pages.extend(gaps.into_iter().skip(REGIONS - 1).flatten());
    pages.sort_unstable();
    if pages.len() * PAGE > KEPT_RESIDENT {
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
        assert!(bridged(&pages((0..20).map(|n| n * 10))).is_empty());
        assert!(bridged(&pages(0..200)).is_empty());
        assert!(bridged(&[]).is_empty());
    }

    #[test]
    fn the_smallest_gaps_are_bridged() {
        // 22 regions of three pages: gaps of three, but one of a page and one of two.
        let starts = (0..22).map(|n| n * 6 - usize::from(n > 4) * 2 - usize::from(n > 8));
        let written: Vec<_> = starts.flat_map(|start| start..start + 3).collect();
        let mut expected = [written.as_slice(), &[27, 49, 50]].concat();
        expected.sort_unstable();
        assert_eq!(bridged(&pages(written)), expected);
    }

    #[test]
    fn pages_that_are_far_apart_are_left_alone() {
        assert!(bridged(&pages((0..25).map(|n| n * 512))).is_empty());
        assert_eq!(
            bridged(&pages((0..25).map(|n| n * 256))).len(),
            25 + 5 * 255
        );
    }

    #[test]
    fn what_all_runs_write_is_learned_and_nothing_is_changed() {
        let bridges = Bridges::default();
        let mut memory: Vec<u8> = (0..=250).cycle().take(100 * PAGE).collect();
        let kept = memory.clone();
        assert!((0..SKIPPED).all(|_| !bridges.lay(&mut memory)));
        assert!((0..LEARNED).all(|_| bridges.lay(&mut memory)));
        // Others that begin before those have ended are not learned from.
        assert!(!bridges.lay(&mut memory));
        for run in 0..usize::from(LEARNED) {
            // Every other page, and some pages that no other run writes.
            let written = (0..60).step_by(2).chain(70 + run * 3..72 + run * 3);
            bridges.note(pages(written));
        }
        // 30 regions are in common: ten of their 29 gaps are bridged.
        let learned = bridges.pages.get().unwrap();
        let (common, between) = learned
            .iter()
            .partition::<Vec<usize>, _>(|at| **at % (2 * PAGE) == 0);
        assert_eq!((common.len(), between.len()), (30, 10));
        assert!(!bridges.lay(&mut memory));
        assert_eq!(memory, kept);
    }

    #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
    #[test]
    fn a_page_is_written_also_when_it_is_as_it_was() {
        // So much that it is memory of its own, where nothing was written.
        let mut memory = vec![0_u8; 64 << 20];
        let from = memory.as_ptr().addr().next_multiple_of(PAGE) - memory.as_ptr().addr();
        let memory = &mut memory[from..][..1000 * PAGE];
        for page in [3, 500, 501] {
            *black_box(&mut memory[page * PAGE + 9]) = black_box(0);
        }
        let written = written_pages(memory).unwrap();
        let written = written
            .iter()
            .enumerate()
            .filter(|(_, is_written)| **is_written);
        let written: Vec<_> = written.map(|(page, _)| page).collect();
        assert_eq!(written, [3, 500, 501]);
    }
}
