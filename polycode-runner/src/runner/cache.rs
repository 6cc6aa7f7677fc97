//! What was found out about programs, so that the same one is not checked twice.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use polycode_core::judging::FileName;
use polycode_core::port::Uses;
use sha2::{Digest, Sha256};

use crate::machine::Template;
use crate::runner::program::{Sourced, Sources};

/// Outcomes of checks by the programs' content; the one used longest ago goes first.
#[derive(Debug)]
pub(super) struct Cache(Mutex<Entries>);

/// The digest of a language, an entry and all the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key([u8; 32]);

/// What a check found.
#[derive(Debug, Clone)]
pub(super) enum Checked {
    Valid,
    /// It is valid, and this is what is run.
    Translated(Arc<Sourced>),
    /// It is valid, and this is what it became.
    Built(Modules),
    Rejected {
        diagnostics: String,
    },
}

impl Checked {
    /// The most bytes of what is said about a program.
    const DIAGNOSTICS: usize = 64 << 10;

    /// The same with no more words than are promised: some are the program's own.
    pub(super) fn bounded(mut self) -> Self {
        if let Self::Rejected { diagnostics } = &mut self {
            diagnostics.truncate(diagnostics.floor_char_boundary(Self::DIAGNOSTICS));
        }
        self
    }
}

/// What runs a program.
#[derive(Debug, Clone)]
pub(super) struct Modules {
    /// As a whole, where it was made ready for that.
    pub(super) whole: Option<Arc<Template>>,
    /// For a call of one of its functions, where it was made ready for that.
    pub(super) calls: Option<Arc<Template>>,
    /// For tests of it, where it was made ready for that.
    pub(super) tested: Option<Arc<Template>>,
}

impl Modules {
    /// One that does whatever a run asks for.
    pub(super) fn of(template: Arc<Template>) -> Self {
        Self {
            whole: Some(Arc::clone(&template)),
            calls: Some(Arc::clone(&template)),
            tested: Some(template),
        }
    }
}

#[derive(Debug, Default)]
struct Entries {
    by_key: HashMap<Key, (u64, Checked)>,
    uses: u64,
}

impl Cache {
    const CAPACITY: usize = 256;

    pub(super) fn new() -> Self {
        Self(Mutex::default())
    }

    pub(super) fn get(&self, key: &Key) -> Option<Checked> {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.uses += 1;
        let uses = entries.uses;
        let (last_use, checked) = entries.by_key.get_mut(key)?;
        *last_use = uses;
        Some(checked.clone())
    }

    pub(super) fn put(&self, key: Key, checked: Checked) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.uses += 1;
        let uses = entries.uses;
        if entries.by_key.len() >= Self::CAPACITY && !entries.by_key.contains_key(&key) {
            let oldest = entries.by_key.iter().min_by_key(|(_, (used, _))| *used);
            if let Some(oldest) = oldest.map(|(key, _)| *key) {
                entries.by_key.remove(&oldest);
            }
        }
        entries.by_key.insert(key, (uses, checked));
    }
}

impl Key {
    pub(super) fn of(language: &str, entry: &FileName, files: &Sources) -> Self {
        let mut digest = Sha256::new();
        let mut part = |bytes: &[u8]| {
            digest.update((bytes.len() as u64).to_le_bytes());
            digest.update(bytes);
        };
        part(language.as_bytes());
        part(entry.as_str().as_bytes());
        for (name, bytes) in files {
            part(name.as_str().as_bytes());
            part(bytes);
        }
        Self(digest.finalize().into())
    }

    /// The key of what is made for certain uses of the same program alone.
    pub(super) fn used(self, uses: &Uses) -> Self {
        let mut digest = Sha256::new();
        digest.update(self.0);
        digest.update([u8::from(uses.runs), u8::from(uses.tested)]);
        for name in &uses.functions {
            digest.update((name.len() as u64).to_le_bytes());
            digest.update(name);
        }
        Self(digest.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        let name = FileName::new("main").unwrap();
        Key::of("x", &name, &vec![(name.clone(), text.as_bytes().into())])
    }

    #[test]
    fn the_one_used_longest_ago_goes_first() {
        let cache = Cache::new();
        for number in 0..Cache::CAPACITY {
            cache.put(key(&number.to_string()), Checked::Valid);
        }
        assert!(matches!(cache.get(&key("0")), Some(Checked::Valid)));
        let rejected = Checked::Rejected {
            diagnostics: "no".to_owned(),
        };
        cache.put(key("new"), rejected);
        assert!(
            matches!(cache.get(&key("new")), Some(Checked::Rejected { diagnostics }) if diagnostics == "no")
        );
        assert!(matches!(cache.get(&key("0")), Some(Checked::Valid)));
        assert!(cache.get(&key("1")).is_none());
    }

    #[test]
    fn parts_are_not_mixed_up() {
        let (a, ab) = (FileName::new("a").unwrap(), FileName::new("ab").unwrap());
        let one = Key::of("x", &a, &vec![(ab.clone(), (*b"c").into())]);
        let two = Key::of("x", &a, &vec![(a.clone(), (*b"bc").into())]);
        assert_ne!(one, two);
        assert_ne!(one, Key::of("y", &a, &vec![(ab, (*b"c").into())]));
        let uses = |runs, functions: &[&str]| Uses {
            runs,
            functions: functions.iter().map(|&name| name.to_owned()).collect(),
            tested: false,
        };
        let tested = Uses {
            tested: true,
            ..uses(true, &["f"])
        };
        assert_eq!(one.used(&uses(true, &["f"])), one.used(&uses(true, &["f"])));
        for other in [
            tested,
            uses(false, &["f"]),
            uses(true, &[]),
            uses(true, &["f", "g"]),
        ] {
            assert_ne!(one.used(&uses(true, &["f"])), one.used(&other));
        }
    }
}
