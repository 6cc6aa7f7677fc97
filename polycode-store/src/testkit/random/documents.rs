//! Random documents: few kinds, keys and terms, so that they meet on lists and in unique values.

use polycode_core::port::{
    Change, DocumentWrite, Lookup, Page, PageRequest, PlacedDocument, PortError, Store,
    StoredDocument, Term, Write,
};
use polycode_core::quantity::{Points, Version};
use serde_json::json;

use crate::testkit::found::lookup;
use crate::testkit::random::{BIG, Draw, Seen, USERS};

const KINDS: [&str; 2] = ["owl", "bat"];
const KEYS: [&str; 4] = ["a", "a b", "b", "ä"];
/// Lists, and whether a value stands on them once.
const TERMS: [(&str, bool); 4] = [
    ("ring", true),
    ("perch", true),
    ("wood", false),
    ("tree", false),
];
const VALUES: [&str; 3] = ["", "v", "w"];
const SORTS: [&str; 4] = ["", "1", "10", "2"];
const WORDS: [&str; 4] = ["lo", "loop", "a", "log"];

/// A document to write or remove, mostly at the version that the store holds.
pub(super) async fn write(store: &dyn Store, draw: &mut Draw) -> Result<Write, PortError> {
    let (kind, key) = (draw.one_of(&KINDS), draw.one_of(&KEYS));
    let stored = store.document(kind, key).await?;
    let guess = draw.guess();
    let change = if draw.below(5) == 0 {
        Change::Remove
    } else {
        let words: Vec<_> = (0..draw.below(3)).map(|_| draw.one_of(&WORDS)).collect();
        let words = words.iter().map(|word| Term::listed(Term::WORD, word, ""));
        let holders = USERS.iter().filter(|_| draw.below(4) == 0);
        let holders: Vec<_> = holders.collect();
        // Of one kind each user holds one purse; of the other as many as name the user.
        let holders = holders.into_iter().map(|user| match kind {
            "owl" => Term::unique(Term::HOLDER, *user),
            _ => Term::listed(Term::HOLDER, *user, ""),
        });
        let terms: Vec<_> = (0..draw.below(4))
            .map(|_| term(draw))
            .chain(words)
            .chain(holders)
            .collect();
        let body = json!({"key": key, "drawn": draw.below(9), "terms": terms.len()});
        Change::Put {
            body: body.to_string(),
            terms,
        }
    };
    Ok(Write::Document(DocumentWrite {
        kind,
        key: key.to_owned(),
        expected: guess.unwrap_or(stored.map(|stored| stored.version)),
        change,
    }))
}

fn term(draw: &mut Draw) -> Term {
    let (name, is_unique) = draw.one_of(&TERMS);
    let value = draw.one_of(&VALUES);
    if is_unique {
        Term::unique(name, value)
    } else {
        Term::listed(name, value, draw.one_of(&SORTS))
    }
}

/// Every document and every list, in both directions, up to each place and in pages.
pub(super) async fn look(store: &dyn Store, seen: &mut Seen) -> Result<(), PortError> {
    for kind in KINDS {
        for key in KEYS {
            seen.note(&store.document(kind, key).await?.map(read));
            seen.note(&store.purse(kind, key).await?);
        }
        let first = PageRequest {
            after: None,
            limit: 2,
        };
        let purses = store.purses(kind, first).await?;
        let (after, limit) = (purses.next.clone(), 2);
        seen.note(&purses);
        seen.note(&store.purses(kind, PageRequest { after, limit }).await?);
        for points in [0, 1, BIG, 2 * BIG].map(Points) {
            seen.note(&store.purses_above(kind, points).await?);
        }
        let placed = store.documents_of(kind, PageRequest::default()).await?;
        for PlacedDocument { document, terms } in placed.items {
            seen.note(&(read(document), terms));
        }
        for (term, value) in TERMS
            .iter()
            .flat_map(|(term, _)| VALUES.map(|v| (*term, v)))
        {
            let all = lookup(kind, term, value);
            let until = SORTS.map(|sort| all.clone().until(sort));
            let with = WORDS.map(|word| Lookup {
                words: vec![word.to_owned(), "l".to_owned()],
                ..all.clone()
            });
            for lookup in until.into_iter().chain(with).chain([all]) {
                look_at(store, lookup.clone(), seen).await?;
                look_at(store, lookup.reversed(), seen).await?;
            }
        }
    }
    Ok(())
}

async fn look_at(store: &dyn Store, lookup: Lookup, seen: &mut Seen) -> Result<(), PortError> {
    let mut after = None;
    loop {
        let request = PageRequest { after, limit: 2 };
        let Page { items, next } = store.documents(lookup.clone(), request).await?;
        let items: Vec<_> = items.into_iter().map(read).collect();
        if !items.is_empty() || next.is_some() {
            seen.note(&(&lookup, items, &next));
        }
        after = next;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// What a document says: a store may keep its JSON in other words.
fn read(document: StoredDocument) -> (String, Version, serde_json::Value) {
    let body = serde_json::from_str(&document.body).unwrap();
    (document.key, document.version, body)
}
