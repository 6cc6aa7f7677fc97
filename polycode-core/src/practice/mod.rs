//! What a learner has done of the catalogue, and what it is worth.

pub mod progress;
pub mod statistics;

pub use progress::{Goal, Progress, ProgressEvent};
pub use statistics::PracticeStatistics;
