//! What a URL names.

use polycode_core::port::PortError;

/// Where a store is.
#[derive(Debug)]
pub(crate) enum Place {
    /// In memory.
    Memory,
    /// In a SQLite file.
    #[cfg(feature = "sqlite")]
    Sqlite(std::path::PathBuf),
    /// In the PostgreSQL database of this URL.
    #[cfg(feature = "postgres")]
    Postgres(String),
}

impl Place {
    /// Reads a URL.
    pub(crate) fn of(url: &str) -> Result<Self, PortError> {
        match url.split_once(':') {
            Some(("memory", "" | "//")) => Ok(Self::Memory),
            Some(("sqlite", rest)) => sqlite(rest.strip_prefix("//").unwrap_or(rest)),
            Some(("postgres" | "postgresql", _)) => postgres(url),
            // The rest may hold a password, which is not to stand in any log.
            found => Err(PortError::permanent(format!(
                "`{}` names no store: use `sqlite:FILE`, `postgresql://HOST/DATABASE` or `memory:`",
                found.map_or(url, |(scheme, _)| scheme).escape_debug()
            ))),
        }
    }
}

#[cfg(feature = "sqlite")]
fn sqlite(path: &str) -> Result<Place, PortError> {
    if path.is_empty() || path.starts_with(":memory:") {
        return Err(PortError::permanent(
            "a SQLite store is in a file: use `sqlite:FILE`, or `memory:` to keep nothing",
        ));
    }
    Ok(Place::Sqlite(path.into()))
}

#[cfg(not(feature = "sqlite"))]
fn sqlite(_path: &str) -> Result<Place, PortError> {
    Err(PortError::permanent(
        "a SQLite store is not built in: build with the feature `sqlite`",
    ))
}

#[cfg(feature = "postgres")]
#[expect(
    clippy::unnecessary_wraps,
    reason = "where it is not built in, it is refused"
)]
fn postgres(url: &str) -> Result<Place, PortError> {
    Ok(Place::Postgres(url.to_owned()))
}

#[cfg(not(feature = "postgres"))]
fn postgres(_url: &str) -> Result<Place, PortError> {
    Err(PortError::permanent(
        "a PostgreSQL store is not built in: build with the feature `postgres`",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_is_refused_does_not_tell_its_password() {
        let refused = Place::of("mysql://ada:secret@host/school").unwrap_err();
        let words = refused.to_string();
        assert!(words.starts_with("`mysql` names no store"), "{words}");
    }
}
