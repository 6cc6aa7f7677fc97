//! Why a command stops: one line, and an exit code.

use std::fmt::Display;
use std::io;

/// Why a command stops early.
#[derive(Debug)]
pub(super) enum Failure {
    /// For a reason in words.
    Told(String),
    /// Nobody reads what it writes.
    Closed,
}

impl Failure {
    /// The exit code for what could not be done at all.
    pub(super) const NOT_DONE: u8 = 2;
    /// The exit code of a program that is ended by a closed pipe.
    const CLOSED: u8 = 141;

    /// A failure in the words of an error, and of what is behind it.
    pub(super) fn because(reason: impl Display) -> Self {
        Self::Told(reason.to_string())
    }

    /// What to tell the user.
    pub(super) fn line(&self) -> Option<String> {
        match self {
            Self::Told(reason) => Some(format!("polycode: {}", one_line(reason))),
            Self::Closed => None,
        }
    }

    pub(super) const fn exit_code(&self) -> u8 {
        match self {
            Self::Told(_) => Self::NOT_DONE,
            Self::Closed => Self::CLOSED,
        }
    }
}

/// A failure to write to standard output.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Closed
        } else {
            Self::Told(format!("standard output can't be written: {error}"))
        }
    }
}

/// Text that may come from anywhere, as one line without control characters, and without those that
/// are not seen or turn the order of others round.
pub(super) fn one_line(text: &str) -> String {
    let words = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    line.chars()
        .map(|c| {
            if c.is_control() || is_unseen(c) {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

/// Characters of no width, and those of the bidirectional algorithm (UAX 9).
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{61c}')
}
