//! What SQLite says, in the words of the port.

use polycode_core::port::{CommitError, PortError};
use sqlx::error::ErrorKind;

use crate::rules::{duplicate, missing};

/// A failure of the database: worth trying again when it is busy, full, locked or read-only.
pub(super) fn port_error(what: &str, error: sqlx::Error) -> PortError {
    let message = format!("{what}: {error}");
    let failure = if is_temporary(&error) {
        PortError::temporary(message)
    } else {
        PortError::permanent(message)
    };
    failure.caused_by(error)
}

/// A failed read.
pub(super) fn read_error(error: sqlx::Error) -> PortError {
    port_error("the store can't be read", error)
}

/// A failed write: `unique` is what its table holds once, `refers` what its rows refer to.
pub(super) fn write_error(
    error: sqlx::Error,
    unique: &'static str,
    refers: &'static str,
) -> CommitError {
    match error
        .as_database_error()
        .map(sqlx::error::DatabaseError::kind)
    {
        Some(ErrorKind::UniqueViolation) => duplicate(unique),
        Some(ErrorKind::ForeignKeyViolation) => missing(refers),
        _ => port_error("the store can't be written", error).into(),
    }
}

/// See <https://www.sqlite.org/rescode.html>.
fn is_temporary(error: &sqlx::Error) -> bool {
    const BUSY: i32 = 5;
    const LOCKED: i32 = 6;
    const NOMEM: i32 = 7;
    const READONLY: i32 = 8;
    const FULL: i32 = 13;
    match error {
        sqlx::Error::PoolTimedOut => true,
        sqlx::Error::Database(error) => {
            let code = error.code().and_then(|code| code.parse::<i32>().ok());
            // The low byte is the kind; the rest says which sort of it.
            code.is_some_and(|code| [BUSY, LOCKED, NOMEM, READONLY, FULL].contains(&(code & 0xff)))
        }
        _ => false,
    }
}
