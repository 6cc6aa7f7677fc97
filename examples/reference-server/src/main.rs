//! Placeholder until the runner is there.
fn main() {}
