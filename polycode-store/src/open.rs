//! From a URL to a store.

use std::sync::Arc;

use polycode_core::port::{PortError, Store};

use crate::MemoryStore;

/// Opens the store that a URL names.
///
/// | URL | store |
/// |---|---|
/// | `memory:` | in memory, empty, gone with the process |
/// | `sqlite:path`, `sqlite://path`, `sqlite:///absolute/path` | a SQLite database in this file, made if it is not there (feature `sqlite`) |
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
/// let error = polycode_store::open("postgresql://db/polycode").await.unwrap_err();
/// assert!(error.to_string().contains("not built in"));
/// # });
/// ```
pub async fn open(url: &str) -> Result<Arc<dyn Store>, PortError> {
    match url.split_once(':') {
        Some(("memory", "" | "//")) => Ok(Arc::new(MemoryStore::new())),
        Some(("sqlite", rest)) => open_sqlite(rest.strip_prefix("//").unwrap_or(rest)).await,
        Some(("postgres" | "postgresql", _)) => Err(PortError::permanent(
            "a PostgreSQL store is not built in yet: use `sqlite:FILE` or `memory:`",
        )),
        _ => Err(PortError::permanent(format!(
            "`{}` names no store: use `sqlite:FILE` or `memory:`",
            url.escape_debug()
        ))),
    }
}

#[cfg(feature = "sqlite")]
async fn open_sqlite(path: &str) -> Result<Arc<dyn Store>, PortError> {
    if path.is_empty() || path.starts_with(":memory:") {
        return Err(PortError::permanent(
            "a SQLite store is in a file: use `sqlite:FILE`, or `memory:` to keep nothing",
        ));
    }
    Ok(Arc::new(crate::SqliteStore::open(path).await?))
}

#[cfg(not(feature = "sqlite"))]
#[expect(clippy::unused_async, reason = "SQLite is opened over await points")]
async fn open_sqlite(_path: &str) -> Result<Arc<dyn Store>, PortError> {
    Err(PortError::permanent(
        "a SQLite store is not built in: build with the feature `sqlite`",
    ))
}
