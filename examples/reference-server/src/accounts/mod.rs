//! Local accounts: who may sign in, by what, and as whom they may act.
//!
//! What people say about themselves stands in the engine, which knows them by an opaque id. Here
//! are their addresses, the hashes of their passwords and the digests of their secrets.

mod database;
mod export;
mod identity;
mod leaving;
mod link;
mod password;
mod recovery;
mod renewal;
mod roles;
mod session;
mod sign_up;
#[cfg(test)]
pub(crate) mod testkit;
mod token;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use polycode_core::Engine;
use polycode_core::port::{Clock, Ids};
use sha2::{Digest, Sha256};
use sqlx::{Sqlite, SqlitePool, Transaction};
use uuid::Uuid;

pub use export::{AccountExport, KnownIdentity};
pub use link::{InvitationAnswer, Purpose};
pub use password::Password;
pub use roles::GivenRole;
pub(crate) use session::LASTS as SESSION_LASTS;
pub use session::Session;
pub use sign_up::SignUp;
pub use token::{ApiToken, NewApiToken, NewToken, TokenKind};

use crate::error::ApiError;
use password::Passwords;

/// The accounts of a server, over a database of their own.
#[derive(Debug, Clone)]
pub struct Accounts {
    pub(crate) pool: SqlitePool,
    pub(crate) engine: Engine,
    passwords: Passwords,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    admins: Arc<[String]>,
}

impl Accounts {
    /// Opens the accounts of an engine in a database such as `sqlite:accounts.db`; `memory:`
    /// keeps nothing.
    ///
    /// # Errors
    /// When the database can't be opened or is of a newer version.
    pub async fn open(
        url: &str,
        engine: Engine,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> anyhow::Result<Self> {
        Ok(Self {
            pool: database::open(url).await?,
            engine,
            passwords: Passwords::new()?,
            clock,
            ids,
            admins: Arc::default(),
        })
    }

    /// The same accounts, where whoever confirms one of these addresses runs the platform.
    #[must_use]
    pub fn with_admins(self, addresses: impl IntoIterator<Item = String>) -> Self {
        let admins = addresses
            .into_iter()
            .map(|address| address.to_ascii_lowercase());
        Self {
            admins: admins.collect(),
            ..self
        }
    }

    /// Makes sure that the database answers.
    pub(crate) async fn reach(&self) -> Result<(), ApiError> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Removes what has expired. To be called now and then.
    pub(crate) async fn sweep(&self) -> Result<(), ApiError> {
        let now = self.now();
        let day_ago = self.in_future(SignedDuration::from_hours(-24));
        for (expired, before) in [
            ("DELETE FROM sessions WHERE expires_at <= ?", now),
            ("DELETE FROM links WHERE expires_at <= ?", now),
            ("DELETE FROM sign_ins WHERE expires_at <= ?", now),
            ("DELETE FROM api_tokens WHERE expires_at <= ?", now),
            ("DELETE FROM replies WHERE created_at <= ?", day_ago),
        ] {
            let swept = sqlx::query(expired).bind(before).execute(&self.pool);
            swept.await?;
        }
        Ok(())
    }

    /// Begins what reads before it writes. It waits for its turn at once: a transaction that only
    /// reads at first fails when somebody else has written by the time it wants to.
    async fn begin_to_write(&self) -> Result<Transaction<'static, Sqlite>, ApiError> {
        Ok(self.pool.begin_with("BEGIN IMMEDIATE").await?)
    }

    pub(crate) fn now(&self) -> i64 {
        self.time().as_millisecond()
    }

    pub(crate) fn time(&self) -> Timestamp {
        self.clock.now()
    }

    fn in_future(&self, lasts: SignedDuration) -> i64 {
        (self.clock.now() + lasts).as_millisecond()
    }

    /// An id that was never given before.
    pub(crate) fn new_id(&self) -> Uuid {
        self.ids.next()
    }

    /// A text that nobody can guess, with 256 random bits.
    fn secret(&self) -> String {
        hex::encode(self.ids.secret())
    }
}

/// What is kept of a secret. It has 256 random bits, so that a plain hash can't be searched for.
pub(crate) fn digest(secret: &str) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}

fn time(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}
