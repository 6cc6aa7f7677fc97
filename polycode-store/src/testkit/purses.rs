//! Joint purses: what the wallets of a document's holders hold together.

use std::sync::Arc;

use polycode_core::port::{Change, DocumentWrite, Page, PageRequest, Purse, Store, Term, Write};
use polycode_core::quantity::{Points, Version};
use tokio::task::JoinSet;

use crate::testkit::found::put;
use crate::testkit::lists::{pages, sizes};
use crate::testkit::{is_conflict, sample, write};

/// A document with these holders, and something else that it is found by.
fn team(key: &str, expected: Option<u64>, holders: &[&str]) -> Write {
    let holders = holders.iter().map(|user| Term::unique(Term::HOLDER, *user));
    let terms = holders.chain([Term::listed("wood", "w", key)]);
    put("team", key, expected, terms.collect())
}

fn wallet(user: &str, expected: Option<u64>, balance: u64) -> Write {
    sample::write_wallet(expected.map(Version), sample::wallet(user, balance))
}

async fn held(store: &dyn Store, key: &str) -> Option<u64> {
    let purse = store.purse("team", key).await.unwrap();
    purse.map(|points| points.0)
}

pub(super) async fn a_purse_holds_what_its_holders_have(store: Arc<dyn Store>) {
    let store = &*store;
    write(store, vec![wallet("ada", None, 5)]).await.unwrap();
    assert_eq!(held(store, "one").await, None);
    write(
        store,
        vec![
            team("one", None, &["ada", "bob"]),
            team("two", None, &["cy"]),
            team("none", None, &[]),
            // Another kind may have the same holder, and a list of any name any texts.
            put("pair", "one", None, vec![Term::unique(Term::HOLDER, "ada")]),
            put("pair", "odd", None, vec![Term::unique(Term::HOLDER, "\0'")]),
        ],
    )
    .await
    .unwrap();
    assert_eq!(held(store, "one").await, Some(5));
    assert_eq!(held(store, "two").await, Some(0));
    assert_eq!(held(store, "none").await, None);
    let odd = store.purse("pair", "odd").await.unwrap();
    assert_eq!(odd, Some(Points(0)));
    // Wallets come and change.
    let changed = vec![
        wallet("bob", None, 7),
        wallet("ada", Some(1), 2),
        wallet("eve", None, 90),
    ];
    write(store, changed).await.unwrap();
    assert_eq!(held(store, "one").await, Some(9));
    let pair = store.purse("pair", "one").await.unwrap();
    assert_eq!(pair, Some(Points(2)));
    // What is refused changes no purse, whatever it wrote before.
    let refused = vec![
        wallet("ada", Some(2), 50),
        team("one", Some(1), &["ada", "eve"]),
        wallet("eve", None, 1),
    ];
    assert!(is_conflict(&write(store, refused).await));
    assert_eq!(held(store, "one").await, Some(9));
    // Holders go and come, also from one document to another in one commit.
    let moved = vec![
        team("one", Some(1), &["bob"]),
        team("two", Some(1), &["ada", "cy"]),
        wallet("ada", Some(2), 3),
    ];
    write(store, moved).await.unwrap();
    assert_eq!(held(store, "one").await, Some(7));
    assert_eq!(held(store, "two").await, Some(3));
    // Without holders there is no purse, as without the document.
    let remove = Write::Document(DocumentWrite {
        kind: "team",
        key: "one".to_owned(),
        expected: Some(Version(2)),
        change: Change::Remove,
    });
    write(store, vec![remove, team("two", Some(2), &[])])
        .await
        .unwrap();
    for key in ["one", "two"] {
        assert_eq!(held(store, key).await, None);
    }
    write(
        store,
        vec![wallet("bob", Some(1), 8), team("one", None, &["bob"])],
    )
    .await
    .unwrap();
    assert_eq!(held(store, "one").await, Some(8));
}

pub(super) async fn purses_are_paged_fullest_first(store: Arc<dyn Store>) {
    let store = &*store;
    let purses = [("b", 5), ("a/1", 5), ("c", 0), ("", 9), ("a", 5), ("ä", 30)];
    for (key, points) in purses {
        let user = format!("captain {key}").replace('/', "-");
        let writes = vec![
            team(key, None, &[&user]),
            wallet(&user, None, points),
            put(
                "pair",
                key,
                None,
                vec![Term::listed(Term::HOLDER, "nobody", key)],
            ),
        ];
        write(store, writes).await.unwrap();
    }
    let sorted = [("ä", 30), ("", 9), ("a", 5), ("a/1", 5), ("b", 5), ("c", 0)];
    for (limit, wanted) in [(1, vec![1; 6]), (4, vec![4, 2]), (6, vec![6])] {
        let read = |page| async { store.purses("team", page).await.unwrap() };
        let pages = pages(limit, read).await;
        assert_eq!(sizes(&pages), wanted);
        let listed: Vec<_> = pages.into_iter().flatten().collect();
        let listed: Vec<_> = listed
            .iter()
            .map(|purse| (purse.key.as_str(), purse.points.0))
            .collect();
        assert_eq!(listed, sorted);
    }
    for (points, above) in [(0, 5), (4, 5), (5, 2), (9, 1), (30, 0), (u64::MAX, 0)] {
        let counted = store.purses_above("team", Points(points)).await.unwrap();
        assert_eq!(counted, above, "above {points}");
    }
    assert_eq!(store.purses_above("pair", Points(0)).await.unwrap(), 0);
    // A page goes on where the one before ended, though somebody overtook meanwhile.
    let limit = 3;
    let first = store.purses("team", PageRequest { after: None, limit });
    let Page { next: after, .. } = first.await.unwrap();
    write(store, vec![wallet("captain c", Some(1), 99)])
        .await
        .unwrap();
    let rest = store.purses("team", PageRequest { after, limit });
    let rest = rest.await.unwrap().items.into_iter();
    let rest: Vec<_> = rest.map(|purse| purse.key).collect();
    assert_eq!(rest, ["a/1", "b"]);
    for after in ["nonsense", "x/a"] {
        let after = Some(after.to_owned());
        let page = store.purses("team", PageRequest { after, limit: 1 }).await;
        assert!(page.is_err());
    }
}

pub(super) async fn purses_add_up_while_wallets_and_holders_change(store: Arc<dyn Store>) {
    const USERS: u64 = 8;
    const ROUNDS: u64 = 8;
    let mut tasks = JoinSet::new();
    for number in 0..USERS {
        let earning = Arc::clone(&store);
        let user = format!("user {number}");
        let name = user.clone();
        tasks.spawn(async move {
            for round in 0..ROUNDS {
                let expected = (round > 0).then_some(round);
                let balance = (round + 1) * (number + 1);
                write(&*earning, vec![wallet(&name, expected, balance)])
                    .await
                    .unwrap();
            }
        });
        let joining = Arc::clone(&store);
        tasks.spawn(async move {
            for round in 0..ROUNDS {
                let holders: &[&str] = if round % 2 == 0 { &[&user] } else { &[] };
                let expected = (round > 0).then_some(round);
                let key = format!("own {number}");
                write(&*joining, vec![team(&key, expected, holders)])
                    .await
                    .unwrap();
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    // All have left the purses of their own, for one together.
    let names: Vec<_> = (0..USERS).map(|number| format!("user {number}")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let writes = vec![team("all", None, &names)];
    write(&*store, writes).await.unwrap();
    let together = (1..=USERS).map(|number| ROUNDS * number).sum();
    assert_eq!(held(&*store, "all").await, Some(together));
    let page = store.purses("team", PageRequest::default()).await.unwrap();
    let all = Purse {
        key: "all".to_owned(),
        points: Points(together),
    };
    assert_eq!(page.items, [all]);
}
