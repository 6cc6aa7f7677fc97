//! Languages that are written alike: their comments, texts and keywords.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::token::{NAME, hash};
use crate::id::LanguageId;
use crate::judging::Program;

/// Languages that are written alike, as far as comments, texts and keywords go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Family {
    /// Python.
    Python,
    /// Languages with `//` and `/* */` comments, such as C, C++, Java, JavaScript and Rust.
    CLike,
    /// Any other: words are told apart by their letters, and `#`, `//` and `--` begin comments.
    Generic,
}

impl Family {
    /// The family of a language.
    pub fn of(language: &LanguageId) -> Self {
        match language.as_str() {
            "python" => Self::Python,
            "c" | "cpp" | "c++" | "csharp" | "dart" | "go" | "java" | "javascript" | "kotlin"
            | "php" | "rust" | "scala" | "swift" | "typescript" | "zig" => Self::CLike,
            _ => Self::Generic,
        }
    }

    pub(super) const fn line_comments(self) -> &'static [&'static str] {
        match self {
            Self::Python => &["#"],
            Self::CLike => &["//"],
            Self::Generic => &["#", "//", "--"],
        }
    }

    pub(super) const fn quotes(self) -> &'static [&'static str] {
        match self {
            Self::Python => &["\"\"\"", "'''", "\"", "'"],
            Self::CLike => &["\"", "'", "`"],
            Self::Generic => &["\"", "'"],
        }
    }

    /// What a word is to a comparison: itself, where it steers the program.
    pub(super) fn word(self, word: &str) -> u64 {
        let keywords = match self {
            Self::Python => PYTHON,
            Self::CLike => C_LIKE,
            Self::Generic => return hash(word.to_lowercase().bytes()),
        };
        if keywords.contains(&word) {
            hash(word.bytes())
        } else {
            NAME
        }
    }

    pub(super) fn writes(self, program: &Program) -> bool {
        Self::of(&program.language) == self
    }
}

const PYTHON: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "case", "class",
    "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if",
    "import", "in", "is", "lambda", "match", "nonlocal", "not", "or", "pass", "raise", "return",
    "try", "while", "with", "yield",
];

/// The words that steer programs in most of these languages. Names of types are left out on
/// purpose: `int` for `long` must not hide a copy.
const C_LIKE: &[&str] = &[
    "as",
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "default",
    "defer",
    "delete",
    "do",
    "else",
    "enum",
    "export",
    "extends",
    "false",
    "finally",
    "fn",
    "for",
    "foreach",
    "fun",
    "func",
    "function",
    "goto",
    "if",
    "impl",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "loop",
    "match",
    "mod",
    "mut",
    "new",
    "nil",
    "null",
    "of",
    "package",
    "private",
    "protected",
    "pub",
    "public",
    "return",
    "select",
    "static",
    "struct",
    "super",
    "switch",
    "template",
    "this",
    "throw",
    "trait",
    "true",
    "try",
    "type",
    "typedef",
    "typeof",
    "union",
    "use",
    "using",
    "val",
    "var",
    "void",
    "while",
    "yield",
];
