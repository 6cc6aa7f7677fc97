//! Documents: things that are stored whole, under a key, and found by the terms they name.
//!
//! What a learner does most (submissions, progress, wallets) has reads and writes of its own in
//! [`Store`](crate::port::Store). Everything else that lives is a document: an adapter keeps
//! them all in the same way, whatever they are.

use std::cmp::Reverse;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::port::{PortError, words};
use crate::quantity::Version;

/// A thing that is stored whole.
pub trait Document: Serialize + DeserializeOwned + Send + Sync {
    /// What it is, in the vocabulary of the product; also its name in a store.
    const KIND: &'static str;

    /// What it is known by among its kind; no line breaks.
    fn key(&self) -> String;

    /// What it is found by, besides its key.
    fn terms(&self) -> Vec<Term> {
        Vec::new()
    }
}

/// Something that a document is found by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// The name of the list that it puts the document into.
    pub name: &'static str,
    /// What is looked for in that list.
    pub value: String,
    /// Where the document stands among others of the same value; no line breaks.
    pub sort: String,
    /// Whether no other document of the kind may have the same value.
    pub is_unique: bool,
}

impl Term {
    /// The list that a document is searched in by the words of its texts, see [`words`].
    pub const WORD: &str = "word";

    /// The list that names the users whose wallets make up a document's joint purse, each of them
    /// once; see [`Store::purses`](crate::port::Store::purses).
    pub const HOLDER: &str = "member";

    /// Puts a document where it is found by the words of its texts.
    pub fn words<'t>(texts: impl IntoIterator<Item = &'t str>) -> impl Iterator<Item = Self> {
        let words = words(texts).into_iter();
        words.map(|word| Self::listed(Self::WORD, &word, ""))
    }

    /// A value that no other document of the kind may have.
    pub fn unique(name: &'static str, value: &(impl ToString + ?Sized)) -> Self {
        Self {
            name,
            value: value.to_string(),
            sort: String::new(),
            is_unique: true,
        }
    }

    /// A value that others may have as well; they are listed in the order of `sort`.
    pub fn listed(
        name: &'static str,
        value: &(impl ToString + ?Sized),
        sort: &(impl ToString + ?Sized),
    ) -> Self {
        Self {
            name,
            value: value.to_string(),
            sort: sort.to_string(),
            is_unique: false,
        }
    }
}

/// A time as lists sort it: the same number of digits whatever the time.
pub(crate) fn sortable(time: Timestamp) -> String {
    format!("{time:.9}")
}

/// A document to write or to remove.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentWrite {
    /// What it is.
    pub kind: &'static str,
    /// What it is known by.
    pub key: String,
    /// The version it was read at; none when it must be new.
    pub expected: Option<Version>,
    /// What becomes of it.
    pub change: Change,
}

/// What becomes of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// It is written.
    Put {
        /// Its JSON.
        body: String,
        /// What it is found by from now on.
        terms: Vec<Term>,
    },
    /// It is removed for good.
    Remove,
}

impl DocumentWrite {
    /// Writes a document that was read at a version, or that must be new.
    ///
    /// # Errors
    /// [`PortError`] when it can't be written as JSON.
    pub fn put<D: Document>(document: &D, expected: Option<Version>) -> Result<Self, PortError> {
        let body = serde_json::to_string(document).map_err(|error| {
            let message = format!("a {} can't be written as JSON: {error}", D::KIND);
            PortError::permanent(message).caused_by(error)
        })?;
        Ok(Self {
            kind: D::KIND,
            key: document.key(),
            expected,
            change: Change::Put {
                body,
                terms: document.terms(),
            },
        })
    }

    /// Removes a document that was read at a version.
    pub fn remove<D: Document>(document: &D, read: Version) -> Self {
        Self {
            kind: D::KIND,
            key: document.key(),
            expected: Some(read),
            change: Change::Remove,
        }
    }
}

/// A document as a store has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDocument {
    /// What it is known by.
    pub key: String,
    /// How often it was written.
    pub version: Version,
    /// Its JSON.
    pub body: String,
}

/// A document with everything that it is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedDocument {
    /// The document.
    pub document: StoredDocument,
    /// Its terms, in their order.
    pub terms: Vec<StoredTerm>,
}

/// A [`Term`] as a store has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoredTerm {
    /// The name of the list.
    pub name: String,
    /// What is looked for in that list.
    pub value: String,
    /// Where the document stands among others of the same value.
    pub sort: String,
    /// Whether no other document of the kind may have the same value.
    pub is_unique: bool,
}

impl From<Term> for StoredTerm {
    fn from(term: Term) -> Self {
        Self {
            name: term.name.to_owned(),
            value: term.value,
            sort: term.sort,
            is_unique: term.is_unique,
        }
    }
}

/// A list of documents: those of a kind that have a value under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// What they are.
    pub kind: &'static str,
    /// The name of the list.
    pub term: &'static str,
    /// What is looked for in it.
    pub value: String,
    /// Only those that stand here or before.
    pub until: Option<String>,
    /// Whether the last come first.
    pub is_reversed: bool,
    /// Only those that have, for each of these, a [`Term::WORD`] that begins with it.
    pub words: Vec<String>,
}

impl Lookup {
    /// The most words that a store looks for.
    pub(crate) const MOST_WORDS: usize = 8;

    /// All documents that have a value, in their order.
    pub fn of<D: Document>(term: &'static str, value: &(impl ToString + ?Sized)) -> Self {
        Self {
            kind: D::KIND,
            term,
            value: value.to_string(),
            until: None,
            is_reversed: false,
            words: Vec::new(),
        }
    }

    /// Those of the list that have each word of a text, or words that begin with it. Of many words
    /// the eight longest are looked for.
    #[must_use]
    pub fn with_words_of(self, text: &str) -> Self {
        let mut words: Vec<_> = words([text]).into_iter().collect();
        words.sort_by_key(|word| Reverse(word.len()));
        words.truncate(Self::MOST_WORDS);
        Self { words, ..self }
    }

    /// The same list, up to a place.
    #[must_use]
    pub fn until(self, sort: &(impl ToString + ?Sized)) -> Self {
        Self {
            until: Some(sort.to_string()),
            ..self
        }
    }

    /// The same list, the last first.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self {
            is_reversed: true,
            ..self
        }
    }
}

/// A place in a list of documents, between two of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPlace {
    /// Where the document before it stands.
    pub sort: String,
    /// What the document before it is known by.
    pub key: String,
}

impl ListPlace {
    /// Reads what a page gave as `next`.
    pub fn read(text: &str) -> Option<Self> {
        let text = String::from_utf8(hex::decode(text).ok()?).ok()?;
        let (sort, key) = text.split_once('\n')?;
        Some(Self {
            sort: sort.to_owned(),
            key: key.to_owned(),
        })
    }

    /// The place as a page gives it: letters and digits only, fit for an address.
    pub fn write(&self) -> String {
        hex::encode(format!("{}\n{}", self.sort, self.key))
    }
}
