//! The ledger and the wallets.

use std::sync::Arc;

use polycode_core::id::{EntryId, UserId};
use polycode_core::polypoints::{Account, Entry};
use polycode_core::port::{PageRequest, Store, Write};
use polycode_core::quantity::Points;

use crate::testkit::sample::{self, uuid};
use crate::testkit::{is_duplicate, is_refused, write};

pub(super) async fn a_reason_is_paid_once(store: Arc<dyn Store>) {
    let store = &*store;
    let first = sample::entry(1, "ada", 9, 60);
    let wallet = sample::write_wallet(None, sample::wallet("ada", 60));
    write(store, vec![wallet, Write::Entry(first.clone())])
        .await
        .unwrap();

    let same_reason = Entry {
        id: EntryId(uuid(2)),
        ..first.clone()
    };
    let same_id = Entry {
        id: first.id,
        ..sample::entry(1, "ada", 9, 70)
    };
    for entry in [same_reason, same_id] {
        assert!(is_duplicate(&write(store, vec![Write::Entry(entry)]).await));
    }
    // Another content, another level and another user are other reasons.
    let second = sample::entry(3, "ada", 8, 60);
    let third = sample::entry(4, "ada", 9, 100);
    let other = sample::entry(5, "ada/9", 9, 60);
    write(
        store,
        vec![
            sample::write_wallet(None, sample::wallet("ada/9", 60)),
            Write::Entry(second.clone()),
            Write::Entry(third.clone()),
            Write::Entry(other),
        ],
    )
    .await
    .unwrap();
    let ada = sample::user("ada");
    let page = store.entries(&ada, PageRequest::default());
    assert_eq!(page.await.unwrap().items, [third, second, first]);
}

pub(super) async fn an_entry_moves_points_between_two_accounts(store: Arc<dyn Store>) {
    let store = &*store;
    let account = |name: &str| Account::Wallet {
        user: sample::user(name),
    };
    let wallets = ["ada", "bob"].map(|name| sample::write_wallet(None, sample::wallet(name, 9)));
    write(store, wallets.to_vec()).await.unwrap();
    let good = sample::entry(1, "ada", 9, 5);
    let broken = [
        Entry {
            points: Points(0),
            ..good.clone()
        },
        Entry {
            debit: account("ada"),
            ..good.clone()
        },
        Entry {
            credit: Account::Mint,
            ..good.clone()
        },
    ];
    for entry in broken {
        let result = write(store, vec![Write::Entry(entry.clone())]).await;
        assert!(is_refused(&result), "{entry:?}: {result:?}");
    }
    let between = Entry {
        debit: account("bob"),
        ..good
    };
    write(store, vec![Write::Entry(between.clone())])
        .await
        .unwrap();
    // It stands in the lists of both.
    for name in ["ada", "bob"] {
        let user = sample::user(name);
        let page = store.entries(&user, PageRequest::default());
        assert_eq!(page.await.unwrap().items, std::slice::from_ref(&between));
    }
}

pub(super) async fn numbers_too_large_to_count_are_refused(store: Arc<dyn Store>) {
    let store = &*store;
    let most = i64::MAX.cast_unsigned();
    let user: UserId = sample::user("ada");
    let too_much = sample::write_wallet(None, sample::wallet("ada", most + 1));
    assert!(is_refused(&write(store, vec![too_much]).await));
    assert_eq!(store.wallet(&user).await.unwrap(), None);
    let wallet = sample::wallet("ada", most);
    write(store, vec![sample::write_wallet(None, wallet.clone())])
        .await
        .unwrap();
    assert_eq!(store.wallet(&user).await.unwrap().unwrap().value, wallet);
}
