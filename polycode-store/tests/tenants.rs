//! One tenant sees nothing of another's, on every store.
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use polycode_core::port::{Commit, CommitError, Write};
use polycode_core::quantity::Cursor;
use polycode_store::testkit::postgres::fresh;
use polycode_store::testkit::{self, random, sample};
use polycode_store::{TenantId, Tenants};
use tempfile::TempDir;

fn tenant(name: &str) -> TenantId {
    name.parse().unwrap()
}

fn places(folder: &TempDir) -> [Tenants; 3] {
    let sqlite = format!("sqlite:{}", folder.path().display());
    ["memory:", &sqlite, &fresh()].map(|url| Tenants::at(url).unwrap())
}

fn filled() -> Commit {
    let mut writes = vec![sample::new_content(sample::content(1, "a", "text"))];
    writes.extend(sample::new_submission(sample::submission(2, "ada", 1)));
    writes.extend([
        sample::write_wallet(None, sample::wallet("ada", 5)),
        Write::Entry(sample::entry(3, "ada", 1, 5)),
    ]);
    let events = vec![sample::event(4)];
    Commit { writes, events }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_tenant_stores_another_has_not_and_may_store_too() {
    let folder = TempDir::new().unwrap();
    for tenants in places(&folder) {
        let north = tenants.store(&tenant("north")).await.unwrap();
        let south = tenants.store(&tenant("south")).await.unwrap();
        let nothing = random::everything(&*south).await.unwrap();
        north.commit(filled()).await.unwrap();
        assert_eq!(random::everything(&*south).await.unwrap(), nothing);

        // The same ids, names and reasons are no others'.
        south.commit(filled()).await.unwrap();
        let north_seen = random::everything(&*north).await.unwrap();
        assert_eq!(random::everything(&*south).await.unwrap(), north_seen);
        let again = south.commit(filled()).await;
        assert!(
            matches!(again, Err(CommitError::Conflict { .. })),
            "{again:?}"
        );
        let (writes, events) = (Vec::new(), vec![sample::event(5)]);
        south.commit(Commit { writes, events }).await.unwrap();
        assert_eq!(random::everything(&*north).await.unwrap(), north_seen);
        assert_eq!(north.events(Cursor(0), 10).await.unwrap().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_keeps_every_rule_beside_others() {
    let folder = TempDir::new().unwrap();
    for tenants in places(&folder) {
        let neighbour = tenants.store(&tenant("neighbour")).await.unwrap();
        neighbour.commit(filled()).await.unwrap();
        let before = random::everything(&*neighbour).await.unwrap();
        let (tenants, number) = (&tenants, AtomicU32::new(0));
        let broken = testkit::check(|| {
            let own = tenant(&format!("t-{}", number.fetch_add(1, Ordering::Relaxed)));
            async move {
                let store = tenants.store(&own).await.unwrap();
                tenants.let_go(&own).await;
                store
            }
        })
        .await;
        assert!(broken.is_empty(), "{tenants:?}: {broken:#?}");
        assert_eq!(random::everything(&*neighbour).await.unwrap(), before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_has_one_store_and_finds_it_again() {
    let folder = TempDir::new().unwrap();
    for tenants in places(&folder) {
        let north = tenants.store(&tenant("north")).await.unwrap();
        let same = tenants.store(&tenant("north")).await.unwrap();
        assert!(Arc::ptr_eq(&north, &same));
    }
    let sqlite = format!("sqlite:{}", folder.path().display());
    for url in [sqlite, fresh()] {
        let stored = {
            let tenants = Tenants::at(&url).unwrap();
            let store = tenants.store(&tenant("west")).await.unwrap();
            store.commit(filled()).await.unwrap();
            random::everything(&*store).await.unwrap()
        };
        let tenants = Tenants::at(&url).unwrap();
        let store = tenants.store(&tenant("west")).await.unwrap();
        assert_eq!(random::everything(&*store).await.unwrap(), stored, "{url}");
    }
}
