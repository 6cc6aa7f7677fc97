//! Every limit, met by a JavaScript program that goes too far, and the next run unharmed.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that can't go on fails"
)]

use std::sync::LazyLock;

use polycode_core::id::LanguageId;
use polycode_core::judging::{Ending, FileName, Limits, Observation, Program};
use polycode_core::port::{Prepared, Run, Sandbox as _, Uses};
use polycode_core::quantity::ByteCount;
use polycode_runner::Runner;
use tokio::runtime::Runtime;

static RUNNER: LazyLock<Runner> = LazyLock::new(|| Runner::builder().workers(2).build().unwrap());
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

const LIMITS: Limits = Limits {
    time_ms: 500,
    fuel: None,
    memory_bytes: ByteCount(64 << 20),
    output_bytes: ByteCount(10_000),
    file_bytes: ByteCount(100_000),
    file_count: 20,
};

fn run_with(text: &str, limits: &Limits) -> Observation {
    let name = FileName::new("main.js").unwrap();
    let program = Program {
        language: LanguageId::new("javascript").unwrap(),
        files: [(name, text.to_owned())].into(),
        entry: None,
    };
    RUNTIME.block_on(async {
        match RUNNER
            .prepare(&program, limits, &Uses::whole())
            .await
            .unwrap()
        {
            Prepared::Ready(executable) => executable.run(Run::default()).await.unwrap(),
            Prepared::Rejected { diagnostics } => panic!("rejected: {diagnostics}"),
        }
    })
}

fn run(text: &str) -> Observation {
    run_with(text, &LIMITS)
}

/// Runs a program that goes too far, twice, and a good one after it.
fn ends(text: &str, ending: &Ending) -> Observation {
    let first = run(text);
    assert_eq!(
        first.ending,
        *ending,
        "{text}\n{}",
        String::from_utf8_lossy(&first.stderr)
    );
    let again = run(text);
    let alike = Observation {
        wall_us: first.wall_us,
        ..again
    };
    assert_eq!(alike, first, "{text}");
    let good = run("console.log('good')");
    assert_eq!(
        (good.ending, good.stdout),
        (Ending::Exited { code: 0 }, b"good\n".to_vec())
    );
    first
}

#[test]
fn endless_programs_use_up_their_time() {
    for text in [
        "for (;;) {}",
        "for (;;) { try { for (;;) {} } catch {} }",
        "/(a+)+$/.test('a'.repeat(40) + 'b')",
        "const f = () => { Promise.resolve().then(f); }; f()",
        "setInterval(() => {}, 1)",
        "let x = 3n; for (;;) x = x * x % (2n ** 4096n) + 1n",
        "new Array(1e4).fill(0).sort(() => { for (;;) {} })",
    ] {
        let observation = ends(text, &Ending::TimeExhausted);
        assert_eq!(observation.fuel, run(text).fuel);
    }
}

#[test]
fn output_so_far_is_kept_at_the_time_limit() {
    let observation = ends("console.log('so far'); for (;;) {}", &Ending::TimeExhausted);
    assert_eq!(observation.stdout, b"so far\n");
}

#[test]
fn long_sleeps_return_at_once() {
    let years = "setTimeout(() => console.log('late'), 2147483647)";
    let observation = ends(years, &Ending::TimeExhausted);
    assert_eq!(observation.stdout, b"");
    let short = run("const t = Date.now(); setTimeout(() => console.log(Date.now() - t), 100)");
    let slept: u32 = String::from_utf8(short.stdout)
        .unwrap()
        .trim()
        .parse()
        .unwrap();
    assert!((100..130).contains(&slept), "{slept}");
}

#[test]
fn hungry_programs_reach_their_memory_limit() {
    for text in [
        "const a = []; for (;;) a.push(new ArrayBuffer(1e6), { a })",
        "const map = new Map(); for (let i = 0; ; i++) map.set(i, new ArrayBuffer(1e5))",
        "const all = []; for (;;) all.push(new Uint8Array(1 << 20))",
    ] {
        let observation = ends(text, &Ending::MemoryExhausted);
        assert!(observation.peak_memory.0 <= 64 << 20);
    }
}

#[test]
fn floods_reach_the_output_limit_and_keep_what_fits() {
    let observation = ends("for (;;) console.log('flood')", &Ending::OutputExhausted);
    assert_eq!(observation.stdout.len(), 10_000);
    let both = "for (;;) { console.log('out'); console.error('err') }";
    let observation = ends(both, &Ending::OutputExhausted);
    assert_eq!(observation.stdout.len() + observation.stderr.len(), 10_000);
    let one = "process.stdout.write('x'.repeat(1000000))";
    assert_eq!(ends(one, &Ending::OutputExhausted).stdout.len(), 10_000);
    let swallowed = "for (;;) { try { console.log('flood') } catch {} }";
    ends(swallowed, &Ending::OutputExhausted);
}

#[test]
fn files_are_counted_and_measured() {
    let many = "const fs = require('fs'); for (let i = 0; ; i++) fs.writeFileSync('f' + i, '')";
    ends(many, &Ending::FilesExhausted);
    let large = "const fs = require('fs'); for (;;) fs.appendFileSync('f', 'x'.repeat(1000))";
    ends(large, &Ending::FilesExhausted);
    let folders = "const fs = require('fs'); for (let i = 0; ; i++) fs.mkdirSync('d' + i)";
    ends(folders, &Ending::FilesExhausted);
    let again = "const fs = require('fs');
        for (let i = 0; i < 200; i++) { fs.writeFileSync('f', 'x'); fs.unlinkSync('f') }";
    ends(again, &Ending::Exited { code: 0 });
}

#[test]
fn deep_recursion_is_an_error_that_can_be_caught() {
    let caught = "const f = n => f(n + 1) + 1;
        try { f(0) } catch (e) { console.log(e instanceof RangeError || e.name) }";
    let observation = ends(caught, &Ending::Exited { code: 0 });
    assert_eq!(String::from_utf8(observation.stdout).unwrap(), "true\n");
    ends(
        "const f = n => f(n + 1) + 1; f(0)",
        &Ending::Exited { code: 1 },
    );
}

#[test]
fn nothing_of_the_host_can_be_seen() {
    let host = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    for path in [
        "/etc/passwd",
        "../../../../etc/passwd",
        "/proc/self/environ",
        host,
    ] {
        let text = format!(
            "const fs = require('fs');
            try {{ console.log(fs.readFileSync({path:?}, 'utf8')) }} catch {{ console.log('no') }}"
        );
        assert_eq!(
            ends(&text, &Ending::Exited { code: 0 }).stdout,
            b"no\n",
            "{path}"
        );
    }
    let environment = run("console.log(Object.keys(process.env).length)");
    assert_eq!(environment.stdout, b"0\n");
}

#[test]
fn one_run_leaves_nothing_to_the_next() {
    let text = "const fs = require('fs');
        console.log(globalThis.seen, fs.existsSync('left'), fs.existsSync('/tmp/left'));
        globalThis.seen = 1; Array.prototype.left = 1;
        fs.writeFileSync('left', 'x'); fs.writeFileSync('/tmp/left', 'x')";
    for _ in 0..3 {
        assert_eq!(run(text).stdout, b"undefined false false\n");
    }
}

#[test]
fn a_run_is_the_same_each_time() {
    let text = "console.log(Math.random(), Date.now(), new Date().toString());
        console.log([3, 1, 2].sort(), Object.keys({ b: 1, a: 2 }))";
    let first = run(text);
    assert_eq!(first.ending, Ending::Exited { code: 0 });
    for _ in 0..100 {
        let next = run(text);
        assert_eq!(
            Observation {
                wall_us: first.wall_us,
                ..next
            },
            first
        );
    }
}

#[test]
fn exit_codes_are_the_programs_own() {
    for code in [0, 3, 255] {
        ends(&format!("process.exit({code})"), &Ending::Exited { code });
    }
}
