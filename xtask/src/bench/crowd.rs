//! Many clients at once: what is judged in a second, how long each waits, and the memory it takes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use polycode_core::port::{Executable, Sandbox};
use polycode_runner::Runner;
use tokio::task::JoinSet;

use crate::bench::hello::{HELLOS, prepare, run_once};
use crate::bench::{quantile, resident_mib};

const CLIENTS: [u32; 4] = [1, 4, 16, 64];

/// Runs of all clients together.
const RUNS: u32 = 3_000;

/// Runs that wait at one time, to see what a queue of them takes.
const QUEUED: u16 = 10_000;

/// Prints a row for each language and number of clients.
pub(super) fn measure() -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let runner = Runner::builder().queue(QUEUED.into()).build()?;
    let runner: Arc<dyn Sandbox> = Arc::new(runner);
    println!("\n{RUNS} runs by so many clients at once, each client one after the other\n");
    println!(
        "{:<12} {:>8} {:>12} {:>10} {:>10}",
        "hello", "clients", "runs / s", "p50 ms", "p99 ms"
    );
    for hello in &HELLOS {
        let executable = runtime.block_on(prepare(&*runner, hello))?;
        let executable: Arc<dyn Executable> = Arc::from(executable);
        for clients in CLIENTS {
            let began = Instant::now();
            let mut waits = runtime.block_on(crowd(&executable, clients, RUNS / clients))?;
            let each_second = f64::from(RUNS) / began.elapsed().as_secs_f64();
            let (half, most) = (quantile(&mut waits, 50), quantile(&mut waits, 99));
            let language = hello.language;
            println!("{language:<12} {clients:>8} {each_second:>12.0} {half:>10.2} {most:>10.2}");
        }
        let before = resident_mib("self")?;
        let mut all = runtime.block_on(crowd(&executable, QUEUED.into(), 1))?;
        let after = resident_mib("self")?;
        let last = quantile(&mut all, 100);
        println!(
            "{:<12} {QUEUED:>8} at once: the last after {last:.0} ms; {before} MiB of memory before, {after} MiB after",
            hello.language
        );
    }
    Ok(())
}

/// The times that each run took, its wait included.
async fn crowd(executable: &Arc<dyn Executable>, clients: u32, runs: u32) -> Result<Vec<Duration>> {
    let mut crowd = JoinSet::new();
    for _ in 0..clients {
        let executable = Arc::clone(executable);
        crowd.spawn(async move {
            let mut waits = Vec::new();
            for _ in 0..runs {
                let began = Instant::now();
                run_once(&*executable).await?;
                waits.push(began.elapsed());
            }
            anyhow::Ok(waits)
        });
    }
    let waits = crowd
        .join_all()
        .await
        .into_iter()
        .collect::<Result<Vec<_>>>()?;
    Ok(waits.concat())
}
