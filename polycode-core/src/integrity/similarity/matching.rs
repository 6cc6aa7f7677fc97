//! Programs of one family matched with each other: which share fingerprints, and how many.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::spans::{Document, spans};
use super::{Pair, Similarity, SimilaritySearch, Source};
use crate::integrity::Family;
use crate::judging::Program;
use crate::quantity::Score;

impl SimilaritySearch {
    /// The pairs of one family of languages that are alike, the most alike first.
    pub(super) fn pairs_of(
        &self,
        family: Family,
        sources: &[Source],
        starters: &[Program],
    ) -> Vec<Similarity> {
        let starters = starters.iter().filter(|program| family.writes(program));
        let starters: Vec<_> = starters.map(|program| family.program(program)).collect();
        let starter = self.winnowing.starter(starters.iter().map(Vec::as_slice));
        let mut sources: Vec<_> = sources
            .iter()
            .filter(|one| family.writes(&one.program))
            .collect();
        sources.sort_by_key(|source| source.submission);
        let documents: Vec<_> = sources
            .into_iter()
            .map(|source| {
                let tokens = family.program(&source.program);
                let given = self.winnowing.given(&tokens, &starter);
                (source, Document::new(tokens, given, self.winnowing))
            })
            .filter(|(_, document)| document.own_tokens() >= self.least_tokens as usize)
            .collect();
        let found = shared_prints(&documents);
        let similarities = found.into_iter().filter_map(|(one, other, shared)| {
            let (source, one) = documents.get(one)?;
            let (other_source, other) = documents.get(other)?;
            let (n, m) = (one.hashes.len() as u64, other.hashes.len() as u64);
            let containment = Score::ratio(shared, n.min(m));
            (containment >= self.least).then(|| Candidate {
                similarity: Similarity {
                    pair: Pair {
                        one: source.submission,
                        other: other_source.submission,
                    },
                    resemblance: Score::ratio(shared, n + m - shared),
                    containment,
                    spans: Vec::new(),
                },
                one,
                other,
            })
        });
        let similarities = self.most_alike(similarities.collect());
        similarities
            .into_iter()
            .map(Candidate::with_spans)
            .collect()
    }

    /// What is the most alike, as much of it as is wanted.
    pub(super) fn most_alike<T: AsRef<Similarity>>(&self, mut found: Vec<T>) -> Vec<T> {
        found.sort_by_key(|found| {
            let found = found.as_ref();
            (Reverse((found.containment, found.resemblance)), found.pair)
        });
        found.truncate(self.most_pairs as usize);
        found
    }
}

/// A pair whose spans are only looked for when it is among the most alike.
struct Candidate<'a> {
    similarity: Similarity,
    one: &'a Document,
    other: &'a Document,
}

impl Candidate<'_> {
    fn with_spans(self) -> Similarity {
        Similarity {
            spans: spans(self.one, self.other),
            ..self.similarity
        }
    }
}

impl AsRef<Similarity> for Candidate<'_> {
    fn as_ref(&self) -> &Similarity {
        &self.similarity
    }
}

impl AsRef<Self> for Similarity {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl Source {
    fn may_work_with(&self, other: &Self) -> bool {
        self.user == other.user || (self.team.is_some() && self.team == other.team)
    }
}

/// The pairs of documents that share fingerprints, and how many; found through an index from
/// fingerprints to documents, so that documents with nothing in common cost nothing.
fn shared_prints(documents: &[(&Source, Document)]) -> Vec<(usize, usize, u64)> {
    let mut index = HashMap::<u64, Vec<usize>>::new();
    let mut shared = vec![0_u64; documents.len()];
    let mut found = Vec::new();
    for (this, (source, document)) in documents.iter().enumerate() {
        let mut touched = Vec::new();
        for hash in &document.hashes {
            let holders = index.entry(*hash).or_default();
            for holder in holders.iter() {
                if let Some(count) = shared.get_mut(*holder) {
                    if *count == 0 {
                        touched.push(*holder);
                    }
                    *count += 1;
                }
            }
            holders.push(this);
        }
        for holder in touched {
            let count = shared
                .get_mut(holder)
                .map(std::mem::take)
                .unwrap_or_default();
            let other = documents.get(holder).map(|(source, _)| *source);
            if other.is_some_and(|other| !source.may_work_with(other)) {
                found.push((holder, this, count));
            }
        }
    }
    found
}
