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

use napi_derive::napi;

/// The usual name of a program's only file in a language.
#[napi]
pub fn usual_entry(language: String) -> String {
    polycode_bindings::usual_entry(&language)
}

/// Does what a command line says and gives its exit code.
#[napi]
pub fn command(arguments: Vec<String>) -> u8 {
    polycode_bindings::execute(arguments.into_iter().map(Into::into).collect())
}
