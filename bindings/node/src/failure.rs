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

/// A JavaScript number that should be a whole one.
pub(crate) fn whole(field: &'static str, number: f64) -> std::result::Result<u64, Failure> {
    const MAX_SAFE: f64 = 9_007_199_254_740_991.0;
    if number.fract() == 0.0 && (0.0..=MAX_SAFE).contains(&number) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be whole, not negative and small enough"
        )]
        let number = number as u64;
        Ok(number)
    } else {
        Err(Failure::invalid(
            field,
            format!("is a whole number of at most 2^53 - 1, not {number}"),
        ))
    }
}
