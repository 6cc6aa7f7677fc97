//! The native half of the Node package: each method takes names and JSON and gives a Promise of
//! JSON. A failure is thrown with its JSON as the message; the JavaScript half makes an error of it.

mod engine;
mod failure;
mod runner;

use napi_derive::napi;

/// The usual name of a program's only file in a language.
#[napi]
pub fn usual_entry(language: String) -> String {
    let language = language.into_boxed_str();
    polycode_bindings::usual_entry(&language)
}
