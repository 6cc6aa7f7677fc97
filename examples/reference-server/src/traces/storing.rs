//! A span for each commit of the store.

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
use tracing::field::Empty;
use tracing::{Instrument, info_span};

use super::{TARGET, fail};

/// A store with a span for each commit.
#[derive(Debug)]
pub(super) struct Traced(pub(super) Arc<dyn Store>);

impl Traced {
    async fn traced(&self, commit: Commit) -> Result<(), CommitError> {
        let span = info_span!(
            target: TARGET,
            "commit",
            otel.kind = "client",
            polycode.writes = i64::try_from(commit.writes.len()).unwrap_or(i64::MAX),
            polycode.events = i64::try_from(commit.events.len()).unwrap_or(i64::MAX),
            "error.type" = Empty,
            otel.status_code = Empty,
        );
        let committed = self.0.commit(commit).instrument(span.clone()).await;
        match &committed {
            // What somebody else wrote first is no failure: the engine decides again.
            Err(CommitError::Conflict { .. }) => {
                span.record("error.type", "conflict");
            }
            Err(CommitError::Duplicate { .. }) => {
                span.record("error.type", "duplicate");
            }
            Err(_) => fail(&span, "store_failed"),
            Ok(()) => {}
        }
        committed
    }
}

/// Commits with a span; what is read is read by the store itself.
macro_rules! store {
    ($(fn $name:ident($($argument:ident: $type:ty),*) -> $found:ty;)*) => {
        #[async_trait]
        impl Store for Traced {
            async fn commit(&self, commit: Commit) -> Result<(), CommitError> {
                self.traced(commit).await
            }

            $(async fn $name(&self, $($argument: $type),*) -> Result<$found, PortError> {
                self.0.$name($($argument),*).await
            })*
        }
    };
}

store! {
    fn content(id: ContentId) -> Option<Versioned<Content>>;
    fn content_by_slug(slug: &Slug) -> Option<Versioned<Content>>;
    fn content_at(id: ContentId, version: Version) -> Option<Content>;
    fn contents(page: PageRequest) -> Page<Versioned<Content>>;
    fn submission(id: SubmissionId) -> Option<Versioned<Submission>>;
    fn answer(id: SubmissionId) -> Option<Answer>;
    fn report(id: SubmissionId) -> Option<Report>;
    fn submissions(user: &UserId, content: Option<ContentId>, page: PageRequest) -> Page<Submission>;
    fn submissions_to(content: ContentId, page: PageRequest) -> Page<Submission>;
    fn pending(limit: u32) -> Vec<SubmissionId>;
    fn progress(user: &UserId, content: ContentId) -> Option<Versioned<Progress>>;
    fn progress_of(user: &UserId, page: PageRequest) -> Page<Progress>;
    fn wallet(user: &UserId) -> Option<Versioned<Wallet>>;
    fn wallets(page: PageRequest) -> Page<Wallet>;
    fn wallets_above(balance: Points) -> u64;
    fn entries(user: &UserId, page: PageRequest) -> Page<Entry>;
    fn document(kind: &'static str, key: &str) -> Option<StoredDocument>;
    fn documents(lookup: Lookup, page: PageRequest) -> Page<StoredDocument>;
    fn documents_of(kind: &'static str, page: PageRequest) -> Page<PlacedDocument>;
    fn purse(kind: &'static str, key: &str) -> Option<Points>;
    fn purses(kind: &'static str, page: PageRequest) -> Page<Purse>;
    fn purses_above(kind: &'static str, points: Points) -> u64;
    fn events(after: Cursor, limit: u32) -> Vec<Logged>;
}
