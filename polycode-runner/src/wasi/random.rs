//! Random numbers that are the same in every run.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng as _, SeedableRng as _};

/// The seed of every run. It is no secret: a program that wants surprises is given them as input.
const SEED: [u8; 32] = *b"polycode: the seed of every run.";

/// A source of random bytes.
#[derive(Debug)]
pub(super) struct Random(ChaCha8Rng);

impl Random {
    /// The most bytes that one call gives.
    pub(super) const MAX_BYTES: u32 = 64 << 10;

    pub(super) fn new() -> Self {
        Self(ChaCha8Rng::from_seed(SEED))
    }

    pub(super) fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill_bytes(bytes);
    }
}
