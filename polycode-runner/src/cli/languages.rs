//! `polycode languages`.

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::cli::failure::Failure;
use crate::cli::home_or_default;
use crate::engine::new_engine;
use crate::install::is_installed;
use crate::language::languages;

/// Lists the languages.
#[derive(Debug, Args)]
pub(super) struct Languages {
    /// Write a JSON array.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    id: &'a str,
    name: &'a str,
    version: &'a str,
    licence: &'a str,
    entry: &'a str,
    extensions: &'a [String],
    installed: bool,
}

impl Languages {
    pub(super) fn execute(&self, home: Option<PathBuf>) -> Result<u8, Failure> {
        let home = home_or_default(home)?;
        let engine = new_engine(1).map_err(Failure::because)?;
        let rows: Vec<_> = languages()
            .iter()
            .map(|language| Row {
                id: language.id.as_str(),
                name: &language.name,
                version: &language.version,
                licence: &language.licence,
                entry: language.entry.as_str(),
                extensions: &language.extensions,
                installed: is_installed(&engine, language, &home),
            })
            .collect();
        let mut out = io::stdout().lock();
        if self.json {
            let text = serde_json::to_string_pretty(&rows).map_err(Failure::because)?;
            writeln!(out, "{text}")?;
        } else {
            writeln!(
                out,
                "{:<12} {:<12} {:<36} LICENCE",
                "LANGUAGE", "INSTALLED", "VERSION"
            )?;
            for row in rows {
                let installed = if row.installed { "yes" } else { "no" };
                let version = format!("{} {}", row.name, row.version);
                writeln!(
                    out,
                    "{:<12} {installed:<12} {version:<36} {}",
                    row.id, row.licence
                )?;
            }
        }
        out.flush()?;
        Ok(0)
    }
}
