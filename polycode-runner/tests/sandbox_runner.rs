//! The runner as core's sandbox: what it takes, what it declines, and what dropping does. The
//! language is a small one of the test's own.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that can't go on fails"
)]

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use polycode_core::id::LanguageId;
use polycode_core::judging::{Ending, FileName, Limits, Observation, Program};
use polycode_core::port::{Executable, PortError, Prepared, Run, Sandbox as _, SandboxError, Uses};
use polycode_core::quantity::Fuel;
use polycode_runner::machine::{Start, Template};
use polycode_runner::{Runner, Runtime};
use wasmtime::{Engine, Module};

/// A runtime whose programs do what the first byte of their input says: nothing at the end of
/// input, `l` loops, `e` writes `echo` to standard output; anything else aborts.
const RUNTIME: &str = r#"(module
    (import "wasi_snapshot_preview1" "fd_read"
        (func $read (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_write"
        (func $write (param i32 i32 i32 i32) (result i32)))
    (memory (export "memory") 1)
    (data (i32.const 0) "\20\00\00\00\01\00\00\00")
    (data (i32.const 8) "\30\00\00\00\04\00\00\00")
    (data (i32.const 48) "echo")
    (func (export "_start") (local $byte i32)
        (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 100)))
        (if (i32.eqz (i32.load (i32.const 100))) (then (return)))
        (local.set $byte (i32.load8_u (i32.const 32)))
        (if (i32.eq (local.get $byte) (i32.const 108)) (then (loop (br 0))))
        (if (i32.eq (local.get $byte) (i32.const 101)) (then
            (drop (call $write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 100)))
            (return)))
        unreachable))"#;

fn template(engine: &Engine) -> Template {
    let module = Module::new(engine, wat::parse_str(RUNTIME).unwrap()).unwrap();
    Template::new(engine, &module, Start::Command, 1_000_000, Vec::new(), &[]).unwrap()
}

fn runtime(
    load: impl Fn(&Engine) -> Result<Option<Template>, PortError> + Send + Sync + 'static,
) -> Runtime {
    let id = LanguageId::new("toy").unwrap();
    Runtime::new(
        id,
        FileName::new("main.toy").unwrap(),
        vec!["toy".to_owned()],
        load,
    )
}

fn runner(workers: usize, queue: usize) -> Runner {
    let home = tempfile::tempdir().unwrap();
    let runtime = runtime(|engine| Ok(Some(template(engine))));
    let builder = Runner::builder()
        .home(home.path())
        .workers(workers)
        .queue(queue);
    builder.runtime(runtime).build().unwrap()
}

fn program(files: &[&str]) -> Program {
    let files = files
        .iter()
        .map(|name| (FileName::new(*name).unwrap(), String::new()));
    Program {
        language: LanguageId::new("toy").unwrap(),
        files: files.collect(),
        entry: None,
    }
}

fn block<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

fn ready(runner: &Runner, limits: &Limits) -> Box<dyn Executable> {
    match block(runner.prepare(&program(&["main.toy"]), limits, &Uses::whole())).unwrap() {
        Prepared::Ready(executable) => executable,
        Prepared::Rejected { diagnostics } => panic!("rejected: {diagnostics}"),
    }
}

/// Limits that nothing but a cancellation ends within the life of a test.
fn endless() -> Limits {
    Limits {
        fuel: Some(Fuel(1 << 42)),
        ..Limits::default()
    }
}

fn input(stdin: &str) -> Run {
    Run {
        stdin: stdin.as_bytes().to_owned(),
        ..Run::default()
    }
}

fn echo(executable: &dyn Executable) -> Observation {
    block(executable.run(input("e"))).unwrap()
}

/// Starts a future and leaves it where it first waits.
fn start<T>(future: &mut (impl Future<Output = T> + Unpin)) {
    let polled = std::pin::Pin::new(future).poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(polled, Poll::Pending));
}

#[test]
fn a_program_is_prepared_once_and_run_often() {
    let runner = runner(2, 10);
    let executable = ready(&runner, &Limits::default());
    let first = echo(&*executable);
    assert_eq!(first.ending, Ending::Exited { code: 0 });
    assert_eq!(first.stdout, b"echo");
    for _ in 0..100 {
        assert_eq!(echo(&*executable).fuel, first.fuel);
    }
    let aborted = block(executable.run(input("x"))).unwrap();
    assert_eq!(
        aborted.ending,
        Ending::Trapped {
            reason: "the program aborted".to_owned()
        }
    );
    assert_eq!(echo(&*executable).fuel, first.fuel);
}

#[test]
fn the_fuel_is_the_same_while_every_core_is_busy() {
    let quiet = runner(1, 10);
    let expected = echo(&*ready(&quiet, &Limits::default())).fuel;
    let busy = runner(8, 1_000);
    let executable = ready(&busy, &Limits::default());
    let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
    let executable: Arc<dyn Executable> = Arc::from(executable);
    let spin = Limits {
        fuel: Some(Fuel(200_000_000)),
        ..Limits::default()
    };
    let spinner: Arc<dyn Executable> = Arc::from(ready(&busy, &spin));
    runtime.block_on(async {
        let spinning: Vec<_> = (0..6)
            .map(|_| {
                let spinner = Arc::clone(&spinner);
                tokio::spawn(async move { spinner.run(input("l")).await.unwrap() })
            })
            .collect();
        for _ in 0..100 {
            assert_eq!(executable.run(input("e")).await.unwrap().fuel, expected);
        }
        for end in spinning {
            let seen = end.await.unwrap();
            assert_eq!(
                (seen.ending, seen.fuel),
                (Ending::TimeExhausted, Fuel(200_000_000))
            );
        }
    });
}

#[test]
fn a_dropped_run_gives_its_worker_back() {
    let runner = runner(1, 10);
    let forever = ready(&runner, &endless());
    for _ in 0..5 {
        let mut run = forever.run(input("l"));
        start(&mut run);
        drop(run);
        assert_eq!(echo(&*forever).stdout, b"echo");
    }
}

#[test]
fn a_full_queue_says_that_it_is_busy() {
    let runner = runner(1, 2);
    let forever = ready(&runner, &endless());
    let mut waiting: Vec<_> = Vec::new();
    // One of them runs, sooner or later, so that three or four find a place.
    let busy = loop {
        let mut run = forever.run(input("l"));
        match std::pin::Pin::new(&mut run).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Pending => waiting.push(run),
            Poll::Ready(result) => break result,
        }
    };
    assert!(
        matches!(busy, Err(SandboxError::Busy { waiting: 2 })),
        "{busy:?}"
    );
    assert!((2..=3).contains(&waiting.len()), "{}", waiting.len());
    waiting.clear();
    assert_eq!(echo(&*forever).stdout, b"echo");
}

#[test]
fn a_dropped_runner_stops_what_runs_and_declines_what_comes() {
    let runner = runner(1, 10);
    let forever = ready(&runner, &endless());
    let mut run = forever.run(input("l"));
    start(&mut run);
    drop(runner);
    let stopped = block(run);
    assert!(
        matches!(stopped, Err(SandboxError::Failed(_))),
        "{stopped:?}"
    );
    let declined = block(forever.run(input("e"))).unwrap_err();
    assert_eq!(declined.to_string(), "the runner was closed");
}

#[test]
fn languages_that_are_unknown_or_not_installed_are_named() {
    let home = tempfile::tempdir().unwrap();
    let builder = Runner::builder().home(home.path()).workers(1);
    let runner = builder.runtime(runtime(|_| Ok(None))).build().unwrap();
    let error = block(runner.prepare(&program(&["main.toy"]), &Limits::default(), &Uses::whole()))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "language `toy` is not installed: run `polycode install toy`"
    );
    let cobol = Program {
        language: LanguageId::new("cobol").unwrap(),
        ..program(&["a"])
    };
    let error = block(runner.prepare(&cobol, &Limits::default(), &Uses::whole())).unwrap_err();
    let message = error.to_string();
    assert!(
        message.starts_with("language `cobol` is not known: choose one of "),
        "{message}"
    );
    assert!(message.contains("toy"), "{message}");
}

#[test]
fn a_runtime_that_can_not_be_loaded_is_our_failure_and_the_worker_lives_on() {
    let home = tempfile::tempdir().unwrap();
    let asked = AtomicUsize::new(0);
    let load = move |engine: &Engine| match asked.fetch_add(1, Ordering::Relaxed) {
        0 => panic!("on purpose"),
        1 => Err(PortError::permanent("the file is broken")),
        2 => Ok(None),
        _ => Ok(Some(template(engine))),
    };
    let builder = Runner::builder().home(home.path()).workers(1);
    let runner = builder.runtime(runtime(load)).build().unwrap();
    let mut messages = Vec::new();
    for _ in 0..3 {
        let prepared =
            block(runner.prepare(&program(&["main.toy"]), &Limits::default(), &Uses::whole()));
        messages.push(prepared.unwrap_err().to_string());
    }
    assert_eq!(messages[0], "the runner failed: on purpose");
    assert_eq!(messages[1], "the file is broken");
    assert!(messages[2].contains("polycode install toy"), "{messages:?}");
    assert_eq!(echo(&*ready(&runner, &Limits::default())).stdout, b"echo");
}

#[test]
fn the_file_to_run_is_found_or_missed_in_words() {
    let runner = runner(1, 10);
    let prepare = |files: &[&str], entry: Option<&str>| {
        let entry = entry.map(|name| FileName::new(name).unwrap());
        let program = Program {
            entry,
            ..program(files)
        };
        match block(runner.prepare(&program, &Limits::default(), &Uses::whole())).unwrap() {
            Prepared::Ready(_) => "ready".to_owned(),
            Prepared::Rejected { diagnostics } => diagnostics,
        }
    };
    assert_eq!(prepare(&["main.toy", "a.toy"], None), "ready");
    assert_eq!(prepare(&["only.toy"], None), "ready");
    assert_eq!(prepare(&["a.toy", "b.toy"], Some("b.toy")), "ready");
    assert_eq!(
        prepare(&["a.toy"], Some("c.toy")),
        "there is no file `c.toy` to run"
    );
    assert_eq!(
        prepare(&["a.toy", "b.toy"], None),
        "there is no file `main.toy` to run, and no other is named as the entry"
    );
}

#[test]
fn files_that_can_not_be_beside_each_other_are_named() {
    let runner = runner(1, 10);
    let executable = ready(&runner, &Limits::default());
    let beside = |names: &[&str]| Run {
        files: names
            .iter()
            .map(|name| (FileName::new(*name).unwrap(), Vec::new()))
            .collect(),
        ..input("e")
    };
    let run = beside(&["data", "data/inside.txt"]);
    let error = block(executable.run(run)).unwrap_err().to_string();
    assert_eq!(
        error,
        "file `data/inside.txt` can't be laid beside the others"
    );
    // The program's own files give way.
    let run = beside(&["main.toy/inside.txt"]);
    assert!(block(executable.run(run)).is_ok());
}

#[test]
fn one_worker_is_enough_for_two_programs_that_talk() {
    let runner = runner(1, 10);
    let (one, other) = (
        ready(&runner, &Limits::default()),
        ready(&runner, &endless()),
    );
    for _ in 0..100 {
        // Each reads first, so that neither ever writes.
        let talk = block(one.talk(Run::default(), &*other, Run::default())).unwrap();
        assert_eq!(talk.program.ending, Ending::Idle);
        assert_eq!(talk.interactor.ending, Ending::Idle);
        assert!(!talk.program_left_first);
    }
    assert_eq!(echo(&*one).stdout, b"echo");
}

#[test]
fn a_program_of_another_sandbox_is_no_interactor() {
    #[derive(Debug)]
    struct Foreign;

    #[async_trait::async_trait]
    impl Executable for Foreign {
        async fn run(&self, _: Run) -> Result<Observation, SandboxError> {
            panic!("it was run");
        }
    }

    let runner = runner(1, 10);
    let one = ready(&runner, &Limits::default());
    let error = block(one.talk(Run::default(), &Foreign, Run::default())).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a program and its interactor are of the same sandbox"
    );
    let error = block(Foreign.talk(Run::default(), &*one, Run::default())).unwrap_err();
    assert_eq!(error.to_string(), "this sandbox can't join two programs");
}
