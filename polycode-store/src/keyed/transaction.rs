//! What a commit reads and changes, until all of it is written in one batch.

use std::collections::BTreeMap;

use polycode_core::port::PortError;

use crate::keyed::{KeyBatch, KeyValues};

/// Sees the store as it was read, with its own changes.
#[derive(Debug)]
pub(super) struct Transaction<'s> {
    values: &'s dyn KeyValues,
    read: BTreeMap<String, Option<String>>,
    changes: BTreeMap<String, Option<String>>,
}

impl<'s> Transaction<'s> {
    /// Reads what will be asked for, in one go.
    ///
    /// # Errors
    /// [`PortError`] when it can't be read.
    pub(super) async fn begin(
        values: &'s dyn KeyValues,
        keys: Vec<String>,
    ) -> Result<Self, PortError> {
        let mut transaction = Self {
            values,
            read: BTreeMap::new(),
            changes: BTreeMap::new(),
        };
        if !keys.is_empty() {
            transaction.look(keys).await?;
        }
        Ok(transaction)
    }

    /// What a key holds, with the changes made so far.
    ///
    /// # Errors
    /// [`PortError`] when it can't be read.
    pub(super) async fn get(&mut self, key: &str) -> Result<Option<String>, PortError> {
        if let Some(changed) = self.changes.get(key) {
            return Ok(changed.clone());
        }
        if !self.read.contains_key(key) {
            self.look(vec![key.to_owned()]).await?;
        }
        Ok(self.read.get(key).cloned().flatten())
    }

    /// Whether a key is there.
    ///
    /// # Errors
    /// [`PortError`] when it can't be read.
    pub(super) async fn has(&mut self, key: &str) -> Result<bool, PortError> {
        Ok(self.get(key).await?.is_some())
    }

    pub(super) fn put(&mut self, key: String, value: String) {
        self.changes.insert(key, Some(value));
    }

    pub(super) fn remove(&mut self, key: String) {
        self.changes.insert(key, None);
    }

    /// Writes everything, if what was read is still so; gives whether it is.
    ///
    /// # Errors
    /// [`PortError`] when it can't be written.
    pub(super) async fn finish(self) -> Result<bool, PortError> {
        let Self {
            values,
            read,
            changes,
        } = self;
        if changes.is_empty() {
            return Ok(true);
        }
        let expected = read;
        values.write(KeyBatch { expected, changes }).await
    }

    async fn look(&mut self, keys: Vec<String>) -> Result<(), PortError> {
        let mut found = self.values.get(keys.clone()).await?;
        for key in keys {
            let value = found.remove(&key);
            // The same key may be asked for twice; it is the first that found it.
            self.read.entry(key).or_insert(value);
        }
        Ok(())
    }
}
