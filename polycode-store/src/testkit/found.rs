//! Documents that are found by the lists that their terms put them on.
#![expect(clippy::indexing_slicing, reason = "a rule is a test")]

use std::sync::Arc;

use polycode_core::port::{
    Change, Commit, DocumentWrite, Lookup, PageRequest, Store, StoredDocument, Term, Write,
};
use polycode_core::quantity::{Cursor, Version};
use serde_json::json;

use crate::testkit::lists::{pages, sizes};
use crate::testkit::sample;
use crate::testkit::{is_conflict, is_duplicate, is_refused, write};

/// Texts that a store may not read anything into, in the order of their bytes.
const ODD: [&str; 9] = [
    "",
    "\0",
    "%",
    "'; DROP TABLE documents; --",
    "/",
    "A",
    "_",
    "a",
    "größe 🦉",
];

pub(super) fn put(kind: &'static str, key: &str, expected: Option<u64>, terms: Vec<Term>) -> Write {
    let body = json!({"key": key, "terms": terms.len()}).to_string();
    Write::Document(DocumentWrite {
        kind,
        key: key.to_owned(),
        expected: expected.map(Version),
        change: Change::Put { body, terms },
    })
}

fn remove(kind: &'static str, key: &str, expected: Option<u64>) -> Write {
    Write::Document(DocumentWrite {
        kind,
        key: key.to_owned(),
        expected: expected.map(Version),
        change: Change::Remove,
    })
}

pub(super) fn lookup(kind: &'static str, term: &'static str, value: &str) -> Lookup {
    Lookup {
        kind,
        term,
        value: value.to_owned(),
        until: None,
        is_reversed: false,
        words: Vec::new(),
    }
}

pub(super) fn keys(documents: Vec<StoredDocument>) -> Vec<String> {
    documents.into_iter().map(|found| found.key).collect()
}

pub(super) async fn found(store: &dyn Store, lookup: Lookup) -> Vec<String> {
    let page = PageRequest {
        after: None,
        limit: 1_000,
    };
    keys(store.documents(lookup, page).await.unwrap().items)
}

pub(super) async fn a_found_document_is_written_only_at_the_version_that_was_read(
    store: Arc<dyn Store>,
) {
    let store = &*store;
    for wrong in [
        put("owl", "a", Some(1), vec![]),
        remove("owl", "a", Some(1)),
        // What is not there can't be removed, whatever is expected.
        remove("owl", "a", None),
    ] {
        assert!(is_conflict(&write(store, vec![wrong]).await));
    }
    write(store, vec![put("owl", "a", None, vec![])])
        .await
        .unwrap();
    let terms = vec![Term::listed("wood", "w", "1")];
    for wrong in [
        put("owl", "a", None, terms.clone()),
        put("owl", "a", Some(2), terms.clone()),
        remove("owl", "a", Some(2)),
    ] {
        assert!(is_conflict(&write(store, vec![wrong]).await));
    }
    assert_eq!(found(store, lookup("owl", "wood", "w")).await, [""; 0]);
    write(store, vec![put("owl", "a", Some(1), terms)])
        .await
        .unwrap();
    let stored = store.document("owl", "a").await.unwrap().unwrap();
    assert_eq!(stored.version, Version(2));
    let body: serde_json::Value = serde_json::from_str(&stored.body).unwrap();
    assert_eq!(body, json!({"key": "a", "terms": 1}));
    // A key belongs to a kind.
    assert_eq!(store.document("bat", "a").await.unwrap(), None);
    write(store, vec![put("bat", "a", None, vec![])])
        .await
        .unwrap();
    assert_eq!(
        store.document("bat", "a").await.unwrap().unwrap().version,
        Version(1)
    );
}

pub(super) async fn a_unique_term_belongs_to_one_document(store: Arc<dyn Store>) {
    let store = &*store;
    let unique = |value: &str| vec![Term::unique("member", value)];
    write(store, vec![put("team", "one", None, unique("ada"))])
        .await
        .unwrap();
    let taken = write(store, vec![put("team", "two", None, unique("ada"))]).await;
    assert!(is_duplicate(&taken), "{taken:?}");
    assert_eq!(store.document("team", "two").await.unwrap(), None);
    // Other values, other names and other kinds are other matters.
    let others = vec![
        put("team", "two", None, unique("bob")),
        put("team", "three", None, vec![Term::unique("captain", "ada")]),
        put("club", "one", None, unique("ada")),
    ];
    write(store, others).await.unwrap();
    let taken = write(store, vec![put("team", "two", Some(1), unique("ada"))]).await;
    assert!(is_duplicate(&taken), "{taken:?}");
    assert_eq!(found(store, lookup("team", "member", "bob")).await, ["two"]);
    // It may keep its own, and what it gives up is free, in the same commit too.
    let swap = vec![
        put("team", "one", Some(1), unique("cy")),
        put("team", "two", Some(1), unique("ada")),
    ];
    write(store, swap).await.unwrap();
    write(store, vec![put("team", "two", Some(2), unique("ada"))])
        .await
        .unwrap();
    assert_eq!(found(store, lookup("team", "member", "ada")).await, ["two"]);
    write(store, vec![remove("team", "two", Some(3))])
        .await
        .unwrap();
    write(store, vec![put("team", "four", None, unique("ada"))])
        .await
        .unwrap();
    assert_eq!(
        found(store, lookup("team", "member", "ada")).await,
        ["four"]
    );
}

pub(super) async fn a_removed_document_is_gone_from_every_list(store: Arc<dyn Store>) {
    let store = &*store;
    let terms = || {
        vec![
            Term::listed("wood", "w", "1"),
            Term::listed("tree", "t", ""),
        ]
    };
    for key in ["a", "b"] {
        write(store, vec![put("owl", key, None, terms())])
            .await
            .unwrap();
    }
    write(store, vec![remove("owl", "a", Some(1))])
        .await
        .unwrap();
    assert_eq!(store.document("owl", "a").await.unwrap(), None);
    for (name, value) in [("wood", "w"), ("tree", "t")] {
        assert_eq!(found(store, lookup("owl", name, value)).await, ["b"]);
    }
    // A document that is written again leaves the lists that it does not name any more.
    let moved = vec![Term::listed("wood", "v", "1")];
    write(store, vec![put("owl", "b", Some(1), moved)])
        .await
        .unwrap();
    for (name, value, wanted) in [("wood", "w", 0), ("tree", "t", 0), ("wood", "v", 1)] {
        let found = found(store, lookup("owl", name, value)).await;
        assert_eq!(found.len(), wanted, "{name} {value}");
    }
    // It may come back, as a new one.
    write(store, vec![put("owl", "a", None, terms())])
        .await
        .unwrap();
    assert_eq!(
        store.document("owl", "a").await.unwrap().unwrap().version,
        Version::FIRST
    );
}

pub(super) async fn a_commit_that_fails_leaves_lists_as_they_were(store: Arc<dyn Store>) {
    let store = &*store;
    let listed = |value: &str| vec![Term::listed("wood", value, "1")];
    let first = vec![
        put("owl", "a", None, listed("w")),
        put("owl", "b", None, listed("w")),
    ];
    write(store, first).await.unwrap();
    let writes = vec![
        put("owl", "a", Some(1), listed("v")),
        remove("owl", "b", Some(1)),
        put("owl", "c", None, listed("w")),
        put("owl", "d", Some(9), listed("w")),
    ];
    let events = vec![sample::event(1)];
    let failed = store.commit(Commit { writes, events }).await;
    assert!(is_conflict(&failed), "{failed:?}");
    assert_eq!(found(store, lookup("owl", "wood", "w")).await, ["a", "b"]);
    assert_eq!(found(store, lookup("owl", "wood", "v")).await, [""; 0]);
    assert_eq!(store.events(Cursor(0), 10).await.unwrap(), []);
}

pub(super) async fn lists_are_in_order_of_sort_then_key(store: Arc<dyn Store>) {
    let store = &*store;
    let places = [
        ("2", "b"),
        ("1", "c"),
        ("10", "a"),
        ("2", "a"),
        ("", "z"),
        ("1", "b0"),
        ("1", "b"),
    ];
    for (number, (sort, key)) in places.into_iter().enumerate() {
        // A key says which document it is, so that each stands once.
        let key = format!("{key}-{number}");
        let terms = vec![
            Term::listed("wood", "w", sort),
            Term::listed("wood", "v", "0"),
        ];
        write(store, vec![put("owl", &key, None, terms)])
            .await
            .unwrap();
    }
    let sorted = ["z-4", "b-6", "b0-5", "c-1", "a-2", "a-3", "b-0"];
    let until_one = &sorted[..4];
    let of = || lookup("owl", "wood", "w");
    let cases = [
        (of(), sorted.to_vec()),
        (of().until("1"), until_one.to_vec()),
        (of().until("11"), sorted[..5].to_vec()),
        (of().until(""), sorted[..1].to_vec()),
    ];
    for (lookup, wanted) in cases {
        let mut backwards = wanted.clone();
        backwards.reverse();
        for (lookup, wanted) in [(lookup.clone(), wanted), (lookup.reversed(), backwards)] {
            for limit in [1, 2, 3, 7, 100] {
                let read = |page| async { store.documents(lookup.clone(), page).await.unwrap() };
                let pages = pages(limit, read).await;
                let full = pages.split_last().map_or(&[][..], |(_, full)| full);
                assert!(full.iter().all(|page| page.len() == limit as usize));
                assert!(pages.len() == 1 || !pages[pages.len() - 1].is_empty());
                let listed = keys(pages.into_iter().flatten().collect());
                assert_eq!(listed, wanted, "{lookup:?} by {limit}");
            }
        }
    }
    assert_eq!(found(store, lookup("owl", "wood", "v")).await.len(), 7);
    assert_eq!(found(store, lookup("bat", "wood", "w")).await, [""; 0]);
    let after = Some("not a place".to_owned());
    let nonsense = store.documents(of(), PageRequest { after, limit: 1 }).await;
    assert!(nonsense.is_err());
}

pub(super) async fn a_page_of_a_list_stays_where_it_was(store: Arc<dyn Store>) {
    let store = &*store;
    let at = |sort: &str| vec![Term::listed("wood", "w", sort)];
    for key in ["b", "d", "f"] {
        write(store, vec![put("owl", key, None, at(key))])
            .await
            .unwrap();
    }
    for (lookup, wanted) in [
        (lookup("owl", "wood", "w"), "f"),
        (lookup("owl", "wood", "w").reversed(), "b"),
    ] {
        let page = |after, limit| {
            let lookup = lookup.clone();
            async move {
                store
                    .documents(lookup, PageRequest { after, limit })
                    .await
                    .unwrap()
            }
        };
        let first = page(None, 2).await;
        // Others come before it, and the one it ended with goes.
        let changes = vec![
            put("owl", "a", None, at("a")),
            put("owl", "g", None, at("g")),
            remove("owl", "d", Some(1)),
        ];
        write(store, changes).await.unwrap();
        let second = page(first.next, 1).await;
        assert_eq!(keys(second.items), [wanted]);
        let back = vec![
            remove("owl", "a", Some(1)),
            remove("owl", "g", Some(1)),
            put("owl", "d", None, at("d")),
        ];
        write(store, back).await.unwrap();
    }
}

pub(super) async fn odd_keys_and_terms_come_back_as_they_were(store: Arc<dyn Store>) {
    let store = &*store;
    for text in ODD {
        let terms = vec![
            Term::listed("all", "", text),
            Term::listed("of", text, text),
            Term::unique("one", text),
        ];
        write(store, vec![put("owl", text, None, terms)])
            .await
            .unwrap();
    }
    assert_eq!(found(store, lookup("owl", "all", "")).await, ODD);
    for text in ODD {
        assert_eq!(
            store.document("owl", text).await.unwrap().unwrap().key,
            text
        );
        assert_eq!(found(store, lookup("owl", "of", text)).await, [text]);
        assert_eq!(found(store, lookup("owl", "one", text)).await, [text]);
    }
    let read = |page| async {
        store
            .documents(lookup("owl", "all", ""), page)
            .await
            .unwrap()
    };
    assert_eq!(sizes(&pages(1, read).await), [1; ODD.len()]);
    // Places are written with a line break between their parts, so none may have one.
    for (key, sort) in [("a\nb", ""), ("a", "\n")] {
        let terms = vec![Term::listed("all", "", sort)];
        let broken = write(store, vec![put("bat", key, None, terms)]).await;
        assert!(is_refused(&broken), "{broken:?}");
    }
    let value = vec![Term::listed("all", "line\nbreak", "")];
    write(store, vec![put("bat", "a", None, value)])
        .await
        .unwrap();
    assert_eq!(
        found(store, lookup("bat", "all", "line\nbreak")).await,
        ["a"]
    );
}
