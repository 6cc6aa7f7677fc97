//! A program as its author wrote it: a language and files.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use schemars::JsonSchema;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::id::{InvalidName, LanguageId};
use crate::refusal::Problem;

/// A program to run.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Program {
    /// The language it is written in.
    pub language: LanguageId,
    /// Its source files.
    #[serde(deserialize_with = "unique")]
    pub files: SourceFiles,
    /// The file that is run; without it the language's usual one (`main.py`, `main.js` …), or
    /// else the only file there is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<FileName>,
}

impl Program {
    /// The most files that a program may have.
    pub const MAX_FILES: usize = 100;
    /// The most bytes that all its files may have together.
    pub const MAX_BYTES: usize = 1 << 20;

    /// Every rule that the program breaks; `field` is where it stands in the input.
    pub fn problems(&self, field: &str) -> Vec<Problem> {
        source_problems(&self.files, self.entry.as_ref(), field)
    }
}

/// Every rule that source files and the one to run break.
pub(super) fn source_problems(
    files: &SourceFiles,
    entry: Option<&FileName>,
    field: &str,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut refuse = |at: &str, message: String| {
        problems.push(Problem::new(format!("{field}.{at}"), message));
    };
    if files.is_empty() || files.len() > Program::MAX_FILES {
        let count = files.len();
        refuse(
            "files",
            format!(
                "a program has 1 to {} files, not {count}",
                Program::MAX_FILES
            ),
        );
    }
    let bytes: usize = files.values().map(String::len).sum();
    if bytes > Program::MAX_BYTES {
        refuse(
            "files",
            format!(
                "files have at most {} bytes, not {bytes}",
                Program::MAX_BYTES
            ),
        );
    }
    let mut folded = BTreeSet::new();
    for name in files.keys() {
        if !folded.insert(name.as_str().to_ascii_lowercase()) {
            refuse(
                "files",
                format!("`{name}` differs from another name in case only"),
            );
        }
    }
    for name in files.keys() {
        let inside = format!("{}/", name.as_str().to_ascii_lowercase());
        if folded.iter().any(|other| other.starts_with(&inside)) {
            refuse("files", format!("`{name}` is a file and a folder"));
        }
    }
    if let Some(entry) = entry.filter(|entry| !files.contains_key(*entry)) {
        refuse("entry", format!("there is no file `{entry}`"));
    }
    problems
}

/// Reads a map in which no name may be twice.
pub(super) fn unique<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SourceFiles, D::Error> {
    struct Unique;

    impl<'de> Visitor<'de> for Unique {
        type Value = SourceFiles;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map of texts by file name")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SourceFiles, A::Error> {
            let mut files = SourceFiles::new();
            while let Some((name, text)) = map.next_entry::<FileName, String>()? {
                if files.contains_key(&name) {
                    return Err(A::Error::custom(format!("file `{name}` is there twice")));
                }
                files.insert(name, text);
            }
            Ok(files)
        }
    }

    deserializer.deserialize_map(Unique)
}

/// Source texts by file name.
pub type SourceFiles = BTreeMap<FileName, String>;

/// The relative path of a file in a program's own folder.
///
/// Safe to use on any system: letters, digits, `.`, `_`, `-` and spaces inside, folders parted
/// by `/`, at most 200 bytes; no segment starts with `.`, `-` or a space, ends with `.` or a
/// space, or is the name of a device on Windows.
///
/// # Examples
/// ```
/// use polycode_core::judging::FileName;
///
/// assert!(FileName::new("shapes/circle.py").is_ok());
/// assert!(FileName::new("../secret").is_err());
/// ```
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(
    with = "String",
    extend("minLength" = 1, "maxLength" = 200, "pattern" = FileName::PATTERN)
)]
pub struct FileName(String);

impl FileName {
    const MAX_BYTES: usize = 200;
    /// What it looks like, but for the names of devices.
    const PATTERN: &str = "^[A-Za-z0-9_](?:[A-Za-z0-9._ -]*[A-Za-z0-9_-])?\
        (?:/[A-Za-z0-9_](?:[A-Za-z0-9._ -]*[A-Za-z0-9_-])?)*$";
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

    /// Takes a text as a file name.
    ///
    /// # Errors
    /// [`InvalidName`] with the rule that the text breaks.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidName> {
        let text = text.into();
        if text.is_empty() || text.len() > Self::MAX_BYTES {
            return Err(InvalidName::new("a file name is 1 to 200 bytes", &text));
        }
        match text.split('/').find_map(broken_rule) {
            Some(rule) => Err(InvalidName::new(rule, &text)),
            None => Ok(Self(text)),
        }
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the last `.` of the last segment, if there is one.
    pub fn extension(&self) -> Option<&str> {
        let name = self.0.rsplit('/').next()?;
        name.rsplit_once('.').map(|(_, extension)| extension)
    }
}

fn broken_rule(segment: &str) -> Option<&'static str> {
    let stem = segment
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let device = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    if segment.is_empty() {
        Some("a file name is relative, with no empty segment")
    } else if !segment
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "._- ".contains(c))
    {
        Some("a file name has only letters, digits, '.', '_', '-', spaces and '/'")
    } else if segment.starts_with(['.', '-', ' ']) || segment.ends_with(['.', ' ']) {
        Some(
            "no segment of a file name starts with '.', '-' or a space, or ends with '.' or a space",
        )
    } else if FileName::DEVICES.contains(&device) {
        Some("no segment of a file name is a device of Windows")
    } else {
        None
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for FileName {
    type Error = InvalidName;

    fn try_from(text: String) -> Result<Self, InvalidName> {
        Self::new(text)
    }
}

impl From<FileName> for String {
    fn from(name: FileName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests;
