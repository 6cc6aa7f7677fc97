//! Modules that are ready made.
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use polycode_core::judging::Ending;

use crate::support::{Case, program, text};

fn module(wat: &str) -> Case {
    program(
        "wasm",
        &BASE64_STANDARD.encode(wat::parse_str(wat).unwrap()),
    )
}

const WRITE: &str = r#"(import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))"#;

#[test]
fn a_module_is_run_as_it_is() {
    let hello = format!(
        r#"(module {WRITE} (memory (export "memory") 1)
            (data (i32.const 0) "\08\00\00\00\06\00\00\00hello\n")
            (func (export "_start") (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 100)))))"#
    );
    assert_eq!(module(&hello).output(), "hello\n");
    let exits = r#"(module (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
        (memory (export "memory") 1) (func (export "_start") (call $exit (i32.const 3))))"#;
    assert_eq!(module(exits).failed(3), "");
    let endless = r#"(module (memory (export "memory") 1) (func (export "_start") (loop (br 0))))"#;
    assert_eq!(
        module(endless).time_ms(100).run().ending,
        Ending::TimeExhausted
    );
    let traps = r#"(module (memory (export "memory") 1) (func (export "_start") unreachable))"#;
    let seen = module(traps).run();
    assert!(matches!(seen.ending, Ending::Trapped { .. }));
    assert_eq!(text(&seen.stderr), "");
}

#[test]
fn what_can_not_be_run_is_told() {
    for (wat, words) in [
        (
            r#"(module (memory (export "memory") 1))"#,
            "it exports no function `_start`",
        ),
        (
            r#"(module (func (export "_start")))"#,
            "it exports no memory as `memory`",
        ),
        (
            r#"(module (func (export "_start") (param i32)) (memory (export "memory") 1))"#,
            "it exports no function `_start` without parameters",
        ),
        (
            r#"(module (import "env" "fork" (func)) (func (export "_start")) (memory (export "memory") 1))"#,
            "imports `env.fork`, which the sandbox does not offer",
        ),
        (
            r#"(module (import "wasi_snapshot_preview1" "sock_connect" (func)) (func (export "_start")) (memory (export "memory") 1))"#,
            "can't be linked",
        ),
        (
            r#"(module (func (export "_start")) (memory (export "memory") 40000))"#,
            "memory",
        ),
        (
            r#"(module (func (export "_start")) (memory (export "memory") 1 1 shared))"#,
            "thread",
        ),
    ] {
        let diagnostics = module(wat).rejected();
        assert!(diagnostics.contains(words), "{diagnostics}");
    }
    assert!(
        program("wasm", "not base64!")
            .rejected()
            .contains("main.wasm: it is not in Base64")
    );
    assert!(
        program("wasm", "aGVsbG8=")
            .rejected()
            .contains("it is no module of WebAssembly")
    );
}

#[test]
fn no_more_is_said_of_a_module_than_was_promised() {
    let long = "long".repeat(24_000);
    let import = format!(
        r#"(module (import "env" "{long}" (func)) (func (export "_start")) (memory (export "memory") 1))"#
    );
    let diagnostics = module(&import).rejected();
    assert_eq!(diagnostics.len(), 64 << 10);
    assert!(diagnostics.starts_with("the program can't be run: it imports `env.long"));
}
