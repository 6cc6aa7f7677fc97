//! What is known about the person behind a candidate; events never hold it.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::Address;
use crate::id::{CandidateId, Tag};
use crate::refusal::{Problem, Refusal};

/// The person behind a candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CandidateProfile {
    /// Their name, at most 200 bytes on one line; empty when it is not known.
    #[serde(default)]
    pub name: String,
    /// Where the invitation goes; unique in a campaign.
    pub address: Address,
    /// Keywords of the campaign's author, at most 50, by which results are grouped.
    #[serde(default)]
    pub tags: BTreeSet<Tag>,
}

impl CandidateProfile {
    /// The most tags of one candidate.
    pub const MAX_TAGS: usize = 50;

    /// What is left when the person is forgotten: the author's keywords, by which results are
    /// grouped, and an address that no mail can ever reach.
    #[must_use]
    pub fn forgotten(&self, candidate: CandidateId) -> Self {
        Self {
            name: String::new(),
            address: Address::forgotten(candidate),
            tags: self.tags.clone(),
        }
    }

    /// What is wrong with a name, if anything.
    pub fn problem_of_name(name: &str) -> Option<&'static str> {
        match name {
            "" => None,
            _ if name.len() > 200 => Some("is at most 200 bytes long"),
            _ if name.chars().any(char::is_control) => {
                Some("is one line, without control characters")
            }
            _ if name.trim().is_empty() => Some("is more than spaces"),
            _ => None,
        }
    }

    /// Checks every rule of a profile.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that is broken.
    pub fn check(&self) -> Result<(), Refusal> {
        let name = Self::problem_of_name(&self.name).map(|problem| Problem::new("name", problem));
        let tags = (self.tags.len() > Self::MAX_TAGS)
            .then(|| Problem::new("tags", format!("are at most {} tags", Self::MAX_TAGS)));
        let problems: Vec<_> = name.into_iter().chain(tags).collect();
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(problems))
        }
    }
}
