//! A store over whatever keeps texts under keys: a host that has no database of ours gives three
//! functions, and everything that a store must do is done here.

mod documents;
mod key;
mod lists;
mod purses;
mod transaction;
mod value;
mod write;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;
use polycode_core::catalogue::Content;
use polycode_core::event::Logged;
use polycode_core::id::{ContentId, Slug, SubmissionId, UserId};
use polycode_core::judging::{Answer, Report, Submission};
use polycode_core::polypoints::{Entry, Wallet};
use polycode_core::port::{
    Commit, CommitError, Lookup, Page, PageRequest, PlacedDocument, PortError, Purse, Store,
    StoredDocument, Versioned,
};
use polycode_core::practice::Progress;
use polycode_core::quantity::{Cursor, Points, Version};
use tokio::sync::Mutex;

use crate::keyed::key::{key, number};
use crate::keyed::transaction::Transaction;
use crate::keyed::value::{ContentHead, Slugged, read, versioned};
use crate::rules;

/// How often a commit is tried while other processes are quicker.
const TRIES: u32 = 100;

/// Keeps texts under keys, in the order of the keys' bytes.
///
/// Keys are printable ASCII, values texts without NUL, to be given back as they were. Whoever reads
/// sees every write that was acknowledged before.
#[async_trait]
pub trait KeyValues: Debug + Send + Sync {
    /// The values of some keys; what is not there is left out.
    ///
    /// # Errors
    /// [`PortError`] when they can't be read.
    async fn get(&self, keys: Vec<String>) -> Result<BTreeMap<String, String>, PortError>;

    /// The keys of a range with their values, in their order.
    ///
    /// # Errors
    /// [`PortError`] when they can't be read.
    async fn scan(&self, scan: KeyScan) -> Result<Vec<(String, String)>, PortError>;

    /// Makes all changes of a batch, if everything is as it expects; gives whether it did. It makes
    /// all of them or none, whatever happens meanwhile.
    ///
    /// # Errors
    /// [`PortError`] when it can't.
    async fn write(&self, batch: KeyBatch) -> Result<bool, PortError>;
}

/// A range of keys to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyScan {
    /// Where it begins; this key is in it.
    pub first: String,
    /// Where it ends; this key is not in it.
    pub end: String,
    /// The most keys wanted.
    pub limit: u32,
    /// Whether the last come first.
    pub is_reversed: bool,
}

/// Changes to make together, or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyBatch {
    /// What each of these keys must hold; none where it must not be there.
    pub expected: BTreeMap<String, Option<String>>,
    /// What each of these keys is to hold; none where it is to go.
    pub changes: BTreeMap<String, Option<String>>,
}

/// A store over [`KeyValues`]; it keeps the same rules as every other store.
///
/// Commits of one process are written one after another. Those of others may come between: then a
/// batch does not find what it expects, and the commit is tried again on what is there.
#[derive(Debug)]
pub struct KeyedStore {
    values: Arc<dyn KeyValues>,
    writing: Mutex<()>,
}

impl KeyedStore {
    /// A store over these.
    pub fn new(values: Arc<dyn KeyValues>) -> Self {
        Self {
            values,
            writing: Mutex::new(()),
        }
    }

    async fn get(&self, key: String) -> Result<Option<String>, PortError> {
        Ok(self.values.get(vec![key.clone()]).await?.remove(&key))
    }

    async fn content_of(&self, found: Slugged) -> Result<Option<Versioned<Content>>, PortError> {
        let content = self.content_at(found.id, found.version).await?;
        let version = found.version;
        Ok(content.map(|value| Versioned { version, value }))
    }
}

#[async_trait]
impl Store for KeyedStore {
    async fn commit(&self, commit: Commit) -> Result<(), CommitError> {
        rules::check(&commit)?;
        let _alone = self.writing.lock().await;
        for _ in 0..TRIES {
            let keys = write::keys_of(&commit);
            let mut transaction = Transaction::begin(&*self.values, keys).await?;
            write::write(&mut transaction, &commit).await?;
            if transaction.finish().await? {
                return Ok(());
            }
        }
        Err(PortError::temporary("others write to the store without a pause").into())
    }

    async fn content(&self, id: ContentId) -> Result<Option<Versioned<Content>>, PortError> {
        match self.get(key(["content", &id.to_string()])).await? {
            Some(head) => {
                let ContentHead { version, .. } = read("content", &head)?;
                self.content_of(Slugged { id, version }).await
            }
            None => Ok(None),
        }
    }

    async fn content_by_slug(&self, slug: &Slug) -> Result<Option<Versioned<Content>>, PortError> {
        match self.get(key(["slug", slug.as_str()])).await? {
            Some(found) => self.content_of(read("slug", &found)?).await,
            None => Ok(None),
        }
    }

    async fn content_at(
        &self,
        id: ContentId,
        version: Version,
    ) -> Result<Option<Content>, PortError> {
        let key = write::content_at(id, version);
        let kept = self.get(key).await?;
        kept.map(|kept| read("content", &kept)).transpose()
    }

    async fn contents(&self, page: PageRequest) -> Result<Page<Versioned<Content>>, PortError> {
        lists::contents(&*self.values, &page).await
    }

    async fn submission(
        &self,
        id: SubmissionId,
    ) -> Result<Option<Versioned<Submission>>, PortError> {
        let kept = self.get(key(["submission", &id.to_string()])).await?;
        kept.map(|kept| versioned("submission", &kept)).transpose()
    }

    async fn answer(&self, id: SubmissionId) -> Result<Option<Answer>, PortError> {
        let kept = self.get(key(["answer", &id.to_string()])).await?;
        kept.map(|kept| read("answer", &kept)).transpose()
    }

    async fn report(&self, id: SubmissionId) -> Result<Option<Report>, PortError> {
        let kept = self.get(key(["report", &id.to_string()])).await?;
        kept.map(|kept| read("report", &kept)).transpose()
    }

    async fn submissions(
        &self,
        user: &UserId,
        content: Option<ContentId>,
        page: PageRequest,
    ) -> Result<Page<Submission>, PortError> {
        lists::submissions(&*self.values, user, content, &page).await
    }

    async fn submissions_to(
        &self,
        content: ContentId,
        page: PageRequest,
    ) -> Result<Page<Submission>, PortError> {
        lists::submissions_to(&*self.values, content, &page).await
    }

    async fn pending(&self, limit: u32) -> Result<Vec<SubmissionId>, PortError> {
        lists::pending(&*self.values, limit).await
    }

    async fn progress(
        &self,
        user: &UserId,
        content: ContentId,
    ) -> Result<Option<Versioned<Progress>>, PortError> {
        let key = key(["progress", user.as_str(), &content.to_string()]);
        let kept = self.get(key).await?;
        kept.map(|kept| versioned("progress", &kept)).transpose()
    }

    async fn progress_of(
        &self,
        user: &UserId,
        page: PageRequest,
    ) -> Result<Page<Progress>, PortError> {
        lists::progress_of(&*self.values, user, &page).await
    }

    async fn wallet(&self, user: &UserId) -> Result<Option<Versioned<Wallet>>, PortError> {
        let kept = self.get(key(["wallet", user.as_str()])).await?;
        kept.map(|kept| versioned("wallet", &kept)).transpose()
    }

    async fn wallets(&self, page: PageRequest) -> Result<Page<Wallet>, PortError> {
        lists::wallets(&*self.values, &page).await
    }

    async fn wallets_above(&self, balance: Points) -> Result<u64, PortError> {
        lists::wallets_above(&*self.values, balance).await
    }

    async fn entries(&self, user: &UserId, page: PageRequest) -> Result<Page<Entry>, PortError> {
        lists::entries(&*self.values, user, &page).await
    }

    async fn document(
        &self,
        kind: &'static str,
        key: &str,
    ) -> Result<Option<StoredDocument>, PortError> {
        let kept = self.get(documents::document(kind, key)).await?;
        kept.map(|kept| documents::stored(key, &kept)).transpose()
    }

    async fn documents(
        &self,
        lookup: Lookup,
        page: PageRequest,
    ) -> Result<Page<StoredDocument>, PortError> {
        documents::list(&*self.values, &lookup, &page).await
    }

    async fn documents_of(
        &self,
        kind: &'static str,
        page: PageRequest,
    ) -> Result<Page<PlacedDocument>, PortError> {
        documents::all_of(&*self.values, kind, &page).await
    }

    async fn purse(&self, kind: &'static str, key: &str) -> Result<Option<Points>, PortError> {
        let purses = purses::all(self, kind).await?;
        let purse = purses.into_iter().find(|purse| purse.key == key);
        Ok(purse.map(|purse| purse.points))
    }

    async fn purses(
        &self,
        kind: &'static str,
        page: PageRequest,
    ) -> Result<Page<Purse>, PortError> {
        purses::page(purses::all(self, kind).await?, &page)
    }

    async fn purses_above(&self, kind: &'static str, points: Points) -> Result<u64, PortError> {
        let purses = purses::all(self, kind).await?;
        let above = purses.iter().filter(|purse| purse.points > points);
        Ok(above.count() as u64)
    }

    async fn events(&self, after: Cursor, limit: u32) -> Result<Vec<Logged>, PortError> {
        lists::events(&*self.values, after, limit).await
    }
}

/// The key of the event at a place in the log.
fn event(cursor: Cursor) -> String {
    key(["event", &number(cursor.0)])
}
