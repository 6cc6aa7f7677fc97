//! What the Python and the Node face have in common: the engine and the runner behind calls
//! that take JSON, and give JSON or a [`Failure`].
//!
//! Nothing is decided here: each call is read, handed to core, and its result written.
#![forbid(unsafe_code)]

mod command;
mod dispatch;
mod engine;
mod failure;
mod follow;
mod hooks;
mod mailbox;
mod place;
mod rules;
mod runner;
mod time;
mod use_cases;

pub use command::execute;
pub use engine::{EngineHandle, EngineOptions};
pub use failure::{Failure, Told};
pub use follow::{Following, Step, begin, follow};
pub use hooks::{Answering, Hook, Hooks, Host, HostFailure, Thrown};
pub use mailbox::{Awaited, EventLoop, Mailbox, Turn};
pub use place::Place;
pub use polycode_core::port::{Permanence, Sandbox};
pub use rules::{check_rule, rules};
pub use runner::{RunnerHandle, RunnerOptions, usual_entry};
pub use time::GivenTime;

use serde::de::DeserializeOwned;
use serde::{Deserializer, Serialize};
use serde_json::Value;

/// A result's JSON, in UTF-8.
pub type Json = Vec<u8>;

/// Reads what a caller gave, with the field in the error where it does not fit.
fn read<T: DeserializeOwned>(what: &'static str, json: &[u8]) -> Result<T, Failure> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let value = read_from(what, &mut reader)?;
    reader
        .end()
        .map_err(|error| Failure::invalid(what, error.to_string()))?;
    Ok(value)
}

/// As [`read`], from JSON that was parsed already.
fn read_value<T: DeserializeOwned>(what: &'static str, value: Value) -> Result<T, Failure> {
    read_from(what, value)
}

fn read_from<'de, T: DeserializeOwned>(
    what: &'static str,
    reader: impl Deserializer<'de, Error = serde_json::Error>,
) -> Result<T, Failure> {
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let path = error.path().to_string();
        let field = if path == "." { what.to_owned() } else { path };
        Failure::invalid(field, error.inner().to_string())
    })
}

fn write<T: Serialize>(value: &T) -> Result<Json, Failure> {
    serde_json::to_vec(value).map_err(|error| Failure::of_ours(error.to_string()))
}
