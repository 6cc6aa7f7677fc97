//! Where two documents are alike: runs of equal tokens, token by token, not only by hash.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::integrity::{Fingerprints, Token, Winnowing};

/// A run of tokens that two documents have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// Where it stands in the one.
    pub one: LineRange,
    /// Where it stands in the other.
    pub other: LineRange,
    /// How many tokens it has.
    pub tokens: u32,
}

/// Lines of a document, counted from 1 over all its files in the order of their names.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "camelCase")]
pub struct LineRange {
    /// The first line.
    pub first: u32,
    /// The last line, included.
    pub last: u32,
}

/// A document ready to be compared.
#[derive(Debug, Clone, Default)]
pub(super) struct Document {
    pub(super) tokens: Vec<Token>,
    /// Which tokens belong to the code that all start from.
    pub(super) given: Vec<bool>,
    pub(super) prints: Fingerprints,
    /// The different hashes among the fingerprints.
    pub(super) hashes: Vec<u64>,
}

impl Document {
    pub(super) fn new(tokens: Vec<Token>, given: Vec<bool>, winnowing: Winnowing) -> Self {
        let prints = winnowing.fingerprints(&tokens, &given);
        let mut hashes: Vec<_> = prints.marks.iter().map(|(hash, _)| *hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        Self {
            tokens,
            given,
            prints,
            hashes,
        }
    }

    /// How many tokens are not of the code that all start from.
    pub(super) fn own_tokens(&self) -> usize {
        self.given.iter().filter(|given| !**given).count()
    }
}

/// The runs that two documents have in common, the longest that can be made around each shared
/// fingerprint, none inside another; in the order of the one.
pub(super) fn spans(one: &Document, other: &Document) -> Vec<Span> {
    let mut places = HashMap::<u64, Vec<usize>>::new();
    for (hash, place) in &other.prints.marks {
        places.entry(*hash).or_default().push(*place as usize);
    }
    let mut spans = Vec::new();
    let mut covered = 0;
    for (hash, start) in &one.prints.marks {
        let start = *start as usize;
        if start < covered {
            continue;
        }
        let candidates = places.get(hash).into_iter().flatten();
        let runs = candidates.map(|place| run(one, other, start, *place, covered));
        let longest = runs.max_by_key(|run| (run.length, std::cmp::Reverse(run.other)));
        if let Some(run) = longest.filter(|run| run.length > 0) {
            covered = run.one + run.length;
            spans.extend(run.span(one, other));
        }
    }
    spans
}

#[derive(Clone, Copy)]
struct Run {
    one: usize,
    other: usize,
    length: usize,
}

/// The longest run through these places, that begins no earlier than `from`.
fn run(one: &Document, other: &Document, here: usize, there: usize, from: usize) -> Run {
    let alike = |here: usize, there: usize| {
        let equal = match (one.tokens.get(here), other.tokens.get(there)) {
            (Some(here), Some(there)) => here.symbol == there.symbol,
            _ => false,
        };
        let given = |document: &Document, at| document.given.get(at) == Some(&true);
        equal && !given(one, here) && !given(other, there)
    };
    let back = (1..=here.saturating_sub(from).min(there))
        .take_while(|back| alike(here - back, there - back))
        .count();
    let on = (0..one.tokens.len().saturating_sub(here))
        .take_while(|on| alike(here + on, there + on))
        .count();
    let length = if on == 0 { 0 } else { back + on };
    Run {
        one: here - back,
        other: there - back,
        length,
    }
}

impl Run {
    fn span(self, one: &Document, other: &Document) -> Option<Span> {
        let lines = |document: &Document, first: usize| {
            let line = |at: usize| document.tokens.get(at).map(|token| token.line);
            let (first, last) = (line(first)?, line(first + self.length - 1)?);
            Some(LineRange { first, last })
        };
        Some(Span {
            one: lines(one, self.one)?,
            other: lines(other, self.other)?,
            tokens: u32::try_from(self.length).unwrap_or(u32::MAX),
        })
    }
}
