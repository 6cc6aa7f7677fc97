//! The native half of the Node package: each method takes names and JSON and gives a Promise of
//! JSON. A failure is thrown with its JSON as the message; the JavaScript half makes an error of it.
#![expect(
    clippy::needless_pass_by_value,
    reason = "what comes from JavaScript comes as values"
)]

mod cancel;
mod engine;
mod failure;
mod hooks;
mod runner;
mod time;

use std::sync::Arc;

use napi_derive::napi;

use crate::cancel::Cancel;
use crate::failure::text;
use crate::hooks::Store;

/// The usual name of a program's only file in a language.
#[napi]
pub fn usual_entry(language: String) -> String {
    polycode_bindings::usual_entry(&language)
}

/// The names of the rules that every store keeps.
#[napi]
pub fn rules() -> Vec<&'static str> {
    polycode_bindings::rules()
}

/// Tries a rule on an empty store of the host's; promises what is wrong, if anything is.
#[napi]
pub async fn check_rule(
    rule: String,
    store: &Store,
    cancel: Option<&Cancel>,
) -> napi::Result<String> {
    let checking = polycode_bindings::check_rule(&rule, Arc::clone(&store.host));
    text(Cancel::unless(cancel, checking).await)
}

/// Does what a command line says and gives its exit code.
#[napi]
pub fn command(arguments: Vec<String>) -> u8 {
    polycode_bindings::execute(arguments.into_iter().map(Into::into).collect())
}
