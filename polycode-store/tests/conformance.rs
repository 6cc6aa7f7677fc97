//! Every store keeps the rules of the port, and all answer alike.
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use polycode_core::port::{Commit, CommitError, PortError, Store};
use polycode_core::quantity::Cursor;
use polycode_store::testkit::{self, postgres, random};
use polycode_store::{
    KeyBatch, KeyScan, KeyValues, KeyedStore, MemoryStore, PostgresStore, SqliteStore,
};
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

/// Texts under keys in a map.
#[derive(Debug, Default)]
struct Map(Mutex<BTreeMap<String, String>>);

#[async_trait]
impl KeyValues for Map {
    async fn get(&self, keys: Vec<String>) -> Result<BTreeMap<String, String>, PortError> {
        let map = self.0.lock().unwrap();
        let found = |key: String| map.get(&key).cloned().map(|value| (key, value));
        Ok(keys.into_iter().filter_map(found).collect())
    }

    async fn scan(&self, scan: KeyScan) -> Result<Vec<(String, String)>, PortError> {
        let map = self.0.lock().unwrap();
        let mut found: Vec<_> = map.range(scan.first..scan.end).collect();
        if scan.is_reversed {
            found.reverse();
        }
        let found = found.into_iter().take(scan.limit as usize);
        Ok(found
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect())
    }

    async fn write(&self, batch: KeyBatch) -> Result<bool, PortError> {
        let mut map = self.0.lock().unwrap();
        if batch
            .expected
            .iter()
            .any(|(key, value)| map.get(key) != value.as_ref())
        {
            return Ok(false);
        }
        for (key, change) in batch.changes {
            match change {
                Some(value) => map.insert(key, value),
                None => map.remove(&key),
            };
        }
        Ok(true)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keyed_keeps_every_rule() {
    let broken = testkit::check_keyed(|| async { Arc::new(Map::default()) as _ }).await;
    assert!(broken.is_empty(), "{broken:#?}");
}

/// A map that writes whatever it is told, as a host's store does that forgets to compare.
#[derive(Debug, Default)]
struct Careless(Map);

#[async_trait]
impl KeyValues for Careless {
    async fn get(&self, keys: Vec<String>) -> Result<BTreeMap<String, String>, PortError> {
        self.0.get(keys).await
    }

    async fn scan(&self, scan: KeyScan) -> Result<Vec<(String, String)>, PortError> {
        self.0.scan(scan).await
    }

    async fn write(&self, mut batch: KeyBatch) -> Result<bool, PortError> {
        batch.expected.clear();
        self.0.write(batch).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_map_that_compares_nothing_is_found_out() {
    let broken = testkit::check_keyed(|| async { Arc::new(Careless::default()) as _ }).await;
    for rule in [
        "a_write_that_finds_something_else_changes_nothing",
        "many_changes_are_made_at_once",
        "one_of_many_that_expect_the_same_wins",
    ] {
        assert!(broken.contains(&rule), "{broken:#?}");
    }
}

/// A map that another process writes to, just before this one writes for the first time.
#[derive(Debug)]
struct Between(Arc<Map>, Mutex<bool>);

#[async_trait]
impl KeyValues for Between {
    async fn get(&self, keys: Vec<String>) -> Result<BTreeMap<String, String>, PortError> {
        self.0.get(keys).await
    }

    async fn scan(&self, scan: KeyScan) -> Result<Vec<(String, String)>, PortError> {
        self.0.scan(scan).await
    }

    async fn write(&self, batch: KeyBatch) -> Result<bool, PortError> {
        let is_first = !std::mem::replace(&mut *self.1.lock().unwrap(), true);
        if is_first {
            let other = KeyedStore::new(Arc::clone(&self.0) as _);
            let events = vec![testkit::sample::event(1)];
            let wallet = testkit::sample::wallet("bob", 1);
            let writes = vec![testkit::sample::write_wallet(None, wallet)];
            other.commit(Commit { writes, events }).await.unwrap();
        }
        self.0.write(batch).await
    }
}

#[tokio::test]
async fn commits_of_another_process_come_between_and_none_is_lost() {
    let commit = |user, event| Commit {
        writes: vec![testkit::sample::write_wallet(
            None,
            testkit::sample::wallet(user, 5),
        )],
        events: vec![testkit::sample::event(event)],
    };
    let store = || KeyedStore::new(Arc::new(Between(Arc::default(), Mutex::default())));
    // Both append to the log, so that the later one is tried again.
    let both = store();
    both.commit(commit("ada", 2)).await.unwrap();
    let events = both.events(Cursor(0), 10).await.unwrap();
    let ids: Vec<_> = events.iter().map(|event| event.recorded.clone()).collect();
    assert_eq!(ids, [1, 2].map(testkit::sample::event));
    // Both write the same wallet, so that the later one is told.
    let same = store();
    let refused = same.commit(commit("bob", 2)).await;
    assert!(
        matches!(refused, Err(CommitError::Conflict { document: "wallet" })),
        "{refused:?}"
    );
    assert_eq!(same.events(Cursor(0), 10).await.unwrap().len(), 1);
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
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn memory_and_keyed_answer_alike(commits in commits()) {
        on_runtime(async {
            answers_like_memory(&KeyedStore::new(Arc::new(Map::default())), &commits).await;
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
