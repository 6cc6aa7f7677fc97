//! Passwords, and the hashes that are kept of them.

use std::fmt;
use std::sync::Arc;

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::ApiError;
use crate::workshop::Workshop;

/// A password: 10 to 200 characters.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String", extend("minLength" = 10, "maxLength" = 200, "format" = "password"))]
pub struct Password(String);

impl TryFrom<String> for Password {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if (10..=200).contains(&text.chars().count()) {
            Ok(Self(text))
        } else {
            Err("a password has 10 to 200 characters")
        }
    }
}

/// Keeps the password out of logs.
impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Hashes passwords with Argon2id (RFC 9106), a few at a time: each takes 19 MiB.
#[derive(Debug, Clone)]
pub(super) struct Passwords {
    workshop: Workshop,
    /// The hash of a password that nobody has, for those who have no account.
    decoy: Arc<str>,
}

impl Passwords {
    const AT_ONCE: usize = 2;

    pub(super) fn new() -> anyhow::Result<Self> {
        let nobody: [u8; 32] = rand::random();
        let decoy = hash(&nobody).map_err(|error| anyhow::anyhow!("no hash: {error}"))?;
        Ok(Self {
            workshop: Workshop::new(Self::AT_ONCE),
            decoy: decoy.into(),
        })
    }

    /// What is kept where nobody has a password.
    pub(super) fn nobodys(&self) -> &str {
        &self.decoy
    }

    /// What is kept of a password.
    pub(super) async fn hash(&self, password: Password) -> Result<String, ApiError> {
        let place = self.workshop.enter().await?;
        let hashed = place.work(move || hash(password.0.as_bytes())).await?;
        hashed.map_err(|error| ApiError::internal(&error))
    }

    /// Whether a password is the one that was hashed; it takes the same time when nothing was.
    pub(super) async fn is_right(
        &self,
        password: Password,
        stored: Option<String>,
    ) -> Result<bool, ApiError> {
        let exists = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.decoy.to_string());
        let verify = move || Argon2::default().verify_password(password.0.as_bytes(), &*stored);
        let place = self.workshop.enter().await?;
        Ok(place.work(verify).await?.is_ok() && exists)
    }
}

fn hash(password: &[u8]) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(password)?.to_string())
}
