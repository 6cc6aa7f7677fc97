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

fn read<T: DeserializeOwned>(what: &'static str, json: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(json).map_err(|error| Failure::invalid(what, error.to_string()))
}

fn write<T: Serialize>(value: &T) -> Result<Json, Failure> {
    serde_json::to_vec(value).map_err(|error| Failure::of_ours(error.to_string()))
}
