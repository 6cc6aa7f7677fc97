//! AC-1: from a form to an account, and the proof that its address is one's own.

use polycode_core::assessment::Address;
use polycode_core::engine::Registration;
use polycode_core::id::UserId;
use polycode_core::people::{Locale, Settings, UserProfile};
use polycode_core::permission::{Actor, Role};
use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::Row;

use super::{Accounts, Password, Purpose};
use crate::error::ApiError;
use crate::mail::{self, Letter};

/// What it takes to have an account.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignUp {
    /// The name that others see, 1 to 100 characters.
    #[schemars(length(min = 1, max = 100), regex(pattern = UserProfile::NAME))]
    pub name: String,
    /// Where mails go, and what one signs in with.
    pub email: Address,
    /// What only its owner knows.
    pub password: Password,
    /// The language of pages and mails.
    #[serde(default)]
    pub locale: Locale,
}

impl Accounts {
    /// Makes an account, which can be used once its address is confirmed. Who has one already is
    /// told so by mail only: nobody learns from the reply who has an account.
    pub(crate) async fn sign_up(&self, form: SignUp) -> Result<(), ApiError> {
        let email = form.email.to_string();
        let registration = Registration {
            user: UserId::new(self.ids.next().to_string())?,
            profile: UserProfile {
                name: form.name,
                email: Some(email.clone()),
                about: String::new(),
            },
            settings: Settings {
                locale: form.locale,
                ..Settings::default()
            },
        };
        registration.profile.check()?;
        let password = self.passwords.hash(form.password).await?;
        let mut transaction = self.pool.begin().await?;
        let inserted = sqlx::query(
            "INSERT INTO accounts (user, email, password, created_at) VALUES (?, ?, ?, ?)
             ON CONFLICT (email) DO NOTHING",
        )
        .bind(registration.user.as_str())
        .bind(&email)
        .bind(password)
        .bind(self.now())
        .execute(&mut *transaction)
        .await?;
        if inserted.rows_affected() == 1 {
            self.engine.register(&Actor::guest(), registration).await?;
        } else {
            let owner = sqlx::query("SELECT user FROM accounts WHERE email = ?")
                .bind(&email)
                .fetch_one(&mut *transaction)
                .await?;
            let user = UserId::new(owner.try_get::<String, _>("user")?)?;
            let letter = Letter::AlreadyRegistered { user };
            let id = self.ids.next().to_string();
            mail::post(&mut transaction, &id, &letter, self.now()).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// AC-1, MA-2: confirms the address that a link was mailed to; it is the one to sign in with
    /// from now on.
    pub(crate) async fn confirm(&self, secret: &str) -> Result<(), ApiError> {
        let mut transaction = self.pool.begin().await?;
        let link = self
            .take_link(&mut transaction, secret, Purpose::ConfirmAddress)
            .await?;
        self.own_address(&mut transaction, &link.user, &link.about)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// Notes that an address is a user's own.
    pub(super) async fn own_address(
        &self,
        transaction: &mut sqlx::SqliteConnection,
        user: &UserId,
        email: &str,
    ) -> Result<(), ApiError> {
        let updated =
            sqlx::query("UPDATE OR IGNORE accounts SET email = ?, confirmed_at = ? WHERE user = ?")
                .bind(email)
                .bind(self.now())
                .bind(user.as_str())
                .execute(&mut *transaction)
                .await?;
        if updated.rows_affected() == 0 {
            return Err(ApiError::link_not_valid());
        }
        if self.admins.iter().any(|admin| admin == email) {
            self.write_roles(transaction, user, &[Role::Admin].into())
                .await?;
        }
        Ok(())
    }
}
