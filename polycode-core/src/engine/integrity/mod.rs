//! Answers that are alike and how answers were typed: facts for people, never a grade.

pub(super) mod similarity;
pub(super) mod timelines;
