//! How far a candidate has come, under the names that clients of the first PolyCode know.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::Invitation;
use crate::id::{AttemptId, InvalidName, UserId};
use crate::refusal::Refusal;

/// How far a candidate has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum CandidateStatus {
    /// They have not answered yet.
    ConfirmationPending {
        /// The invitation that they can use, if one was sent and has not lapsed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        invitation: Option<Invitation>,
        /// How many invitations were sent.
        #[serde(default)]
        sent: u32,
    },
    /// They accepted, and the campaign is not open yet.
    Confirmed {
        /// Who they are.
        user: UserId,
        /// Since when.
        at: Timestamp,
    },
    /// They said no.
    Declined {
        /// When.
        at: Timestamp,
    },
    /// The invitation was taken back.
    Cancelled {
        /// When.
        at: Timestamp,
    },
    /// The campaign is open, and they can start.
    TestSent {
        /// Who they are.
        user: UserId,
        /// Since when.
        at: Timestamp,
    },
    /// They have read what the test is about.
    TestOpened {
        /// Who they are.
        user: UserId,
        /// Since when.
        at: Timestamp,
    },
    /// They are sitting it.
    TestInProgress {
        /// Who they are.
        user: UserId,
        /// Their attempt.
        attempt: AttemptId,
        /// Since when.
        at: Timestamp,
    },
    /// Their attempt is over.
    TestFinished {
        /// Who they are.
        user: UserId,
        /// Their attempt.
        attempt: AttemptId,
        /// Since when.
        at: Timestamp,
    },
    /// They were removed from the campaign, and their profile was deleted.
    Removed {
        /// When.
        at: Timestamp,
    },
}

/// The name of a candidate's status, in the words of the first PolyCode; in this order when sorted.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StatusName {
    /// They have not answered yet.
    ConfirmationPending,
    /// They accepted.
    Confirmed,
    /// They said no.
    Declined,
    /// The invitation was taken back, or they were removed.
    Cancelled,
    /// They can start.
    TestSent,
    /// They have read what the test is about.
    TestOpened,
    /// They are sitting it.
    TestInProgress,
    /// Their attempt is over.
    TestFinished,
}

impl StatusName {
    /// All names, in the order of a candidate's life.
    pub const ALL: [Self; 8] = [
        Self::ConfirmationPending,
        Self::Confirmed,
        Self::Declined,
        Self::Cancelled,
        Self::TestSent,
        Self::TestOpened,
        Self::TestInProgress,
        Self::TestFinished,
    ];

    /// Whether the candidate is still wanted: neither declined nor cancelled.
    pub const fn is_expected(self) -> bool {
        !matches!(self, Self::Declined | Self::Cancelled)
    }

    /// The name as it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConfirmationPending => "CONFIRMATION_PENDING",
            Self::Confirmed => "CONFIRMED",
            Self::Declined => "DECLINED",
            Self::Cancelled => "CANCELLED",
            Self::TestSent => "TEST_SENT",
            Self::TestOpened => "TEST_OPENED",
            Self::TestInProgress => "TEST_IN_PROGRESS",
            Self::TestFinished => "TEST_FINISHED",
        }
    }
}

impl fmt::Display for StatusName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for StatusName {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        let known = Self::ALL.into_iter().find(|name| name.as_str() == text);
        known.ok_or_else(|| InvalidName::new("a status is one of the eight of a candidate", text))
    }
}

impl CandidateStatus {
    /// The name that clients of the first PolyCode know. It had no removed candidates; they are
    /// in no list, and cancelled to whoever still holds their id.
    pub const fn name(&self) -> StatusName {
        match self {
            Self::ConfirmationPending { .. } => StatusName::ConfirmationPending,
            Self::Confirmed { .. } => StatusName::Confirmed,
            Self::Declined { .. } => StatusName::Declined,
            Self::Cancelled { .. } | Self::Removed { .. } => StatusName::Cancelled,
            Self::TestSent { .. } => StatusName::TestSent,
            Self::TestOpened { .. } => StatusName::TestOpened,
            Self::TestInProgress { .. } => StatusName::TestInProgress,
            Self::TestFinished { .. } => StatusName::TestFinished,
        }
    }

    /// The user that the candidate became by accepting.
    pub const fn user(&self) -> Option<&UserId> {
        match self {
            Self::Confirmed { user, .. }
            | Self::TestSent { user, .. }
            | Self::TestOpened { user, .. }
            | Self::TestInProgress { user, .. }
            | Self::TestFinished { user, .. } => Some(user),
            Self::ConfirmationPending { .. }
            | Self::Declined { .. }
            | Self::Cancelled { .. }
            | Self::Removed { .. } => None,
        }
    }

    /// The candidate's attempt, once it began.
    pub const fn attempt(&self) -> Option<AttemptId> {
        match self {
            Self::TestInProgress { attempt, .. } | Self::TestFinished { attempt, .. } => {
                Some(*attempt)
            }
            _ => None,
        }
    }

    /// Whether the test could still be started some day.
    pub const fn is_before_test(&self) -> bool {
        matches!(
            self,
            Self::ConfirmationPending { .. }
                | Self::Confirmed { .. }
                | Self::TestSent { .. }
                | Self::TestOpened { .. }
        )
    }

    /// Whether nothing can happen to the candidate any more but their removal.
    pub const fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Declined { .. }
                | Self::Cancelled { .. }
                | Self::TestFinished { .. }
                | Self::Removed { .. }
        )
    }

    pub(super) const fn wrong(&self) -> Refusal {
        let state = match self {
            Self::ConfirmationPending { .. } => "waiting for an answer",
            Self::Confirmed { .. } => "confirmed",
            Self::Declined { .. } => "declined",
            Self::Cancelled { .. } => "cancelled",
            Self::TestSent { .. } => "able to start",
            Self::TestOpened { .. } => "reading about the test",
            Self::TestInProgress { .. } => "in the middle of the test",
            Self::TestFinished { .. } => "done with the test",
            Self::Removed { .. } => "removed",
        };
        Refusal::WrongState {
            what: "the candidate",
            state,
        }
    }
}
