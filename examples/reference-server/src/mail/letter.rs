//! What there is to write to people, before it is put into words.

use std::fmt;

use jiff::Timestamp;
use polycode_core::assessment::Address;
use polycode_core::id::{CampaignId, CandidateId, TeamId, UserId};
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use crate::error::ApiError;

/// Something to write to somebody.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Letter {
    /// MA-1: to a new user.
    Welcome {
        /// Who.
        user: UserId,
    },
    /// MA-2: whether the address is theirs.
    ConfirmAddress {
        /// Who.
        user: UserId,
    },
    /// Somebody tried to make a second account for their address.
    AlreadyRegistered {
        /// Who.
        user: UserId,
    },
    /// AC-7: how to set a new password.
    ResetPassword {
        /// Who.
        user: UserId,
    },
    /// MA-3: they are invited to a team.
    TeamInvitation {
        /// Who.
        user: UserId,
        /// The team.
        team: TeamId,
    },
    /// MA-4: they are in the team no more.
    TeamKick {
        /// Who.
        user: UserId,
        /// The team.
        team: TeamId,
    },
    /// MA-5: their team is no more.
    TeamDissolved {
        /// Who.
        user: UserId,
        /// The team.
        team: TeamId,
    },
    /// MA-6, MA-7: they are invited to a campaign.
    CampaignInvitation {
        /// The campaign.
        campaign: CampaignId,
        /// Their name, empty when it is not known.
        name: String,
        /// Where the mail goes.
        address: Address,
        /// What the link holds; it is erased once the mail is sent.
        token: String,
        /// Until when.
        expires_at: Timestamp,
    },
    /// MA-8: their test was received.
    TestReceived {
        /// Who.
        candidate: CandidateId,
    },
}

/// Keeps people and tokens out of logs.
impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Letter {
    /// The kind of letter, as logs and metrics show it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Welcome { .. } => "welcome",
            Self::ConfirmAddress { .. } => "confirm_address",
            Self::AlreadyRegistered { .. } => "already_registered",
            Self::ResetPassword { .. } => "reset_password",
            Self::TeamInvitation { .. } => "team_invitation",
            Self::TeamKick { .. } => "team_kick",
            Self::TeamDissolved { .. } => "team_dissolved",
            Self::CampaignInvitation { .. } => "campaign_invitation",
            Self::TestReceived { .. } => "test_received",
        }
    }
}

/// Writes a letter down to be sent. One that was written down under this id before stays as it
/// is.
pub(crate) async fn post(
    connection: &mut SqliteConnection,
    id: &str,
    letter: &Letter,
    now: i64,
) -> Result<(), ApiError> {
    sqlx::query(
        "INSERT INTO mails (id, letter, state, due_at, created_at) VALUES (?, ?, 'waiting', ?, ?)
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(id)
    .bind(serde_json::to_string(letter)?)
    .bind(now)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}
