//! Many customers on one installation, none of which can see another's.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use polycode_core::port::{PortError, Store};
use tokio::sync::Mutex;

use crate::MemoryStore;
use crate::place::Place;

/// The stores of all tenants, each in a database of its own: a SQLite file, a schema of
/// PostgreSQL, or a memory store.
///
/// That a tenant sees nothing of another's is not a condition in every statement, which one of
/// them could forget: [`Tenants::store`] is the only place that knows of tenants, and what it
/// gives is a whole store. So each is backed up, checked, moved and removed by itself.
///
/// # Examples
/// ```
/// # tokio::runtime::Runtime::new().unwrap().block_on(async {
/// use polycode_store::Tenants;
///
/// let tenants = Tenants::at("memory:").unwrap();
/// let school = tenants.store(&"north-school".parse().unwrap()).await.unwrap();
/// assert!(school.pending(10).await.unwrap().is_empty());
/// # });
/// ```
#[derive(Debug)]
pub struct Tenants {
    place: Place,
    open: Mutex<BTreeMap<TenantId, Arc<dyn Store>>>,
}

/// A customer of the host, by a name of the host's own: 1 to 40 lower-case letters, digits or
/// dashes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TenantId(String);

impl Tenants {
    /// The tenants of a URL; it names a folder of SQLite files, a PostgreSQL database, or memory.
    ///
    /// # Errors
    /// [`PortError`] when the URL names no store that is built in.
    pub fn at(url: &str) -> Result<Self, PortError> {
        Ok(Self {
            place: Place::of(url)?,
            open: Mutex::default(),
        })
    }

    /// The store of a tenant, which is made if it is not there; the same one each time, until it
    /// is let go.
    ///
    /// # Errors
    /// [`PortError`] when it can't be opened.
    pub async fn store(&self, tenant: &TenantId) -> Result<Arc<dyn Store>, PortError> {
        let mut open = self.open.lock().await;
        if let Some(store) = open.get(tenant) {
            return Ok(Arc::clone(store));
        }
        let store: Arc<dyn Store> = match &self.place {
            Place::Memory => Arc::new(MemoryStore::new()),
            #[cfg(feature = "sqlite")]
            Place::Sqlite(folder) => {
                let path = folder.join(format!("{tenant}.db"));
                Arc::new(crate::SqliteStore::open(path).await?)
            }
            #[cfg(feature = "postgres")]
            Place::Postgres(url) => {
                let url = crate::postgres::in_schema(url, &format!("tenant-{tenant}"));
                Arc::new(crate::PostgresStore::open(&url).await?)
            }
        };
        open.insert(tenant.clone(), Arc::clone(&store));
        Ok(store)
    }

    /// Lets go of a tenant's store: it is closed once nobody uses it any more. What it holds stays,
    /// unless it is in memory.
    pub async fn let_go(&self, tenant: &TenantId) {
        self.open.lock().await.remove(tenant);
    }
}

impl fmt::Display for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for TenantId {
    type Err = PortError;

    fn from_str(text: &str) -> Result<Self, PortError> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if (1..=40).contains(&text.len()) && text.chars().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(PortError::permanent(format!(
                "a tenant is 1 to 40 lower-case letters, digits or dashes, not `{}`",
                text.escape_debug()
            )))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_can_name_no_other_place() {
        for text in [
            "",
            "a/b",
            "..",
            "A",
            "a_b",
            "a\"",
            "a,b",
            "a b",
            "ü",
            "a\0",
            &"a".repeat(41),
        ] {
            assert!(text.parse::<TenantId>().is_err(), "{text:?}");
        }
        for text in ["a", "-", "0", "north-school", &"a".repeat(40)] {
            assert!(text.parse::<TenantId>().is_ok(), "{text:?}");
        }
    }
}
