//! The stores side by side: how many graded submissions a second each takes, how long the reads
//! take that a page waits for, and how much room it all needs. `cargo xtask bench store`.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that prints its result"
)]

mod load;
mod read;
mod write;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Parser;
use polycode_core::port::Store;
use polycode_store::testkit::postgres::{Durability, Server};
use polycode_store::{MemoryStore, PostgresStore, SqliteStore};
use sqlx::{Connection, PgConnection};

/// What is loaded, and how long is measured.
#[derive(Debug, Clone, Parser)]
struct Size {
    /// How many users have a wallet and a progress.
    #[arg(long, default_value_t = 1_000_000)]
    users: u64,
    /// How many graded submissions there are.
    #[arg(long, default_value_t = 1_000_000)]
    submissions: u64,
    /// How many candidates the one campaign has.
    #[arg(long, default_value_t = 100_000)]
    candidates: u64,
    /// How many modules are searched.
    #[arg(long, default_value_t = 20_000)]
    modules: u64,
    /// How long each number of clients submits, in seconds.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// How often each read is tried.
    #[arg(long, default_value_t = 2_000)]
    reads: u64,
    /// Only these stores.
    #[arg(long, value_enum)]
    only: Vec<Kind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    Memory,
    Sqlite,
    Postgres,
}

impl Size {
    fn measures(&self, kind: Kind) -> bool {
        self.only.is_empty() || self.only.contains(&kind)
    }
}

/// A line of the table, with a cell for each store.
type Cells = Vec<(String, String)>;

/// How many submit at the same time.
const CLIENTS: [u64; 3] = [1, 16, 64];

#[tokio::main]
async fn main() {
    let size = Size::parse();
    let mut columns = Vec::new();
    if size.measures(Kind::Sqlite) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        let store = SqliteStore::open(&path).await.unwrap();
        let mut cells = measured(Arc::new(store), &size, async || {}).await;
        cells.push(on_disk(files(folder.path())));
        columns.push(("SQLite", cells));
    }
    if size.measures(Kind::Postgres) {
        let server = Server::start(Durability::Power);
        let store = PostgresStore::open(server.url()).await.unwrap();
        let analyze = async || run(server.url(), "ANALYZE").await;
        let mut cells = measured(Arc::new(store), &size, analyze).await;
        cells.push(on_disk(database(server.url()).await));
        columns.push(("PostgreSQL", cells));
    }
    // Last: its gigabytes are not given back, and the others would have to do without them.
    if size.measures(Kind::Memory) {
        let cells = measured(Arc::new(MemoryStore::new()), &size, async || {}).await;
        columns.push(("memory", cells));
    }
    print(&columns);
}

fn print(columns: &[(&str, Cells)]) {
    let heads = columns.iter().map(|(name, _)| format!(" {name} |"));
    println!("\n| |{}", heads.collect::<String>());
    println!("|---|{}", "---:|".repeat(columns.len()));
    let longest = columns.iter().max_by_key(|(_, cells)| cells.len());
    for (line, (name, _)) in longest.iter().flat_map(|(_, cells)| cells).enumerate() {
        let cells = columns.iter().map(|(_, cells)| {
            let cell = cells.get(line).map_or("", |(_, cell)| cell);
            format!(" {cell} |")
        });
        println!("| {name} |{}", cells.collect::<String>());
    }
}

/// `settle` is what a database does by itself after a while.
async fn measured(store: Arc<dyn Store>, size: &Size, settle: impl AsyncFn()) -> Cells {
    let begun = Instant::now();
    load::fill(&store, size).await;
    let mut cells = vec![(
        format!(
            "loading {} submissions of {} users, {} candidates, {} modules",
            size.submissions, size.users, size.candidates, size.modules
        ),
        format!("{:.0} s", begun.elapsed().as_secs_f64()),
    )];
    settle().await;
    cells.push((
        "4 KiB written and waited for, without a store, a second".to_owned(),
        write::to_disk(Duration::from_secs(2)).to_string(),
    ));
    let newcomers = Arc::new(write::Newcomers::among(size.users));
    for clients in CLIENTS {
        let time = Duration::from_secs(size.seconds);
        let done = write::graded(&store, clients, &newcomers, time).await;
        let rate = done / size.seconds.max(1);
        cells.push((
            format!("graded submissions a second, {clients} clients"),
            rate.to_string(),
        ));
    }
    cells.push((
        "events a second, read by a consumer from the first one".to_owned(),
        read::log(&*store).await.to_string(),
    ));
    settle().await;
    cells.extend(read::timed(&*store, size).await);
    cells
}

fn on_disk(bytes: u64) -> (String, String) {
    ("size on disk".to_owned(), format!("{} MiB", bytes >> 20))
}

fn files(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().metadata().unwrap().len())
        .sum()
}

async fn database(url: &str) -> u64 {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let sql = "SELECT pg_database_size(current_database())";
    let bytes: i64 = sqlx::query_scalar(sql)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    bytes.cast_unsigned()
}

async fn run(url: &str, sql: &'static str) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::query(sql).execute(&mut connection).await.unwrap();
}
