//! SY-1: sessions that a provider began, and that go on for as long as it says.

use jiff::SignedDuration;
use sqlx::{Row, SqliteConnection};

use super::{Accounts, digest};
use crate::error::ApiError;
use crate::openid::Grant;

impl Accounts {
    /// Notes what a session goes on by.
    pub(super) async fn begin_renewals(
        &self,
        connection: &mut SqliteConnection,
        secret: &str,
        grant: &Grant,
        recheck: SignedDuration,
    ) -> Result<(), ApiError> {
        // It is asked again soon where it can be, otherwise its word ends.
        let fresh_until = match grant.refresh_token {
            Some(_) => self.in_future(recheck),
            None => grant.until.as_millisecond(),
        };
        sqlx::query(
            "INSERT INTO provider_sessions (digest, subject, id_token, refresh_token, fresh_until)
             VALUES (?, ?, ?, ?, ?)",
        )
        .bind(digest(secret))
        .bind(&grant.identity.subject)
        .bind(&grant.id_token)
        .bind(&grant.refresh_token)
        .bind(fresh_until)
        .execute(connection)
        .await?;
        Ok(())
    }

    /// The refresh token of a session that the provider was not asked about for a while; the
    /// inner none when there is no token to ask with. Who gets it is the one to ask, and nobody
    /// else is for a `turn`.
    pub(crate) async fn stale_session(
        &self,
        digest: &[u8],
        turn: SignedDuration,
    ) -> Result<Option<Option<String>>, ApiError> {
        // Every request comes by here: those that have nothing to change wait for nobody who has.
        let stale =
            sqlx::query("SELECT 1 FROM provider_sessions WHERE digest = ? AND fresh_until <= ?")
                .bind(digest)
                .bind(self.now())
                .fetch_optional(&self.pool)
                .await?;
        if stale.is_none() {
            return Ok(None);
        }
        let taken = sqlx::query(
            "UPDATE provider_sessions SET fresh_until = ? WHERE digest = ? AND fresh_until <= ?
             RETURNING refresh_token",
        )
        .bind(self.in_future(turn))
        .bind(digest)
        .bind(self.now())
        .fetch_optional(&self.pool)
        .await?;
        Ok(taken.map(|row| row.try_get(0)).transpose()?)
    }

    /// Keeps what the next renewal is asked for with: the one before may be good no more.
    pub(crate) async fn keep_refresh_token(
        &self,
        digest: &[u8],
        refresh_token: &str,
    ) -> Result<(), ApiError> {
        sqlx::query("UPDATE provider_sessions SET refresh_token = ? WHERE digest = ?")
            .bind(refresh_token)
            .bind(digest)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Lets a session go on as the provider now says; its refresh token is kept already.
    pub(crate) async fn renew_session(
        &self,
        digest: &[u8],
        grant: &Grant,
        recheck: SignedDuration,
    ) -> Result<(), ApiError> {
        let mut transaction = self.begin_to_write().await?;
        let renewed = sqlx::query(
            "UPDATE provider_sessions SET id_token = ?, fresh_until = ?
             WHERE digest = ? AND subject = ?",
        )
        .bind(&grant.id_token)
        .bind(self.in_future(recheck))
        .bind(digest)
        .bind(&grant.identity.subject)
        .execute(&mut *transaction)
        .await?;
        let user = self.account_of(&mut transaction, &grant.identity).await?;
        let Some(user) = user.filter(|_| renewed.rows_affected() == 1) else {
            // The provider speaks of somebody else, or the session is over.
            drop(transaction);
            return self.end_session(digest).await.map(drop);
        };
        self.take_roles(&mut transaction, &user, &grant.identity)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// Ends a session, and gives the ID token that came with it.
    pub(crate) async fn end_session(&self, digest: &[u8]) -> Result<Option<String>, ApiError> {
        let ended =
            sqlx::query("DELETE FROM provider_sessions WHERE digest = ? RETURNING id_token")
                .bind(digest)
                .fetch_optional(&self.pool)
                .await?;
        sqlx::query("DELETE FROM sessions WHERE digest = ?")
            .bind(digest)
            .execute(&self.pool)
            .await?;
        Ok(ended.map(|row| row.try_get(0)).transpose()?)
    }
}
