//! How results and failures cross over to JavaScript.

use napi::{Error, Result, Status};
use polycode_bindings::{Failure, Json};

/// A result as the text of its JSON.
pub(crate) fn text(result: std::result::Result<Json, Failure>) -> Result<String> {
    let json = result.map_err(thrown)?;
    String::from_utf8(json).map_err(|error| thrown(Failure::of_ours(error.to_string())))
}

/// The error that is thrown for a failure.
#[expect(
    clippy::needless_pass_by_value,
    reason = "used as a function that maps errors"
)]
pub(crate) fn thrown(failure: Failure) -> Error {
    Error::new(Status::GenericFailure, failure.to_json())
}
