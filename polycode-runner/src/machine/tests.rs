use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use polycode_core::judging::{Ending, FileName};
use wasmtime::{Engine, Module};

mod starts;

use super::*;
use crate::cancel::Cancel;
use crate::engine::new_engine;
use crate::files::Quota;

const FUEL_PER_MS: u64 = 1_000;
/// What the monotonic clock says at a run's start: the hour since the snapshot.
const MONOTONIC_START: u64 = 3_600_000_000_000;

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| new_engine(8).unwrap())
}

/// A command with one page of memory and the usual imports, made of the text of its body.
fn command(body: &str) -> Template {
    let text = format!(
        r#"(module
            (import "wasi_snapshot_preview1" "fd_write"
                (func $fd_write (param i32 i32 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "fd_read"
                (func $fd_read (param i32 i32 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
            (import "wasi_snapshot_preview1" "poll_oneoff"
                (func $poll (param i32 i32 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "clock_time_get"
                (func $clock (param i32 i64 i32) (result i32)))
            (import "wasi_snapshot_preview1" "random_get"
                (func $random (param i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "path_open" (func $open
                (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
            (memory (export "memory") 1)
            (func $say (param $fd i32) (param $at i32) (param $len i32)
                (i32.store (i32.const 60000) (local.get $at))
                (i32.store (i32.const 60004) (local.get $len))
                (drop (call $fd_write (local.get $fd) (i32.const 60000) (i32.const 1)
                    (i32.const 60008))))
            {body})"#
    );
    template(&text, Start::Command)
}

fn template(text: &str, start: Start) -> Template {
    let module = Module::new(engine(), wat::parse_str(text).unwrap()).unwrap();
    Template::new(engine(), &module, start, FUEL_PER_MS, Vec::new(), &[]).unwrap()
}

fn job() -> Job {
    Job {
        args: vec!["main".to_owned()],
        stdin: b"hello".to_vec(),
        line: None,
        files: Vec::new(),
        request: b"{}".to_vec(),
        collect: Vec::new(),
        fuel: 1_000_000,
        memory: 1 << 20,
        output: 100,
        quota: Quota {
            bytes: 1000,
            nodes: 10,
            answer_bytes: 100,
        },
        cancel: Cancel::default(),
    }
}

fn run(template: &Template, job: Job) -> Outcome {
    template.run(job).unwrap()
}

fn ending(body: &str) -> Ending {
    run(&command(body), job()).ending
}

const LOOP: &str = r#"(func (export "_start") (loop (br 0)))"#;

#[test]
fn a_program_runs_and_says_something() {
    let body = r#"(data (i32.const 0) "hi\n")
        (func (export "_start") (call $say (i32.const 1) (i32.const 0) (i32.const 3)))"#;
    let outcome = run(&command(body), job());
    assert_eq!(outcome.ending, Ending::Exited { code: 0 });
    assert_eq!(outcome.stdout, b"hi\n");
    assert_eq!(outcome.peak_memory, 65536);
    assert!(
        outcome.fuel > 200 && outcome.fuel < 1_000,
        "{}",
        outcome.fuel
    );
}

#[test]
fn exit_codes_are_kept_as_they_are() {
    for code in [0, 3, 126, 255, 256, -1] {
        let body = format!(r#"(func (export "_start") (call $exit (i32.const {code})))"#);
        assert_eq!(ending(&body), Ending::Exited { code });
    }
}

#[test]
fn an_endless_loop_uses_up_its_fuel_and_no_more() {
    let outcome = run(&command(LOOP), job());
    assert_eq!(outcome.ending, Ending::TimeExhausted);
    assert_eq!(outcome.fuel, 1_000_000);
}

#[test]
fn an_endless_start_section_is_stopped_too() {
    let body = r#"(func $forever (loop (br 0))) (start $forever) (func (export "_start"))"#;
    assert_eq!(ending(body), Ending::TimeExhausted);
}

#[test]
fn bulk_operations_cost_by_their_size() {
    let body = r#"(func (export "_start") (loop
        (memory.fill (i32.const 0) (i32.const 1) (i32.const 60000)) (br 0)))"#;
    let outcome = run(&command(body), job());
    assert_eq!(outcome.ending, Ending::TimeExhausted);
    let once = r#"(func (export "_start")
        (memory.fill (i32.const 0) (i32.const 1) (i32.const 60000)))"#;
    assert!(run(&command(once), job()).fuel >= 60_000);
}

#[test]
fn memory_beyond_the_limit_is_refused_and_remembered() {
    let crash = r#"(func (export "_start")
        (if (i32.eq (memory.grow (i32.const 100)) (i32.const -1)) (then unreachable)))"#;
    let outcome = run(&command(crash), job());
    assert_eq!(outcome.ending, Ending::MemoryExhausted);
    assert_eq!(outcome.peak_memory, 65536);
    let exit = r#"(func (export "_start")
        (drop (memory.grow (i32.const 65535))) (call $exit (i32.const 1)))"#;
    let job_of_many_pages = Job {
        fuel: 100_000_000,
        ..job()
    };
    assert_eq!(
        run(&command(exit), job_of_many_pages).ending,
        Ending::MemoryExhausted
    );
    let cope = r#"(func (export "_start") (drop (memory.grow (i32.const 100))))"#;
    assert_eq!(ending(cope), Ending::Exited { code: 0 });
    let fits = r#"(func (export "_start")
        (drop (memory.grow (i32.const 15))) (call $exit (i32.const 1)))"#;
    let outcome = run(&command(fits), job());
    assert_eq!(outcome.ending, Ending::Exited { code: 1 });
    assert_eq!(outcome.peak_memory, 1 << 20);
}

#[test]
fn a_runtime_larger_than_the_limit_is_not_even_started() {
    let text = r#"(module (memory (export "memory") 17) (func (export "_start")))"#;
    assert_eq!(
        run(&template(text, Start::Command), job()).ending,
        Ending::MemoryExhausted
    );
    let table = r#"(module (memory 1) (table 99999 funcref) (func (export "_start")))"#;
    let job = Job {
        memory: 100_000,
        ..job()
    };
    assert_eq!(
        run(&template(table, Start::Command), job).ending,
        Ending::MemoryExhausted
    );
}

#[test]
fn output_is_kept_up_to_its_limit() {
    let flood = r#"(func (export "_start") (loop
        (call $say (i32.const 1) (i32.const 0) (i32.const 30))
        (call $say (i32.const 2) (i32.const 0) (i32.const 30)) (br 0)))"#;
    let outcome = run(&command(flood), job());
    assert_eq!(outcome.ending, Ending::OutputExhausted);
    assert_eq!((outcome.stdout.len(), outcome.stderr.len()), (60, 40));
    let nothing = r#"(func (export "_start") (loop
        (call $say (i32.const 1) (i32.const 0) (i32.const 0)) (br 0)))"#;
    assert_eq!(ending(nothing), Ending::TimeExhausted);
}

#[test]
fn what_was_said_before_a_trap_is_kept() {
    let body = r#"(data (i32.const 0) "so far")
        (func (export "_start")
            (call $say (i32.const 1) (i32.const 0) (i32.const 6)) unreachable)"#;
    let outcome = run(&command(body), job());
    assert_eq!(
        outcome.ending,
        Ending::Trapped {
            reason: "the program aborted".to_owned()
        }
    );
    assert_eq!(outcome.stdout, b"so far");
}

#[test]
fn every_trap_is_told_in_plain_words() {
    let cases = [
        ("(func $f (call $f))", "(call $f)", "the stack is used up"),
        (
            "",
            "(drop (i32.load (i32.const 65536)))",
            "memory was used outside of its bounds",
        ),
        (
            "",
            "(drop (i32.div_s (i32.const 1) (i32.const 0)))",
            "an integer was divided by zero",
        ),
        (
            "(table 1 funcref) (type $t (func))",
            "(call_indirect (type $t) (i32.const 0))",
            "a function was called that is not there",
        ),
        ("(tag $t)", "(throw $t)", "an exception was not caught"),
    ];
    for (items, code, reason) in cases {
        let body = format!(r#"{items} (func (export "_start") {code})"#);
        let job = Job {
            fuel: 100_000_000,
            memory: 2 << 20,
            ..job()
        };
        let outcome = run(&command(&body), job);
        assert_eq!(
            outcome.ending,
            Ending::Trapped {
                reason: reason.to_owned()
            }
        );
    }
}

#[test]
fn sleeping_is_paid_for_and_takes_no_time() {
    let sleep = |ns: u64| {
        format!(
            r#"(func (export "_start")
                (i64.store (i32.const 24) (i64.const {ns}))
                (drop (call $poll (i32.const 0) (i32.const 100) (i32.const 1) (i32.const 200)))
                (drop (call $clock (i32.const 1) (i64.const 0) (i32.const 300)))
                (call $say (i32.const 1) (i32.const 300) (i32.const 8)))"#
        )
    };
    let outcome = run(&command(&sleep(500_000_000)), job());
    assert_eq!(outcome.ending, Ending::Exited { code: 0 });
    let woke = u64::from_le_bytes(outcome.stdout.try_into().unwrap());
    assert!(
        (MONOTONIC_START + 500_000_000..MONOTONIC_START + 510_000_000).contains(&woke),
        "{woke}"
    );
    assert!(outcome.fuel >= 500_000 && outcome.fuel < 510_000);
    let years = 292 * 365 * 24 * 3600 * 1_000_000_000;
    let outcome = run(&command(&sleep(years)), job());
    assert_eq!(
        (outcome.ending, outcome.fuel),
        (Ending::TimeExhausted, 1_000_000)
    );
}

#[test]
fn a_run_that_is_cancelled_stops() {
    let cancel = Cancel::default();
    let job = Job {
        fuel: u64::MAX >> 1,
        cancel: cancel.clone(),
        ..job()
    };
    let template = command(LOOP);
    let started = AtomicBool::new(false);
    let result = std::thread::scope(|scope| {
        let run = scope.spawn(|| {
            started.store(true, Ordering::Release);
            template.run(job)
        });
        while !started.load(Ordering::Acquire) {
            std::thread::yield_now();
        }
        cancel.cancel();
        run.join().unwrap()
    });
    assert!(matches!(result, Err(RunError::Cancelled)), "{result:?}");
}

#[test]
fn the_guard_stops_what_fuel_does_not() {
    // A calibration that is wildly wrong makes fuel last far longer than it should.
    let template = Template {
        fuel_per_ms: u64::MAX,
        ..command(LOOP)
    };
    let outcome = run(
        &template,
        Job {
            fuel: u64::MAX >> 1,
            ..job()
        },
    );
    assert_eq!(outcome.ending, Ending::HostGuard);
}

#[test]
fn runs_are_alike_to_the_last_unit_of_fuel() {
    let body = r#"(func (export "_start") (local $n i32)
        (loop
            (drop (call $random (i32.const 0) (i32.const 16)))
            (call $say (i32.const 1) (i32.const 0) (i32.const 2))
            (local.set $n (i32.add (local.get $n) (i32.const 1)))
            (br_if 0 (i32.lt_u (local.get $n) (i32.const 20)))))"#;
    let template = command(body);
    let first = run(&template, job());
    assert_eq!(first.stdout.len(), 40);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..25 {
                    assert_eq!(template.run(job()).unwrap(), first);
                }
            });
        }
    });
}

#[test]
fn memory_is_clean_in_every_run() {
    let body = r#"(func (export "_start")
        (call $say (i32.const 1) (i32.const 1000) (i32.const 4))
        (i32.store (i32.const 1000) (i32.const 0x21212121)))"#;
    let template = command(body);
    for _ in 0..20 {
        assert_eq!(run(&template, job()).stdout, [0; 4]);
    }
}

#[test]
fn files_left_behind_are_collected() {
    let body = r#"(data (i32.const 0) "out.txt") (data (i32.const 100) "result")
        (func (export "_start")
            (drop (call $open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 7)
                (i32.const 1) (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 200)))
            (call $say (i32.load (i32.const 200)) (i32.const 100) (i32.const 6)))"#;
    let name = |text: &str| FileName::new(text).unwrap();
    let files = vec![(name("in.txt"), b"given".as_slice().into())];
    let collect = vec![name("out.txt"), name("in.txt"), name("none.txt")];
    let outcome = run(
        &command(body),
        Job {
            files,
            collect,
            ..job()
        },
    );
    assert_eq!(outcome.files.len(), 2);
    assert_eq!(outcome.files[&name("out.txt")], b"result");
    assert_eq!(outcome.files[&name("in.txt")], b"given");
}

#[test]
fn too_many_or_too_large_files_end_the_run() {
    let make = r#"(data (i32.const 0) "a")
        (func (export "_start") (local $n i32) (loop
            (i32.store8 (i32.const 0) (i32.add (i32.const 97) (local.get $n)))
            (drop (call $open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 1)
                (i32.const 1) (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 200)))
            (local.set $n (i32.add (local.get $n) (i32.const 1)))
            (br 0)))"#;
    assert_eq!(ending(make), Ending::FilesExhausted);
    let fill = r#"(data (i32.const 0) "a")
        (func (export "_start")
            (drop (call $open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 1)
                (i32.const 1) (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 200)))
            (loop
                (call $say (i32.load (i32.const 200)) (i32.const 0) (i32.const 300)) (br 0)))"#;
    assert_eq!(ending(fill), Ending::FilesExhausted);
}

#[test]
fn what_is_not_offered_is_named() {
    for (text, import) in [
        (
            r#"(module (import "env" "system" (func (param i32))))"#,
            "env.system",
        ),
        (
            r#"(module (import "wasi_snapshot_preview1" "m" (memory 1)))"#,
            "wasi_snapshot_preview1.m",
        ),
    ] {
        let module = Module::new(engine(), wat::parse_str(text).unwrap()).unwrap();
        let made = Template::new(engine(), &module, Start::Command, 1, Vec::new(), &[]);
        let message = made.unwrap_err().to_string();
        assert_eq!(
            message,
            format!("it imports `{import}`, which the sandbox does not offer")
        );
    }
    let stubbed = r#"(module (import "host" "call" (func $call (param i32) (result i32)))
        (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
        (memory (export "memory") 1)
        (func (export "_start") (call $exit (call $call (i32.const 5)))))"#;
    let module = Module::new(engine(), wat::parse_str(stubbed).unwrap()).unwrap();
    let stubs = [Stub {
        module: "host".to_owned(),
        name: Some("call".to_owned()),
    }];
    let made = Template::new(engine(), &module, Start::Command, 1000, Vec::new(), &stubs).unwrap();
    assert_eq!(run(&made, job()).ending, Ending::Exited { code: -1 });
}

#[test]
fn a_run_without_a_memory_or_a_start_is_our_failure_or_harmless() {
    let text = r#"(module (func (export "main")))"#;
    let error = template(text, Start::Command).run(job()).unwrap_err();
    assert!(matches!(error, RunError::Runtime("_start")), "{error}");
    let blind = r#"(module
        (import "wasi_snapshot_preview1" "random_get" (func $r (param i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
        (func (export "_start") (call $exit (call $r (i32.const 0) (i32.const 9)))))"#;
    let outcome = run(&template(blind, Start::Command), job());
    assert_eq!(outcome.ending, Ending::Exited { code: 21 });
}
