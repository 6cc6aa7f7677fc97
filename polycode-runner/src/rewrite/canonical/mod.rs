//! The same bits of floating-point numbers on every machine.
//!
//! Arithmetic may give any NaN, and processors differ in which one (WebAssembly Core Specification 3.0,
//! "NaN propagation"). A function is rewritten so that none of them is ever seen: where a result of arithmetic gets
//! to where its bits count, a NaN becomes the canonical one. That is when it is stored, looked at as an integer,
//! passed on to a function or out of a block; not when it only goes into further arithmetic or is compared. Numbers
//! that a program only moves keep their bits, whatever they are.

mod flow;
mod function;
mod operators;
#[cfg(test)]
mod tests;

pub(super) use function::function;
pub(super) use operators::computes;
