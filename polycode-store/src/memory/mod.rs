//! A store in memory: for tests, for trying things out, for hosts that keep nothing.

mod documents;
mod purses;
mod ranks;
mod state;
mod write;

use std::future::poll_fn;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Poll;

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

use crate::memory::state::State;
use crate::rules;

/// A store in memory, gone when it is dropped. It keeps the same rules as every other store.
///
/// One thing that is looked up is there at once. A page or a commit lets others go first, as one of a database would:
/// whoever asks for much, in many of them, holds nobody up.
#[derive(Debug, Default)]
pub struct MemoryStore {
    state: Mutex<State>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// A commit that fails undoes what it did, so a state is whole even if a thread that held
    /// the lock panicked.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn commit(&self, commit: Commit) -> Result<(), CommitError> {
        after_others().await;
        rules::check(&commit)?;
        self.state().commit(commit)
    }

    async fn content(&self, id: ContentId) -> Result<Option<Versioned<Content>>, PortError> {
        Ok(self.state().content(id))
    }

    async fn content_by_slug(&self, slug: &Slug) -> Result<Option<Versioned<Content>>, PortError> {
        Ok(self.state().content_by_slug(slug))
    }

    async fn content_at(
        &self,
        id: ContentId,
        version: Version,
    ) -> Result<Option<Content>, PortError> {
        Ok(self.state().content_at(id, version))
    }

    async fn contents(&self, page: PageRequest) -> Result<Page<Versioned<Content>>, PortError> {
        after_others().await;
        Ok(self.state().contents(&page))
    }

    async fn submission(
        &self,
        id: SubmissionId,
    ) -> Result<Option<Versioned<Submission>>, PortError> {
        Ok(self.state().submissions.get(&id).cloned())
    }

    async fn answer(&self, id: SubmissionId) -> Result<Option<Answer>, PortError> {
        Ok(self.state().answers.get(&id).cloned())
    }

    async fn report(&self, id: SubmissionId) -> Result<Option<Report>, PortError> {
        Ok(self.state().reports.get(&id).cloned())
    }

    async fn submissions(
        &self,
        user: &UserId,
        content: Option<ContentId>,
        page: PageRequest,
    ) -> Result<Page<Submission>, PortError> {
        after_others().await;
        self.state().submissions_of(user, content, &page)
    }

    async fn submissions_to(
        &self,
        content: ContentId,
        page: PageRequest,
    ) -> Result<Page<Submission>, PortError> {
        after_others().await;
        self.state().submissions_to(content, &page)
    }

    async fn pending(&self, limit: u32) -> Result<Vec<SubmissionId>, PortError> {
        after_others().await;
        Ok(self.state().pending(limit))
    }

    async fn progress(
        &self,
        user: &UserId,
        content: ContentId,
    ) -> Result<Option<Versioned<Progress>>, PortError> {
        Ok(self.state().progress.get(&(user.clone(), content)).cloned())
    }

    async fn progress_of(
        &self,
        user: &UserId,
        page: PageRequest,
    ) -> Result<Page<Progress>, PortError> {
        after_others().await;
        self.state().progress_of(user, &page)
    }

    async fn wallet(&self, user: &UserId) -> Result<Option<Versioned<Wallet>>, PortError> {
        Ok(self.state().wallets.get(user).cloned())
    }

    async fn wallets(&self, page: PageRequest) -> Result<Page<Wallet>, PortError> {
        after_others().await;
        self.state().wallets(&page)
    }

    async fn wallets_above(&self, balance: Points) -> Result<u64, PortError> {
        Ok(self.state().ranks.above(balance))
    }

    async fn entries(&self, user: &UserId, page: PageRequest) -> Result<Page<Entry>, PortError> {
        after_others().await;
        self.state().entries_of(user, &page)
    }

    async fn document(
        &self,
        kind: &'static str,
        key: &str,
    ) -> Result<Option<StoredDocument>, PortError> {
        Ok(self.state().documents.get(kind, key))
    }

    async fn documents(
        &self,
        lookup: Lookup,
        page: PageRequest,
    ) -> Result<Page<StoredDocument>, PortError> {
        after_others().await;
        self.state().documents.list(&lookup, &page)
    }

    async fn documents_of(
        &self,
        kind: &'static str,
        page: PageRequest,
    ) -> Result<Page<PlacedDocument>, PortError> {
        after_others().await;
        Ok(self.state().documents.all_of(kind, &page))
    }

    async fn purse(&self, kind: &'static str, key: &str) -> Result<Option<Points>, PortError> {
        Ok(self.state().purses.get(kind, key))
    }

    async fn purses(
        &self,
        kind: &'static str,
        page: PageRequest,
    ) -> Result<Page<Purse>, PortError> {
        after_others().await;
        self.state().purses.page(kind, &page)
    }

    async fn purses_above(&self, kind: &'static str, points: Points) -> Result<u64, PortError> {
        Ok(self.state().purses.above(kind, points))
    }

    async fn events(&self, after: Cursor, limit: u32) -> Result<Vec<Logged>, PortError> {
        after_others().await;
        Ok(self.state().events_after(after, limit))
    }
}

/// Has whoever runs this do something else first.
async fn after_others() {
    let mut has_waited = false;
    poll_fn(|context| {
        if std::mem::replace(&mut has_waited, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn one_thing_is_there_at_once_and_pages_and_commits_come_after_others() {
        let store = MemoryStore::new();
        let ada = UserId::new("ada").unwrap();
        let page = PageRequest {
            after: None,
            limit: 10,
        };
        let wallet = store.wallet(&ada).now_or_never();
        assert!(wallet.unwrap().unwrap().is_none());
        assert!(store.commit(Commit::default()).now_or_never().is_none());
        let mut wallets = store.wallets(page);
        assert!((&mut wallets).now_or_never().is_none());
        let wallets = wallets.now_or_never().unwrap().unwrap();
        assert!(wallets.items.is_empty());
    }
}
