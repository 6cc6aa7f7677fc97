//! Runs untrusted programs in WebAssembly sandboxes and reports what happened.
#![deny(unsafe_code)]

mod cancel;
pub mod cli;
pub mod engine;
pub mod files;
pub mod install;
pub mod language;
pub mod machine;
mod pool;
pub mod receipt;
mod rewrite;
mod runner;
pub mod wasi;

pub use cancel::Cancel;
pub use runner::{BuildError, Builder, Runner, Runtime};
