//! Runs untrusted programs in WebAssembly sandboxes and reports what happened.
#![deny(unsafe_code)]

pub mod engine;
pub mod files;
pub mod install;
pub mod language;
pub mod machine;
mod pool;
mod runner;
pub mod wasi;

pub use runner::{BuildError, Builder, Runner, Runtime};
