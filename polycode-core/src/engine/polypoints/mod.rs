//! What polypoints buy, and who has how many.

pub(super) mod ranking;
pub(super) mod shop;
