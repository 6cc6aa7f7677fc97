//! How results and failures cross over to JavaScript.

use napi::{Error, Result, Status};
use polycode_bindings::{Failure, Json};
use serde::Serialize;

/// A result as the text of its JSON.
pub(crate) fn text(result: std::result::Result<Json, Failure>) -> Result<String> {
    let json = result.map_err(thrown)?;
    String::from_utf8(json).map_err(|error| thrown(Failure::of_ours(error.to_string())))
}

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
    let number = failure
        .thrown
        .as_ref()
        .and_then(|thrown| thrown.0.downcast_ref());
    let number: Option<u32> = number.copied();
    let told = Numbered {
        failure: &failure,
        number,
    };
    // Texts and numbers only: writing them cannot fail.
    Error::new(
        Status::GenericFailure,
        serde_json::to_string(&told).unwrap_or_default(),
    )
}
