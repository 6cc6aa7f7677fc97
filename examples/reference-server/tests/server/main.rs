//! The server as its callers meet it.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on fails"
)]

mod accounts;
mod api;
mod assessment;
mod authoring;
mod mails;
mod matrix;
mod operation;
mod pages;
mod real;
mod site;
mod stopping;
mod support;
