//! Every store keeps the rules of the port, and all answer alike.

use std::sync::Arc;

use polycode_core::port::Store;
use polycode_store::testkit::{self, random};
use polycode_store::{MemoryStore, SqliteStore};
use proptest::collection::vec;
use proptest::prelude::*;
use tempfile::TempDir;

#[tokio::test(flavor = "multi_thread")]
async fn memory_keeps_every_rule() {
    let broken = testkit::check(|| async { Arc::new(MemoryStore::new()) as _ }).await;
    assert!(broken.is_empty(), "{broken:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_keeps_every_rule() {
    let folder = TempDir::new().unwrap();
    let broken = testkit::check(|| async {
        let name = format!("{}.db", uuid::Uuid::now_v7());
        let store = SqliteStore::open(folder.path().join(name)).await.unwrap();
        Arc::new(store) as Arc<dyn Store>
    })
    .await;
    assert!(broken.is_empty(), "{broken:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_forgets_is_found_out() {
    // One store for all rules: the rules that want an empty one must notice.
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let broken = testkit::check(|| async { Arc::clone(&store) }).await;
    assert!(broken.len() > 5, "{broken:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn memory_and_sqlite_answer_alike(commits in vec(vec(any::<u32>(), 1..4), 40..120)) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let folder = TempDir::new().unwrap();
            let sqlite = SqliteStore::open(folder.path().join("x.db")).await.unwrap();
            let memory = MemoryStore::new();
            let mut written = 0;
            for numbers in &commits {
                let commit = random::commit(numbers);
                let ours = random::outcome(&memory.commit(commit.clone()).await);
                let theirs = random::outcome(&sqlite.commit(commit.clone()).await);
                prop_assert_eq!(&ours, &theirs, "{:#?}", commit);
                written += usize::from(ours == "written");
            }
            // Without anything written the comparison would say nothing.
            prop_assert!(written > 3, "only {} of {} were written", written, commits.len());
            let ours = random::everything(&memory).await.unwrap();
            let theirs = random::everything(&sqlite).await.unwrap();
            prop_assert_eq!(ours, theirs);
            sqlite.close().await;
            Ok(())
        })?;
    }
}
