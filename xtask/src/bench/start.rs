//! From the start of a process to its first verdict, everything cold but the system's page cache.

use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use polycode_core::port::Sandbox;
use polycode_runner::Runner;

use crate::bench::hello::{HELLOS, prepare, run_once};
use crate::bench::{MEASURING, median};

/// What tells a process to give one verdict and end.
pub(super) const FIRST: &str = "first";

/// Names the language of the verdict.
const LANGUAGE: &str = "POLYCODE_BENCH_LANGUAGE";

const PROCESSES: usize = 30;

/// Starts processes that each give one verdict.
pub(super) fn measure() -> Result<()> {
    println!(
        "\nmedians of {PROCESSES} processes in ms, from their start to their end with one verdict\n"
    );
    for hello in &HELLOS {
        let mut times = Vec::with_capacity(PROCESSES);
        for _ in 0..=PROCESSES {
            times.push(one_process(hello.language)?);
        }
        times.remove(0);
        println!("{:<12} {:>12.1}", hello.language, median(&mut times));
    }
    Ok(())
}

fn one_process(language: &str) -> Result<Duration> {
    let began = Instant::now();
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg("bench")
        .env(MEASURING, FIRST)
        .env(LANGUAGE, language);
    let status = command.status()?;
    ensure!(status.success(), "a process that was measured failed");
    Ok(began.elapsed())
}

/// Gives one verdict.
pub(super) fn first() -> Result<()> {
    let language = std::env::var(LANGUAGE)?;
    let mut hellos = HELLOS.iter();
    let hello = hellos.find(|hello| hello.language == language);
    let hello = hello.with_context(|| format!("there is no hello in {language}"))?;
    let runner: Arc<dyn Sandbox> = Arc::new(Runner::builder().build()?);
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    runtime.block_on(async { run_once(&*prepare(&*runner, hello).await?).await })
}
