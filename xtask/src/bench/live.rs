//! Many instances that are alive at the same time: the memory they take.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use polycode_core::id::LanguageId;
use polycode_core::judging::{Ending, FileName, Limits, Program};
use polycode_core::port::{Executable, Prepared, Run, Sandbox, Uses};
use polycode_runner::Runner;
use tokio::task::JoinSet;

/// As many runs, each by a worker of its own.
const LIVE: usize = 1_000;

/// Takes long enough for all the others to begin meanwhile.
const SOURCE: &str =
    "total = 0\nfor number in range(400_000):\n    total += number\nprint(total)\n";

/// Prints the most memory that was in use while all were running.
pub(super) fn measure() -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let runner = Runner::builder().workers(LIVE).queue(LIVE).build()?;
    let most = runtime.block_on(async {
        let executable = Arc::from(prepare(&runner).await?);
        run(&executable).await?;
        let mut runs = JoinSet::new();
        for _ in 0..LIVE {
            let executable = Arc::clone(&executable);
            runs.spawn(async move { run(&executable).await });
        }
        let mut look = tokio::time::interval(Duration::from_millis(200));
        let mut most = 0;
        loop {
            tokio::select! {
                _ = look.tick() => most = most.max(own_mib()?),
                ended = runs.join_next() => match ended {
                    Some(ended) => ended??,
                    None => return anyhow::Ok(most),
                },
            }
        }
    })?;
    println!("\n{LIVE} instances of Python at once: {most} MiB of memory at most");
    Ok(())
}

async fn prepare(runner: &Runner) -> Result<Box<dyn Executable>> {
    let program = Program {
        language: LanguageId::new("python")?,
        files: [(FileName::new("main.py")?, SOURCE.to_owned())].into(),
        entry: None,
    };
    let limits = Limits {
        time_ms: 120_000,
        ..Limits::default()
    };
    match runner.prepare(&program, &limits, &Uses::whole()).await? {
        Prepared::Ready(executable) => Ok(executable),
        Prepared::Rejected { diagnostics } => anyhow::bail!("{diagnostics}"),
    }
}

async fn run(executable: &Arc<dyn Executable>) -> Result<()> {
    let seen = executable.run(Run::default()).await?;
    ensure!(
        seen.ending == Ending::Exited { code: 0 },
        "an unexpected run: {seen:?}"
    );
    Ok(())
}

/// The memory of this process, of which what several instances share is counted once, in MiB.
fn own_mib() -> Result<u64> {
    let status = fs::read_to_string("/proc/self/smaps_rollup")?;
    let line = status.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kib = line.and_then(|line| line.split_whitespace().next());
    Ok(kib.context("the system tells no Pss")?.parse::<u64>()? / 1024)
}
