//! From a URL to a store.

use std::sync::Arc;

use polycode_core::port::{PortError, Store};

use crate::MemoryStore;
use crate::place::Place;

/// Opens the store that a URL names.
///
/// | URL | store |
/// |---|---|
/// | `memory:` | in memory, empty, gone with the process |
/// | `sqlite:path`, `sqlite://path`, `sqlite:///absolute/path` | a SQLite database in this file, made if it is not there (feature `sqlite`) |
/// | `postgresql://user:password@host/database` | a PostgreSQL database, see `PostgresStore::open` (feature `postgres`) |
///
/// Call it inside the Tokio runtime that will live as long as the store.
///
/// # Errors
/// [`PortError`] when the URL names no store that is built in, or the store can't be opened.
///
/// # Examples
///
/// ```
/// # tokio::runtime::Runtime::new().unwrap().block_on(async {
/// let store = polycode_store::open("memory:").await.unwrap();
/// assert!(store.pending(10).await.unwrap().is_empty());
///
/// let error = polycode_store::open("mysql://db/polycode").await.unwrap_err();
/// assert!(error.to_string().contains("names no store"));
/// # });
/// ```
#[cfg_attr(
    not(feature = "sql"),
    expect(
        clippy::unused_async,
        reason = "databases are opened over await points"
    )
)]
pub async fn open(url: &str) -> Result<Arc<dyn Store>, PortError> {
    match Place::of(url)? {
        Place::Memory => Ok(Arc::new(MemoryStore::new())),
        #[cfg(feature = "sqlite")]
        Place::Sqlite(path) => Ok(Arc::new(crate::SqliteStore::open(path).await?)),
        #[cfg(feature = "postgres")]
        Place::Postgres(url) => Ok(Arc::new(crate::PostgresStore::open(&url).await?)),
    }
}
