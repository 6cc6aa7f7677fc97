//! A PostgreSQL server whose disk is full: a temporary failure, and nothing is lost or half there.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

use polycode_core::event::Recorded;
use polycode_core::id::ModuleId;
use polycode_core::polypoints::{Entry, EntryReason, WalletEvent};
use polycode_core::port::{Commit, CommitError, PageRequest, Permanence, Store, Write};
use polycode_core::quantity::{Cursor, Points};
use polycode_store::testkit::postgres::Server;
use polycode_store::testkit::sample;
use polycode_store::{PostgresStore, check};
use rand::RngExt;

/// A content that can't be packed into less, and beside it a wallet that was paid as many polypoints as
/// its number.
fn large(number: u64) -> Commit {
    let text: String = (0..60_000)
        .map(|_| char::from(rand::rng().random_range(b'!'..b'~')))
        .filter(|character| !['"', '\\'].contains(character))
        .collect();
    let mut content = sample::content(number, &format!("c{number}"), "small");
    content.draft.description = text;
    let name = format!("user {number}");
    let (user, points) = (sample::user(&name), Points(number));
    let module = ModuleId(sample::uuid(1));
    let entry = Entry {
        reason: EntryReason::ModuleAward {
            user: user.clone(),
            module,
            total: points,
        },
        ..sample::entry(number, &name, number, number)
    };
    let credited = WalletEvent::Credited {
        user,
        entry: entry.id,
        points,
        balance: points,
    };
    Commit {
        writes: vec![
            sample::write_wallet(None, sample::wallet(&name, number)),
            Write::Entry(entry),
            sample::new_content(content),
        ],
        events: vec![Recorded {
            event: credited.into(),
            ..sample::event(number)
        }],
    }
}

async fn slugs(store: &dyn Store) -> usize {
    let page = PageRequest {
        after: None,
        limit: 1_000,
    };
    store.contents(page).await.unwrap().items.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_a_temporary_failure_and_harms_nothing() {
    let mut server = Server::start_with_little_room();
    let store = PostgresStore::open(server.url()).await.unwrap();
    let mut written = 0;
    let error = loop {
        match store.commit(large(written + 1)).await {
            Ok(()) => written += 1,
            Err(CommitError::Port(error)) => break error,
            Err(error) => panic!("{error}"),
        }
        assert!(written < 1_000, "there is room for all");
    };
    assert!(written > 3, "{written}: {error}");
    assert_eq!(error.permanence(), Permanence::Temporary, "{error}");
    assert!(error.to_string().contains("can't be written"), "{error}");
    // Again and again, and what is there can be read.
    for number in 1..4 {
        let refused = store.commit(large(written + number)).await;
        let is_temporary = matches!(&refused, Err(CommitError::Port(error))
            if error.permanence() == Permanence::Temporary);
        assert!(is_temporary, "{refused:?}");
    }
    assert_eq!(slugs(&store).await as u64, written);

    server = tokio::task::spawn_blocking(move || {
        server.give_room();
        server
    })
    .await
    .unwrap();
    // Nothing of those that failed is in the way of the same once more.
    for number in 1..4 {
        store.commit(large(written + number)).await.unwrap();
    }
    assert_eq!(slugs(&store).await as u64, written + 3);
    let events = store.events(Cursor(0), 1_000).await.unwrap();
    assert_eq!(events.len() as u64, written + 3);
    for (balance, above) in [(0, written + 3), (written, 3), (written + 3, 0)] {
        let ranks = store.wallets_above(Points(balance)).await;
        assert_eq!(ranks.unwrap(), above, "above {balance}");
    }
    let checked = check(&store).await.unwrap();
    assert_eq!(checked.findings, []);
    assert_eq!(
        (checked.contents, checked.wallets),
        (written + 3, written + 3)
    );
    store.close().await;
    drop(server);
}
