//! Documents that are searched by words, or read kind by kind.
#![expect(clippy::indexing_slicing, reason = "a rule is a test")]

use std::sync::Arc;

use polycode_core::port::{Lookup, Store, StoredTerm, Term, Write};

use crate::testkit::found::{found, keys, lookup, put};
use crate::testkit::lists::{pages, sizes};
use crate::testkit::write;

/// A document in the list `all` whose place is its key.
fn with_words(key: &str, text: &str) -> Write {
    let listed = Term::listed("all", "", key);
    let terms = Term::words([text]).chain([listed]).collect();
    put("owl", key, None, terms)
}

fn searched(text: &str) -> Lookup {
    lookup("owl", "all", "").with_words_of(text)
}

pub(super) async fn documents_are_found_by_how_their_words_begin(store: Arc<dyn Store>) {
    let store = &*store;
    let texts = [
        ("a", "Loops and lists, in C++"),
        ("b", "Größe: the size of lists"),
        ("c", "Été à Paris; looping"),
        ("d", "循环与列表"),
        ("e", ""),
        ("f", "100% of a_b \u{10fffe} loop\0s"),
    ];
    for (key, text) in texts {
        write(store, vec![with_words(key, text)]).await.unwrap();
    }
    // The words of another kind, and another term of the same value, find nothing here.
    let other = Term::words(["paris"]).chain([Term::listed("all", "", "")]);
    let others = vec![
        put("bat", "a", None, other.collect()),
        put(
            "owl",
            "z",
            None,
            vec![
                Term::listed("tag", "paris", ""),
                Term::listed("all", "", "z"),
            ],
        ),
    ];
    write(store, others).await.unwrap();
    let cases: [(&str, &[&str]); 14] = [
        ("", &["a", "b", "c", "d", "e", "f", "z"]),
        ("?!", &["a", "b", "c", "d", "e", "f", "z"]),
        ("loop", &["a", "c", "f"]),
        ("LOOPS", &["a"]),
        ("oops", &[]),
        ("list lo", &["a"]),
        ("lists", &["a", "b"]),
        ("ete", &["c"]),
        ("PÀRIS", &["c"]),
        ("gros", &[]),
        ("größe", &["b"]),
        ("c++", &["a"]),
        ("列表", &["d"]),
        ("100 %", &["f"]),
    ];
    for (text, wanted) in cases {
        assert_eq!(found(store, searched(text)).await, wanted, "{text}");
        let mut backwards = wanted.to_vec();
        backwards.reverse();
        let reversed = searched(text).reversed();
        assert_eq!(found(store, reversed).await, backwards, "{text}");
    }
    let until = searched("loop").until("c");
    assert_eq!(found(store, until).await, ["a", "c"]);
    // What is written again is found by its new words only.
    let terms = Term::words(["paris"]).chain([Term::listed("all", "", "a")]);
    write(store, vec![put("owl", "a", Some(1), terms.collect())])
        .await
        .unwrap();
    assert_eq!(found(store, searched("loop")).await, ["c", "f"]);
    assert_eq!(found(store, searched("paris")).await, ["a", "c"]);
}

pub(super) async fn of_many_words_the_longest_are_looked_for(store: Arc<dyn Store>) {
    let store = &*store;
    let text = "eight words that are longer than some others here stand";
    for (key, text) in [("a", text), ("b", "eight words")] {
        write(store, vec![with_words(key, text)]).await.unwrap();
    }
    // The shortest of nine is left to whoever asks.
    let long = "eight words that longer than some others here";
    for (short, wanted) in [("zz", true), ("absent", false)] {
        let found = found(store, searched(&format!("{long} {short}"))).await;
        assert_eq!(found, ["a"][..usize::from(wanted)], "{short}");
    }
}

pub(super) async fn a_search_is_paged_like_its_list(store: Arc<dyn Store>) {
    let store = &*store;
    for number in 0..30 {
        let text = if number % 3 == 0 {
            "fizz lists"
        } else {
            "loops"
        };
        let key = format!("{number:02}");
        write(store, vec![with_words(&key, text)]).await.unwrap();
    }
    let wanted: Vec<_> = (0..10).map(|n| format!("{:02}", n * 3)).collect();
    for limit in [1, 3, 10, 100] {
        let read = |page| async { store.documents(searched("fi li"), page).await.unwrap() };
        let pages = pages(limit, read).await;
        let full = &sizes(&pages)[..pages.len() - 1];
        assert!(full.iter().all(|size| *size == limit as usize));
        assert_eq!(keys(pages.into_iter().flatten().collect()), wanted);
    }
}

pub(super) async fn rare_and_frequent_words_find_the_same(store: Arc<dyn Store>) {
    let store = &*store;
    // So many that a store would not look at each that has the word.
    let all: Vec<_> = (0..620).map(|number| format!("{number:03}")).collect();
    for keys in all.chunks(124) {
        let writes = keys.iter().map(|key| {
            let text = if key.ends_with("17") {
                "frequent rare"
            } else {
                "frequent"
            };
            with_words(key, text)
        });
        write(store, writes.collect()).await.unwrap();
    }
    assert_eq!(found(store, searched("frequent")).await, all);
    let rare: Vec<_> = all
        .iter()
        .filter(|key| key.ends_with("17"))
        .cloned()
        .collect();
    for text in ["rare", "frequent rare", "f r"] {
        assert_eq!(found(store, searched(text)).await, rare, "{text}");
    }
    assert!(found(store, searched("frequent absent")).await.is_empty());
}

pub(super) async fn documents_of_a_kind_come_with_their_terms(store: Arc<dyn Store>) {
    let store = &*store;
    let terms = vec![
        Term::listed("b", "2", "x"),
        Term::unique("a", "1"),
        Term::listed("b", "1", "\0"),
    ];
    for (kind, key, terms) in [
        ("owl", "b", terms.clone()),
        ("owl", "", vec![]),
        ("owl", "a\0", vec![Term::listed("b", "2", "")]),
        ("owl", "c", vec![]),
        ("owls", "a", vec![Term::listed("b", "2", "")]),
    ] {
        write(store, vec![put(kind, key, None, terms)])
            .await
            .unwrap();
    }
    for limit in [1, 2, 3, 4, 100] {
        let read = |page| async { store.documents_of("owl", page).await.unwrap() };
        let placed: Vec<_> = pages(limit, read).await.into_iter().flatten().collect();
        let found: Vec<_> = placed.iter().map(|one| one.document.key.as_str()).collect();
        assert_eq!(found, ["", "a\0", "b", "c"]);
        let numbers: Vec<_> = placed.iter().map(|one| one.terms.len()).collect();
        assert_eq!(numbers, [0, 1, 3, 0]);
        let mut wanted: Vec<_> = terms.iter().cloned().map(StoredTerm::from).collect();
        wanted.sort_unstable();
        assert_eq!(placed[2].terms, wanted);
        let document = store.document("owl", "b").await.unwrap().unwrap();
        assert_eq!(placed[2].document, document);
    }
    let read = |page| async { store.documents_of("bat", page).await.unwrap() };
    assert_eq!(sizes(&pages(1, read).await), [0]);
}
