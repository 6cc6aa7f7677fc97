//! What the faces are compared with: a call of the engine, and judgings 64 at once, in Rust alone. Prints one
//! JSON object, as `benches/faces` of the faces do. Run by `cargo xtask bench faces`.
#![expect(clippy::print_stdout, reason = "it prints what it measured")]

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use polycode_core::Engine;
use polycode_core::engine::judge_program;
use polycode_core::id::UserId;
use polycode_core::judging::Case;
use polycode_core::permission::Actor;
use polycode_core::port::Sandbox;
use polycode_runner::Runner;
use polycode_store::{MemoryStore, RandomIds, SystemClock};
use serde_json::json;
use tokio::task::JoinSet;

const AT_ONCE: usize = 64;

type Failed = Box<dyn Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failed> {
    let mut arguments = std::env::args().skip(1);
    let mut number = || -> Result<usize, Failed> {
        let text = arguments.next().ok_or("a number is missing")?;
        Ok(text.parse()?)
    };
    let (calls, judgings, leaks) = (number()?, number()?, number()?);
    let mut cases = Vec::new();
    for file in arguments {
        cases.push(Arc::new(serde_json::from_slice(&std::fs::read(file)?)?));
    }

    let sandbox: Arc<dyn Sandbox> = Arc::new(Runner::builder().queue(AT_ONCE).build()?);
    let call_us = call_us(&sandbox, calls).await?;
    let mut per_second = Vec::new();
    for case in &cases {
        judged(&sandbox, case, AT_ONCE).await?;
        let took = judged(&sandbox, case, judgings).await?;
        per_second.push(f64::from(u32::try_from(judgings)?) / took.as_secs_f64());
    }
    let case = cases.first().ok_or("a case is missing")?;
    judged(&sandbox, case, leaks / 10).await?;
    let before = rss_mib()?;
    judged(&sandbox, case, leaks).await?;
    let measured = json!({
        "callUs": call_us,
        "judgedPerSecond": per_second,
        "rssBeforeMib": before,
        "rssAfterMib": rss_mib()?,
    });
    println!("{measured}");
    Ok(())
}

/// The microseconds of a call that does next to nothing: the middle one of many.
async fn call_us(sandbox: &Arc<dyn Sandbox>, calls: usize) -> Result<f64, Failed> {
    let engine = Engine::new(
        Arc::new(MemoryStore::new()),
        Arc::clone(sandbox),
        Arc::new(SystemClock),
        Arc::new(RandomIds),
    );
    let (host, ada) = (Actor::service(), UserId::new("ada")?);
    let mut times = Vec::with_capacity(calls);
    for _ in 0..calls {
        let began = Instant::now();
        engine.wallet(&host, &ada).await?;
        times.push(began.elapsed());
    }
    times.sort_unstable();
    let middle = times.get(calls / 2).ok_or("nothing was called")?;
    Ok(middle.as_secs_f64() * 1e6)
}

/// Judges so many times, 64 at once; gives how long it took.
async fn judged(
    sandbox: &Arc<dyn Sandbox>,
    case: &Arc<Case>,
    judgings: usize,
) -> Result<Duration, Failed> {
    let left = Arc::new(AtomicUsize::new(judgings));
    let began = Instant::now();
    let mut workers = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (sandbox, case, left) = (Arc::clone(sandbox), Arc::clone(case), Arc::clone(&left));
        workers.spawn(async move {
            let one_less = |left: usize| left.checked_sub(1);
            while left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less)
                .is_ok()
            {
                let (program, scheme) = (case.program(), case.scheme());
                let report =
                    judge_program(&*sandbox, &program, &case.limits, scheme, &case.args).await?;
                if !report.verdict.is_passed() {
                    return Err(report.verdict.to_string().into());
                }
            }
            Ok::<_, Failed>(())
        });
    }
    while let Some(worker) = workers.join_next().await {
        worker??;
    }
    Ok(began.elapsed())
}

fn rss_mib() -> Result<f64, Failed> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next());
    let kib: u32 = kib.ok_or("the system tells no VmRSS")?.parse()?;
    Ok(f64::from(kib) / 1024.0)
}
