//! Which submissions of a campaign or an exercise are alike.

use std::cmp::Reverse;
use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{SubmissionId, TeamId, UserId};
use crate::integrity::spans::{Document, Span, spans};
use crate::integrity::{Family, Token, Winnowing};
use crate::judging::Program;
use crate::quantity::Score;
use crate::refusal::Refusal;

/// How submissions are compared.
///
/// # Examples
/// ```
/// use polycode_core::integrity::SimilaritySearch;
///
/// let found = SimilaritySearch::default().pairs(&[], &[]).unwrap();
/// assert!(found.is_empty());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SimilaritySearch {
    /// How finely.
    #[serde(default)]
    pub winnowing: Winnowing,
    /// The least containment of a pair that is worth a look.
    #[serde(default = "half")]
    pub least: Score,
    /// The least tokens of its own that a submission must have: about less, nothing can be said.
    #[serde(default = "thirty")]
    pub least_tokens: u32,
    /// The most pairs wanted, the most alike first; 1 to 100,000.
    #[serde(default = "thousand")]
    pub most_pairs: u32,
}

/// A submission to compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The submission.
    pub submission: SubmissionId,
    /// Who made it.
    pub user: UserId,
    /// The team it was made in, if members may work together.
    pub team: Option<TeamId>,
    /// The program.
    pub program: Program,
}

/// Two submissions, the one with the smaller id first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "camelCase")]
pub struct Pair {
    /// The one.
    pub one: SubmissionId,
    /// The other.
    pub other: SubmissionId,
}

/// How alike two submissions are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Similarity {
    /// The submissions.
    pub pair: Pair,
    /// The share of fingerprints in common among all that either has (Jaccard's index).
    pub resemblance: Score,
    /// The share of fingerprints in common among those of the one that has fewer, by which pairs
    /// are ordered: a copy inside a longer program stands out too (Broder's containment, 1997).
    pub containment: Score,
    /// Where they are alike.
    pub spans: Vec<Span>,
}

impl Default for SimilaritySearch {
    fn default() -> Self {
        Self {
            winnowing: Winnowing::default(),
            least: half(),
            least_tokens: thirty(),
            most_pairs: thousand(),
        }
    }
}

impl Pair {
    /// A pair of two submissions, in whatever order they come.
    pub fn of(one: SubmissionId, other: SubmissionId) -> Self {
        Self {
            one: one.min(other),
            other: one.max(other),
        }
    }
}

impl SimilaritySearch {
    /// The pairs that are alike, the most alike first. Only programs of one family of languages
    /// are compared; submissions of one user, or of one team, are not. `starters` are the files
    /// that all were given: no part of them counts.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when this search breaks a rule.
    pub fn pairs(
        &self,
        sources: &[Source],
        starters: &[Program],
    ) -> Result<Vec<Similarity>, Refusal> {
        self.check()?;
        let mut found = Vec::new();
        for family in [Family::Python, Family::CLike, Family::Generic] {
            found.extend(self.pairs_of(family, sources, starters));
        }
        Ok(self.most_alike(found))
    }

    /// Checks every rule.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that is broken.
    pub fn check(&self) -> Result<(), Refusal> {
        self.winnowing.check()?;
        match self.most_pairs {
            1..=100_000 => Ok(()),
            other => Err(Refusal::invalid(
                "mostPairs",
                format!("1 to 100000 pairs, not {other}"),
            )),
        }
    }

    fn pairs_of(
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

    fn most_alike<T: AsRef<Similarity>>(&self, mut found: Vec<T>) -> Vec<T> {
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

impl Family {
    fn writes(self, program: &Program) -> bool {
        Self::of(&program.language) == self
    }

    /// The tokens of all files, in the order of their names, with lines counted on.
    fn program(self, program: &Program) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut lines = 0_u32;
        for text in program.files.values() {
            let counted = |token: Token| Token {
                line: token.line.saturating_add(lines),
                ..token
            };
            tokens.extend(self.tokens(text).into_iter().map(counted));
            lines = lines.saturating_add(u32::try_from(text.lines().count()).unwrap_or(u32::MAX));
        }
        tokens
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

fn half() -> Score {
    Score::ratio(1, 2)
}

const fn thirty() -> u32 {
    30
}

const fn thousand() -> u32 {
    1_000
}

#[cfg(test)]
mod tests;
