//! Winnowing: a few fingerprints of a document, chosen so that no long enough match is missed
//! (Schleimer, Wilkerson and Aiken, *Winnowing: Local Algorithms for Document Fingerprinting*,
//! 2003).

use std::collections::{HashSet, VecDeque};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::integrity::Token;
use crate::refusal::{Problem, Refusal};

/// How finely documents are compared. Runs of alike tokens shorter than `gram` are never seen;
/// those of `gram + window - 1` or more always are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Winnowing {
    /// How many tokens are hashed together, 2 to 100.
    pub gram: u32,
    /// Of how many hashes in a row one is kept at least, 1 to 100.
    pub window: u32,
}

/// The fingerprints of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fingerprints {
    /// Hashes and the places of their first tokens, in the order of the document.
    pub marks: Vec<(u64, u32)>,
}

/// Every gram of the code that all start from, so that none of it counts as alike.
#[derive(Debug, Clone, Default)]
pub struct GivenCode {
    grams: HashSet<u64>,
}

impl Default for Winnowing {
    fn default() -> Self {
        Self {
            gram: 10,
            window: 8,
        }
    }
}

impl Winnowing {
    /// Checks every rule.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that is broken.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut problems = Vec::new();
        if !(2..=100).contains(&self.gram) {
            problems.push(Problem::new(
                "gram",
                format!("2 to 100 tokens, not {}", self.gram),
            ));
        }
        if !(1..=100).contains(&self.window) {
            problems.push(Problem::new(
                "window",
                format!("1 to 100 hashes, not {}", self.window),
            ));
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(problems))
        }
    }

    /// The code that all start from.
    pub fn starter<'a>(&self, documents: impl IntoIterator<Item = &'a [Token]>) -> GivenCode {
        let documents = documents.into_iter();
        GivenCode {
            grams: documents.flat_map(|tokens| self.grams(tokens)).collect(),
        }
    }

    /// Which tokens belong to the code that all start from.
    pub fn given(&self, tokens: &[Token], starter: &GivenCode) -> Vec<bool> {
        let mut given = vec![false; tokens.len()];
        for (at, gram) in self.grams(tokens).enumerate() {
            if starter.grams.contains(&gram) {
                let tokens = given.iter_mut().skip(at).take(self.gram as usize);
                tokens.for_each(|given| *given = true);
            }
        }
        given
    }

    /// The fingerprints of a document; grams with a given token in them have none.
    pub fn fingerprints(&self, tokens: &[Token], given: &[bool]) -> Fingerprints {
        let mut marks = Vec::new();
        // The least hashes of the window that slides over the document, in order.
        let mut low = VecDeque::<(u64, u32)>::new();
        let mut last_given = None;
        for (place, gram) in (0_u32..).zip(self.grams(tokens)) {
            let last = place + self.gram - 1;
            if place == 0 {
                last_given = (0..=last)
                    .rev()
                    .find(|at| given.get(*at as usize) == Some(&true));
            } else if given.get(last as usize) == Some(&true) {
                last_given = Some(last);
            }
            if last_given.is_some_and(|at| at >= place) {
                continue;
            }
            while low.back().is_some_and(|(hash, _)| *hash >= gram) {
                low.pop_back();
            }
            low.push_back((gram, place));
            while low
                .front()
                .is_some_and(|(_, first)| first + self.window <= place)
            {
                low.pop_front();
            }
            // Of equal hashes the rightmost is kept, and each mark is noted once.
            if place + 1 >= self.window {
                marks.extend(low.front().filter(|mark| marks.last() != Some(*mark)));
            }
        }
        if marks.is_empty() {
            // A document shorter than a window still has its least hash.
            marks.extend(low.front());
        }
        Fingerprints { marks }
    }

    /// The hash of each run of `gram` tokens: a polynomial that rolls on in constant time (Karp
    /// and Rabin 1987), modulo 2^64, and mixed so that the least hash is any of them.
    fn grams(self, tokens: &[Token]) -> impl Iterator<Item = u64> {
        let gram = self.gram.max(1) as usize;
        let lead = (1..gram).fold(1_u64, |lead, _| lead.wrapping_mul(BASE));
        let mut hash = 0_u64;
        tokens.iter().enumerate().filter_map(move |(at, token)| {
            if let Some(gone) = at.checked_sub(gram).and_then(|gone| tokens.get(gone)) {
                hash = hash.wrapping_sub(mixed(gone.symbol).wrapping_mul(lead));
            }
            hash = hash.wrapping_mul(BASE).wrapping_add(mixed(token.symbol));
            (at + 1 >= gram).then(|| mixed(hash))
        })
    }
}

const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finaliser of `SplitMix64` (Steele, Lea and Flood 2014): one to one, and every bit counts.
const fn mixed(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests;
