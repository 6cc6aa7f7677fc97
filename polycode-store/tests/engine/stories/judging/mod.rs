//! SU-1 and SU-2: answers are judged, by programs and by people.

mod answers;
mod regrading;
mod reviewing;
mod rules;
