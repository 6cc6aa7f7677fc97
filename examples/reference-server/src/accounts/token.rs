//! API tokens: what services show instead of a password (RFC 6750).

use std::collections::BTreeSet;
use std::fmt;

use jiff::{SignedDuration, Timestamp};
use polycode_core::Refusal;
use polycode_core::id::UserId;
use polycode_core::permission::{Actor, Role};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::Row;
use uuid::Uuid;

use super::roles::read_roles;
use super::{Accounts, digest, time};
use crate::error::ApiError;

/// What an API token is to be.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewApiToken {
    /// What it is for, 1 to 100 characters.
    #[schemars(length(min = 1, max = 100))]
    pub name: String,
    /// As whom whoever has it acts.
    #[serde(default)]
    pub kind: TokenKind,
    /// For how many days it is good, 1 to 365.
    #[schemars(range(min = 1, max = 365))]
    pub days: u16,
}

/// As whom the holder of a token acts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// As the user who made it, with the roles that they have at the time.
    #[default]
    User,
    /// As another part of the system; only who runs the platform can make one.
    Service,
}

/// An API token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApiToken {
    /// What it is known by.
    pub id: Uuid,
    /// What it is for.
    pub name: String,
    /// As whom whoever has it acts.
    pub kind: TokenKind,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

/// A token that was made. Its secret is given out this once.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewToken {
    /// The token.
    #[serde(flatten)]
    pub token: ApiToken,
    /// What to send as `Authorization: Bearer …`.
    pub secret: String,
}

/// Keeps the secret out of logs.
impl fmt::Debug for NewToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewToken")
            .field("token", &self.token)
            .finish_non_exhaustive()
    }
}

impl Accounts {
    const MOST_TOKENS: i64 = 50;

    /// Makes an API token.
    pub(crate) async fn make_token(
        &self,
        user: &UserId,
        roles: &BTreeSet<Role>,
        new: NewApiToken,
    ) -> Result<NewToken, ApiError> {
        if !(1..=100).contains(&new.name.chars().count()) {
            return Err(Refusal::invalid("name", "has 1 to 100 characters").into());
        }
        if !(1..=365).contains(&new.days) {
            return Err(Refusal::invalid("days", "is 1 to 365").into());
        }
        if new.kind == TokenKind::Service && !roles.contains(&Role::Admin) {
            let what = "making a token of a service";
            return Err(Refusal::NotAllowed { what }.into());
        }
        let count = sqlx::query("SELECT count(*) AS n FROM api_tokens WHERE user = ?")
            .bind(user.as_str())
            .fetch_one(&self.pool)
            .await?;
        if count.try_get::<i64, _>("n")? >= Self::MOST_TOKENS {
            let limit = Self::MOST_TOKENS.unsigned_abs();
            return Err(Refusal::LimitReached {
                what: "tokens",
                limit,
            }
            .into());
        }
        let lasts = SignedDuration::from_hours(24 * i64::from(new.days));
        let token = ApiToken {
            id: self.ids.next(),
            name: new.name,
            kind: new.kind,
            created_at: time(self.now()),
            expires_at: time(self.in_future(lasts)),
        };
        let secret = self.secret();
        sqlx::query(
            "INSERT INTO api_tokens (id, digest, user, name, kind, created_at, expires_at)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(token.id.to_string())
        .bind(digest(&secret))
        .bind(user.as_str())
        .bind(&token.name)
        .bind(serde_json::to_string(&token.kind)?)
        .bind(token.created_at.as_millisecond())
        .bind(token.expires_at.as_millisecond())
        .execute(&self.pool)
        .await?;
        Ok(NewToken { token, secret })
    }

    /// The API tokens of a user, the oldest first.
    pub(crate) async fn tokens(&self, user: &UserId) -> Result<Vec<ApiToken>, ApiError> {
        let rows = sqlx::query(
            "SELECT id, name, kind, created_at, expires_at FROM api_tokens
             WHERE user = ? AND expires_at > ? ORDER BY id",
        )
        .bind(user.as_str())
        .bind(self.now())
        .fetch_all(&self.pool)
        .await?;
        let read = |row: sqlx::sqlite::SqliteRow| {
            Ok(ApiToken {
                id: Uuid::parse_str(row.try_get("id")?).unwrap_or_default(),
                name: row.try_get("name")?,
                kind: serde_json::from_str(row.try_get("kind")?)?,
                created_at: time(row.try_get("created_at")?),
                expires_at: time(row.try_get("expires_at")?),
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// Ends an API token of a user.
    pub(crate) async fn end_token(&self, user: &UserId, id: Uuid) -> Result<(), ApiError> {
        let ended = sqlx::query("DELETE FROM api_tokens WHERE user = ? AND id = ?")
            .bind(user.as_str())
            .bind(id.to_string())
            .execute(&self.pool)
            .await?;
        if ended.rows_affected() == 1 {
            Ok(())
        } else {
            Err(ApiError::not_found("token"))
        }
    }

    /// As whom the holder of a secret acts, if it is that of a token.
    pub(crate) async fn bearer(&self, secret: &str) -> Result<Option<Actor>, ApiError> {
        let found = sqlx::query(
            "SELECT t.user, t.kind, a.roles FROM api_tokens t JOIN accounts a USING (user)
             WHERE t.digest = ? AND t.expires_at > ?",
        )
        .bind(digest(secret))
        .bind(self.now())
        .fetch_optional(&self.pool)
        .await?;
        let Some(found) = found else {
            return Ok(None);
        };
        let kind: TokenKind = serde_json::from_str(found.try_get("kind")?)?;
        let roles = read_roles(found.try_get("roles")?)?;
        Ok(match kind {
            TokenKind::Service if roles.contains(&Role::Admin) => Some(Actor::service()),
            TokenKind::Service => None,
            TokenKind::User => {
                let user = UserId::new(found.try_get::<String, _>("user")?)?;
                Some(roles.into_iter().fold(Actor::user(user), Actor::with))
            }
        })
    }
}
