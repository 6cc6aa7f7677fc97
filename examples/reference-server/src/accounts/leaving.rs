//! AC-4: leaving. What is known about the person goes; ledgers and results stay sound.

use polycode_core::id::UserId;
use polycode_core::permission::Actor;
use polycode_core::{EngineError, Refusal};

use super::{Accounts, Password};
use crate::error::ApiError;

impl Accounts {
    /// Deletes one's own account, by its password.
    pub(crate) async fn leave(
        &self,
        actor: &Actor,
        user: &UserId,
        password: Password,
    ) -> Result<(), ApiError> {
        self.require_password(user, password).await?;
        self.delete(actor, user).await
    }

    /// Deletes an account. The engine forgets the person first: should the process end in
    /// between, the account can still be deleted.
    pub(crate) async fn delete(&self, actor: &Actor, user: &UserId) -> Result<(), ApiError> {
        match self.engine.delete_account(actor, user).await {
            Ok(()) => {}
            Err(EngineError::Refused(Refusal::NotFound { .. })) if actor.is(user) => {}
            Err(error) => return Err(error.into()),
        }
        sqlx::query("DELETE FROM accounts WHERE user = ?")
            .bind(user.as_str())
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
