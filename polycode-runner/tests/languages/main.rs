//! The languages as learners meet them, from the source text to what was seen of the run.

mod c;
mod calibration;
mod cpp;
mod go;
mod go_functions;
mod go_tested;
mod javascript;
mod lua;
mod perl;
mod php;
mod python;
mod ruby;
mod sql;
mod support;
mod typescript;
mod wasm;
