//! What a database says, in the words of the port.

#[cfg(feature = "postgres")]
use std::error::Error;

use polycode_core::port::{CommitError, PortError};
use sqlx::error::{DatabaseError, ErrorKind};

use crate::rules::{duplicate, missing};

/// A failure of the database: worth trying again when it is busy, full, locked, read-only or cut
/// off.
pub(crate) fn port_error(what: &str, error: sqlx::Error) -> PortError {
    let message = format!("{what}: {error}");
    let failure = if is_temporary(&error) {
        PortError::temporary(message)
    } else {
        PortError::permanent(message)
    };
    failure.caused_by(error)
}

/// A failed read.
pub(crate) fn read_failed(error: sqlx::Error) -> PortError {
    port_error("the store can't be read", error)
}

/// A failed write.
pub(crate) fn write_failed(error: sqlx::Error) -> PortError {
    port_error("the store can't be written", error)
}

/// A statement that wrote nothing.
#[derive(Debug)]
pub(crate) struct Unwritten {
    /// The rule of the schema that it was against, if it was.
    pub(crate) against: Option<Against>,
    /// What the database says.
    pub(crate) error: PortError,
}

/// A rule of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Against {
    /// Something stands there once.
    Unique,
    /// What is referred to is there.
    Reference,
}

impl Unwritten {
    /// What that means to the engine: `unique` is what the table holds once, `refers` what its rows
    /// refer to.
    pub(super) fn means(self, unique: &'static str, refers: &'static str) -> CommitError {
        match self.against {
            Some(Against::Unique) => duplicate(unique),
            Some(Against::Reference) => missing(refers),
            None => self.error.into(),
        }
    }
}

impl From<sqlx::Error> for Unwritten {
    fn from(error: sqlx::Error) -> Self {
        let against = match error.as_database_error().map(DatabaseError::kind) {
            Some(ErrorKind::UniqueViolation) => Some(Against::Unique),
            Some(ErrorKind::ForeignKeyViolation) => Some(Against::Reference),
            _ => None,
        };
        let error = write_failed(error);
        Self { against, error }
    }
}

impl From<Unwritten> for PortError {
    fn from(unwritten: Unwritten) -> Self {
        unwritten.error
    }
}

/// Whether the same may work at once: others were in the way, or the connection was lost before
/// anything was done.
#[cfg(feature = "postgres")]
pub(crate) fn is_worth_repeating(error: &PortError) -> bool {
    let cause = error.source().and_then(|source| source.downcast_ref());
    match cause {
        Some(sqlx::Error::Io(_)) => true,
        Some(sqlx::Error::Database(error)) => {
            let code = error.code().unwrap_or_default();
            is_in_the_way(&code) || is_cut_off(&code)
        }
        _ => false,
    }
}

fn is_temporary(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) => true,
        sqlx::Error::Database(error) => {
            let code = error.code().unwrap_or_default();
            match code.len() {
                5 => is_temporary_state(&code),
                _ => code.parse().is_ok_and(is_temporary_result),
            }
        }
        _ => false,
    }
}

/// A result code of SQLite, see <https://www.sqlite.org/rescode.html>.
pub(crate) fn is_temporary_result(code: i32) -> bool {
    const BUSY: i32 = 5;
    const LOCKED: i32 = 6;
    const NOMEM: i32 = 7;
    const READONLY: i32 = 8;
    const FULL: i32 = 13;
    // The low byte is the kind; the rest says which sort of it.
    [BUSY, LOCKED, NOMEM, READONLY, FULL].contains(&(code & 0xff))
}

/// A state of PostgreSQL, see <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
fn is_temporary_state(code: &str) -> bool {
    const INSUFFICIENT_RESOURCES: &str = "53";
    const READ_ONLY: &str = "25006";
    const LOCK_NOT_AVAILABLE: &str = "55P03";
    const QUERY_CANCELED: &str = "57014";
    is_in_the_way(code)
        || is_cut_off(code)
        || code.starts_with(INSUFFICIENT_RESOURCES)
        || [READ_ONLY, LOCK_NOT_AVAILABLE, QUERY_CANCELED].contains(&code)
}

/// Another transaction came first: nothing of this one was written.
fn is_in_the_way(code: &str) -> bool {
    const SERIALIZATION_FAILURE: &str = "40001";
    const DEADLOCK: &str = "40P01";
    [SERIALIZATION_FAILURE, DEADLOCK].contains(&code)
}

/// The server went, goes or comes.
fn is_cut_off(code: &str) -> bool {
    const CONNECTION: &str = "08";
    const ADMIN_SHUTDOWN: &str = "57P01";
    const CRASH_SHUTDOWN: &str = "57P02";
    const CANNOT_CONNECT_NOW: &str = "57P03";
    code.len() == 5 && code.starts_with(CONNECTION)
        || [ADMIN_SHUTDOWN, CRASH_SHUTDOWN, CANNOT_CONNECT_NOW].contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_apart() {
        for code in [5, 517, 8, 13] {
            assert!(is_temporary_result(code), "{code}");
        }
        for code in [1, 11, 19, 2067] {
            assert!(!is_temporary_result(code), "{code}");
        }
        for code in [
            "40001", "40P01", "53100", "53300", "25006", "57P01", "08006",
        ] {
            assert!(is_temporary_state(code), "{code}");
        }
        for code in ["23505", "28P01", "3D000", "42P01", "40003", "22021"] {
            assert!(!is_temporary_state(code), "{code}");
        }
    }
}
