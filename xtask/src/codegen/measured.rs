//! What was last measured of the languages: kept in a file, so that their table can have it.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::step;

/// The file, which `cargo xtask bench languages` writes.
const FILE: &str = "docs/measured.toml";

const HEAD: &str = "# What `cargo xtask bench languages` measured last, for the tables of `cargo xtask codegen`.\n";

/// What was measured at one time, on one machine.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Measured {
    pub(crate) date: jiff::civil::Date,
    /// In words.
    pub(crate) machine: String,
    /// By the id of the language.
    pub(crate) language: BTreeMap<String, Speed>,
}

/// How fast a language is.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Speed {
    /// The median of the shortest program, prepared before.
    pub(crate) start_ms: f64,
    /// What it was measured beside.
    pub(crate) native: Option<String>,
    /// How many times as long as that, calls and lists.
    pub(crate) queens: Option<f64>,
    /// The same of texts and dictionaries.
    pub(crate) words: Option<f64>,
}

impl Measured {
    pub(super) fn read() -> Result<Self> {
        let text = fs::read_to_string(step::root().join(FILE)).context(FILE)?;
        toml::from_str(&text).context(FILE)
    }

    pub(crate) fn write(&self) -> Result<()> {
        let text = toml::to_string(self)?;
        fs::write(step::root().join(FILE), format!("{HEAD}{text}")).context(FILE)
    }
}
