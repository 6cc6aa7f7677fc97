//! Documents of a memory store, and the lists that they stand in.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use polycode_core::port::{
    Change, CommitError, DocumentWrite, ListPlace, Lookup, Page, PageRequest, PlacedDocument,
    PortError, StoredDocument, StoredTerm, Term,
};
use polycode_core::quantity::Version;

use crate::page::{list_place, page_of, rows_for};
use crate::rules::{conflict, duplicate};

/// A kind and a key.
type Id = (&'static str, String);

/// A kind, a term and a value.
type List = (&'static str, &'static str, String);

/// A sort and a key.
type Place = (String, String);

#[derive(Debug, Default)]
pub(super) struct Documents {
    all: BTreeMap<Id, Placed>,
    /// Every list, with the places of its documents.
    lists: BTreeMap<List, BTreeSet<Place>>,
}

#[derive(Debug, Clone)]
struct Placed {
    version: Version,
    body: String,
    terms: Vec<Term>,
}

/// What a write replaced.
#[derive(Debug)]
pub(super) struct Replaced {
    id: Id,
    old: Option<Placed>,
}

impl Documents {
    pub(super) fn get(&self, kind: &'static str, key: &str) -> Option<StoredDocument> {
        let placed = self.all.get(&(kind, key.to_owned()))?;
        Some(StoredDocument {
            key: key.to_owned(),
            version: placed.version,
            body: placed.body.clone(),
        })
    }

    pub(super) fn list(
        &self,
        lookup: &Lookup,
        page: &PageRequest,
    ) -> Result<Page<StoredDocument>, PortError> {
        let nothing = BTreeSet::new();
        let list = (lookup.kind, lookup.term, lookup.value.clone());
        let list = self.lists.get(&list).unwrap_or(&nothing);
        let after = list_place(page)?.map(|place| (place.sort, place.key));
        let reached = |(sort, _): &&Place| {
            let until = lookup.until.as_ref();
            until.is_none_or(|until| sort <= until)
        };
        let rows: Box<dyn Iterator<Item = &Place>> = if lookup.is_reversed {
            let end = after.map_or(Bound::Unbounded, Bound::Excluded);
            let rows = list.range((Bound::Unbounded, end)).rev();
            Box::new(rows.skip_while(move |row| !reached(row)))
        } else {
            let start = after.map_or(Bound::Unbounded, Bound::Excluded);
            let rows = list.range((start, Bound::Unbounded));
            Box::new(rows.take_while(reached))
        };
        let with_words = self.with_words(lookup);
        let is_found = |key: &str| with_words.as_ref().is_none_or(|found| found.contains(key));
        let found = rows
            .filter(|(_, key)| is_found(key))
            .take(rows_for(page) as usize)
            .filter_map(|(sort, key)| {
                let document = self.get(lookup.kind, key)?;
                Some((sort, document))
            });
        let place = |(sort, document): &(&String, StoredDocument)| {
            let (sort, key) = ((*sort).clone(), document.key.clone());
            ListPlace { sort, key }.write()
        };
        let page = page_of(found.collect(), page, place);
        Ok(page.map(|(_, document)| document))
    }

    pub(super) fn all_of(&self, kind: &'static str, page: &PageRequest) -> Page<PlacedDocument> {
        let start = match &page.after {
            Some(after) => Bound::Excluded((kind, after.clone())),
            None => Bound::Included((kind, String::new())),
        };
        let rows = self.all.range((start, Bound::Unbounded));
        let rows = rows.take_while(|((found, _), _)| *found == kind);
        let placed = rows
            .take(rows_for(page) as usize)
            .map(|((_, key), placed)| {
                let terms: BTreeSet<_> =
                    placed.terms.iter().cloned().map(StoredTerm::from).collect();
                let document = StoredDocument {
                    key: key.clone(),
                    version: placed.version,
                    body: placed.body.clone(),
                };
                let terms = terms.into_iter().collect();
                PlacedDocument { document, terms }
            });
        page_of(placed.collect(), page, |placed| placed.document.key.clone())
    }

    /// The documents that have words that begin so; none when no words are looked for.
    fn with_words(&self, lookup: &Lookup) -> Option<BTreeSet<&str>> {
        let with_word = |word: &String| -> BTreeSet<&str> {
            let start = (lookup.kind, Term::WORD, word.clone());
            let lists = self.lists.range(start..);
            let lists = lists.take_while(|((kind, name, value), _)| {
                (*kind, *name) == (lookup.kind, Term::WORD) && value.starts_with(word)
            });
            lists
                .flat_map(|(_, places)| places.iter().map(|(_, key)| key.as_str()))
                .collect()
        };
        let found = lookup.words.iter().map(with_word);
        found.reduce(|one, other| one.intersection(&other).copied().collect())
    }

    pub(super) fn write(&mut self, write: DocumentWrite) -> Result<Replaced, CommitError> {
        let id = (write.kind, write.key);
        let stored = self.all.get(&id).map(|placed| placed.version);
        if write.expected != stored {
            return Err(conflict(write.kind));
        }
        let new = match write.change {
            Change::Remove => None,
            Change::Put { body, terms } => {
                self.check_unique(&id, &terms)?;
                let version = stored.map_or(Version::FIRST, Version::next);
                Some(Placed {
                    version,
                    body,
                    terms,
                })
            }
        };
        let old = self.place(&id, new);
        Ok(Replaced { id, old })
    }

    pub(super) fn undo(&mut self, replaced: Replaced) {
        self.place(&replaced.id, replaced.old);
    }

    fn check_unique(&self, id: &Id, terms: &[Term]) -> Result<(), CommitError> {
        let taken = |term: &&Term| {
            let list = self.lists.get(&(id.0, term.name, term.value.clone()));
            let mut others = list.into_iter().flatten();
            others.any(|(_, key)| *key != id.1)
        };
        let taken = terms.iter().filter(|term| term.is_unique).find(taken);
        taken.map_or(Ok(()), |term| Err(duplicate(term.name)))
    }

    /// Puts a document, or none, where an id points to, and gives what was there.
    fn place(&mut self, id: &Id, new: Option<Placed>) -> Option<Placed> {
        let old = self.all.remove(id);
        for term in old.iter().flat_map(|old| &old.terms) {
            let list = (id.0, term.name, term.value.clone());
            if let Some(places) = self.lists.get_mut(&list) {
                places.remove(&(term.sort.clone(), id.1.clone()));
                if places.is_empty() {
                    self.lists.remove(&list);
                }
            }
        }
        if let Some(new) = new {
            for term in &new.terms {
                let list = (id.0, term.name, term.value.clone());
                let places = self.lists.entry(list).or_default();
                places.insert((term.sort.clone(), id.1.clone()));
            }
            self.all.insert(id.clone(), new);
        }
        old
    }
}
