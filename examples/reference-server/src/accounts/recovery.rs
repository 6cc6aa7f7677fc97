//! AC-7: a new password for one that was forgotten, or is known and changed.

use polycode_core::assessment::Address;
use polycode_core::id::UserId;
use sqlx::{Row, SqliteConnection};

use super::{Accounts, Password, Purpose};
use crate::error::{ApiError, ErrorCode};
use crate::mail::{self, Letter};

impl Accounts {
    /// Mails a link by which a new password can be set, if there is an account of this address;
    /// the reply tells nothing of that.
    pub(crate) async fn forget_password(&self, email: &Address) -> Result<(), ApiError> {
        let mut transaction = self.begin_to_write().await?;
        let account = sqlx::query("SELECT user FROM accounts WHERE email = ?")
            .bind(email.as_str())
            .fetch_optional(&mut *transaction)
            .await?;
        if let Some(account) = account {
            let user = UserId::new(account.try_get::<String, _>("user")?)?;
            let letter = Letter::ResetPassword { user };
            let id = self.ids.next().to_string();
            mail::post(&mut transaction, &id, &letter, self.now()).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Sets a new password by a link that was mailed. Whoever has the link owns the address, and
    /// all sessions and tokens of the account end: somebody else may have had the old password.
    pub(crate) async fn reset_password(
        &self,
        secret: &str,
        password: Password,
    ) -> Result<(), ApiError> {
        let password = self.passwords.hash(password).await?;
        let mut transaction = self.pool.begin().await?;
        let link = self
            .take_link(&mut transaction, secret, Purpose::ResetPassword)
            .await?;
        self.own_address(&mut transaction, &link.user, &link.about)
            .await?;
        replace_password(&mut transaction, &link.user, &password).await?;
        Ok(transaction.commit().await?)
    }

    /// AC-3: changes a password by the one that holds. Every other session ends.
    pub(crate) async fn change_password(
        &self,
        user: &UserId,
        (current, new): (Password, Password),
        session: &[u8],
    ) -> Result<(), ApiError> {
        self.require_password(user, current).await?;
        let new = self.passwords.hash(new).await?;
        let mut transaction = self.pool.begin().await?;
        sqlx::query("UPDATE accounts SET password = ? WHERE user = ?")
            .bind(new)
            .bind(user.as_str())
            .execute(&mut *transaction)
            .await?;
        sqlx::query("DELETE FROM sessions WHERE user = ? AND digest <> ?")
            .bind(user.as_str())
            .bind(session)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// Makes sure that it is the account's owner who acts, not somebody at their open browser.
    pub(super) async fn require_password(
        &self,
        user: &UserId,
        password: Password,
    ) -> Result<(), ApiError> {
        let account = sqlx::query("SELECT password FROM accounts WHERE user = ?")
            .bind(user.as_str())
            .fetch_optional(&self.pool)
            .await?;
        let stored = account.map(|account| account.try_get("password"));
        if self
            .passwords
            .is_right(password, stored.transpose()?)
            .await?
        {
            Ok(())
        } else {
            Err(ApiError::new(
                ErrorCode::WrongPassword,
                "the password is wrong",
            ))
        }
    }
}

/// Replaces the password of an account by another of which this is the hash, and ends whatever
/// somebody else may have got by the one before: sessions, tokens and links.
pub(super) async fn replace_password(
    connection: &mut SqliteConnection,
    user: &UserId,
    hash: &str,
) -> Result<(), ApiError> {
    sqlx::query("UPDATE accounts SET password = ? WHERE user = ?")
        .bind(hash)
        .bind(user.as_str())
        .execute(&mut *connection)
        .await?;
    for ended in [
        "DELETE FROM sessions WHERE user = ?",
        "DELETE FROM api_tokens WHERE user = ?",
        "DELETE FROM links WHERE user = ?",
    ] {
        let ended = sqlx::query(ended).bind(user.as_str());
        ended.execute(&mut *connection).await?;
    }
    Ok(())
}
