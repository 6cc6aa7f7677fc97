//! Time and ids, which the domain never makes up by itself.

use std::fmt::Debug;

use jiff::Timestamp;
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Debug + Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;
}

/// Makes ids and secrets.
pub trait Ids: Debug + Send + Sync {
    /// An id that was never given before; a UUID v7, so that later ids sort after earlier ones.
    fn next(&self) -> Uuid;

    /// 32 random bytes that nobody can guess, for tokens, codes and seeds.
    fn secret(&self) -> [u8; 32];
}
