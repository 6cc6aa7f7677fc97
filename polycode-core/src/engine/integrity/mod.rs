//! Answers that are alike and how answers were typed: facts for people, never a grade.

pub(super) mod comparing;
mod reviewing;
pub(super) mod timelines;
