//! How results and failures cross over to JavaScript.

use napi::{Error, Status};
use polycode_bindings::Failure;
use serde::Serialize;

/// A failure with the number of what the host's own code threw.
#[derive(Serialize)]
struct Numbered<'f> {
    #[serde(flatten)]
    failure: &'f Failure,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
}

/// The error that is thrown for a failure.
#[expect(
    clippy::needless_pass_by_value,
    reason = "used as a function that maps errors"
)]
pub(crate) fn thrown(failure: Failure) -> Error {
    Error::new(Status::GenericFailure, told(&failure))
}

/// The JSON of a failure.
pub(crate) fn told(failure: &Failure) -> String {
    let number = failure
        .thrown
        .as_ref()
        .and_then(|thrown| thrown.0.downcast_ref());
    let number: Option<u32> = number.copied();
    // Texts and numbers only: writing them cannot fail.
    serde_json::to_string(&Numbered { failure, number }).unwrap_or_default()
}
