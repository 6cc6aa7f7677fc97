//! Which submissions of a campaign or an exercise are alike.
//!
//! Each program becomes [`Token`]s that its [`Family`] of languages tells apart; [`Winnowing`]
//! chooses a few fingerprints of them; programs that share some are matched, and of the pairs
//! that are the most alike the [`Span`]s are found.

mod family;
mod matching;
mod spans;
mod token;
mod winnowing;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{SubmissionId, TeamId, UserId};
use crate::judging::Program;
use crate::quantity::Score;
use crate::refusal::Refusal;

pub use family::Family;
pub use spans::{LineRange, Span};
pub use token::Token;
pub use winnowing::{Fingerprints, GivenCode, Winnowing};

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
