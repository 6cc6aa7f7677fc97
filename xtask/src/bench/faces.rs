//! What the Python and the Node face add to Rust: to a call, and to many judgings at once.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::Parser;
use futures_util::future::join_all;
use polycode_core::Engine;
use polycode_core::engine::judge_program;
use polycode_core::id::UserId;
use polycode_core::judging::Case;
use polycode_core::permission::Actor;
use polycode_core::port::Sandbox;
use polycode_runner::Runner;
use polycode_store::{MemoryStore, RandomIds, SystemClock};
use serde::Deserialize;

use crate::package::{self, trial};
use crate::step::{cargo, output, root, run as step_run};
use crate::test::faces::python_of;

const AT_ONCE: usize = 64;
const CASE: &str = "conformance/judging/exit/exit-0-javascript.json";

/// How much is measured.
#[derive(Debug, Parser)]
#[command(name = "bench faces", no_binary_name = true)]
struct Amount {
    /// Calls that do next to nothing.
    #[arg(long, default_value_t = 20_000)]
    calls: usize,
    /// Judgings, 64 at once.
    #[arg(long, default_value_t = 2_000)]
    judgings: usize,
    /// Judgings over which memory is watched.
    #[arg(long, default_value_t = 10_000)]
    leaks: usize,
}

/// What a face measured of itself.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Measured {
    call_us: f64,
    #[serde(default)]
    awaited_call_us: Option<f64>,
    judged_per_second: f64,
    #[serde(default)]
    lag_ms: Option<f64>,
    #[serde(default)]
    longest_lag_ms: Option<f64>,
    rss_before_mib: f64,
    rss_after_mib: f64,
}

/// The projects that the packages are installed into.
const PROJECTS: [&str; 2] = ["bench-python", "bench-node"];

/// Builds the packages as they are published and installs them; and this very program in the same way, which
/// then measures.
pub(super) fn run(args: &[String]) -> Result<()> {
    Amount::try_parse_from(args)?;
    let (build, target, files) = package::published()?;
    let [python, node] = PROJECTS;
    trial::python_project(python, &files)?;
    let node = trial::node_project(node, &files)?;
    // Where it is, it finds the packages.
    std::fs::copy(
        root().join("bindings/node/benches/faces.mjs"),
        node.join("faces.mjs"),
    )?;
    let mut xtask = cargo();
    xtask.args([
        "build",
        "--quiet",
        "--package",
        "xtask",
        "--profile",
        "release",
    ]);
    build.aim(&mut xtask, target)?;
    step_run("build what measures Rust", &mut xtask)?;
    let mut measure = Command::new(build.folder(target).join("xtask"));
    measure.args(["bench", "faces", "--"]).args(args);
    step_run("measure the faces", measure.env(super::MEASURING, "1"))
}

/// Measures Rust, Python and Node one after the other, and prints them side by side.
pub(super) fn measure(args: &[String]) -> Result<()> {
    let amount = Amount::try_parse_from(args)?;
    let [python, node] = PROJECTS.map(trial::folder);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let (call, per_second) = runtime.block_on(rust(&amount))?;
    let mut of_python = Command::new(python_of(&python.join("venv")));
    of_python.arg(root().join("bindings/python/benches/faces.py"));
    let of_python = face(&mut of_python, &amount)?;
    let mut of_node = Command::new("node");
    of_node.arg(node.join("faces.mjs"));
    let of_node = face(&mut of_node, &amount)?;

    let Amount {
        calls,
        judgings,
        leaks,
    } = amount;
    println!("\n{calls} calls, {judgings} judgings ({AT_ONCE} at once), {leaks} for memory");
    println!("rust    call {call:8.2} µs   judged {per_second:8.1} / s");
    for (name, of) in [("python", &of_python), ("node", &of_node)] {
        let share = 100.0 * of.judged_per_second / per_second;
        println!(
            "{name:7} call {:8.2} µs   judged {:8.1} / s ({share:.0} % of Rust)   memory {:.1} -> {:.1} MiB",
            of.call_us, of.judged_per_second, of.rss_before_mib, of.rss_after_mib
        );
        if let Some(awaited) = of.awaited_call_us {
            println!("        awaited call {awaited:.2} µs");
        }
        if let (Some(lag), Some(longest)) = (of.lag_ms, of.longest_lag_ms) {
            println!("        event loop late by {lag:.2} ms (99 %), {longest:.2} ms at most");
        }
    }
    Ok(())
}

fn face(program: &mut Command, amount: &Amount) -> Result<Measured> {
    let numbers = [amount.calls, amount.judgings, amount.leaks];
    program
        .arg(root().join(CASE))
        .args(numbers.map(|number| number.to_string()));
    let said = output(program)?;
    serde_json::from_str(&said).with_context(|| format!("a face said {said}"))
}

/// The microseconds of a call, and the judgings in a second.
async fn rust(amount: &Amount) -> Result<(f64, f64)> {
    let sandbox: Arc<dyn Sandbox> = Arc::new(Runner::builder().queue(AT_ONCE).build()?);
    let engine = Engine::new(
        Arc::new(MemoryStore::new()),
        Arc::clone(&sandbox),
        Arc::new(SystemClock),
        Arc::new(RandomIds),
    );
    let (host, ada) = (Actor::service(), UserId::new("ada")?);
    let mut times = Vec::with_capacity(amount.calls);
    for _ in 0..amount.calls {
        let began = Instant::now();
        engine.wallet(&host, &ada).await?;
        times.push(began.elapsed());
    }
    let call = super::median(&mut times) * 1e3;
    let case = std::fs::read(Path::new(&root()).join(CASE))?;
    let case: Arc<Case> = Arc::new(serde_json::from_slice(&case)?);
    judged(&sandbox, &case, AT_ONCE).await?;
    let took = judged(&sandbox, &case, amount.judgings).await?;
    let judgings = u32::try_from(amount.judgings)?;
    Ok((call, f64::from(judgings) / took.as_secs_f64()))
}

/// Judges so many times, 64 at once; gives how long it took.
async fn judged(sandbox: &Arc<dyn Sandbox>, case: &Arc<Case>, judgings: usize) -> Result<Duration> {
    let left = Arc::new(AtomicUsize::new(judgings));
    let began = Instant::now();
    let workers = (0..AT_ONCE).map(|_| {
        let (sandbox, case, left) = (Arc::clone(sandbox), Arc::clone(case), Arc::clone(&left));
        tokio::spawn(async move {
            let one_less = |left: usize| left.checked_sub(1);
            while left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less)
                .is_ok()
            {
                let (program, scheme) = (case.program(), case.scheme());
                let report =
                    judge_program(&*sandbox, &program, &case.limits, scheme, &case.args).await?;
                ensure!(report.verdict.is_passed(), "{}", report.verdict);
            }
            Ok(())
        })
    });
    for worker in join_all(workers).await {
        worker??;
    }
    Ok(began.elapsed())
}
