//! Documents: one key for each, and one for each of its terms.

use std::collections::BTreeSet;

use polycode_core::port::{
    Change, CommitError, DocumentWrite, ListPlace, Lookup, Page, PageRequest, PlacedDocument,
    PortError, StoredDocument, StoredTerm, Term,
};
use polycode_core::quantity::Version;
use serde::{Deserialize, Serialize};

use crate::keyed::KeyValues;
use crate::keyed::key::{Range, key, parts};
use crate::keyed::lists::{AT_ONCE, all, first, last};
use crate::keyed::transaction::Transaction;
use crate::keyed::value::{THERE, lines, read, text};
use crate::keyed::write::next_version;
use crate::page::{list_place, page_of, rows_for};
use crate::rules::{conflict, duplicate};

/// The line before a document's body.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    version: Version,
    terms: Vec<KeptTerm>,
}

/// A term as a head has it: its name, value, sort and whether it is unique.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct KeptTerm(String, String, String, bool);

impl From<StoredTerm> for KeptTerm {
    fn from(term: StoredTerm) -> Self {
        Self(term.name, term.value, term.sort, term.is_unique)
    }
}

/// The key of a document.
pub(super) fn document(kind: &str, name: &str) -> String {
    key(["document", kind, name])
}

/// A document from what its key holds.
///
/// # Errors
/// [`PortError`] when it is not what was written.
pub(super) fn stored(name: &str, kept: &str) -> Result<StoredDocument, PortError> {
    placed(name, kept).map(|placed| placed.document)
}

/// What a write is sure to look at.
pub(super) fn keys_of(write: &DocumentWrite) -> Vec<String> {
    let terms = match &write.change {
        Change::Put { terms, .. } => terms.as_slice(),
        Change::Remove => &[],
    };
    let unique = terms.iter().filter(|term| term.is_unique);
    let owners = unique.map(|term| unique_key(write.kind, term.name, &term.value));
    owners.chain([document(write.kind, &write.key)]).collect()
}

/// Writes or removes a document, with all the lists that it stands in.
///
/// # Errors
/// As [`Store::commit`](polycode_core::port::Store::commit).
pub(super) async fn write(
    transaction: &mut Transaction<'_>,
    write: &DocumentWrite,
) -> Result<(), CommitError> {
    let own_key = document(write.kind, &write.key);
    let old = transaction.get(&own_key).await?;
    let old = old.map(|old| placed(&write.key, &old)).transpose()?;
    let stored = old.as_ref().map(|old| old.document.version);
    let version = next_version(write.expected, stored, write.kind)?;
    let old = keys_of_terms(write, old.iter().flat_map(|old| &old.terms))?;
    let new = match &write.change {
        // What is not there can't be removed either.
        Change::Remove if stored.is_none() => return Err(conflict(write.kind)),
        Change::Remove => {
            transaction.remove(own_key);
            BTreeSet::new()
        }
        Change::Put { body, terms } => {
            check_unique(transaction, write, terms).await?;
            let terms: BTreeSet<_> = terms.iter().cloned().map(StoredTerm::from).collect();
            let kept = terms.iter().cloned().map(KeptTerm::from);
            let terms_kept = kept.collect();
            let head = Head {
                version,
                terms: terms_kept,
            };
            transaction.put(own_key, format!("{}\n{body}", text(&head)?));
            keys_of_terms(write, &terms)?
        }
    };
    for (gone, _) in old.difference(&new) {
        transaction.remove(gone.clone());
    }
    for (key, value) in new.difference(&old) {
        transaction.put(key.clone(), value.clone());
    }
    Ok(())
}

/// The documents of a list.
///
/// # Errors
/// As [`Store::documents`](polycode_core::port::Store::documents).
pub(super) async fn list(
    values: &dyn KeyValues,
    lookup: &Lookup,
    page: &PageRequest,
) -> Result<Page<StoredDocument>, PortError> {
    let list = key(["term", lookup.kind, lookup.term, &lookup.value]);
    let mut range = Range::under(&list);
    if let Some(until) = &lookup.until {
        let until = key([until]);
        range = range.up_to(&format!("{list} {until}"));
    }
    if let Some(place) = list_place(page)? {
        let place = key([&place.sort, &place.key]);
        let place = format!("{list} {place}");
        range = if lookup.is_reversed {
            range.before(place)
        } else {
            range.after(&place)
        };
    }
    let with_words = with_words(values, lookup).await?;
    let wanted = rows_for(page);
    let mut places = Vec::new();
    loop {
        // Of a search few may be found among many.
        let at_once = with_words.as_ref().map_or(wanted, |_| AT_ONCE);
        let rows = if lookup.is_reversed {
            last(values, range.clone(), at_once).await?
        } else {
            first(values, range.clone(), at_once).await?
        };
        for (row, _) in &rows {
            let [_, _, _, _, sort, key] = parts(row)?;
            let is_found = with_words.as_ref().is_none_or(|found| found.contains(&key));
            if is_found {
                places.push(ListPlace { sort, key });
            }
        }
        let is_full = places.len() >= wanted as usize;
        match rows.last() {
            Some((row, _)) if !is_full && rows.len() >= at_once as usize => {
                range = if lookup.is_reversed {
                    range.before(row.clone())
                } else {
                    range.after(row)
                };
            }
            _ => break,
        }
    }
    let places = page_of(places, page, ListPlace::write);
    let keys = places
        .items
        .iter()
        .map(|place| document(lookup.kind, &place.key));
    let found = all(values, keys.collect()).await?;
    let found = found.iter().map(|(row, kept)| {
        let [_, _, name] = parts(row)?;
        placed(&name, kept)
    });
    let found = found.collect::<Result<Vec<_>, PortError>>()?;
    // Somebody may have written it since the list was read.
    let stands_there = |found: &PlacedDocument| {
        let on_list = |term: &StoredTerm| term.name == lookup.term && term.value == lookup.value;
        found.terms.iter().any(on_list)
    };
    let items = found.into_iter().filter(stands_there);
    Ok(Page {
        items: items.map(|placed| placed.document).collect(),
        next: places.next,
    })
}

/// All documents of a kind.
///
/// # Errors
/// As [`Store::documents_of`](polycode_core::port::Store::documents_of).
pub(super) async fn all_of(
    values: &dyn KeyValues,
    kind: &'static str,
    page: &PageRequest,
) -> Result<Page<PlacedDocument>, PortError> {
    let mut range = Range::under(&key(["document", kind]));
    if let Some(after) = &page.after {
        range = range.after(&document(kind, after));
    }
    let rows = first(values, range, rows_for(page)).await?;
    let found = rows.iter().map(|(row, kept)| {
        let [_, _, name] = parts(row)?;
        placed(&name, kept)
    });
    let found = found.collect::<Result<Vec<_>, PortError>>()?;
    Ok(page_of(found, page, |placed: &PlacedDocument| {
        placed.document.key.clone()
    }))
}

/// The documents that have words that begin so; none when no words are looked for.
async fn with_words(
    values: &dyn KeyValues,
    lookup: &Lookup,
) -> Result<Option<BTreeSet<String>>, PortError> {
    let list = key(["term", lookup.kind, Term::WORD]);
    let mut found: Option<BTreeSet<String>> = None;
    for word in &lookup.words {
        let mut range = Range::beginning(&list, word);
        let mut with_word = BTreeSet::new();
        loop {
            let rows = first(values, range.clone(), AT_ONCE).await?;
            for (row, _) in &rows {
                let [_, _, _, _, _, name] = parts(row)?;
                with_word.insert(name);
            }
            match rows.last() {
                Some((row, _)) if rows.len() >= AT_ONCE as usize => range = range.after(row),
                _ => break,
            }
        }
        found = Some(match found {
            Some(others) => others.intersection(&with_word).cloned().collect(),
            None => with_word,
        });
    }
    Ok(found)
}

async fn check_unique(
    transaction: &mut Transaction<'_>,
    write: &DocumentWrite,
    terms: &[Term],
) -> Result<(), CommitError> {
    // Of several that are taken, every store names the same.
    let unique: BTreeSet<_> = terms.iter().filter(|term| term.is_unique).collect();
    for term in unique {
        let owner = unique_key(write.kind, term.name, &term.value);
        let owner = transaction.get(&owner).await?;
        let owner: Option<String> = owner.map(|owner| read("owner", &owner)).transpose()?;
        if owner.is_some_and(|owner| owner != write.key) {
            return Err(duplicate(term.name));
        }
    }
    Ok(())
}

/// The keys that a term of a document has, and what they hold.
fn keys_of_term(
    kind: &str,
    name: &str,
    term: &StoredTerm,
) -> Result<Vec<(String, String)>, PortError> {
    let StoredTerm {
        name: list,
        value,
        sort,
        is_unique,
    } = term;
    let place = key(["term", kind, list, value, sort, name]);
    let mut keys = vec![(place, THERE.to_owned())];
    if *is_unique {
        keys.push((unique_key(kind, list, value), text(&name)?));
    }
    Ok(keys)
}

/// The keys that all terms of a document have.
fn keys_of_terms<'t>(
    write: &DocumentWrite,
    terms: impl IntoIterator<Item = &'t StoredTerm>,
) -> Result<BTreeSet<(String, String)>, PortError> {
    let mut keys = BTreeSet::new();
    for term in terms {
        keys.extend(keys_of_term(write.kind, &write.key, term)?);
    }
    Ok(keys)
}

/// The key of the one document that has a value.
fn unique_key(kind: &str, list: &str, value: &str) -> String {
    key(["unique", kind, list, value])
}

fn placed(name: &str, kept: &str) -> Result<PlacedDocument, PortError> {
    let (head, body) = lines("document", kept)?;
    let head: Head = read("document", head)?;
    let terms = head.terms.into_iter();
    let terms = terms.map(|KeptTerm(name, value, sort, is_unique)| StoredTerm {
        name,
        value,
        sort,
        is_unique,
    });
    Ok(PlacedDocument {
        document: StoredDocument {
            key: name.to_owned(),
            version: head.version,
            body: body.to_owned(),
        },
        terms: terms.collect(),
    })
}
