//! What learners come to by their answers, and what they look back at.

pub(super) mod booking;
pub(super) mod learning;
pub(super) mod looking_back;
pub(super) mod workspaces;
