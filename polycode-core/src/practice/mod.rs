//! What a learner has done of the catalogue, and what it is worth.

pub mod progress;

pub use progress::{Goal, Progress, ProgressEvent};
