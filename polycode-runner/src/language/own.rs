//! What this crate brings along for runtimes.

use serde::Deserialize;

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

/// A text of this crate for a runtime: what makes it ready, or what it runs programs by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Text {
    /// `guests/python`.
    Python,
    /// `guests/ruby`.
    Ruby,
    /// `guests/php`.
    Php,
    /// `guests/typescript`.
    TypeScript,
}

impl Text {
    /// The text itself.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Python => include_str!("../../guests/python/prepare.py"),
            Self::Ruby => include_str!("../../guests/ruby/prepare.rb"),
            Self::Php => include_str!("../../guests/php/main.php"),
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

/// A text of this crate as a file that each run sees.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnFile {
    /// The text.
    pub text: Text,
    /// Where a run sees it, from the root.
    pub mount: String,
}
