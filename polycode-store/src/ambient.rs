//! Time and ids from the machine.

use jiff::Timestamp;
use polycode_core::port::{Clock, Ids};
use uuid::Uuid;

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SystemClock;

/// Ids that nobody can guess: UUID v7, each greater than the one before it in this process.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RandomIds;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

impl Ids for RandomIds {
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }

    fn secret(&self) -> [u8; 32] {
        rand::random()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_grow_in_each_thread_and_are_all_different() {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                std::thread::spawn(|| (0..5_000).map(|_| RandomIds.next()).collect::<Vec<_>>())
            })
            .collect();
        let mut all = BTreeSet::new();
        for thread in threads {
            let ids = thread.join().unwrap();
            assert!(ids.is_sorted());
            assert!(ids.iter().all(|id| id.get_version_num() == 7));
            all.extend(ids);
        }
        assert_eq!(all.len(), 20_000);
    }
}
