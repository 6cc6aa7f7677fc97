//! The native half of the Node package: each method takes names and JSON. What a call gives is
//! handed to the event loop as JSON, also if it is a failure; what fails at once is thrown, with the
//! failure's JSON as the message. The JavaScript half makes Promises and errors of it.
#![expect(
    clippy::needless_pass_by_value,
    reason = "what comes from JavaScript comes as values"
)]

mod cancel;
mod engine;
mod event_loop;
mod failure;
mod hooks;
mod runner;
mod time;

use std::sync::Arc;

use napi_derive::napi;

use crate::cancel::Cancel;
use crate::event_loop::EventLoop;
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

/// Tries a rule on an empty store of the host's; tells what is wrong, if anything is.
#[napi]
pub fn check_rule(
    event_loop: &EventLoop,
    call: u32,
    rule: String,
    store: &Store,
    cancel: Option<&Cancel>,
) {
    let host = Arc::clone(&store.host);
    event_loop.post(call, cancel, rule.len(), async move {
        polycode_bindings::check_rule(&rule, host).await
    });
}

/// Does what a command line says and gives its exit code.
#[napi]
pub fn command(arguments: Vec<String>) -> u8 {
    polycode_bindings::execute(arguments.into_iter().map(Into::into).collect())
}
