use std::sync::LazyLock;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use polycode_core::id::LanguageId;
use polycode_core::judging::{Ending, FileName, Limits, Observation, Program};
use polycode_core::port::{Executable, Prepared, Run, Sandbox as _, Uses};
use polycode_core::quantity::{ByteCount, Fuel};
use polycode_runner::Runner;
use tokio::runtime::{Builder, Runtime};

static RUNNER: LazyLock<Runner> = LazyLock::new(|| {
    let runner = Runner::builder().workers(1).build();
    runner.expect("the sandbox can start")
});
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().build().expect("a runtime"));

const FUEL: Fuel = Fuel(10_000_000);
const LIMITS: Limits = Limits {
    time_ms: 1,
    fuel: Some(FUEL),
    memory_bytes: ByteCount(16 << 20),
    output_bytes: ByteCount(64 << 10),
    file_bytes: ByteCount(64 << 10),
    file_count: 20,
};

/// A module that is given as a program: it is refused in words, or runs within its limits, and twice
/// the same to the unit of fuel. Whatever it does is its own failure, and never an error of ours.
pub fn module(wasm: &[u8]) {
    let program = Program {
        language: LanguageId::new("wasm").expect("a name"),
        files: [(name("main.wasm"), BASE64_STANDARD.encode(wasm))].into(),
        entry: None,
    };
    if !program.problems("program").is_empty() {
        return;
    }
    let prepared = RUNTIME.block_on(RUNNER.prepare(&program, &LIMITS, &Uses::whole()));
    match prepared.expect("a module is refused in words") {
        Prepared::Rejected { diagnostics } => {
            assert!(!diagnostics.trim().is_empty());
            assert!(diagnostics.len() <= 64 << 10, "{} bytes", diagnostics.len());
        }
        Prepared::Ready(executable) => {
            let first = run(&*executable);
            assert_eq!(run(&*executable), first);
            assert_ne!(first.ending, Ending::HostGuard);
            assert!(first.fuel <= FUEL);
            assert!(first.peak_memory <= LIMITS.memory_bytes);
            let written = first.stdout.len() + first.stderr.len();
            assert!(written as u64 <= LIMITS.output_bytes.0);
            let kept: usize = first.files.values().map(Vec::len).sum();
            assert!(kept as u64 <= LIMITS.file_bytes.0);
        }
    }
}

fn run(executable: &dyn Executable) -> Observation {
    let run = Run {
        stdin: b"some input\n".to_vec(),
        args: vec!["argument".to_owned()],
        files: [(name("data.txt"), b"some data\n".to_vec())].into(),
        collect: vec![name("data.txt"), name("out.txt")],
        ..Run::default()
    };
    let seen = RUNTIME.block_on(executable.run(run));
    Observation {
        // The time on the wall is never the same.
        wall_us: 0,
        ..seen.expect("a run has an end of its own")
    }
}

fn name(text: &str) -> FileName {
    FileName::new(text).expect("a name")
}
