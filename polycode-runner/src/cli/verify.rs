//! `polycode verify`.

use std::io::{self, Write as _};
use std::num::NonZero;
use std::path::PathBuf;

use clap::Args;
use futures_util::StreamExt as _;
use futures_util::stream;
use serde::Serialize;

use crate::cli::failure::{Failure, one_line};
use crate::cli::judge::default_jobs;
use crate::cli::{complain, read, runner, wait};
use crate::receipt::{self, Receipt};

/// Judges the cases of a receipt again.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The receipt.
    receipt: PathBuf,
    /// How many cases are judged at the same time [default: one per core].
    #[arg(long)]
    jobs: Option<NonZero<usize>>,
    /// Write one JSON object per line and case, in the order of the receipt.
    #[arg(long)]
    json: bool,
}

/// How judging a case again compares.
#[derive(Debug, Serialize)]
struct Verified {
    id: String,
    same: bool,
    differences: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl Verify {
    const DIFFERS: u8 = 1;

    pub(super) fn execute(self, home: Option<PathBuf>) -> Result<u8, Failure> {
        let path = self.receipt.display();
        let bytes = read::bytes(&self.receipt)
            .map_err(|error| Failure::because(format!("{path}: {error}")))?;
        let receipt: Receipt = serde_json::from_slice(&bytes)
            .map_err(|error| Failure::because(format!("{path} is not a receipt: {error}")))?;
        if receipt.format != Receipt::FORMAT {
            let (found, known) = (receipt.format, Receipt::FORMAT);
            let message = format!("{path} has the format {found}; only {known} is known here");
            return Err(Failure::because(message));
        }
        for language in receipt.other_runtimes() {
            complain(&format!(
                "the runtime of `{language}` is another one than the receipt's"
            ));
        }
        let runner = runner(home, self.jobs.map(NonZero::get))?;
        let jobs = self.jobs.map_or_else(default_jobs, NonZero::get);
        wait(async {
            let verified = stream::iter(&receipt.cases).map(|then| async {
                let id = one_line(&then.case.id);
                match receipt::judge(&runner, then.case.clone()).await {
                    Ok((_, now)) => {
                        let differences = then.differences(&now);
                        let same = differences.is_empty();
                        Verified {
                            id,
                            same,
                            differences,
                            error: None,
                        }
                    }
                    Err(error) => Verified {
                        id,
                        same: false,
                        differences: Vec::new(),
                        error: Some(one_line(&error.to_string())),
                    },
                }
            });
            let mut verified = std::pin::pin!(verified.buffered(jobs));
            let mut code = 0;
            while let Some(verified) = verified.next().await {
                let of_case = match &verified {
                    Verified { same: true, .. } => 0,
                    Verified { error: None, .. } => Self::DIFFERS,
                    _ => Failure::NOT_DONE,
                };
                code = of_case.max(code);
                show(&verified, self.json)?;
            }
            Ok(code)
        })?
    }
}

fn show(verified: &Verified, json: bool) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let Verified {
        id,
        same,
        differences,
        error,
    } = verified;
    if json {
        let text = serde_json::to_string(verified).map_err(Failure::because)?;
        writeln!(out, "{text}")?;
    } else if *same {
        writeln!(out, "same     {id}")?;
    } else {
        let words = error.clone().unwrap_or_else(|| differences.join("; "));
        writeln!(out, "DIFFERS  {id}: {words}")?;
    }
    out.flush()?;
    Ok(())
}
