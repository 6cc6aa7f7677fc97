//! Speed, measured side by side in one run: machines differ and are noisy, ratios travel.

mod crowd;
mod faces;
mod hello;
mod languages;
mod live;
mod peers;
mod server;
mod start;
mod work;

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Parser;

use crate::{machine, step};

/// Marks the processes that measure, as against the one that builds them without debug checks.
const MEASURING: &str = "POLYCODE_BENCH_MEASURES";

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Subject {
    /// Programs in our sandbox against the same in a native one.
    Runner,
    /// Every language, for the table in `docs/languages.md`.
    Languages,
    /// The pure domain: deciding, results, similarity, imports.
    Core,
    /// The stores: submitting, reading, room on the disk.
    Store,
    /// The Python and the Node face against Rust: calls, judgings, memory.
    Faces,
    /// The reference server with many callers, killed in the middle.
    Server,
}

/// Builds with the release profile and measures there; the stores, the faces and the server also take
/// arguments of their own.
pub(crate) fn run(subject: Subject, args: &[String]) -> Result<()> {
    match subject {
        Subject::Runner => run_runner(),
        Subject::Languages => languages::run(),
        Subject::Faces => faces::run(args),
        Subject::Server => run_server(args),
        Subject::Core => {
            let mut bench = step::cargo();
            bench.args([
                "bench",
                "--quiet",
                "--package",
                "polycode-core",
                "--bench",
                "domain",
            ]);
            step::run("measure the domain", &mut bench)?;
            // With a store in memory, so that it is an example of the crate that has one.
            let mut campaign = step::cargo();
            campaign.args(["run", "--release", "--quiet", "--package", "polycode-store"]);
            campaign.args(["--example", "assessment"]);
            step::run("measure a campaign", &mut campaign)
        }
        Subject::Store => {
            machine::require_postgres()?;
            let mut bench = step::cargo();
            bench.args(["run", "--release", "--quiet", "--package", "polycode-store"]);
            bench.args(["--features", "command,testkit", "--example", "stores", "--"]);
            step::run("measure the stores", bench.args(args))
        }
    }
}

fn run_runner() -> Result<()> {
    match std::env::var(MEASURING).as_deref() {
        Err(_) => {}
        Ok(start::FIRST) => return start::first(),
        Ok(_) => {
            hello::measure()?;
            peers::measure()?;
            work::measure()?;
            start::measure()?;
            crowd::measure()?;
            return live::measure();
        }
    }
    machine::require("bwrap", "bubblewrap")?;
    crate::test::install_runtimes(&["--all"])?;
    let mut release = step::cargo();
    release.args([
        "run",
        "--release",
        "--quiet",
        "--package",
        "xtask",
        "--",
        "bench",
    ]);
    step::run("measure", release.env(MEASURING, "1"))
}

fn run_server(args: &[String]) -> Result<()> {
    let amount = server::Amount::try_parse_from(args)?;
    machine::require_postgres()?;
    if amount.program.is_some() || std::env::var_os(MEASURING).is_some() {
        return server::measure(&amount);
    }
    crate::test::install_runtimes(&["--all"])?;
    let mut build = step::cargo();
    build.args(["build", "--release", "--quiet", "--package", "xtask"]);
    build.args(["--package", "polycode-reference-server"]);
    step::run("build the server", &mut build)?;
    let mut release = step::cargo();
    release.args(["run", "--release", "--quiet", "--package", "xtask"]);
    release.args(["--package", "polycode-reference-server", "--bin", "xtask"]);
    release.args(["--", "bench", "server", "--"]).args(args);
    step::run("measure the server", release.env(MEASURING, "1"))
}

/// The memory of a process that is in use, in MiB; `self` is this one.
fn resident_mib(process: &str) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next());
    Ok(kib.context("the system tells no VmRSS")?.parse::<u64>()? / 1024)
}

/// The middle one of some times, in milliseconds.
fn median(times: &mut [Duration]) -> f64 {
    quantile(times, 50)
}

/// The time that so many percent of the times are not above, in milliseconds.
fn quantile(times: &mut [Duration], percent: usize) -> f64 {
    times.sort_unstable();
    let place = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times
        .get(place)
        .map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
}
