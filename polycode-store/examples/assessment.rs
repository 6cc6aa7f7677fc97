//! How long a campaign of 100,000 candidates takes in memory: the list read, taken in, and the
//! results summed up. `cargo run -p polycode-store --release --example assessment`.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that prints its result"
)]

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use polycode_core::Engine;
use polycode_core::assessment::roster;
use polycode_core::id::UserId;
use polycode_core::judging::{Limits, Program};
use polycode_core::permission::{Actor, Role};
use polycode_core::port::{PortError, Prepared, Sandbox, SandboxError, Uses};
use polycode_core::results::Filter;
use polycode_store::{MemoryStore, RandomIds, SystemClock};
use serde_json::{Value, json};

const CANDIDATES: u32 = 100_000;

#[tokio::main]
async fn main() {
    let engine = Engine::new(
        Arc::new(MemoryStore::new()),
        Arc::new(NoSandbox),
        Arc::new(SystemClock),
        Arc::new(RandomIds),
    );
    let content = engine
        .create_content(&Actor::service(), read(question()))
        .await
        .unwrap();
    let author = Actor::user(UserId::new("ada").unwrap()).with(Role::AssessmentCreator);
    let pools = json!([{"questions": [{"content": content.value.id, "version": 1}]}]);
    let draft = read(json!({"name": "test", "pools": pools}));
    let test = engine.create_test(&author, draft).await.unwrap().value.id;
    let plan = read(json!({"test": test, "testVersion": 1}));
    let named = read(json!({"name": "campaign"}));
    let campaign = engine
        .create_campaign(&author, named, plan)
        .await
        .unwrap()
        .id;

    let mut csv = "email,name,tags,extra time\n".to_owned();
    for number in 0..CANDIDATES {
        let tag = number % 20;
        writeln!(csv, "c{number}@example.org,Candidate {number},t{tag};x,25").unwrap();
    }
    let begun = Instant::now();
    let rows = roster::read(csv.as_bytes()).unwrap();
    println!("read     {} rows in {:?}", rows.len(), begun.elapsed());

    let begun = Instant::now();
    let intake = engine.import_candidates(&author, campaign, csv.as_bytes());
    let intake = intake.await.unwrap();
    println!("imported {} rows in {:?}", intake.added, begun.elapsed());

    let begun = Instant::now();
    let everybody = Filter::default();
    let summary = engine.results_summary(&author, campaign, &everybody);
    let summary = summary.await.unwrap();
    println!(
        "summed   {} rows in {:?}",
        summary.candidates,
        begun.elapsed()
    );
}

fn question() -> Value {
    json!({"slug": "q", "name": "q", "type": "question",
        "root": {"id": "quiz", "kind": "mcq", "question": "?", "choose": "one",
            "options": [{"id": "a", "text": "a"}, {"id": "b", "text": "b"}],
            "validators": [{"id": "v", "kind": "choice", "correct": ["a"]}]}})
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

#[derive(Debug)]
struct NoSandbox;

#[async_trait]
impl Sandbox for NoSandbox {
    async fn prepare(&self, _: &Program, _: &Limits, _: &Uses) -> Result<Prepared, SandboxError> {
        Err(PortError::permanent("nothing is run here").into())
    }
}
