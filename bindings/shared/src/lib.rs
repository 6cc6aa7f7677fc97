//! What the Python and the Node face have in common: the engine and the runner behind calls
//! that take names and JSON, and give JSON or a [`Failure`].
//!
//! Nothing is decided here: each call is read, handed to core, and its result written.
#![forbid(unsafe_code)]

mod engine;
mod failure;
mod runner;

pub use engine::EngineHandle;
pub use failure::Failure;
pub use polycode_core::port::Sandbox;
pub use runner::{RunnerHandle, RunnerOptions, usual_entry};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A result's JSON, in UTF-8.
pub type Json = Vec<u8>;

/// Reads what a caller gave, with the field in the error where it does not fit.
fn read<T: DeserializeOwned>(what: &'static str, json: &[u8]) -> Result<T, Failure> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let field = if path == "." { what.to_owned() } else { path };
        Failure::invalid(field, error.inner().to_string())
    })?;
    reader
        .end()
        .map_err(|error| Failure::invalid(what, error.to_string()))?;
    Ok(value)
}

fn write<T: Serialize>(value: &T) -> Result<Json, Failure> {
    serde_json::to_vec(value).map_err(|error| Failure::of_ours(error.to_string()))
}
