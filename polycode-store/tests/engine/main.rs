//! The engine's use cases over a real store and a scripted sandbox: given a world, when
//! somebody does something, then the world is so.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests, too"
)]

mod awards;
mod catalogue;
mod concurrency;
mod failures;
mod replay;
mod stories;
mod submitting;
mod world;
