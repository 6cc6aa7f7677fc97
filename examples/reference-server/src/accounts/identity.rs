//! SY-1: the accounts of those whom a provider signs in, and their sessions.

use jiff::SignedDuration;
use polycode_core::engine::Registration;
use polycode_core::id::UserId;
use polycode_core::people::{Settings, UserProfile};
use polycode_core::permission::{Actor, Role};
use sqlx::{Row, SqliteConnection};

use super::session::LASTS;
use super::{Accounts, digest};
use crate::error::ApiError;
use crate::openid::{Grant, Identity};

/// How long somebody may take to sign in at the provider.
const ABSENCE: SignedDuration = SignedDuration::from_mins(10);

/// What was remembered of a departure: the nonce, the proof key and where to go next.
type Departure = (String, String, String);

impl Accounts {
    /// Remembers somebody who is sent to the provider.
    pub(crate) async fn remember_departure(
        &self,
        state: &str,
        browser: &str,
        (nonce, verifier): (String, String),
        next: &str,
    ) -> Result<(), ApiError> {
        sqlx::query(
            "INSERT INTO sign_ins (state, browser, nonce, verifier, next, expires_at)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(digest(state))
        .bind(digest(browser))
        .bind(nonce)
        .bind(verifier)
        .bind(next)
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
        let read =
            |row: sqlx::sqlite::SqliteRow| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?));
        found.map(read).transpose()
    }

    /// Begins a session for somebody whom the provider knows, and gives its secret. Their account
    /// is made, or found by an address that both sides have made sure of.
    /// `recheck` is how long it goes on before the provider is asked again.
    pub(crate) async fn sign_in_by_provider(
        &self,
        grant: Grant,
        recheck: SignedDuration,
    ) -> Result<String, ApiError> {
        let mut transaction = self.pool.begin().await?;
        let user = match self.account_of(&mut transaction, &grant.identity).await? {
            Some(user) => user,
            None => self.join(&mut transaction, &grant.identity).await?,
        };
        self.take_roles(&mut transaction, &user, &grant.identity)
            .await?;
        let secret = self.secret();
        sqlx::query(
            "INSERT INTO sessions (digest, user, created_at, expires_at) VALUES (?, ?, ?, ?)",
        )
        .bind(digest(&secret))
        .bind(user.as_str())
        .bind(self.now())
        .bind(self.in_future(LASTS))
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "INSERT INTO provider_sessions (digest, subject, id_token, refresh_token, fresh_until)
             VALUES (?, ?, ?, ?, ?)",
        )
        .bind(digest(&secret))
        .bind(&grant.identity.subject)
        .bind(&grant.id_token)
        .bind(&grant.refresh_token)
        .bind(self.fresh_until(&grant, recheck))
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(secret)
    }

    /// As whom the holder of an access token acts; somebody who has not signed in yet is nobody.
    pub(crate) async fn actor_of(&self, identity: &Identity) -> Result<Option<Actor>, ApiError> {
        let mut connection = self.pool.acquire().await?;
        let user = self.account_of(&mut connection, identity).await?;
        // A person is no service, whatever the provider says.
        let roles = identity.roles.iter().filter(|role| **role != Role::Service);
        let is_service = identity.roles.contains(&Role::Service);
        Ok(match user {
            Some(user) => Some(roles.copied().fold(Actor::user(user), Actor::with)),
            None => is_service.then(Actor::service),
        })
    }

    /// The refresh token of a session that the provider was not asked about for a while; the
    /// inner none when there is no token to ask with. Who gets it is the one to ask.
    pub(crate) async fn stale_session(
        &self,
        digest: &[u8],
        recheck: SignedDuration,
    ) -> Result<Option<Option<String>>, ApiError> {
        let stale = sqlx::query(
            "UPDATE provider_sessions SET fresh_until = ? WHERE digest = ? AND fresh_until <= ?
             RETURNING refresh_token",
        )
        .bind(self.in_future(recheck))
        .bind(digest)
        .bind(self.now())
        .fetch_optional(&self.pool)
        .await?;
        Ok(stale.map(|row| row.try_get(0)).transpose()?)
    }

    /// Lets a session go on as the provider now says.
    pub(crate) async fn renew_session(
        &self,
        digest: &[u8],
        grant: Grant,
        recheck: SignedDuration,
    ) -> Result<(), ApiError> {
        let mut transaction = self.pool.begin().await?;
        let renewed = sqlx::query(
            "UPDATE provider_sessions SET id_token = ?, refresh_token = ?, fresh_until = ?
             WHERE digest = ? AND subject = ?",
        )
        .bind(&grant.id_token)
        .bind(&grant.refresh_token)
        .bind(self.fresh_until(&grant, recheck))
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

    /// When the provider is asked again: soon where it can be, otherwise when its word ends.
    fn fresh_until(&self, grant: &Grant, recheck: SignedDuration) -> i64 {
        match grant.refresh_token {
            Some(_) => self.in_future(recheck),
            None => self.in_future(SignedDuration::from_secs(grant.seconds)),
        }
    }

    async fn account_of(
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
        let address = identity.address.as_deref().map(str::to_ascii_lowercase);
        let address = address.ok_or_else(|| {
            ApiError::forbidden("the sign-in service has not made sure of your address")
        })?;
        let found = sqlx::query("SELECT user, confirmed_at FROM accounts WHERE email = ?")
            .bind(&address)
            .fetch_optional(&mut *connection)
            .await?;
        let user = match found {
            Some(row) => {
                let user = UserId::new(row.try_get::<String, _>(0)?)?;
                if row.try_get::<Option<i64>, _>(1)?.is_none() {
                    self.forget_password_of(connection, &user).await?;
                }
                user
            }
            None => self.enrol(connection, identity, &address).await?,
        };
        self.own_address(connection, &user, &address).await?;
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
        address: &str,
    ) -> Result<UserId, ApiError> {
        let user = UserId::new(self.ids.next().to_string())?;
        let registration = Registration {
            user: user.clone(),
            profile: UserProfile {
                name: identity.name.chars().take(100).collect(),
                email: Some(address.to_owned()),
                about: String::new(),
            },
            settings: Settings::default(),
        };
        registration.profile.check()?;
        sqlx::query("INSERT INTO accounts (user, email, password, created_at) VALUES (?, ?, ?, ?)")
            .bind(user.as_str())
            .bind(address)
            .bind(self.passwords.nobodys())
            .bind(self.now())
            .execute(connection)
            .await?;
        self.engine.register(&Actor::guest(), registration).await?;
        Ok(user)
    }

    async fn forget_password_of(
        &self,
        connection: &mut SqliteConnection,
        user: &UserId,
    ) -> Result<(), ApiError> {
        sqlx::query("UPDATE accounts SET password = ? WHERE user = ?")
            .bind(self.passwords.nobodys())
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

    /// Gives an account the roles that the provider says, and those that its address has here.
    async fn take_roles(
        &self,
        connection: &mut SqliteConnection,
        user: &UserId,
        identity: &Identity,
    ) -> Result<(), ApiError> {
        let mut roles = identity.roles.clone();
        // A person is no service, whatever the provider says.
        roles.remove(&Role::Service);
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
