//! What is written to databases, event feeds and clients is a promise: each type's JSON is
//! compared with a snapshot. A new field is fine, a changed or missing one is not.
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

mod catalogue;
mod integrity;
mod judging;
mod people;
mod polypoints;
mod practice;
mod submission;

use jiff::Timestamp;
use polycode_core::id::UserId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn user(name: &str) -> UserId {
    UserId::new(name).unwrap()
}

/// A value's JSON. Reading it and writing it again must lose nothing.
fn wire<T: Serialize + DeserializeOwned>(value: &T) -> Value {
    let wire = serde_json::to_value(value).unwrap();
    assert_eq!(round_trip::<T>(&wire), wire);
    wire
}

/// Reads a value and writes it again.
fn round_trip<T: Serialize + DeserializeOwned>(wire: &Value) -> Value {
    let value: T = serde_json::from_value(wire.clone()).unwrap();
    serde_json::to_value(&value).unwrap()
}
