//! The joint purses of documents, in the order of what they hold.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Bound;

use foldhash::HashMap;
use polycode_core::port::{Page, PageRequest, PortError, Purse};
use polycode_core::quantity::Points;

use crate::page::{page_of, purse_place, rows_for};

/// All purses, by the kind of their documents.
#[derive(Debug, Default)]
pub(super) struct Purses(HashMap<&'static str, OfKind>);

#[derive(Debug, Default)]
struct OfKind {
    all: HashMap<String, Points>,
    ranked: BTreeSet<(Reverse<Points>, String)>,
}

impl Purses {
    pub(super) fn get(&self, kind: &'static str, key: &str) -> Option<Points> {
        self.0.get(kind)?.all.get(key).copied()
    }

    /// Says what a document's purse holds, or that it has none.
    pub(super) fn set(&mut self, kind: &'static str, key: &str, points: Option<Points>) {
        if points.is_none() && !self.0.contains_key(kind) {
            return;
        }
        let OfKind { all, ranked } = self.0.entry(kind).or_default();
        let old = match points {
            Some(points) => all.insert(key.to_owned(), points),
            None => all.remove(key),
        };
        if let Some(old) = old {
            ranked.remove(&(Reverse(old), key.to_owned()));
        }
        ranked.extend(points.map(|points| (Reverse(points), key.to_owned())));
    }

    pub(super) fn page(
        &self,
        kind: &'static str,
        page: &PageRequest,
    ) -> Result<Page<Purse>, PortError> {
        let after = purse_place(page)?.map(|purse| (Reverse(purse.points), purse.key));
        let start = after.map_or(Bound::Unbounded, Bound::Excluded);
        let ranked = self.0.get(kind).into_iter().flat_map(|of_kind| {
            let range = (start.clone(), Bound::Unbounded);
            of_kind.ranked.range(range)
        });
        let rows = ranked.take(rows_for(page) as usize);
        let purse = |(Reverse(points), key): &(Reverse<Points>, String)| Purse {
            key: key.clone(),
            points: *points,
        };
        Ok(page_of(rows.map(purse).collect(), page, Purse::place))
    }

    pub(super) fn above(&self, kind: &'static str, points: Points) -> u64 {
        let ranked = self.0.get(kind).into_iter().flat_map(|kind| &kind.ranked);
        ranked.take_while(|(own, _)| own.0 > points).count() as u64
    }
}
