//! Passwords, and the hashes that are kept of them.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use argon2::password_hash::phc::{Output, ParamsString, Salt};
use argon2::{
    Algorithm, Argon2, Block, CustomizedPasswordHasher, Params, PasswordHash, PasswordVerifier,
    Version, password_hash,
};
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
    /// Those that have no work now.
    hashers: Arc<Mutex<Vec<Hasher>>>,
    /// The hash of a password that nobody has, for those who have no account.
    decoy: Arc<str>,
}

impl Passwords {
    const AT_ONCE: usize = 2;

    pub(super) fn new() -> anyhow::Result<Self> {
        let nobody: [u8; 32] = rand::random();
        let hasher = Hasher::default();
        let decoy = hasher.hash(&nobody);
        let decoy = decoy.map_err(|error| anyhow::anyhow!("no hash: {error}"))?;
        Ok(Self {
            workshop: Workshop::new(Self::AT_ONCE),
            hashers: Arc::new(Mutex::new(vec![hasher])),
            decoy: decoy.into(),
        })
    }

    /// What is kept where nobody has a password.
    pub(super) fn nobodys(&self) -> &str {
        &self.decoy
    }

    /// What is kept of a password.
    pub(super) async fn hash(&self, password: Password) -> Result<String, ApiError> {
        let hash = move |hasher: &Hasher| hasher.hash(password.0.as_bytes());
        let hashed = self.work(hash).await?;
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
        let verify = move |hasher: &Hasher| {
            let stored = PasswordHash::new(&stored)?;
            hasher.verify_password(password.0.as_bytes(), &stored)
        };
        Ok(self.work(verify).await?.is_ok() && exists)
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Hasher) -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let place = self.workshop.enter().await?;
        let hashers = Arc::clone(&self.hashers);
        let work = move || {
            let idle = hashers.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let hasher = idle.unwrap_or_default();
            let done = work(&hasher);
            let mut hashers = hashers.lock().unwrap_or_else(PoisonError::into_inner);
            hashers.push(hasher);
            done
        };
        place.work(work).await
    }
}

/// What hashes, with the memory that it takes.
///
/// It is kept from one password to the next. The allocator would keep what a thread has given back for
/// that thread: with any of the many threads that block, hundreds of megabytes for nothing.
#[derive(Debug, Default)]
struct Hasher {
    memory: Mutex<Vec<Block>>,
}

impl Hasher {
    fn hash(&self, password: &[u8]) -> password_hash::Result<String> {
        let hash = self.hash_password_with_params(password, &Salt::generate(), Params::default());
        Ok(hash?.to_string())
    }
}

/// As the crate does it, but in our memory; passwords are verified with this by the crate itself.
impl CustomizedPasswordHasher<PasswordHash> for Hasher {
    type Params = Params;

    fn hash_password_customized(
        &self,
        password: &[u8],
        salt: &[u8],
        algorithm: Option<&str>,
        version: Option<u32>,
        params: Params,
    ) -> password_hash::Result<PasswordHash> {
        let algorithm = algorithm.map_or(Ok(Algorithm::default()), Algorithm::try_from)?;
        let version = version.map_or(Ok(Version::default()), Version::try_from)?;
        let salt = Salt::new(salt)?;
        let size = params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
        let mut out = vec![0; size];
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        if memory.len() < params.block_count() {
            memory.resize(params.block_count(), Block::new());
        }
        let written = ParamsString::try_from(&params)?;
        let argon2 = Argon2::new(algorithm, version, params);
        argon2.hash_password_into_with_memory(password, &salt, &mut out, &mut *memory)?;
        Ok(PasswordHash {
            algorithm: algorithm.ident(),
            version: Some(version.into()),
            params: written,
            salt: Some(salt),
            hash: Some(Output::new(&out)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use argon2::PasswordHasher;
    use futures_util::future::try_join_all;

    use super::*;

    fn password(number: usize) -> Password {
        format!("correct horse {number}").try_into().unwrap()
    }

    #[tokio::test]
    async fn given_many_at_once_when_they_sign_up_and_in_then_no_more_memory_is_kept_than_for_a_few()
     {
        let passwords = Passwords::new().unwrap();
        let hash = |number| passwords.hash(password(number));
        let hashes = try_join_all((0..6).map(hash)).await.unwrap();
        let check = |(number, hash): (usize, &String)| {
            // Every other one is somebody else's.
            passwords.is_right(password(number / 2 * 2), Some(hash.clone()))
        };
        let right = try_join_all(hashes.iter().enumerate().map(check)).await;
        assert_eq!(right.unwrap(), [true, false, true, false, true, false]);
        let kept = passwords.hashers.lock().unwrap();
        assert!(
            (1..=Passwords::AT_ONCE).contains(&kept.len()),
            "{}",
            kept.len()
        );
        let blocks = Params::default().block_count();
        assert!(
            kept.iter()
                .all(|hasher| hasher.memory.lock().unwrap().len() == blocks)
        );
    }

    #[tokio::test]
    async fn given_what_the_crate_hashes_when_it_is_verified_then_it_is_as_what_we_hash() {
        let passwords = Passwords::new().unwrap();
        let theirs = Argon2::default().hash_password(b"correct horse 1").unwrap();
        let theirs = Some(theirs.to_string());
        assert!(
            passwords
                .is_right(password(1), theirs.clone())
                .await
                .unwrap()
        );
        assert!(!passwords.is_right(password(2), theirs).await.unwrap());
        let ours = passwords.hash(password(1)).await.unwrap();
        assert!(
            Argon2::default()
                .verify_password(b"correct horse 1", &*ours)
                .is_ok()
        );
        assert!(
            ours.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{ours}"
        );
    }

    #[tokio::test]
    async fn given_nobody_when_they_sign_in_then_no_password_is_right() {
        let passwords = Passwords::new().unwrap();
        assert!(!passwords.is_right(password(1), None).await.unwrap());
        let broken = Some("no hash".to_owned());
        assert!(!passwords.is_right(password(1), broken).await.unwrap());
    }
}
