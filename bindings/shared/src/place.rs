//! Where an engine keeps what it commits: in a store of ours, or in one of the host's own.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use polycode_core::port::{PortError, Store};
use polycode_store::{KeyBatch, KeyScan, KeyValues, KeyedStore, open};
use serde_json::json;

use crate::hooks::{Hook, Host, ask};
#[cfg(feature = "as-tested")]
use crate::{Failure, Json, write};

/// Where an engine keeps what it commits.
#[derive(Debug, Clone)]
pub enum Place {
    /// The store that a URL names.
    Url(String),
    /// Code of the host, which keeps texts under keys.
    Host(Arc<dyn Host>),
}

impl Place {
    /// Opens the store.
    ///
    /// # Errors
    /// [`PortError`] when it can't be opened.
    pub(crate) async fn open(self) -> Result<Arc<dyn Store>, PortError> {
        match self {
            Self::Url(url) => open(&url).await,
            Self::Host(host) => Ok(Arc::new(KeyedStore::new(Arc::new(HostValues(host))))),
        }
    }
}

/// The names of the rules that every store keeps.
#[cfg(feature = "as-tested")]
pub fn rules() -> Vec<&'static str> {
    let rules = polycode_store::testkit::RULES.iter();
    rules.map(|rule| rule.name).collect()
}

/// Tries a rule on an empty store of the host's.
///
/// # Errors
/// A [`Failure`] when it breaks the rule, or there is no such rule; what is wrong is on standard error.
#[cfg(feature = "as-tested")]
pub async fn check_rule(name: &str, host: Arc<dyn Host>) -> Result<Json, Failure> {
    let mut rules = polycode_store::testkit::RULES.iter();
    let rule = rules.find(|rule| rule.name == name);
    let rule = rule.ok_or_else(|| Failure::invalid("rule", "is none"))?;
    let store = Place::Host(host).open().await?;
    let checked = tokio::spawn((rule.check)(store)).await;
    checked.map_err(|_| Failure::of_ours(format!("the store breaks the rule `{name}`")))?;
    write(&())
}

const WHO: &str = "the host's store";

#[derive(Debug)]
struct HostValues(Arc<dyn Host>);

#[async_trait]
impl KeyValues for HostValues {
    async fn get(&self, keys: Vec<String>) -> Result<BTreeMap<String, String>, PortError> {
        ask(&*self.0, Hook::Get, WHO, &keys).await
    }

    async fn scan(&self, scan: KeyScan) -> Result<Vec<(String, String)>, PortError> {
        let KeyScan {
            first,
            end,
            limit,
            is_reversed,
        } = scan;
        let given = json!({"first": first, "end": end, "limit": limit, "reverse": is_reversed});
        ask(&*self.0, Hook::Scan, WHO, &given).await
    }

    async fn write(&self, batch: KeyBatch) -> Result<bool, PortError> {
        let KeyBatch { expected, changes } = batch;
        let given = json!({"expected": expected, "changes": changes});
        ask(&*self.0, Hook::Write, WHO, &given).await
    }
}
