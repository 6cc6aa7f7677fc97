//! Runs untrusted programs in WebAssembly sandboxes and reports what happened.
#![deny(unsafe_code)]

pub mod engine;
pub mod files;
pub mod machine;
pub mod wasi;
