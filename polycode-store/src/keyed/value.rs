//! Values: JSON, after a line with the version where there is one.

use polycode_core::id::ContentId;
use polycode_core::port::{PortError, Versioned};
use polycode_core::quantity::Version;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What stands beside the versions of a content.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ContentHead {
    /// The newest version.
    pub(super) version: Version,
    /// The slug of that version.
    pub(super) slug: String,
}

/// What a slug stands for.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Slugged {
    pub(super) id: ContentId,
    /// The newest version.
    pub(super) version: Version,
}

/// What stands under a key whose parts say it all.
pub(super) const THERE: &str = "true";

/// Reads a value.
///
/// # Errors
/// [`PortError`] when it is not what was written.
pub(super) fn read<T: DeserializeOwned>(what: &str, text: &str) -> Result<T, PortError> {
    serde_json::from_str(text).map_err(|error| unreadable(what, error))
}

/// Reads a value with its version.
///
/// # Errors
/// [`PortError`] when it is not what was written.
pub(super) fn versioned<T: DeserializeOwned>(
    what: &str,
    text: &str,
) -> Result<Versioned<T>, PortError> {
    let (version, value) = lines(what, text)?;
    Ok(Versioned {
        version: read(what, version)?,
        value: read(what, value)?,
    })
}

/// The first line of a value, and the rest.
///
/// # Errors
/// [`PortError`] when there is one line only.
pub(super) fn lines<'t>(what: &str, text: &'t str) -> Result<(&'t str, &'t str), PortError> {
    let no_rest = || unreadable(what, "it has one line only");
    text.split_once('\n').ok_or_else(no_rest)
}

/// The text of a value.
///
/// # Errors
/// [`PortError`] when it can't be written.
pub(super) fn text(value: &impl Serialize) -> Result<String, PortError> {
    serde_json::to_string(value)
        .map_err(|error| PortError::permanent(format!("a value can't be written: {error}")))
}

/// The text of a value with its version.
///
/// # Errors
/// [`PortError`] when it can't be written.
pub(super) fn with_version(version: Version, value: &impl Serialize) -> Result<String, PortError> {
    Ok(format!("{version}\n{}", text(value)?))
}

fn unreadable(what: &str, error: impl std::fmt::Display) -> PortError {
    PortError::permanent(format!(
        "the store has a {what} that can't be read: {error}"
    ))
}
