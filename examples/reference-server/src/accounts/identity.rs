//! SY-1: the accounts of those whom a provider signs in.

use jiff::SignedDuration;
use polycode_core::assessment::Address;
use polycode_core::engine::Registration;
use polycode_core::id::UserId;
use polycode_core::people::{Settings, UserProfile};
use polycode_core::permission::{Actor, Role};
use sqlx::{Row, SqliteConnection};

use super::export::KnownIdentity;
use super::recovery::replace_password;
use super::{Accounts, digest};
use crate::error::{ApiError, ErrorCode};
use crate::openid::{Departure, Grant, Identity};

/// How long somebody may take to sign in at the provider.
const ABSENCE: SignedDuration = SignedDuration::from_mins(10);

impl Accounts {
    /// Remembers somebody who is sent to the provider.
    pub(crate) async fn remember_departure(
        &self,
        state: &str,
        browser: &str,
        departure: &Departure,
    ) -> Result<(), ApiError> {
        sqlx::query(
            "INSERT INTO sign_ins (state, browser, nonce, verifier, next, expires_at)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(digest(state))
        .bind(digest(browser))
        .bind(&departure.nonce)
        .bind(&departure.verifier)
        .bind(&departure.next)
        .bind(self.in_future(ABSENCE))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// What was remembered of somebody who comes back in the browser they left in; once.
    pub(crate) async fn recall_departure(
        &self,
        state: &str,
        browser: &str,
    ) -> Result<Option<Departure>, ApiError> {
        let found = sqlx::query(
            "DELETE FROM sign_ins WHERE state = ? AND browser = ? AND expires_at > ?
             RETURNING nonce, verifier, next",
        )
        .bind(digest(state))
        .bind(digest(browser))
        .bind(self.now())
        .fetch_optional(&self.pool)
        .await?;
        let read = |row: sqlx::sqlite::SqliteRow| {
            Ok(Departure {
                nonce: row.try_get("nonce")?,
                verifier: row.try_get("verifier")?,
                next: row.try_get("next")?,
            })
        };
        found.map(read).transpose()
    }

    /// Begins a session for somebody whom the provider knows, and gives its secret. Their account
    /// is made, or found by an address that both sides have made sure of.
    /// `recheck` is how long it goes on before the provider is asked again.
    pub(crate) async fn sign_in_by_provider(
        &self,
        grant: &Grant,
        recheck: SignedDuration,
    ) -> Result<String, ApiError> {
        let mut transaction = self.begin_to_write().await?;
        let user = match self.account_of(&mut transaction, &grant.identity).await? {
            Some(user) => user,
            None => self.join(&mut transaction, &grant.identity).await?,
        };
        self.take_roles(&mut transaction, &user, &grant.identity)
            .await?;
        let secret = self.begin_session(&mut transaction, &user).await?;
        self.begin_renewals(&mut transaction, &secret, grant, recheck)
            .await?;
        transaction.commit().await?;
        Ok(secret)
    }

    /// As whom the holder of an access token acts; somebody who has not signed in yet is nobody.
    pub(crate) async fn actor_of(&self, identity: &Identity) -> Result<Option<Actor>, ApiError> {
        let mut connection = self.pool.acquire().await?;
        let user = self.account_of(&mut connection, identity).await?;
        let roles = identity.roles_of_a_person().into_iter();
        let is_service = identity.roles.contains(&Role::Service);
        Ok(match user {
            Some(user) => Some(roles.fold(Actor::user(user), Actor::with)),
            None => is_service.then(Actor::service),
        })
    }

    /// As whom providers know a user.
    pub(super) async fn identities(&self, user: &UserId) -> Result<Vec<KnownIdentity>, ApiError> {
        let found = sqlx::query(
            "SELECT issuer, subject FROM identities WHERE user = ? ORDER BY issuer, subject",
        )
        .bind(user.as_str())
        .fetch_all(&self.pool)
        .await?;
        let read = |row: sqlx::sqlite::SqliteRow| {
            Ok(KnownIdentity {
                issuer: row.try_get("issuer")?,
                subject: row.try_get("subject")?,
            })
        };
        found.into_iter().map(read).collect()
    }

    pub(super) async fn account_of(
        &self,
        connection: &mut SqliteConnection,
        identity: &Identity,
    ) -> Result<Option<UserId>, ApiError> {
        let found = sqlx::query("SELECT user FROM identities WHERE issuer = ? AND subject = ?")
            .bind(&identity.issuer)
            .bind(&identity.subject)
            .fetch_optional(connection)
            .await?;
        let user = found.map(|row| row.try_get::<String, _>(0)).transpose()?;
        Ok(user.map(UserId::new).transpose()?)
    }

    /// Makes the account of somebody who comes for the first time, or finds the one with their
    /// address. Of one whose address nobody has confirmed, the password is not theirs: it goes.
    async fn join(
        &self,
        connection: &mut SqliteConnection,
        identity: &Identity,
    ) -> Result<UserId, ApiError> {
        let address = identity.address.as_ref().ok_or_else(|| {
            let message = "the sign-in service has not made sure of your address";
            ApiError::new(ErrorCode::NotConfirmed, message)
        })?;
        let found = sqlx::query("SELECT user, confirmed_at FROM accounts WHERE email = ?")
            .bind(address.as_str())
            .fetch_optional(&mut *connection)
            .await?;
        let user = match found {
            Some(row) => {
                let user = UserId::new(row.try_get::<String, _>("user")?)?;
                if knows(connection, &identity.issuer, &user).await? {
                    // An address that was given to somebody else there does not give them this.
                    let message = "this address belongs to somebody else here";
                    return Err(ApiError::new(ErrorCode::AddressTaken, message));
                }
                if row.try_get::<Option<i64>, _>("confirmed_at")?.is_none() {
                    let nobodys = self.passwords.nobodys();
                    replace_password(connection, &user, nobodys).await?;
                }
                user
            }
            None => self.enrol(connection, identity, address).await?,
        };
        self.own_address(connection, &user, address.as_str())
            .await?;
        sqlx::query("INSERT INTO identities (issuer, subject, user) VALUES (?, ?, ?)")
            .bind(&identity.issuer)
            .bind(&identity.subject)
            .bind(user.as_str())
            .execute(connection)
            .await?;
        Ok(user)
    }

    async fn enrol(
        &self,
        connection: &mut SqliteConnection,
        identity: &Identity,
        address: &Address,
    ) -> Result<UserId, ApiError> {
        let user = UserId::new(self.ids.next().to_string())?;
        let registration = Registration {
            user: user.clone(),
            profile: UserProfile {
                name: identity.name.clone(),
                email: Some(address.to_string()),
                about: String::new(),
            },
            settings: Settings::default(),
        };
        registration.profile.check()?;
        sqlx::query("INSERT INTO accounts (user, email, password, created_at) VALUES (?, ?, ?, ?)")
            .bind(user.as_str())
            .bind(address.as_str())
            .bind(self.passwords.nobodys())
            .bind(self.now())
            .execute(connection)
            .await?;
        self.engine.register(&Actor::guest(), registration).await?;
        Ok(user)
    }

    /// Gives an account the roles that the provider says, and those that its address has here.
    pub(super) async fn take_roles(
        &self,
        connection: &mut SqliteConnection,
        user: &UserId,
        identity: &Identity,
    ) -> Result<(), ApiError> {
        let mut roles = identity.roles_of_a_person();
        let found = sqlx::query("SELECT email FROM accounts WHERE user = ?")
            .bind(user.as_str())
            .fetch_one(&mut *connection)
            .await?;
        let email: String = found.try_get(0)?;
        if self.admins.contains(&email) {
            roles.insert(Role::Admin);
        }
        self.write_roles(connection, user, &roles).await
    }
}

/// Whether somebody whom a provider knows has this account.
async fn knows(
    connection: &mut SqliteConnection,
    issuer: &str,
    user: &UserId,
) -> Result<bool, ApiError> {
    let found = sqlx::query("SELECT 1 FROM identities WHERE user = ? AND issuer = ?")
        .bind(user.as_str())
        .bind(issuer)
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}

#[cfg(test)]
mod tests;
