//! AC-5, AC-6: sessions, from signing in to signing out.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use polycode_core::assessment::Address;
use polycode_core::id::UserId;
use polycode_core::permission::Role;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::{Row, SqliteConnection};

use super::roles::read_roles;
use super::{Accounts, Password, digest, time};
use crate::error::{ApiError, ErrorCode};

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// Who.
    pub user: UserId,
    /// What they are beside a user.
    pub roles: BTreeSet<Role>,
    /// Until when, unless they sign out before.
    pub expires_at: Timestamp,
}

/// How long a session lasts.
pub(crate) const LASTS: SignedDuration = SignedDuration::from_hours(14 * 24);

impl Accounts {
    /// AC-5: begins a session, and gives the secret that it is known by. It takes as long, and
    /// says the same, for a wrong password and for no account.
    pub(crate) async fn sign_in(
        &self,
        email: &Address,
        password: Password,
    ) -> Result<String, ApiError> {
        let account =
            sqlx::query("SELECT user, password, confirmed_at FROM accounts WHERE email = ?")
                .bind(email.as_str())
                .fetch_optional(&self.pool)
                .await?;
        let stored = account.as_ref().map(|account| account.try_get("password"));
        let is_right = self
            .passwords
            .is_right(password, stored.transpose()?)
            .await?;
        let Some(account) = account.filter(|_| is_right) else {
            return Err(ApiError::new(
                ErrorCode::WrongCredentials,
                "the address or the password is wrong",
            ));
        };
        if account.try_get::<Option<i64>, _>("confirmed_at")?.is_none() {
            let message = "the address is not confirmed yet: follow the link in the mail";
            return Err(ApiError::new(ErrorCode::NotConfirmed, message));
        }
        let user = UserId::new(account.try_get::<String, _>("user")?)?;
        let mut connection = self.pool.acquire().await?;
        self.begin_session(&mut connection, &user).await
    }

    /// Begins a session of somebody who has shown who they are, and gives its secret.
    pub(super) async fn begin_session(
        &self,
        connection: &mut SqliteConnection,
        user: &UserId,
    ) -> Result<String, ApiError> {
        let secret = self.secret();
        sqlx::query(
            "INSERT INTO sessions (digest, user, created_at, expires_at) VALUES (?, ?, ?, ?)",
        )
        .bind(digest(&secret))
        .bind(user.as_str())
        .bind(self.now())
        .bind(self.in_future(LASTS))
        .execute(connection)
        .await?;
        Ok(secret)
    }

    /// AC-6: ends a session.
    pub(crate) async fn sign_out(&self, secret: &str) -> Result<(), ApiError> {
        sqlx::query("DELETE FROM sessions WHERE digest = ?")
            .bind(digest(secret))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Whose session a secret is, if it is one.
    pub(crate) async fn session(&self, secret: &str) -> Result<Option<Session>, ApiError> {
        let found = sqlx::query(
            "SELECT s.user, a.roles, s.expires_at FROM sessions s JOIN accounts a USING (user)
             WHERE s.digest = ? AND s.expires_at > ?",
        )
        .bind(digest(secret))
        .bind(self.now())
        .fetch_optional(&self.pool)
        .await?;
        let Some(found) = found else {
            return Ok(None);
        };
        Ok(Some(Session {
            user: UserId::new(found.try_get::<String, _>("user")?)?,
            roles: read_roles(found.try_get("roles")?)?,
            expires_at: time(found.try_get("expires_at")?),
        }))
    }
}
