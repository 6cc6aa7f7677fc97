//! The domain of PolyCode: what is authored, how answers are judged, what learners earn.
//!
//! Everything here is pure but [`engine`], which loads, decides and commits through the
//! [`port`]s it is given. There is no clock, randomness, file, environment or thread in this
//! crate: time, ids and the outcome of running a program come in as values.
//!
//! Start with [`engine::Engine::submit`], which reads like the story it tells.
#![forbid(unsafe_code)]

pub mod assessment;
pub mod catalogue;
pub mod certification;
pub mod engine;
pub mod event;
pub mod id;
pub mod integrity;
pub mod judging;
pub mod people;
pub mod permission;
pub mod polypoints;
pub mod port;
pub mod practice;
pub mod quantity;
pub mod refusal;
pub mod results;

pub use engine::{Engine, EngineError};
pub use refusal::{Problem, Refusal};
