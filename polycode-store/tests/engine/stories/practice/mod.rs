//! PR-13 to PR-16 and SU-3: what learners do, and what they see of it.

mod looking_back;
mod progress;
mod workspaces;
