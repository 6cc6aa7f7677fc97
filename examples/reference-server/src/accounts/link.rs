//! Links that are mailed: whoever has one has read the mail. Each is good once, and for a time.

use jiff::SignedDuration;
use polycode_core::id::UserId;
use polycode_core::permission::Actor;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::{Row, SqliteConnection};

use super::{Accounts, digest};
use crate::error::ApiError;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To confirm an address.
    ConfirmAddress,
    /// To set a new password.
    ResetPassword,
    /// To answer an invitation to a team.
    AnswerTeamInvitation,
}

/// What somebody says to an invitation, by the link in its mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvitationAnswer {
    /// They take it.
    Accept,
    /// They don't.
    Reject,
}

/// A link that was used.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) user: UserId,
    /// The address or the team that it is about.
    pub(super) about: String,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::ConfirmAddress => "confirm_address",
            Self::ResetPassword => "reset_password",
            Self::AnswerTeamInvitation => "answer_team_invitation",
        }
    }

    /// The word of this purpose in the paths of pages.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::ConfirmAddress => "address",
            Self::ResetPassword => "password",
            Self::AnswerTeamInvitation => "team",
        }
    }

    const fn lasts(self) -> SignedDuration {
        match self {
            Self::ConfirmAddress => SignedDuration::from_hours(7 * 24),
            Self::AnswerTeamInvitation => SignedDuration::from_hours(30 * 24),
            Self::ResetPassword => SignedDuration::from_hours(1),
        }
    }
}

impl Accounts {
    /// A new link for a user, whose other links for the same end here.
    pub(crate) async fn make_link(
        &self,
        user: &UserId,
        purpose: Purpose,
        about: &str,
    ) -> Result<String, ApiError> {
        let secret = self.secret();
        let mut transaction = self.pool.begin().await?;
        sqlx::query("DELETE FROM links WHERE user = ? AND purpose = ? AND about = ?")
            .bind(user.as_str())
            .bind(purpose.name())
            .bind(about)
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "INSERT INTO links (digest, user, purpose, about, expires_at) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(digest(&secret))
        .bind(user.as_str())
        .bind(purpose.name())
        .bind(about)
        .bind(self.in_future(purpose.lasts()))
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(secret)
    }

    /// Uses a link up. Unknown, used and expired ones look alike.
    pub(super) async fn take_link(
        &self,
        transaction: &mut SqliteConnection,
        secret: &str,
        purpose: Purpose,
    ) -> Result<Link, ApiError> {
        let taken = sqlx::query(
            "DELETE FROM links WHERE digest = ? AND purpose = ? AND expires_at > ?
             RETURNING user, about",
        )
        .bind(digest(secret))
        .bind(purpose.name())
        .bind(self.now())
        .fetch_optional(transaction)
        .await?
        .ok_or_else(ApiError::link_not_valid)?;
        Ok(Link {
            user: UserId::new(taken.try_get::<String, _>("user")?)?,
            about: taken.try_get("about")?,
        })
    }

    /// TE-7, TE-8: answers an invitation to a team by the link in its mail.
    pub(crate) async fn answer_team_invitation(
        &self,
        secret: &str,
        accepts: InvitationAnswer,
    ) -> Result<(), ApiError> {
        let mut transaction = self.pool.begin().await?;
        let purpose = Purpose::AnswerTeamInvitation;
        let link = self.take_link(&mut transaction, secret, purpose).await?;
        let team = link.about.parse().map_err(|_| ApiError::link_not_valid())?;
        let actor = Actor::user(link.user);
        match accepts {
            InvitationAnswer::Accept => self.engine.accept_team_invitation(&actor, team).await?,
            InvitationAnswer::Reject => self.engine.reject_team_invitation(&actor, team).await?,
        }
        Ok(transaction.commit().await?)
    }
}
