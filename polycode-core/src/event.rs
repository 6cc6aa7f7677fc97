//! The facts that the engine records: an audit log, and the feed that consumers read.
//!
//! Events hold no personal data: users appear by the host's opaque id, answers and texts not at
//! all. A consumer must be idempotent by [`Recorded::id`], since it may see an event again.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::ContentEvent;
use crate::id::EventId;
use crate::judging::submission::SubmissionEvent;
use crate::polypoints::WalletEvent;
use crate::practice::ProgressEvent;
use crate::quantity::Cursor;

/// An event as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Recorded {
    /// Its id, by which a consumer tells a redelivery.
    pub id: EventId,
    /// When it was recorded.
    pub at: Timestamp,
    /// The version of the event's schema; schemas only grow.
    pub schema: u16,
    /// What happened.
    pub event: Event,
}

impl Recorded {
    /// The schema version that is written today.
    pub const SCHEMA: u16 = 1;
}

/// An event with its place in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Logged {
    /// Its place; read on from here.
    pub cursor: Cursor,
    /// The event.
    #[serde(flatten)]
    pub recorded: Recorded,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "subject", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// To a content.
    Content(ContentEvent),
    /// To a submission.
    Submission(SubmissionEvent),
    /// To somebody's progress.
    Progress(ProgressEvent),
    /// To a wallet.
    Wallet(WalletEvent),
}

impl From<ContentEvent> for Event {
    fn from(event: ContentEvent) -> Self {
        Self::Content(event)
    }
}

impl From<SubmissionEvent> for Event {
    fn from(event: SubmissionEvent) -> Self {
        Self::Submission(event)
    }
}

impl From<ProgressEvent> for Event {
    fn from(event: ProgressEvent) -> Self {
        Self::Progress(event)
    }
}

impl From<WalletEvent> for Event {
    fn from(event: WalletEvent) -> Self {
        Self::Wallet(event)
    }
}
