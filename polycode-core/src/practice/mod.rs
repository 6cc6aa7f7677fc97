//! What a learner has done of the catalogue, and what it is worth.

pub mod module_progress;
pub mod progress;
pub mod statistics;
pub mod workspace;

pub use module_progress::{ModuleGoal, ModuleProgress, ModuleProgressEvent};
pub use progress::{Goal, Progress, ProgressEvent};
pub use statistics::PracticeStatistics;
pub use workspace::{Edit, Workspace, WorkspacePlace};
