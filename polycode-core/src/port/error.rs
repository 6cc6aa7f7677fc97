//! The world's failures, told apart by whether it is worth trying again.

use std::error::Error;
use std::fmt;

/// A failure of something outside the domain: a database, a disk, a sandbox.
#[derive(Debug)]
pub struct PortError {
    permanence: Permanence,
    message: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// Whether trying again may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permanence {
    /// It may pass by itself: busy, full, cut off.
    Temporary,
    /// It stays until somebody mends it.
    Permanent,
}

impl PortError {
    /// A failure that may pass by itself.
    pub fn temporary(message: impl Into<String>) -> Self {
        Self {
            permanence: Permanence::Temporary,
            message: message.into(),
            source: None,
        }
    }

    /// A failure that stays until somebody mends it.
    pub fn permanent(message: impl Into<String>) -> Self {
        Self {
            permanence: Permanence::Permanent,
            message: message.into(),
            source: None,
        }
    }

    /// The same failure with what caused it.
    #[must_use]
    pub fn caused_by(self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            source: Some(source.into()),
            ..self
        }
    }

    /// Whether trying again may help.
    pub const fn permanence(&self) -> Permanence {
        self.permanence
    }
}

impl fmt::Display for PortError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for PortError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source
            .as_ref()
            .map(|source| &**source as &(dyn Error + 'static))
    }
}
