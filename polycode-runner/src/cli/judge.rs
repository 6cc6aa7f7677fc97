//! `polycode judge`.

use std::io::{self, Write as _};
use std::num::NonZero;
use std::path::{Path, PathBuf};

use clap::Args;
use futures_util::StreamExt as _;
use futures_util::stream;
use polycode_core::Refusal;
use polycode_core::engine::judge_program;
use polycode_core::judging::{Case, Report, Verdict};
use polycode_core::quantity::{Fuel, Score};
use serde::Serialize;

use crate::Runner;
use crate::cli::failure::{Failure, one_line};
use crate::cli::{complain, read, runner, wait};
use crate::receipt::{self, JudgedCase, Receipt};

/// Judges cases.
#[derive(Debug, Args)]
pub(super) struct Judge {
    /// The case files.
    #[arg(required = true, value_name = "CASE")]
    cases: Vec<PathBuf>,
    /// How many cases are judged at the same time [default: one per core].
    #[arg(long)]
    jobs: Option<NonZero<usize>>,
    /// Write one JSON object per line and case, in the order of the arguments.
    #[arg(long)]
    json: bool,
    /// Write a receipt of what was judged, for `polycode verify`.
    #[arg(long, value_name = "FILE")]
    receipt: Option<PathBuf>,
}

/// A case that was judged.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Judged {
    id: String,
    file: String,
    verdict: Verdict,
    score: Score,
    fuel: Fuel,
    wall_us: u64,
    report: Report,
    expected: bool,
    differences: Vec<String>,
    #[serde(skip)]
    receipt: Option<JudgedCase>,
}

/// A case that could not be judged.
#[derive(Debug, Serialize)]
struct Unjudged {
    file: String,
    error: Problem,
}

#[derive(Debug, Serialize)]
struct Problem {
    code: &'static str,
    message: String,
}

impl Judge {
    const DIFFERS: u8 = 1;

    pub(super) fn execute(self, home: Option<PathBuf>) -> Result<u8, Failure> {
        let runner = runner(home, self.jobs.map(NonZero::get))?;
        let jobs = self.jobs.map_or_else(default_jobs, NonZero::get);
        let json = self.json;
        wait(async {
            let with_receipt = self.receipt.is_some();
            let judged = stream::iter(&self.cases).map(|path| judged(&runner, path, with_receipt));
            let mut judged = std::pin::pin!(judged.buffered(jobs));
            let mut code = 0;
            let mut receipts = Vec::new();
            while let Some(mut judged) = judged.next().await {
                let receipt = judged
                    .as_mut()
                    .ok()
                    .and_then(|judged| judged.receipt.take());
                receipts.extend(receipt);
                let of_case = match &judged {
                    Ok(judged) if judged.expected => 0,
                    Ok(_) => Self::DIFFERS,
                    Err(_) => Failure::NOT_DONE,
                };
                code = of_case.max(code);
                show(judged, json)?;
            }
            if let Some(path) = &self.receipt {
                let text = serde_json::to_vec(&Receipt::of(receipts)).map_err(Failure::because)?;
                let written = std::fs::write(path, text);
                written
                    .map_err(|error| Failure::because(format!("{}: {error}", path.display())))?;
            }
            Ok(code)
        })?
    }
}

pub(super) fn default_jobs() -> usize {
    std::thread::available_parallelism().map_or(2, NonZero::get)
}

/// Judges the case of a file.
async fn judged(runner: &Runner, path: &Path, with_receipt: bool) -> Result<Judged, Unjudged> {
    let file = path.display().to_string();
    let failed = |code, message: String| {
        let error = Problem {
            code,
            message: one_line(&message),
        };
        Unjudged {
            file: file.clone(),
            error,
        }
    };
    let bytes = read::bytes(path).map_err(|error| failed("unreadable", error.to_string()))?;
    let mut json = serde_json::Deserializer::from_slice(&bytes);
    let case: Case = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let field = error.path().to_string();
        let field = if field == "." {
            "case".to_owned()
        } else {
            field
        };
        failed("invalid", format!("{field}: {}", error.inner()))
    })?;
    json.end()
        .map_err(|error| failed("invalid", format!("case: {error}")))?;
    case.check()
        .map_err(|refusal| failed(refusal.code(), words(&refusal)))?;
    let (report, receipt) = if with_receipt {
        let judged = receipt::judge(runner, case.clone()).await;
        judged.map(|(report, receipt)| (report, Some(receipt)))
    } else {
        let (program, limits) = (case.program(), case.limits);
        let report = judge_program(runner, &program, &limits, case.scheme(), &case.args).await;
        report.map(|report| (report, None))
    }
    .map_err(|error| failed(error.code(), error.to_string()))?;
    let differences = case
        .expect
        .as_ref()
        .map(|expect| expect.differences(&report));
    let differences = differences.unwrap_or_default();
    Ok(Judged {
        id: case.id,
        file,
        verdict: report.verdict,
        score: report.score,
        fuel: report.fuel(),
        wall_us: report.wall_us(),
        report,
        expected: differences.is_empty(),
        differences,
        receipt,
    })
}

fn words(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Invalid(problems) => {
            let lines = problems
                .iter()
                .map(|p| format!("{}: {}", p.field, p.message));
            lines.collect::<Vec<_>>().join("; ")
        }
        refusal => refusal.to_string(),
    }
}

fn show(judged: Result<Judged, Unjudged>, json: bool) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match judged {
        Ok(judged) if json => {
            let text = serde_json::to_string(&judged).map_err(Failure::because)?;
            writeln!(out, "{text}")?;
        }
        Ok(judged) => {
            let Judged {
                id,
                verdict,
                score,
                fuel,
                wall_us,
                ..
            } = &judged;
            let (ms, us) = (wall_us / 1000, wall_us % 1000);
            let mark = if judged.expected { "ok" } else { "DIFFERS" };
            let id = one_line(id);
            write!(
                out,
                "{mark:<8} {id}: {verdict}, {score}, fuel {fuel}, {ms}.{us:03} ms"
            )?;
            if !judged.expected {
                write!(out, " ({})", judged.differences.join("; "))?;
            }
            writeln!(out)?;
        }
        Err(unjudged) => {
            complain(&format!("{}: {}", unjudged.file, unjudged.error.message));
            if json {
                let text = serde_json::to_string(&unjudged).map_err(Failure::because)?;
                writeln!(out, "{text}")?;
            }
        }
    }
    out.flush()?;
    Ok(())
}
