//! The facts that the engine records: an audit log, and the feed that consumers read.
//!
//! Events hold no personal data: users appear by the host's opaque id, answers and texts not at
//! all. A consumer must be idempotent by [`Recorded::id`], since it may see an event again.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::{AttemptEvent, CampaignEvent, CandidateEvent, TestEvent};
use crate::catalogue::{ContentEvent, ItemEvent, ModuleEvent};
use crate::certification::CertificateEvent;
use crate::id::{ConsumerId, EventId};
use crate::integrity::{ReviewEvent, TimelineEvent};
use crate::judging::RegradeEvent;
use crate::judging::submission::SubmissionEvent;
use crate::people::{TeamEvent, UserEvent};
use crate::polypoints::{PurchaseEvent, WalletEvent};
use crate::port::Document;
use crate::practice::{ModuleProgressEvent, ProgressEvent};
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
    /// What happened, and to what.
    #[serde(flatten)]
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

/// How far a part of the host has come in dealing with the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Consumer {
    /// Its name.
    pub(crate) consumer: ConsumerId,
    /// The place of the last event that it dealt with.
    pub(crate) place: Cursor,
}

impl Document for Consumer {
    const KIND: &'static str = "consumer";

    fn key(&self) -> String {
        self.consumer.to_string()
    }
}

macro_rules! events {
    ($($(#[$doc:meta])* $subject:ident($event:ty),)*) => {
        /// Something that happened.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "subject", content = "event", rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Event {$(
            $(#[$doc])*
            $subject($event),
        )*}

        $(impl From<$event> for Event {
            fn from(event: $event) -> Self {
                Self::$subject(event)
            }
        })*
    };
}

events! {
    /// To a content.
    Content(ContentEvent),
    /// To a module.
    Module(ModuleEvent),
    /// To a submission.
    Submission(SubmissionEvent),
    /// To somebody's progress.
    Progress(ProgressEvent),
    /// To somebody's progress in a module.
    ModuleProgress(ModuleProgressEvent),
    /// To a wallet.
    Wallet(WalletEvent),
    /// To an item of the shop.
    Item(ItemEvent),
    /// In the shop.
    Purchase(PurchaseEvent),
    /// To an account.
    User(UserEvent),
    /// To a team.
    Team(TeamEvent),
    /// To a test.
    Test(TestEvent),
    /// To a campaign.
    Campaign(CampaignEvent),
    /// To a candidate.
    Candidate(CandidateEvent),
    /// To an attempt.
    Attempt(AttemptEvent),
    /// To a pair of submissions that are alike.
    Review(ReviewEvent),
    /// To the timeline of an answer.
    Timeline(TimelineEvent),
    /// To a regrade.
    Regrade(RegradeEvent),
    /// To a certificate.
    Certificate(CertificateEvent),
}
