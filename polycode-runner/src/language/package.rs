//! Packages of registries, and what is needed of them.

use std::ops::RangeInclusive;

use serde::Deserialize;

use crate::language::{Guest, Text};
use crate::machine::Telling;

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
    /// Digests where there is an archive for each kind of machine, and the one above is that for
    /// Linux on x86-64.
    #[serde(default)]
    pub wheels: Vec<Wheel>,
    /// The runtime.
    pub module: Module,
    /// Files of licences in the archive, and folders of them, with a slash at their end; they are
    /// kept beside the runtime.
    pub licences: Vec<String>,
    /// Other files that each run needs.
    #[serde(default)]
    pub files: Vec<PackageFile>,
    /// Archives whose files each run sees.
    #[serde(default)]
    pub archives: Vec<PackageArchive>,
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
    /// It is made of the package when that is installed, and so are its archives.
    Made {
        /// What makes it.
        by: Maker,
        /// Its digest.
        sha256: Sha256Hex,
    },
}

/// What makes a runtime of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Maker {
    /// Go's own tools, which make Go's compiler from its sources for the sandbox, and compile the
    /// standard library.
    Go,
}

/// The archive of a package for one kind of machine.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wheel {
    /// The system, as Rust calls it.
    pub os: String,
    /// The processor, as Rust calls it.
    pub arch: String,
    /// The digest.
    pub sha256: Sha256Hex,
}

impl Package {
    /// The digest of the archive as it is fetched for a kind of machine, named as Rust does; none
    /// if there is no such archive.
    pub(crate) fn archive_digest(&self, os: &str, arch: &str) -> Option<&Sha256Hex> {
        if self.wheels.is_empty() || (os, arch) == ("linux", "x86_64") {
            return Some(&self.sha256);
        }
        let mut wheels = self.wheels.iter();
        let wheel = wheels.find(|wheel| (wheel.os.as_str(), wheel.arch.as_str()) == (os, arch));
        wheel.map(|wheel| &wheel.sha256)
    }
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

/// An archive (tar) in a package, whose files each run sees.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageArchive {
    /// Its path in the package's archive.
    pub from: String,
    /// Its digest.
    pub sha256: Sha256Hex,
    /// The folder where a run sees its files, from the root.
    pub mount: String,
    /// What paths of files begin with that no run needs.
    #[serde(default)]
    pub without: Vec<String>,
}

/// How a runtime is made ready before its memory is kept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Snapshot {
    /// How the runtime is told the program that makes it ready.
    pub by: Telling,
    /// That program.
    pub prepare: Text,
    /// Bytes of its own stack that the interpreter is to take, instead of the few that it takes
    /// for granted; more than the machine's stack has room for would turn a deep recursion from
    /// an exception into a trap.
    pub stack_bytes: Option<u32>,
    /// Functions of the module that have nothing in them then, by their numbers: those of libraries that no program
    /// is to find.
    pub without: Option<RangeInclusive<u32>>,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::find;

    #[test]
    fn an_archive_is_that_for_the_machine() {
        let package = |id| find(id).unwrap().packaged().unwrap().package;
        let go = package("go");
        assert_eq!(go.archive_digest("linux", "x86_64"), Some(&go.sha256));
        let mac = go.archive_digest("macos", "aarch64").unwrap();
        assert_ne!(mac, &go.sha256);
        assert_eq!(go.archive_digest("plan9", "x86_64"), None);
        let ruby = package("ruby");
        assert_eq!(ruby.archive_digest("plan9", "x86_64"), Some(&ruby.sha256));
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
