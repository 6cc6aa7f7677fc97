//! Every store keeps the rules of the port, and all answer alike.
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

#[path = "engine/world.rs"]
#[expect(
    dead_code,
    reason = "shared with the tests of the engine, which use all of it"
)]
mod world;

use std::collections::BTreeMap;
use std::sync::Arc;

use polycode_core::port::Store;
use polycode_store::testkit::{self, postgres, random};
use polycode_store::{MemoryStore, PostgresStore, SqliteStore};
use proptest::collection::vec;
use proptest::prelude::*;
use tempfile::TempDir;

use crate::world::Contended;

#[tokio::test(flavor = "multi_thread")]
async fn memory_keeps_every_rule() {
    let broken = testkit::check(|| async { Arc::new(MemoryStore::new()) as _ }).await;
    assert!(broken.is_empty(), "{broken:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_without_purses_of_its_own_keeps_every_rule() {
    let fresh = || async {
        Arc::new(Contended {
            inner: MemoryStore::new(),
            conflicts: 0.into(),
            tried: 0.into(),
        }) as _
    };
    let broken = testkit::check(fresh).await;
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
async fn postgres_keeps_every_rule() {
    let broken = testkit::check(|| async {
        let store = PostgresStore::open(&postgres::fresh()).await.unwrap();
        Arc::new(store) as Arc<dyn Store>
    })
    .await;
    assert!(broken.is_empty(), "{broken:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_keeps_every_rule_when_it_refuses_what_it_cannot_serialise() {
    let broken = testkit::check(|| async {
        let url = format!(
            "{}&options[default_transaction_isolation]=serializable",
            postgres::fresh()
        );
        let store = PostgresStore::open(&url).await.unwrap();
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

#[tokio::test]
async fn random_commits_try_every_outcome() {
    let memory = MemoryStore::new();
    let mut outcomes: BTreeMap<String, u32> = BTreeMap::new();
    let numbers: Vec<u32> = (0..2_000_u32)
        .map(|n| n.wrapping_mul(0x85eb_ca6b))
        .collect();
    for pair in numbers.chunks(2) {
        let commit = random::commit(&memory, pair).await.unwrap();
        let result = memory.commit(commit).await;
        *outcomes.entry(random::outcome(&result)).or_default() += 1;
    }
    // Where nothing is written, or nothing refused, comparing two stores says little.
    assert!(outcomes["written"] >= 50, "{outcomes:#?}");
    assert!(outcomes["refused"] >= 50, "{outcomes:#?}");
    let count = |words: &str| {
        outcomes
            .keys()
            .filter(|outcome| outcome.ends_with(words))
            .count()
    };
    // Contents, submissions, progress, wallets and two kinds of documents; slugs, answers,
    // entries, events and three unique terms of documents.
    assert_eq!(count("written by somebody else"), 6, "{outcomes:#?}");
    assert_eq!(count("is taken already"), 7, "{outcomes:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn memory_and_sqlite_answer_alike(commits in commits()) {
        let folder = TempDir::new().unwrap();
        on_runtime(async {
            let sqlite = SqliteStore::open(folder.path().join("x.db")).await.unwrap();
            answers_like_memory(&sqlite, &commits).await;
            sqlite.close().await;
        });
    }
}

proptest! {
    // Each case needs a schema, so there are fewer.
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn memory_and_postgres_answer_alike(commits in commits()) {
        on_runtime(async {
            let store = PostgresStore::open(&postgres::fresh()).await.unwrap();
            answers_like_memory(&store, &commits).await;
            store.close().await;
        });
    }
}

fn commits() -> impl Strategy<Value = Vec<Vec<u32>>> {
    vec(vec(any::<u32>(), 1..4), 40..120)
}

fn on_runtime(test: impl Future<Output = ()>) {
    tokio::runtime::Runtime::new().unwrap().block_on(test);
}

async fn answers_like_memory(store: &dyn Store, commits: &[Vec<u32>]) {
    let memory = MemoryStore::new();
    for numbers in commits {
        let commit = random::commit(&memory, numbers).await.unwrap();
        let ours = random::outcome(&memory.commit(commit.clone()).await);
        let theirs = random::outcome(&store.commit(commit.clone()).await);
        assert_eq!(ours, theirs, "{commit:#?}");
    }
    let ours = random::everything(&memory).await.unwrap();
    let theirs = random::everything(store).await.unwrap();
    assert_eq!(ours, theirs);
}
