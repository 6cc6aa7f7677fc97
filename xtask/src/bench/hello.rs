//! A warm hello, each run isolated, beside the native interpreter in a sandbox of processes.

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use polycode_core::id::LanguageId;
use polycode_core::judging::{Ending, FileName, Limits, Program};
use polycode_core::port::{Executable, Prepared, Run, Sandbox, Uses};
use polycode_runner::Runner;

use crate::bench::median;
use crate::step;

/// How many turns each thing that is measured gets.
const TURNS: u32 = 10;

/// How often a thing is measured in its turn, after one run that is not.
const RUNS_A_TURN: u32 = 20;

/// A language, its hello, and the native way to run it.
pub(super) struct Hello {
    pub(super) language: &'static str,
    file: &'static str,
    source: &'static str,
    native: [&'static str; 3],
    /// Prints where the interpreter itself is, past any wrapper on the path.
    itself: &'static str,
}

pub(super) const HELLOS: [Hello; 2] = [
    Hello {
        language: "python",
        file: "main.py",
        source: "print(1)",
        native: ["python3", "-c", "print(1)"],
        itself: "import sys; print(sys.executable)",
    },
    Hello {
        language: "javascript",
        file: "main.js",
        source: "console.log(1)",
        native: ["node", "-e", "console.log(1)"],
        itself: "console.log(process.execPath)",
    },
];

/// One program at a time, beside the native one.
pub(super) fn measure() -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let runner: Arc<dyn Sandbox> = Arc::new(Runner::builder().build()?);
    let mut table = String::new();
    for hello in &HELLOS {
        let executable = runtime.block_on(prepare(&*runner, hello))?;
        let [interpreter, flag, source] = hello.native;
        let interpreter = step::output(Command::new(interpreter).args([flag, hello.itself]))?;
        let native_args = [interpreter.as_str(), flag, source];
        let once = || runtime.block_on(run_once(&*executable));
        let submission = || {
            let executable = runtime.block_on(prepare(&*runner, hello))?;
            runtime.block_on(run_once(&*executable))
        };
        // In turns of some of each, so that a change of the machine's mood hits all alike and each
        // finds the processor's caches as its own last run left them.
        let mut ours = Vec::new();
        let mut whole = Vec::new();
        let mut native = Vec::new();
        for _ in 0..TURNS {
            measure_turn(&mut ours, &once)?;
            measure_turn(&mut whole, &submission)?;
            measure_turn(&mut native, || run_native(native_args))?;
        }
        let (ours, whole, native) = (median(&mut ours), median(&mut whole), median(&mut native));
        writeln!(
            table,
            "{:<12} {:>12.3} {:>16.3} {:>16.2} {:>9.0} ×",
            hello.language,
            ours,
            whole,
            native,
            native / ours
        )?;
    }
    println!(
        "\nmedians of {} runs in ms, in turns of {RUNS_A_TURN}, in one run of this command\n",
        TURNS * RUNS_A_TURN
    );
    println!(
        "{:<12} {:>12} {:>16} {:>16} {:>11}",
        "print(1)", "PolyCode", "with prepare", "bwrap + native", "ratio"
    );
    print!("{table}");
    Ok(())
}

/// One turn: a run that warms up, then those that count.
fn measure_turn(times: &mut Vec<Duration>, mut work: impl FnMut() -> Result<()>) -> Result<()> {
    timed(&mut work)?;
    for _ in 0..RUNS_A_TURN {
        times.push(timed(&mut work)?);
    }
    Ok(())
}

pub(super) async fn prepare(runner: &dyn Sandbox, hello: &Hello) -> Result<Box<dyn Executable>> {
    let program = Program {
        language: LanguageId::new(hello.language)?,
        files: [(FileName::new(hello.file)?, hello.source.to_owned())].into(),
        entry: None,
    };
    match runner
        .prepare(&program, &Limits::default(), &Uses::whole())
        .await?
    {
        Prepared::Ready(executable) => Ok(executable),
        Prepared::Rejected { diagnostics } => anyhow::bail!("{diagnostics}"),
    }
}

pub(super) async fn run_once(executable: &dyn Executable) -> Result<()> {
    let seen = executable.run(Run::default()).await?;
    let is_right = seen.ending == Ending::Exited { code: 0 } && seen.stdout == b"1\n";
    ensure!(is_right, "an unexpected run: {seen:?}");
    Ok(())
}

/// The native interpreter in the usual sandbox of processes, with the same isolation asked for.
fn run_native(command: [&str; 3]) -> Result<()> {
    let mut sandbox = Command::new("bwrap");
    sandbox.args([
        "--ro-bind",
        "/",
        "/",
        "--proc",
        "/proc",
        "--dev",
        "/dev",
        "--tmpfs",
        "/tmp",
    ]);
    sandbox
        .args(["--unshare-all", "--die-with-parent", "--"])
        .args(command);
    let output = sandbox.stdin(Stdio::null()).output().context("bwrap")?;
    ensure!(
        output.stdout == b"1\n",
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

fn timed(work: impl FnOnce() -> Result<()>) -> Result<Duration> {
    let began = Instant::now();
    work()?;
    Ok(began.elapsed())
}
