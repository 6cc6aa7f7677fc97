//! `polycode install`.

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::failure::Failure;
use crate::cli::{complain, home_or_default};
use crate::engine::new_engine;
use crate::install::{Installer, Progress};
use crate::language::{Language, find, languages};

/// Installs languages.
#[derive(Debug, Args)]
pub(super) struct Install {
    /// The languages.
    #[arg(required_unless_present = "all", value_name = "LANGUAGE")]
    languages: Vec<String>,
    /// All languages that there are.
    #[arg(long, conflicts_with = "languages")]
    all: bool,
    #[arg(
        long,
        value_name = "FOLDERS",
        help = "Folders that pip has installed packages into: those are not fetched [default: $POLYCODE_PACKAGES]"
    )]
    packages: Option<OsString>,
}

impl Install {
    pub(super) fn execute(&self, home: Option<PathBuf>) -> Result<u8, Failure> {
        let home = home_or_default(home)?;
        let chosen = self.chosen()?;
        let packages = self.packages.clone();
        let packages = packages.or_else(|| env::var_os("POLYCODE_PACKAGES"));
        let packages: Vec<_> = env::split_paths(&packages.unwrap_or_default()).collect();
        let engine = new_engine(1).map_err(Failure::because)?;
        let mut installer = Installer::new(engine, home, packages);
        for language in chosen {
            show(&mut installer, language)?;
        }
        Ok(0)
    }

    fn chosen(&self) -> Result<Vec<&'static Language>, Failure> {
        if self.all {
            return Ok(languages().iter().collect());
        }
        let known = || {
            languages()
                .iter()
                .map(|l| l.id.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        };
        self.languages
            .iter()
            .map(|id| {
                find(id).ok_or_else(|| {
                    let known = known();
                    Failure::Told(format!(
                        "language `{id}` is not known: choose one of {known}"
                    ))
                })
            })
            .collect()
    }
}

/// Installs one language and shows how it goes: as a bar on a terminal, as lines elsewhere.
fn show(installer: &mut Installer, language: &'static Language) -> Result<(), Failure> {
    let id = language.id.as_str();
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {prefix}: {msg} ({elapsed})") {
        bar.set_style(style);
    }
    bar.set_prefix(id);
    bar.enable_steady_tick(Duration::from_millis(120));
    let is_terminal = io::stderr().is_terminal();
    let mut progress = |step: Progress| {
        if is_terminal {
            bar.set_message(words(step));
        } else {
            complain(&format!("{id}: {}", words(step)));
        }
    };
    let result = installer.install(language, &mut progress);
    bar.finish_and_clear();
    result.map_err(Failure::because)?;
    complain(&format!("{id}: installed"));
    Ok(())
}

fn words(step: Progress) -> &'static str {
    match step {
        Progress::Fetching => "fetching the package",
        Progress::Verifying => "verifying and unpacking it",
        Progress::Making => {
            "making the compiler and the library of it, which can take some minutes"
        }
        Progress::Preparing => "preparing the runtime",
        Progress::Compiling => "compiling it for this machine, which can take some minutes",
    }
}
