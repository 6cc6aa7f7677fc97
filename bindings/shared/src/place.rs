//! Where an engine keeps what it commits: in a store of ours, or in one of the host's own.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use polycode_core::port::{PortError, Store};
use polycode_store::{KeyBatch, KeyScan, KeyValues, KeyedStore, open};
use serde_json::json;

use crate::hooks::{Hook, Host, ask};

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

const WHO: &str = "the host's store";

/// The host's own store, as texts under keys.
#[derive(Debug)]
pub(crate) struct HostValues(pub(crate) Arc<dyn Host>);

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
