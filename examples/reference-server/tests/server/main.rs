//! The server as its callers meet it.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on fails"
)]

mod api;
mod pages;
mod real;
mod stopping;
mod support;
