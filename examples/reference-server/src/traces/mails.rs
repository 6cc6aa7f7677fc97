//! A span for each mail that is handed over: what kind of letter, never to whom.

use tracing::field::Empty;
use tracing::{Span, info_span};

use super::{TARGET, fail};
use crate::mail::{Letter, SendError};

/// A span for the way of a letter to the mail server.
pub(crate) fn mailing(letter: &Letter) -> Span {
    info_span!(
        target: TARGET,
        "send mail",
        otel.kind = "client",
        polycode.letter = letter.name(),
        "error.type" = Empty,
        otel.status_code = Empty,
    )
}

/// Notes what came of it.
pub(crate) fn mailed(span: &Span, sent: &Result<(), SendError>) {
    match sent {
        Ok(()) => {}
        Err(SendError::Later(_)) => fail(span, "later"),
        Err(SendError::Never(_)) => fail(span, "never"),
        Err(SendError::Unsure(_)) => fail(span, "unsure"),
    }
}
