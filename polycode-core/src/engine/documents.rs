//! Every kind of document that the engine stores, for whoever checks or mends a store: what a stored
//! document says about how it is found.

use crate::assessment::documents::{
    CampaignCard, CandidateCard, SavedAnswer, Sweep, TestAnswer, TestVersion, Ungraded,
};
use crate::assessment::{Attempt, Campaign, Candidate, Test};
use crate::catalogue::{Authorship, Item, KeptSamples, Module, ModuleTree, SavedDraft};
use crate::certification::Certificate;
use crate::certification::documents::CertificatesOfYear;
use crate::event::Consumer;
use crate::integrity::{Review, Timeline};
use crate::judging::{CountedAttempts, Regrade, RegradedSubmission, ReviewNote, ReviewTask};
use crate::people::{Team, TeamCard, User, UserCard};
use crate::polypoints::Purchase;
use crate::port::{Document, Term};
use crate::practice::{ModuleProgress, Workspace};

/// A kind of document.
#[derive(Debug, Clone, Copy)]
pub struct DocumentKind {
    /// Its name in a store.
    pub name: &'static str,
    /// How often what it is found by was changed: a store that holds terms of an older edition
    /// writes them anew when it is opened.
    pub edition: u32,
    describe: fn(&str) -> Result<Described, serde_json::Error>,
}

/// What a document says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// What it is known by.
    pub key: String,
    /// What it is found by, in order and each once.
    pub terms: Vec<Term>,
}

impl DocumentKind {
    /// Reads a document of this kind.
    ///
    /// # Errors
    /// When it is not one, or not as this version of PolyCode writes it.
    pub fn describe(&self, body: &str) -> Result<Described, serde_json::Error> {
        (self.describe)(body)
    }
}

fn describe<D: Document>(body: &str) -> Result<Described, serde_json::Error> {
    let document: D = serde_json::from_str(body)?;
    let mut terms = document.terms();
    terms.sort_unstable();
    terms.dedup();
    Ok(Described {
        key: document.key(),
        terms,
    })
}

macro_rules! kinds {
    ($($document:ident $edition:literal),* $(,)?) => {
        /// Every kind of document that the engine stores.
        pub const DOCUMENT_KINDS: &[DocumentKind] = &[$(DocumentKind {
            name: $document::KIND,
            edition: $edition,
            describe: describe::<$document>,
        }),*];
    };
}

kinds! {
    Attempt 1, Authorship 3, Campaign 1, CampaignCard 1, Candidate 1, CandidateCard 1,
    Certificate 1, CertificatesOfYear 1, Consumer 1, CountedAttempts 1, Item 1, KeptSamples 1,
    Module 3, ModuleProgress 1, ModuleTree 1, Purchase 1, Regrade 1, RegradedSubmission 1, Review 1,
    ReviewNote 1, ReviewTask 1, SavedAnswer 1, SavedDraft 1, Sweep 1, Team 1, TeamCard 1, Test 1,
    TestAnswer 1, TestVersion 1, Timeline 1, Ungraded 1, User 1, UserCard 1, Workspace 1,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::id::ModuleId;

    #[test]
    fn each_kind_has_a_name_of_its_own() {
        let names: BTreeSet<_> = DOCUMENT_KINDS.iter().map(|kind| kind.name).collect();
        assert_eq!(names.len(), DOCUMENT_KINDS.len());
    }

    #[test]
    fn a_document_says_what_it_is_found_by_and_what_is_none_is_refused() {
        let draft = serde_json::from_value(serde_json::json!({
            "slug": "loops", "name": "Größe", "type": "practice",
        }));
        let id = ModuleId(uuid::Uuid::from_u128(1));
        let created = Module::decide_create(id, None, draft.unwrap()).unwrap();
        let module = Module::begin(&created).unwrap();
        let mut kinds = DOCUMENT_KINDS.iter();
        let kind = kinds.find(|kind| kind.name == Module::KIND).unwrap();
        let described = kind.describe(&serde_json::to_string(&module).unwrap());
        let described = described.unwrap();
        assert_eq!(described.key, id.to_string());
        assert_eq!(described.terms, module.terms());
        assert!(kind.describe("{}").is_err());
    }
}
