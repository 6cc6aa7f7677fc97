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
mod certificates;
mod lists;
mod mails;
mod matrix;
mod operation;
mod pages;
mod progress;
mod real;
mod reports;
mod resent;
mod site;
mod smtp;
mod stopping;
mod support;
mod traces;
