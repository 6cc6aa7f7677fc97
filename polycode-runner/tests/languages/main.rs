//! The languages as learners meet them, from the source text to what was seen of the run.

mod calibration;
mod javascript;
mod python;
mod support;
mod typescript;
