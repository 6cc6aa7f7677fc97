//! Which questions a candidate gets, and in which order: a pure function of the test and a seed.
//!
//! The generator is `SplitMix64` (Steele, Lea and Flood, "Fast splittable pseudorandom number
//! generators", OOPSLA 2014): ten lines, published test values, and ours, so that no upgrade of a
//! library can ever change what an old seed draws. It need not be hard to predict: the seed is
//! random and stays with the engine, and a candidate sees a single draw. Numbers below a bound come
//! without bias by Lemire's method ("Fast random integer generation in an interval", 2019).

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::test::{Order, Question, TestDraft};
use crate::id::InvalidName;

/// What a draw is made from: 64 random bits that the engine is given. Written as 16 hexadecimal
/// digits, since not every reader of JSON has whole numbers of 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = "^[0-9a-f]{16}$"))]
pub struct Seed(pub u64);

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Seed {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        let is_digit = |c: char| matches!(c, '0'..='9' | 'a'..='f');
        let is_written_right = text.len() == 16 && text.chars().all(is_digit);
        let number = u64::from_str_radix(text, 16)
            .ok()
            .filter(|_| is_written_right);
        number
            .map(Self)
            .ok_or_else(|| InvalidName::new("a seed is 16 hexadecimal digits", text))
    }
}

impl TryFrom<String> for Seed {
    type Error = InvalidName;

    fn try_from(text: String) -> Result<Self, InvalidName> {
        text.parse()
    }
}

impl From<Seed> for String {
    fn from(seed: Seed) -> Self {
        seed.to_string()
    }
}

impl TestDraft {
    /// The questions for one candidate, in the order they are asked.
    pub fn draw(&self, seed: Seed) -> Vec<Question> {
        let mut numbers = SplitMix64(seed.0);
        let mut paper: Vec<Question> = Vec::new();
        for pool in &self.pools {
            let mut places: Vec<usize> = (0..pool.questions.len()).collect();
            if pool.asked() < places.len() {
                numbers.choose(&mut places, pool.asked());
                places.truncate(pool.asked());
                places.sort_unstable();
            }
            paper.extend(
                places
                    .iter()
                    .filter_map(|place| pool.questions.get(*place))
                    .cloned(),
            );
        }
        if self.order == Order::Shuffled {
            let all = paper.len();
            numbers.choose(&mut paper, all);
        }
        paper
    }
}

struct SplitMix64(u64);

impl SplitMix64 {
    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`, each as likely as any other; 0 when there is none.
    fn below(&mut self, bound: u64) -> u64 {
        let split = |number: u64| {
            let product = u128::from(number) * u128::from(bound);
            let low = u64::try_from(product & u128::from(u64::MAX)).unwrap_or(0);
            (u64::try_from(product >> 64).unwrap_or(0), low)
        };
        let biased = bound.wrapping_neg().checked_rem(bound).unwrap_or(0);
        loop {
            let (number, low) = split(self.next());
            if low >= biased {
                return number;
            }
        }
    }

    /// Puts `count` items, each choice and order as likely as any other, to the front (the first
    /// steps of a Fisher–Yates shuffle).
    fn choose<T>(&mut self, items: &mut [T], count: usize) {
        for place in 0..count.min(items.len()) {
            let left = u64::try_from(items.len() - place).unwrap_or(u64::MAX);
            let other = place + usize::try_from(self.below(left)).unwrap_or(0);
            items.swap(place, other);
        }
    }
}

#[cfg(test)]
mod tests;
