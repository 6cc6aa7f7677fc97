//! One run of a program: a fresh instance of its language's runtime, its limits, and what was
//! seen of it.
//!
//! A run is a plain call; the program has a stack of its own. Whatever it does is an observation; an error is ours.

mod bridges;
mod ending;
mod guard;
mod guest;
mod job;
mod run;
mod telling;
mod template;

#[cfg(test)]
mod tests;

pub(crate) use guard::driven;
pub use guest::{Guest, Meter};
pub use job::{Job, Joined, Outcome, RunError};
pub use telling::Telling;
pub(crate) use template::linker;
pub use template::{Mount, Start, Stub, Template, TemplateError};
