//! Stores of PolyCode: what the engine commits, kept in memory, in SQLite or in PostgreSQL, behind
//! the one port [`polycode_core::port::Store`].
//!
//! - [`open`] opens the store that a URL names; [`MemoryStore`], `SqliteStore` (feature `sqlite`)
//!   and `PostgresStore` (feature `postgres`) are those there are.
//! - `KeyedStore` (feature `keyed`) is a store over whatever keeps texts under keys: three functions of a
//!   host's own.
//! - `backup` and `restore` write everything that a store holds into a file, and read it back into
//!   the same or another database.
//! - [`check`] replays the log and the ledger of a store and compares.
//! - `Tenants` keeps many customers apart, each in a store of its own.
//! - [`SystemClock`] and [`RandomIds`] are the time and the ids that a host usually wants.
//! - [`read_course`] reads the files of a course from a folder.
//! - `testkit` (feature `testkit`) holds the rules that every adapter of the port keeps, as tests
//!   that an adapter of your own can run.
//!
//! # Examples
//!
//! ```
//! use polycode_core::id::UserId;
//! use polycode_core::polypoints::Wallet;
//! use polycode_core::port::{Commit, Write};
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let store = polycode_store::open("memory:").await?;
//! let user = UserId::new("ada")?;
//! let wallet = Write::Wallet { expected: None, wallet: Wallet::new(user.clone()) };
//! store.commit(Commit { writes: vec![wallet], events: Vec::new() }).await?;
//! assert_eq!(store.wallet(&user).await?.map(|stored| stored.version.0), Some(1));
//! # Ok(())
//! # }
//! # tokio::runtime::Runtime::new().unwrap().block_on(run()).unwrap();
//! ```
#![forbid(unsafe_code)]

mod ambient;
#[cfg(feature = "sql")]
mod archive;
mod check;
mod folder;
#[cfg(feature = "keyed")]
mod keyed;
mod memory;
mod open;
mod page;
mod place;
#[cfg(feature = "postgres")]
mod postgres;
mod rules;
#[cfg(feature = "sql")]
mod sql;
#[cfg(feature = "sqlite")]
mod sqlite;
#[cfg(feature = "sql")]
mod tenants;
#[cfg(feature = "testkit")]
pub mod testkit;

pub use ambient::{RandomIds, SystemClock};
#[cfg(feature = "sql")]
pub use archive::{Archive, backup, restore};
pub use check::{Checked, Finding, check};
pub use folder::{read_course, write_course};
#[cfg(feature = "keyed")]
pub use keyed::{KeyBatch, KeyScan, KeyValues, KeyedStore};
pub use memory::MemoryStore;
pub use open::open;
#[cfg(feature = "postgres")]
pub use postgres::{Postgres, PostgresStore};
#[cfg(feature = "sql")]
pub use sql::SqlStore;
#[cfg(feature = "sqlite")]
pub use sqlite::{Sqlite, SqliteStore};
#[cfg(feature = "sql")]
pub use tenants::{TenantId, Tenants};
