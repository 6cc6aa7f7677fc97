//! Answers: taken, judged, graded, marked by people, judged again.

pub(super) mod attempt_caps;
pub(super) mod grading;
pub(super) mod judge;
pub(super) mod reading;
pub(super) mod regrading;
pub(super) mod reviewing;
pub(super) mod run;
pub(super) mod submitting;
