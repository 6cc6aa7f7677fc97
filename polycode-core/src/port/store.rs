//! The port to whatever remembers: one atomic commit in, plain reads out.

use std::fmt::Debug;

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::Content;
use crate::event::{Logged, Recorded};
use crate::id::{ContentId, Slug, SubmissionId, UserId};
use crate::judging::{Answer, Report, Submission};
use crate::polypoints::{Entry, Wallet};
use crate::port::{DocumentWrite, Lookup, PlacedDocument, PortError, Purse, StoredDocument};
use crate::practice::Progress;
use crate::quantity::{Cursor, Points, Version};
use crate::refusal::Refusal;

/// Remembers everything the engine commits.
///
/// Reads see every commit that was acknowledged before they began.
#[async_trait]
pub trait Store: Debug + Send + Sync {
    /// Writes everything of a commit, or nothing.
    ///
    /// # Errors
    /// [`CommitError::Conflict`] when a document is not at the version that the commit expects,
    /// [`CommitError::Duplicate`] when a unique name or entry is taken already,
    /// [`CommitError::Port`] when the store fails. Nothing was written then.
    async fn commit(&self, commit: Commit) -> Result<(), CommitError>;

    /// The newest version of a content.
    async fn content(&self, id: ContentId) -> Result<Option<Versioned<Content>>, PortError>;

    /// The newest version of the content of this name.
    async fn content_by_slug(&self, slug: &Slug) -> Result<Option<Versioned<Content>>, PortError>;

    /// A content as it was at a version.
    async fn content_at(
        &self,
        id: ContentId,
        version: Version,
    ) -> Result<Option<Content>, PortError>;

    /// The newest versions of all contents, in the order of their slugs; a page starts after the
    /// slug that the page before gave as `next`.
    async fn contents(&self, page: PageRequest) -> Result<Page<Versioned<Content>>, PortError>;

    /// A submission.
    async fn submission(
        &self,
        id: SubmissionId,
    ) -> Result<Option<Versioned<Submission>>, PortError>;

    /// The answer of a submission.
    async fn answer(&self, id: SubmissionId) -> Result<Option<Answer>, PortError>;

    /// The report on a submission, once it is judged.
    async fn report(&self, id: SubmissionId) -> Result<Option<Report>, PortError>;

    /// A user's submissions, of one content or of all, newest first; a page starts after the id
    /// that the page before gave as `next`.
    async fn submissions(
        &self,
        user: &UserId,
        content: Option<ContentId>,
        page: PageRequest,
    ) -> Result<Page<Submission>, PortError>;

    /// Everybody's submissions to a content, oldest first; a page starts after the id that the
    /// page before gave as `next`.
    async fn submissions_to(
        &self,
        content: ContentId,
        page: PageRequest,
    ) -> Result<Page<Submission>, PortError>;

    /// The oldest submissions that wait to be judged.
    async fn pending(&self, limit: u32) -> Result<Vec<SubmissionId>, PortError>;

    /// A user's progress in a content, if they ever answered it.
    async fn progress(
        &self,
        user: &UserId,
        content: ContentId,
    ) -> Result<Option<Versioned<Progress>>, PortError>;

    /// A user's progress in all contents that they ever answered, in the order of their ids; a
    /// page starts after the id that the page before gave as `next`.
    async fn progress_of(
        &self,
        user: &UserId,
        page: PageRequest,
    ) -> Result<Page<Progress>, PortError>;

    /// A user's wallet, if it ever held something.
    async fn wallet(&self, user: &UserId) -> Result<Option<Versioned<Wallet>>, PortError>;

    /// All wallets, the fullest first and equal ones in the order of their users; a page starts
    /// after the place that the page before gave as `next`.
    async fn wallets(&self, page: PageRequest) -> Result<Page<Wallet>, PortError>;

    /// How many wallets hold more than this.
    async fn wallets_above(&self, balance: Points) -> Result<u64, PortError>;

    /// The entries of a user's wallet, newest first; a page starts after the id that the page
    /// before gave as `next`.
    async fn entries(&self, user: &UserId, page: PageRequest) -> Result<Page<Entry>, PortError>;

    /// The document of a kind that is known by a key.
    async fn document(
        &self,
        kind: &'static str,
        key: &str,
    ) -> Result<Option<StoredDocument>, PortError>;

    /// The documents of a list; a page starts after the place that the page before gave as
    /// `next`, see [`ListPlace`](crate::port::ListPlace).
    async fn documents(
        &self,
        lookup: Lookup,
        page: PageRequest,
    ) -> Result<Page<StoredDocument>, PortError>;

    /// All documents of a kind with their terms, in the order of their keys; a page starts after the
    /// key that the page before gave as `next`.
    async fn documents_of(
        &self,
        kind: &'static str,
        page: PageRequest,
    ) -> Result<Page<PlacedDocument>, PortError>;

    /// The joint purse of a document; none when it is not there or names no
    /// [holders](crate::port::Term::HOLDER).
    async fn purse(&self, kind: &'static str, key: &str) -> Result<Option<Points>, PortError>;

    /// The purses of a kind of document, the fullest first and equal ones in the order of their
    /// keys; a page starts after the place that the page before gave as `next`.
    async fn purses(&self, kind: &'static str, page: PageRequest)
    -> Result<Page<Purse>, PortError>;

    /// How many purses of a kind of document hold more than this.
    async fn purses_above(&self, kind: &'static str, points: Points) -> Result<u64, PortError>;

    /// The events after a place in the log, in the order they were committed.
    async fn events(&self, after: Cursor, limit: u32) -> Result<Vec<Logged>, PortError>;
}

/// Everything that one use case changes: it lands together or not at all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Commit {
    /// The documents to write.
    pub writes: Vec<Write>,
    /// The events to append, in order.
    pub events: Vec<Recorded>,
}

/// One document to write. `expected` is the version it was read at; none when it must be new.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Write {
    /// A new version of a content; the older ones are kept.
    Content {
        /// The version that was read.
        expected: Option<Version>,
        /// The content.
        content: Box<Content>,
    },
    /// A submission.
    Submission {
        /// The version that was read.
        expected: Option<Version>,
        /// The submission.
        submission: Submission,
    },
    /// The answer of a new submission; written once.
    Answer {
        /// The submission.
        submission: SubmissionId,
        /// The answer.
        answer: Box<Answer>,
    },
    /// The report on a submission; replaces an older one.
    Report {
        /// The submission.
        submission: SubmissionId,
        /// The report.
        report: Box<Report>,
    },
    /// A user's progress in a content.
    Progress {
        /// The version that was read.
        expected: Option<Version>,
        /// The progress.
        progress: Progress,
    },
    /// A user's wallet.
    Wallet {
        /// The version that was read.
        expected: Option<Version>,
        /// The wallet.
        wallet: Wallet,
    },
    /// A new line of the ledger; its reason is unique.
    Entry(Entry),
    /// A document, see [`Document`](crate::port::Document).
    Document(DocumentWrite),
}

/// Why nothing of a commit was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CommitError {
    /// Somebody else wrote one of the documents since it was read: load, decide and try again.
    #[error("a {document} was written by somebody else")]
    Conflict {
        /// The kind of document.
        document: &'static str,
    },
    /// Something that must be unique is there already.
    #[error("the {unique} is taken already")]
    Duplicate {
        /// What must be unique.
        unique: &'static str,
    },
    /// The store failed.
    #[error(transparent)]
    Port(#[from] PortError),
}

/// A document and how often it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Versioned{T}")]
pub struct Versioned<T> {
    /// How often it was written.
    pub version: Version,
    /// The document.
    pub value: T,
}

/// A part of a list to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PageRequest {
    /// Where the page before ended; none for the first.
    #[serde(default)]
    pub after: Option<String>,
    /// The most items wanted, 1 to 100.
    #[serde(default = "PageRequest::usual")]
    #[schemars(range(min = 1, max = 100))]
    pub limit: u32,
}

impl PageRequest {
    /// The most items on one page.
    pub const MAX: u32 = 100;

    const fn usual() -> u32 {
        20
    }

    /// Checks how many items are wanted.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] that names `limit`.
    pub fn check(&self) -> Result<(), Refusal> {
        if (1..=Self::MAX).contains(&self.limit) {
            Ok(())
        } else {
            let message = format!("is 1 to {}, not {}", Self::MAX, self.limit);
            Err(Refusal::invalid("limit", message))
        }
    }
}

impl Default for PageRequest {
    fn default() -> Self {
        Self {
            after: None,
            limit: Self::usual(),
        }
    }
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "{T}Page")]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Where the next page starts; none when this is the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The same page with each item changed.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(change).collect(),
            next: self.next,
        }
    }
}
