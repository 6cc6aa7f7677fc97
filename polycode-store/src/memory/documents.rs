//! Documents of a memory store, and the lists that they stand in.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

use foldhash::HashMap;
use polycode_core::port::{
    Change, CommitError, DocumentWrite, ListPlace, Lookup, Page, PageRequest, PlacedDocument,
    PortError, StoredDocument, StoredTerm, Term,
};
use polycode_core::quantity::Version;

use crate::page::{list_place, page_of, rows_for};
use crate::rules::{conflict, duplicate};

/// A sort and a key.
type Place = (Arc<str>, Arc<str>);

#[derive(Debug, Default)]
pub(super) struct Documents {
    kinds: HashMap<&'static str, Kind>,
}

/// All documents of a kind by their keys, and their lists by name.
#[derive(Debug, Default)]
struct Kind {
    all: HashMap<Arc<str>, Placed>,
    lists: HashMap<&'static str, Lists>,
}

/// The lists of one name, by the value that is looked for.
#[derive(Debug, Default)]
struct Lists {
    /// Where a value can stand only once.
    unique: HashMap<String, Place>,
    listed: BTreeMap<String, BTreeSet<Place>>,
}

#[derive(Debug)]
struct Placed {
    version: Version,
    body: String,
    terms: Vec<Term>,
}

impl Placed {
    fn read(&self, key: &str) -> PlacedDocument {
        let terms: BTreeSet<_> = self.terms.iter().cloned().map(StoredTerm::from).collect();
        PlacedDocument {
            document: StoredDocument {
                key: key.to_owned(),
                version: self.version,
                body: self.body.clone(),
            },
            terms: terms.into_iter().collect(),
        }
    }
}

/// What a write replaced.
#[derive(Debug)]
pub(super) struct Replaced {
    pub(super) kind: &'static str,
    pub(super) key: Arc<str>,
    old: Option<Placed>,
}

impl Documents {
    pub(super) fn get(&self, kind: &'static str, key: &str) -> Option<StoredDocument> {
        self.kinds.get(kind)?.get(key)
    }

    pub(super) fn list(
        &self,
        lookup: &Lookup,
        page: &PageRequest,
    ) -> Result<Page<StoredDocument>, PortError> {
        let after = list_place(page)?;
        let after = after.map(|place| (place.sort.into(), place.key.into()));
        let nothing = Kind::default();
        let kind = self.kinds.get(lookup.kind).unwrap_or(&nothing);
        let list = kind.list(lookup.term, &lookup.value);
        let reached = |(sort, _): &&Place| {
            let until = lookup.until.as_ref();
            until.is_none_or(|until| **sort <= **until)
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
        let with_words = kind.with_words(&lookup.words);
        let is_found = |key: &str| with_words.as_ref().is_none_or(|found| found.contains(key));
        let found = rows
            .filter(|(_, key)| is_found(key))
            .take(rows_for(page) as usize)
            .filter_map(|(sort, key)| Some((sort, kind.get(key)?)));
        let place = |(sort, document): &(&Arc<str>, StoredDocument)| {
            let (sort, key) = (sort.to_string(), document.key.clone());
            ListPlace { sort, key }.write()
        };
        let page = page_of(found.collect(), page, place);
        Ok(page.map(|(_, document)| document))
    }

    pub(super) fn all_of(&self, kind: &'static str, page: &PageRequest) -> Page<PlacedDocument> {
        let all = self.kinds.get(kind).into_iter().flat_map(|kind| &kind.all);
        let is_next = |key: &str| page.after.as_deref().is_none_or(|after| key > after);
        let mut rows: Vec<_> = all.filter(|(key, _)| is_next(key)).collect();
        rows.sort_unstable_by_key(|(key, _)| *key);
        let placed = rows
            .into_iter()
            .take(rows_for(page) as usize)
            .map(|(key, placed)| placed.read(key));
        page_of(placed.collect(), page, |placed| placed.document.key.clone())
    }

    /// Whom a document names as holders of its purse.
    pub(super) fn holders(&self, kind: &'static str, key: &str) -> impl Iterator<Item = &str> {
        let of_kind = self.kinds.get(kind);
        let with_holders = of_kind.filter(|kind| kind.lists.contains_key(Term::HOLDER));
        let placed = with_holders.and_then(|kind| kind.all.get(key));
        let terms = placed.into_iter().flat_map(|placed| &placed.terms);
        let holders = terms.filter(|term| term.name == Term::HOLDER);
        holders.map(|term| term.value.as_str())
    }

    /// The documents that name somebody as holder.
    pub(super) fn held_by(&self, holder: &str) -> Vec<(&'static str, Arc<str>)> {
        let of_kind = |(kind, of_kind): (&&'static str, &Kind)| {
            let list = of_kind.list(Term::HOLDER, holder);
            let keys: Vec<_> = list
                .iter()
                .map(|(_, key)| (*kind, Arc::clone(key)))
                .collect();
            keys
        };
        self.kinds.iter().flat_map(of_kind).collect()
    }

    pub(super) fn write(&mut self, write: DocumentWrite) -> Result<Replaced, CommitError> {
        let kind = self.kinds.entry(write.kind).or_default();
        let stored = kind.all.get(write.key.as_str());
        let stored = stored.map(|placed| placed.version);
        if write.expected != stored {
            return Err(conflict(write.kind));
        }
        let key = Arc::from(write.key);
        let new = match write.change {
            // What is not there can't be removed either.
            Change::Remove if stored.is_none() => return Err(conflict(write.kind)),
            Change::Remove => None,
            Change::Put { body, terms } => {
                kind.check_unique(&key, &terms)?;
                let version = stored.map_or(Version::FIRST, Version::next);
                Some(Placed {
                    version,
                    body,
                    terms,
                })
            }
        };
        let old = kind.place(&key, new);
        Ok(Replaced {
            kind: write.kind,
            key,
            old,
        })
    }

    pub(super) fn undo(&mut self, replaced: Replaced) {
        if let Some(kind) = self.kinds.get_mut(replaced.kind) {
            kind.place(&replaced.key, replaced.old);
        }
    }
}

impl Kind {
    fn get(&self, key: &str) -> Option<StoredDocument> {
        let placed = self.all.get(key)?;
        Some(StoredDocument {
            key: key.to_owned(),
            version: placed.version,
            body: placed.body.clone(),
        })
    }

    fn list(&self, name: &'static str, value: &str) -> Cow<'_, BTreeSet<Place>> {
        let lists = self.lists.get(name);
        let listed = lists.and_then(|lists| lists.listed.get(value));
        match (lists.and_then(|lists| lists.unique.get(value)), listed) {
            (None, Some(listed)) => Cow::Borrowed(listed),
            (unique, listed) => {
                let places = listed.into_iter().flatten().chain(unique);
                Cow::Owned(places.cloned().collect())
            }
        }
    }

    /// The documents that have words that begin so; none when no words are looked for.
    fn with_words(&self, words: &[String]) -> Option<BTreeSet<&str>> {
        let with_word = |word: &String| -> BTreeSet<&str> {
            let lists = self.lists.get(Term::WORD).into_iter();
            let begin = lists.flat_map(|lists| lists.listed.range(word.clone()..));
            begin
                .take_while(|(value, _)| value.starts_with(word))
                .flat_map(|(_, places)| places.iter().map(|(_, key)| &**key))
                .collect()
        };
        let found = words.iter().map(with_word);
        found.reduce(|one, other| one.intersection(&other).copied().collect())
    }

    fn check_unique(&self, key: &str, terms: &[Term]) -> Result<(), CommitError> {
        let is_taken = |term: &&Term| {
            let lists = self.lists.get(term.name);
            let owner = lists.and_then(|lists| lists.unique.get(&term.value));
            owner.is_some_and(|(_, owner)| **owner != *key)
        };
        let unique = terms.iter().filter(|term| term.is_unique);
        // Of several that are taken, every store names the same.
        let taken = unique.filter(is_taken).min();
        taken.map_or(Ok(()), |term| Err(duplicate(term.name)))
    }

    /// Puts a document, or none, where a key points to, and gives what was there.
    fn place(&mut self, key: &Arc<str>, new: Option<Placed>) -> Option<Placed> {
        let (old, new) = match (self.all.entry(Arc::clone(key)), new) {
            (Entry::Vacant(_), None) => (None, None),
            (Entry::Vacant(place), Some(new)) => (None, Some(&*place.insert(new))),
            (Entry::Occupied(place), None) => (Some(place.remove()), None),
            (Entry::Occupied(mut place), Some(new)) => {
                (Some(place.insert(new)), Some(&*place.into_mut()))
            }
        };
        for term in old.iter().flat_map(|old| &old.terms) {
            if let Some(lists) = self.lists.get_mut(term.name) {
                lists.remove(term, key);
            }
        }
        for term in new.iter().flat_map(|new| &new.terms) {
            self.lists.entry(term.name).or_default().insert(term, key);
        }
        old
    }
}

impl Lists {
    fn insert(&mut self, term: &Term, key: &Arc<str>) {
        let place = place(term, key);
        if term.is_unique {
            self.unique.insert(term.value.clone(), place);
        } else if let Some(places) = self.listed.get_mut(&term.value) {
            places.insert(place);
        } else {
            let places = BTreeSet::from([place]);
            self.listed.insert(term.value.clone(), places);
        }
    }

    fn remove(&mut self, term: &Term, key: &Arc<str>) {
        if term.is_unique {
            self.unique.remove(&term.value);
        } else if let Some(places) = self.listed.get_mut(&term.value) {
            places.remove(&place(term, key));
            if places.is_empty() {
                self.listed.remove(&term.value);
            }
        }
    }
}

/// Where a term puts a document; most stand where their key says, so that it is shared.
fn place(term: &Term, key: &Arc<str>) -> Place {
    let sort = match term.sort.as_str() {
        "" => Arc::default(),
        sort if *sort == **key => Arc::clone(key),
        sort => Arc::from(sort),
    };
    (sort, Arc::clone(key))
}
