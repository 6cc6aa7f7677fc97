//! What the Python and the Node face add to Rust: to a call, and to many judgings at once.

use std::process::Command;

use anyhow::{Context, Result};
use clap::Parser;
use serde::Deserialize;

use crate::package::{self, trial};
use crate::step::{cargo, output, root, run as step_run};
use crate::test::faces::python_of;

const AT_ONCE: usize = 64;
/// What is judged: in each language the shortest program there is, run once, and a function that is called
/// eight times, as in an exercise with eight tests.
const CASES: [(&str, &str); 4] = [
    (
        "JavaScript",
        "conformance/judging/exit/exit-0-javascript.json",
    ),
    ("Python", "conformance/judging/exit/exit-0-python.json"),
    (
        "JavaScript, eight tests",
        "conformance/judging/function/every-kind-of-value-javascript.json",
    ),
    (
        "Python, eight tests",
        "conformance/judging/function/every-kind-of-value-python.json",
    ),
];

/// How much is measured.
#[derive(Debug, Parser)]
#[command(name = "bench faces", no_binary_name = true)]
struct Amount {
    /// Calls that do next to nothing.
    #[arg(long, default_value_t = 20_000)]
    calls: usize,
    /// Judgings, 64 at once.
    #[arg(long, default_value_t = 6_000)]
    judgings: usize,
    /// Judgings over which memory is watched.
    #[arg(long, default_value_t = 10_000)]
    leaks: usize,
    /// How often all of them are measured, in turns; of each figure the middle one is told.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
}

/// What a program measured of itself.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Measured {
    call_us: f64,
    #[serde(default)]
    awaited_call_us: Option<f64>,
    judged_per_second: [f64; CASES.len()],
    #[serde(default)]
    lag_ms: Option<f64>,
    #[serde(default)]
    longest_lag_ms: Option<f64>,
    rss_before_mib: f64,
    rss_after_mib: f64,
}

/// Builds the packages as they are published and installs them, and what does the same in Rust from the same
/// crates; has them measure in turns, and prints them side by side.
pub(super) fn run(args: &[String]) -> Result<()> {
    let amount = Amount::try_parse_from(args)?;
    crate::test::install_runtimes(&["python"])?;
    let (build, target, files) = package::published()?;
    let python = trial::python_project("bench-python", &files)?;
    let node = trial::node_project("bench-node", &files)?;
    // Where it is, it finds the packages.
    let of_node = node.join("faces.mjs");
    std::fs::copy(root().join("bindings/node/benches/faces.mjs"), &of_node)?;
    let mut rust = cargo();
    rust.args(["build", "--quiet", "--profile", "release"]);
    rust.args(["--package", "polycode-bindings", "--example", "faces"]);
    build.aim(&mut rust, target)?;
    step_run("build what measures Rust", &mut rust)?;

    let rust = || Command::new(build.folder(target).join("examples/faces"));
    let python = || {
        let mut program = Command::new(python_of(&python.join("venv")));
        program.arg(root().join("bindings/python/benches/faces.py"));
        program
    };
    let node = || {
        let mut program = Command::new("node");
        program.arg(&of_node);
        program
    };
    let [mut of_rust, mut of_python, mut of_node] = [const { Vec::new() }; 3];
    println!("\n==> measure");
    for _ in 0..amount.rounds {
        of_rust.push(measured(rust(), &amount)?);
        of_python.push(measured(python(), &amount)?);
        of_node.push(measured(node(), &amount)?);
    }
    print(
        &amount,
        &of_rust,
        &[("python", of_python), ("node", of_node)],
    );
    Ok(())
}

fn measured(mut program: Command, amount: &Amount) -> Result<Measured> {
    let numbers = [amount.calls, amount.judgings, amount.leaks];
    program
        .args(numbers.map(|number| number.to_string()))
        .args(CASES.map(|(_, case)| root().join(case)));
    let said = output(&mut program)?;
    serde_json::from_str(&said).with_context(|| format!("a program said {said}"))
}

fn print(amount: &Amount, rust: &[Measured], faces: &[(&str, Vec<Measured>)]) {
    let Amount {
        calls,
        judgings,
        leaks,
        rounds,
    } = amount;
    println!(
        "\n{calls} calls, {judgings} judgings ({AT_ONCE} at once), {leaks} for memory; the middle one of \
         {rounds} rounds in turns\n"
    );
    let call = middle(rust, |of| Some(of.call_us));
    for (name, of) in [("rust", rust)].into_iter().chain(
        faces
            .iter()
            .map(|(name, measured)| (*name, measured.as_slice())),
    ) {
        println!(
            "{name:7} call {:6.2} µs (+ {:.2})   memory {:.1} -> {:.1} MiB",
            middle(of, |of| Some(of.call_us)),
            middle(of, |of| Some(of.call_us)) - call,
            middle(of, |of| Some(of.rss_before_mib)),
            middle(of, |of| Some(of.rss_after_mib)),
        );
        for (index, (language, _)) in CASES.iter().enumerate() {
            let per_second =
                |of: &[Measured]| middle(of, |of| of.judged_per_second.get(index).copied());
            let own = per_second(of);
            let share = 100.0 * own / per_second(rust);
            println!("        judged in {language} {own:.0} / s ({share:.0} % of Rust)");
        }
        let awaited = middle(of, |of| of.awaited_call_us);
        if awaited.is_finite() {
            println!("        awaited call {awaited:.2} µs");
        }
        let late = middle(of, |of| of.lag_ms);
        if late.is_finite() {
            let longest = middle(of, |of| of.longest_lag_ms);
            println!(
                "        event loop late by {late:.2} ms (999 of 1,000 looks), {longest:.2} ms at most"
            );
        }
    }
}

/// The middle one of a figure of some rounds; not a number where it is not measured.
fn middle(rounds: &[Measured], figure: impl Fn(&Measured) -> Option<f64>) -> f64 {
    let mut figures: Vec<_> = rounds.iter().filter_map(figure).collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}
