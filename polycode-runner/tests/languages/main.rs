//! The languages as learners meet them, from the source text to what was seen of the run.

mod calibration;
mod javascript;
mod lua;
mod php;
mod python;
mod ruby;
mod sql;
mod support;
mod typescript;
