//! The ways in which a runtime is started.

use super::*;

#[test]
fn a_turn_is_given_its_request() {
    let text = r#"(module
        (import "wasi_snapshot_preview1" "fd_write"
            (func $fd_write (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (func (export "host_alloc") (param i32) (result i32) (i32.const 500))
        (func (export "turn") (param $at i32) (param $len i32) (result i32)
            (i32.store (i32.const 0) (local.get $at))
            (i32.store (i32.const 4) (local.get $len))
            (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
            (i32.const 7)))"#;
    let start = Start::Told {
        by: Telling::Turn,
        text: "go!".to_owned(),
    };
    let outcome = run(&template(text, start), job());
    assert_eq!(
        (outcome.ending, outcome.stdout),
        (Ending::Exited { code: 1 }, b"go!".to_vec())
    );
    let nowhere = text.replace("(i32.const 500)", "(i32.const 65534)");
    let start = Start::Told {
        by: Telling::Turn,
        text: "go!".to_owned(),
    };
    let error = template(&nowhere, start).run(job()).unwrap_err();
    assert!(matches!(error, RunError::Runtime("host_alloc")), "{error}");
}

const RUBY: &str = r#"(module
    (import "wasi_snapshot_preview1" "fd_write"
        (func $fd_write (param i32 i32 i32 i32) (result i32)))
    (import "js" "a" (func $a (result i32)))
    (import "js" "b: func()" (func $b (param i64)))
    (memory (export "memory") 1)
    (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 500))
    (func (export "rb-eval-string-protect: func(str: string) -> tuple<handle<rb-abi-value>, s32>")
        (param $at i32) (param $len i32) (result i32)
        (call $b (i64.const 0))
        (i32.store (i32.const 0) (local.get $at))
        (i32.store (i32.const 4) (local.get $len))
        (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
        (i32.store (i32.const 24) (i32.add (call $a) (i32.const 1)))
        (i32.const 20)))"#;

fn ruby(text: &str) -> Template {
    let module = Module::new(engine(), wat::parse_str(text).unwrap()).unwrap();
    let start = Start::Told {
        by: Telling::Ruby,
        text: "go!".to_owned(),
    };
    let stubs = [Stub {
        module: "js".to_owned(),
        name: None,
    }];
    Template::new(engine(), &module, start, FUEL_PER_MS, Vec::new(), &stubs).unwrap()
}

#[test]
fn ruby_is_told_a_text_that_ends_with_zero() {
    let outcome = run(&ruby(RUBY), job());
    assert_eq!(
        (outcome.ending, outcome.stdout),
        (Ending::Exited { code: 0 }, b"go!\0".to_vec())
    );
    let raising = RUBY.replace("(i32.add (call $a) (i32.const 1))", "(i32.const 6)");
    assert_eq!(
        run(&ruby(&raising), job()).ending,
        Ending::Exited { code: 1 }
    );
    let without = RUBY.replace("cabi_realloc", "realloc");
    let error = ruby(&without).run(job()).unwrap_err();
    assert!(
        matches!(error, RunError::Runtime("cabi_realloc")),
        "{error}"
    );
}

const PERL: &str = r#"(module
    (import "wasi_snapshot_preview1" "fd_write"
        (func $fd_write (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (memory (export "memory") 1)
    (global $told (mut i32) (i32.const 0))
    (func (export "malloc") (param i32) (result i32) (i32.const 500))
    (func (export "zeroperl_eval") (param $at i32) (param i32 i32 i32) (result i32)
        (i32.store (i32.const 0) (local.get $at))
        (i32.store (i32.const 4) (i32.const 3))
        (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
        (global.set $told (i32.add (global.get $told) (i32.const 1)))
        (if (i32.eq (global.get $told) (i32.const 1)) (then (call $exit (i32.const 3))))
        (if (i32.eq (global.get $told) (i32.const 2)) (then (call $exit (i32.const 4))))
        (i32.const 0)))"#;

#[test]
fn perl_is_told_to_finish_after_its_exit() {
    let ended = |text: &str| {
        let start = Start::Told {
            by: Telling::Perl,
            text: "go!".to_owned(),
        };
        let outcome = run(&template(text, start), job());
        (outcome.ending, outcome.stdout)
    };
    let exited = |code| Ending::Exited { code };
    assert_eq!(ended(PERL), (exited(4), b"go!Pol".to_vec()));
    // A program may see to it that nothing is done at the end: it has exited all the same.
    let unfinished = PERL.replace("(call $exit (i32.const 4))", "(nop)");
    assert_eq!(ended(&unfinished), (exited(3), b"go!Pol".to_vec()));
    // One that is stopped is told nothing more.
    let stopped = PERL.replace("(call $exit (i32.const 3))", "(unreachable)");
    let (ending, told) = ended(&stopped);
    assert!(matches!(ending, Ending::Trapped { .. }), "{ending:?}");
    assert_eq!(told, b"go!");
}

#[test]
fn a_script_has_arguments_and_an_environment_of_its_own() {
    let text = r#"(module
        (import "wasi_snapshot_preview1" "fd_write"
            (func $fd_write (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "args_get" (func $args (param i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "environ_get" (func $env (param i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "environ_sizes_get"
            (func $sizes (param i32 i32) (result i32)))
        (memory (export "memory") 1)
        (func (export "_start")
            (drop (call $args (i32.const 100) (i32.const 500)))
            (drop (call $env (i32.const 100) (i32.const 508)))
            (drop (call $sizes (i32.const 512) (i32.const 516)))
            (i32.store (i32.const 0) (i32.const 500))
            (i32.store (i32.const 4) (i32.const 20))
            (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))"#;
    let start = Start::Script {
        args: vec!["php".to_owned(), "-q".to_owned()],
        environment: vec!["A=1".to_owned()],
    };
    assert_eq!(
        run(&template(text, start), job()).stdout,
        b"php\0-q\0\0A=1\0\x01\0\0\0\x04\0\0\0"
    );
}

#[test]
fn memory_that_a_runtime_reserves_is_not_its_programs() {
    let text = r#"(module (memory (export "memory") 20) (func (export "_start")
        (drop (memory.grow (i32.const 1)))))"#;
    let small = || Job {
        memory: 10 << 16,
        ..job()
    };
    assert_eq!(
        run(&template(text, Start::Command), small()).ending,
        Ending::MemoryExhausted
    );
    let outcome = run(&template(text, Start::Command).reserving(15 << 16), small());
    assert_eq!(
        (outcome.ending, outcome.peak_memory),
        (Ending::Exited { code: 0 }, 6 << 16)
    );
}

/// Opens a file of a folder, writes "made" to it, and exits with the code of opening it.
const WRITER: &str = r#"(module
    (import "wasi_snapshot_preview1" "fd_write"
        (func $fd_write (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (import "wasi_snapshot_preview1" "path_open" (func $open
        (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
    (memory (export "memory") 1)
    (data (i32.const 0) "\20\00\00\00\04\00\00\00")
    (data (i32.const 32) "made")
    (data (i32.const 48) "out")
    (func (export "_start") (local $code i32)
        (local.set $code (call $open (i32.const FOLDER) (i32.const 0) (i32.const 48) (i32.const 3)
            (i32.const 1) (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 64)))
        (drop (call $fd_write (i32.load (i32.const 64)) (i32.const 0) (i32.const 1) (i32.const 68)))
        (call $exit (local.get $code))))"#;

#[test]
fn a_command_sees_its_own_files_as_the_root() {
    let name = FileName::new("out").unwrap();
    let in_root = || Job {
        collect: vec![name.clone()],
        ..job()
    };
    let root = template(&WRITER.replace("FOLDER", "3"), Start::Command);
    assert_eq!(run(&root, in_root()).files[&name], b"made");
    let again = template(&WRITER.replace("FOLDER", "4"), Start::Command);
    assert_eq!(run(&again, in_root()).files[&name], b"made");
    let tmp = template(&WRITER.replace("FOLDER", "5"), Start::Command);
    let outcome = run(&tmp, in_root());
    assert_eq!(outcome.ending, Ending::Exited { code: 0 });
    assert!(outcome.files.is_empty() && outcome.answer.is_empty());
    let usr = template(&WRITER.replace("FOLDER", "6"), Start::Command);
    assert_eq!(run(&usr, in_root()).ending, Ending::Exited { code: 8 });
}

#[test]
fn a_compiler_answers_with_what_it_made() {
    let compiler = template(&WRITER.replace("FOLDER", "5"), Start::Compiler);
    assert_eq!(run(&compiler, job()).answer, b"made");
}
