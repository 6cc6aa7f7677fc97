use proptest::prelude::*;
use wasmparser::{Parser, Payload};
use wasmtime::{Engine, Instance, Module, Store};

use crate::engine;
use crate::rewrite::rewritten;

/// What `f` of a module gives for two numbers, and the fuel that it takes.
fn called(engine: &Engine, wasm: &[u8], given: (i32, i32)) -> (i32, u64) {
    let module = Module::new(engine, wasm).unwrap();
    let mut store = Store::new(engine, ());
    store.set_fuel(1_000_000).unwrap();
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let f = instance.get_typed_func::<(i32, i32), i32>(&mut store, "f");
    let result = f.unwrap().call(&mut store, given).unwrap();
    (result, 1_000_000 - store.get_fuel().unwrap())
}

fn module(text: &str) -> Vec<u8> {
    let around = format!(
        "(module (memory 1) (func $other)
            (func (export \"f\") (param $a i32) (param $b i32) (result i32) (local $c i32) (local $n i32)
                {text}
                (i32.add (i32.mul (local.get $a) (i32.const 31)) (i32.xor (local.get $b) (local.get $c)))))"
    );
    wat::parse_str(around).unwrap()
}

/// Bytes of the functions of a module.
fn code(wasm: &[u8]) -> usize {
    let payloads = Parser::new(0).parse_all(wasm);
    let bodies = payloads.filter_map(|payload| match payload.unwrap() {
        Payload::CodeSectionEntry(body) => Some(body.as_bytes().len()),
        _ => None,
    });
    bodies.sum()
}

/// A loop of at most fifty turns.
fn turns(inside: &str) -> String {
    format!(
        "(block $in (block $out (loop $again
            (local.set $n (i32.add (local.get $n) (i32.const 1)))
            (br_if $out (i32.gt_u (local.get $n) (i32.const 50)))
            {inside})))"
    )
}

#[test]
fn short_loops_that_call_nothing_are_written_out() {
    let again = "(br_if $again (local.tee $a (i32.sub (local.get $a) (i32.const 1))))";
    for (what, text, is_written_out) in [
        ("a short one", turns(again), true),
        (
            "without another turn",
            turns("(local.set $a (i32.const 1))"),
            false,
        ),
        (
            "with a call",
            turns(&format!("(call $other) {again}")),
            false,
        ),
        (
            "with a call in a block",
            turns(&format!("(block (call $other)) {again}")),
            false,
        ),
        (
            "with much memory",
            turns(&format!(
                "(memory.fill (i32.const 0) (i32.const 0) (i32.const 9)) {again}"
            )),
            false,
        ),
        (
            "a long one",
            turns(&format!(
                "{} {again}",
                "(local.set $c (local.get $a))".repeat(40)
            )),
            false,
        ),
        (
            "one that gives a value",
            "(local.set $c (loop $again (result i32)
                (br_if $again (local.tee $a (i32.const 0))) (i32.const 3)))"
                .to_owned(),
            false,
        ),
        (
            "in another",
            turns(&format!("(loop $more (br_if $more (i32.const 0))) {again}")),
            true,
        ),
    ] {
        let wasm = module(&text);
        let after = rewritten(&wasm).unwrap();
        assert_eq!(code(&after) > code(&wasm), is_written_out, "{what}");
        let engine = engine::new_engine(1).unwrap();
        let (before, fuel) = called(&engine, &wasm, (9, 4));
        let (result, more) = called(&engine, &after, (9, 4));
        assert_eq!(result, before, "{what}");
        assert!((fuel..=fuel + 50).contains(&more), "{what}: {fuel}, {more}");
    }
}

#[test]
fn functions_grow_by_so_much_and_no_more() {
    let one = "(loop $again (br_if $again (i32.const 0)) (local.set $c (i32.const 7)))";
    let wasm = module(&one.repeat(5_000));
    let grown = code(&rewritten(&wasm).unwrap()) - code(&wasm);
    assert!((8 << 10..=16 << 10).contains(&grown), "{grown}");
    let many = format!("(func {})", one.repeat(1_000)).repeat(100);
    let wasm = wat::parse_str(format!(
        "(module {})",
        many.replace("$c", "0")
            .replace("(func", "(func (local i32)")
    ))
    .unwrap();
    let grown = code(&rewritten(&wasm).unwrap()) - code(&wasm);
    let room = wasm.len() / 8 + (64 << 10);
    assert!((room / 2..=room).contains(&grown), "{grown} of {room}");
}

/// The text of a number.
fn number() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        prop::sample::select(vec!["$a", "$b", "$c", "$n"])
            .prop_map(|local| format!("(local.get {local})")),
        (-2..9_i32).prop_map(|value| format!("(i32.const {value})")),
    ];
    let operators = vec!["add", "sub", "mul", "and", "xor", "lt_s", "shl", "rotl"];
    leaf.prop_recursive(3, 8, 2, move |inner| {
        (
            prop::sample::select(operators.clone()),
            inner.clone(),
            inner,
        )
            .prop_map(|(name, one, other)| format!("(i32.{name} {one} {other})"))
    })
}

fn label() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["$again", "$out", "$in"])
}

fn statement() -> impl Strategy<Value = String> {
    let local = prop::sample::select(vec!["$a", "$b", "$c"]);
    let leaf = prop_oneof![
        4 => (local, number()).prop_map(|(local, value)| format!("(local.set {local} {value})")),
        2 => (label(), number()).prop_map(|(to, value)| format!("(br_if {to} {value})")),
        1 => label().prop_map(|to| format!("(br {to})")),
        1 => (label(), label(), label(), number())
            .prop_map(|(one, two, other, value)| format!("(br_table {one} {two} {other} {value})")),
        1 => number().prop_map(|value| format!("(if {value} (then (return (i32.const 5))))")),
    ];
    leaf.prop_recursive(3, 10, 3, |inner| {
        let some = prop::collection::vec(inner, 1..4).prop_map(|all| all.concat());
        prop_oneof![
            some.clone().prop_map(|some| format!("(block $in {some})")),
            (number(), some.clone(), some).prop_map(|(value, one, other)| format!(
                "(if $in {value} (then {one}) (else {other}))"
            )),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_loop_that_is_written_out_does_what_it_did_for_the_same_fuel(
        statements in prop::collection::vec(statement(), 1..6),
        outer: bool,
        given in (-3..9_i32, any::<i32>()),
    ) {
        let inside = format!("{} (br_if $again (i32.and (local.get $a) (i32.const 3)))", statements.concat());
        let mut text = turns(&inside);
        if outer {
            text = format!("(loop $more {text} (br_if $more (i32.lt_u (local.get $n) (i32.const 40))))");
        }
        let wasm = module(&text);
        let engine = engine::new_engine(1).unwrap();
        let (before, fuel) = called(&engine, &wasm, given);
        let (result, more) = called(&engine, &rewritten(&wasm).unwrap(), given);
        prop_assert_eq!(result, before, "{}", text);
        // Each time that a loop ends at its end takes a unit more.
        prop_assert!((fuel..=fuel + 50).contains(&more), "{}: {}, {}", text, fuel, more);
    }
}
