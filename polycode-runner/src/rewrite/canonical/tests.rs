use std::borrow::Cow;

use proptest::prelude::*;
use wasmparser::{Parser, Payload};
use wasmtime::{Engine, Instance, Module, Store, Val};

use crate::engine;
use crate::rewrite::rewritten;

const CANONICAL: u64 = 0x7ff8_0000_0000_0000;
/// NaNs that arithmetic may pass on, or not: with a payload, and with a sign.
const ODD: u64 = 0x7ff8_0000_0000_1234;
const NEGATIVE: u64 = 0xfff8_0000_0000_0000;

/// Calls `f` of a module, with bits and for bits.
fn called(engine: &Engine, module: &Module, bits: u64) -> u64 {
    let mut store = Store::new(engine, ());
    store.set_fuel(u64::MAX).unwrap();
    let instance = Instance::new(&mut store, module, &[]).unwrap();
    let f = instance.get_func(&mut store, "f").unwrap();
    let mut results = [Val::I64(0)];
    let given = [Val::I64(bits.cast_signed())];
    f.call(&mut store, &given, &mut results).unwrap();
    results.first().unwrap().unwrap_i64().cast_unsigned()
}

fn module(text: &str) -> Vec<u8> {
    let around = format!(
        "(module (memory 1) (global $g (mut f64) (f64.const 0))
            (func $same (param f64) (result f64) (local.get 0))
            (func (export \"f\") (param $bits i64) (result i64)
                (local $x f64) (local $y f64) (local $z f32) (local $v v128) (local $i i32)
                (local.set $x (f64.reinterpret_i64 (local.get $bits)))
                {text}))"
    );
    wat::parse_str(around).unwrap()
}

/// What a function gives for bits, as everything is compiled here.
fn given(text: &str, bits: u64) -> u64 {
    let engine = engine::new_engine(1).unwrap();
    called(
        &engine,
        &engine::module(&engine, &module(text)).unwrap(),
        bits,
    )
}

/// In how many places NaNs are made canonical.
fn made_canonical(text: &str) -> usize {
    let wasm = module(text);
    let after = rewritten(&wasm).unwrap();
    let count = |wasm: &[u8]| {
        let bodies = Parser::new(0).parse_all(wasm);
        let bodies = bodies.filter_map(|payload| match payload.unwrap() {
            Payload::CodeSectionEntry(body) => Some(body),
            _ => None,
        });
        let operators = bodies.flat_map(|body| body.get_operators_reader().unwrap());
        operators
            .filter(|operator| is_choice(operator.as_ref().unwrap()))
            .count()
    };
    count(&after) - count(&wasm)
}

const fn is_choice(operator: &wasmparser::Operator<'_>) -> bool {
    use wasmparser::Operator::{Select, V128Bitselect};
    matches!(operator, Select | V128Bitselect)
}

/// What computes a NaN from one that is given, and how it gets to be seen.
const NUMBERS: [(&str, &str); 17] = [
    (
        "a sum",
        "(i64.reinterpret_f64 (f64.add (local.get $x) (f64.const 1)))",
    ),
    (
        "nothing by nothing",
        "(i64.reinterpret_f64 (f64.div (f64.const 0) (f64.const 0)))",
    ),
    ("a root", "(i64.reinterpret_f64 (f64.sqrt (f64.const -1)))"),
    (
        "the least",
        "(i64.reinterpret_f64 (f64.min (local.get $x) (f64.const 1)))",
    ),
    (
        "rounded",
        "(i64.reinterpret_f64 (f64.nearest (local.get $x)))",
    ),
    (
        "of other sizes",
        "(i64.reinterpret_f64 (f64.promote_f32 (f32.demote_f64 (local.get $x))))",
    ),
    (
        "in memory",
        "(f64.store (i32.const 8) (f64.mul (local.get $x) (local.get $x))) (i64.load (i32.const 8))",
    ),
    (
        "in a variable",
        "(local.set $y (f64.sub (local.get $x) (f64.const 1)))
             (local.set $y (f64.add (local.get $y) (local.get $y)))
             (i64.reinterpret_f64 (local.get $y))",
    ),
    (
        "in a variable that numbers are moved to",
        "(local.set $y (local.get $x)) (local.set $y (f64.sub (local.get $y) (f64.const 1)))
             (i64.reinterpret_f64 (local.get $y))",
    ),
    (
        "on the way through a variable",
        "(i64.reinterpret_f64 (local.tee $y (f64.sub (local.get $x) (f64.const 1))))",
    ),
    (
        "passed to a function",
        "(i64.reinterpret_f64 (call $same (f64.sqrt (f64.const -1))))",
    ),
    (
        "out of a block",
        "(i64.reinterpret_f64 (block (result f64)
                (br_if 0 (f64.sqrt (f64.const -1)) (i32.const 1)) (drop) (f64.const 1)))",
    ),
    (
        "out of a branch",
        "(i64.reinterpret_f64 (if (result f64) (i64.eqz (local.get $bits))
                (then (local.get $x)) (else (f64.sqrt (f64.const -1)))))",
    ),
    (
        "in a global variable",
        "(global.set $g (f64.sqrt (f64.const -1))) (i64.reinterpret_f64 (global.get $g))",
    ),
    (
        "returned",
        "(return (i64.reinterpret_f64 (f64.neg (f64.sqrt (f64.const -1)))))",
    ),
    (
        "chosen",
        "(i64.reinterpret_f64 (select (f64.sqrt (f64.const -1)) (f64.const 1) (i32.const 1)))",
    ),
    (
        "in one turn after the other",
        "(loop $turn
                (local.set $y (f64.add (local.get $y) (local.get $x)))
                (local.set $i (i32.add (local.get $i) (i32.const 1)))
                (br_if $turn (i32.lt_u (local.get $i) (i32.const 5))))
             (i64.reinterpret_f64 (local.get $y))",
    ),
];

/// The same with vectors.
const VECTORS: [(&str, &str); 6] = [
    (
        "a lane",
        "(i64x2.extract_lane 1 (f64x2.sqrt (f64x2.splat (f64.const -1))))",
    ),
    (
        "a lane in a variable",
        "(local.set $v (f64x2.add (local.get $v) (f64x2.splat (local.get $x))))
             (i64x2.extract_lane 0 (local.get $v))",
    ),
    (
        "a number of a lane",
        "(i64.reinterpret_f64 (f64x2.extract_lane 1 (f64x2.div (local.get $v) (local.get $v))))",
    ),
    (
        "a lane that was a number",
        "(i64x2.extract_lane 0 (f64x2.splat (f64.div (f64.const 0) (f64.const 0))))",
    ),
    (
        "lanes in another order",
        "(i64x2.extract_lane 1 (i8x16.shuffle 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23
                (local.get $v) (f64x2.div (local.get $v) (local.get $v))))",
    ),
    (
        "the less of lanes",
        "(i64x2.extract_lane 0 (f64x2.pmin (f64x2.sqrt (f64x2.splat (f64.const -1))) (local.get $v)))",
    ),
];

#[test]
fn what_is_computed_is_seen_as_the_canonical_nan() {
    for (what, text) in NUMBERS.into_iter().chain(VECTORS) {
        for bits in [ODD, NEGATIVE] {
            assert_eq!(given(text, bits), CANONICAL, "{what}, {bits:x}");
        }
    }
    let half = "(i64.extend_i32_u (i32.reinterpret_f32 (f32.add (f32.demote_f64 (local.get $x)) (f32.const 1))))";
    assert_eq!(given(half, ODD), 0x7fc0_0000);
    let quarter = "(i64x2.extract_lane 0 (f32x4.div (local.get $v) (local.get $v)))";
    assert_eq!(given(quarter, ODD), 0x7fc0_0000_7fc0_0000);
}

#[test]
fn what_is_moved_keeps_its_bits() {
    for (what, text) in [
        ("looked at", "(i64.reinterpret_f64 (local.get $x))"),
        (
            "in memory",
            "(f64.store (i32.const 8) (local.get $x)) (i64.load (i32.const 8))",
        ),
        (
            "in a variable where others are computed",
            "(local.set $y (f64.add (local.get $x) (f64.const 1)))
             (local.set $y (local.get $x)) (i64.reinterpret_f64 (local.get $y))",
        ),
        (
            "beside what is computed",
            "(i64.reinterpret_f64 (select (local.get $x)
                (f64.add (local.get $x) (f64.const 1)) (i32.const 1)))",
        ),
        (
            "through a function",
            "(i64.reinterpret_f64 (call $same (local.get $x)))",
        ),
        (
            "with another sign, twice",
            "(i64.reinterpret_f64 (f64.neg (f64.neg (local.get $x))))",
        ),
        (
            "in a lane",
            "(local.set $v (f64x2.splat (local.get $x)))
             (drop (f64x2.add (local.get $v) (local.get $v)))
             (i64x2.extract_lane 1 (local.get $v))",
        ),
        (
            "in a lane beside one that is computed",
            "(local.set $v (f64x2.replace_lane 1 (f64x2.splat (local.get $x)) (f64.sqrt (f64.const -1))))
             (i64x2.extract_lane 0 (local.get $v))",
        ),
        (
            "looked at through a mask that is chosen",
            "(local.set $v (select (f64x2.eq (local.get $v) (local.get $v))
                (f64x2.sqrt (local.get $v)) (i32.const 1)))
             (i64.and (local.get $bits) (i64x2.extract_lane 0 (local.get $v)))",
        ),
        (
            "in lanes beside others that are computed",
            "(i64x2.extract_lane 1 (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
                (f64x2.sqrt (f64x2.splat (f64.const -1))) (f64x2.splat (local.get $x))))",
        ),
    ] {
        for bits in [ODD, NEGATIVE, CANONICAL, 1.5_f64.to_bits()] {
            assert_eq!(given(text, bits), bits, "{what}, {bits:x}");
        }
    }
}

#[test]
fn the_sign_of_a_nan_is_one_that_was_given() {
    let sign_of = |text: &str| format!("(i64.reinterpret_f64 (f64.copysign (f64.const 2) {text}))");
    assert_eq!(
        given(&sign_of("(local.get $x)"), NEGATIVE),
        (-2.0_f64).to_bits()
    );
    for computed in [
        "(f64.div (f64.const 0) (f64.const 0))",
        "(f64.add (local.get $x) (local.get $x))",
    ] {
        assert_eq!(
            given(&sign_of(computed), NEGATIVE),
            2.0_f64.to_bits(),
            "{computed}"
        );
    }
}

#[test]
fn only_what_is_seen_is_made_canonical() {
    let sum = "(local.set $y (f64.mul (f64.add (local.get $x) (f64.const 1)) (local.get $x)))";
    for (what, text, count) in [
        ("no arithmetic", "(i64.reinterpret_f64 (local.get $x))".to_owned(), 0),
        ("compared", format!("{sum} (i64.extend_i32_u (f64.lt (local.get $y) (f64.const 3)))"), 0),
        ("cut to an integer", format!("{sum} (i64.trunc_sat_f64_s (local.get $y))"), 0),
        ("thrown away", format!("{sum} (i64.const 1)"), 0),
        ("looked at", format!("{sum} {sum} (i64.reinterpret_f64 (local.get $y))"), 1),
        (
            "looked at twice",
            format!("{sum} (i64.reinterpret_f64 (local.get $y)) (i64.reinterpret_f64 (local.get $y)) (i64.add)"),
            2,
        ),
        ("lanes", "(local.set $v (f64x2.mul (local.get $v) (local.get $v))) (i64x2.extract_lane 0 (f64x2.add (local.get $v) (local.get $v)))".to_owned(), 1),
    ] {
        assert_eq!(made_canonical(&text), count, "{what}");
    }
    let without = module("(i64.reinterpret_f64 (local.get $x))");
    assert!(matches!(rewritten(&without).unwrap(), Cow::Borrowed(_)));
}

/// What a random program computes with: the text of an expression that gives a number.
fn number() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        (0..4_u8).prop_map(|local| format!("(local.get {local})")),
        (0..4_u8).prop_map(|place| format!("(f64.load (i32.const {}))", place * 8)),
        prop::sample::select(vec![
            "0",
            "-0",
            "1.5",
            "inf",
            "-inf",
            "nan",
            "nan:0x8000000001234"
        ])
        .prop_map(|value| format!("(f64.const {value})")),
        (0..2_u8, 4..6_u8)
            .prop_map(|(lane, local)| format!("(f64x2.extract_lane {lane} (local.get {local}))")),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let two = prop::sample::select(vec!["add", "sub", "mul", "div", "min", "max"]);
        let one = prop::sample::select(vec!["sqrt", "ceil", "floor", "trunc", "nearest"]);
        prop_oneof![
            (two, inner.clone(), inner.clone())
                .prop_map(|(name, a, b)| format!("(f64.{name} {a} {b})")),
            (one, inner.clone()).prop_map(|(name, a)| format!("(f64.{name} {a})")),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| format!("(select {a} {b} (f64.lt {c} (f64.const 1)))")),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| {
                format!("(if (result f64) (f64.lt {c} (f64.const 1)) (then {a}) (else {b}))")
            }),
            (0..4_u8, inner.clone()).prop_map(|(local, a)| format!("(local.tee {local} {a})")),
            inner.prop_map(|a| format!("(f64.promote_f32 (f32.demote_f64 {a}))")),
        ]
    })
}

fn statement() -> impl Strategy<Value = String> {
    let two = prop::sample::select(vec!["add", "sub", "mul", "div", "min", "pmin", "pmax"]);
    prop_oneof![
        (0..4_u8, number()).prop_map(|(local, value)| format!("(local.set {local} {value})")),
        (0..4_u8, number())
            .prop_map(|(place, value)| format!("(f64.store (i32.const {}) {value})", place * 8)),
        (4..6_u8, number())
            .prop_map(|(local, value)| format!("(local.set {local} (f64x2.splat {value}))")),
        (4..6_u8, two, 4..6_u8, number()).prop_map(|(to, name, of, value)| {
            format!("(local.set {to} (f64x2.{name} (local.get {of}) (f64x2.splat {value})))")
        }),
        (4..6_u8, 0..2_u8, number()).prop_map(|(of, lane, value)| {
            format!("(local.set {of} (f64x2.replace_lane {lane} (local.get {of}) {value}))")
        }),
        (4..6_u8, 4..6_u8).prop_map(|(to, of)| {
            let lanes = "8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23";
            format!("(local.set {to} (i8x16.shuffle {lanes} (local.get {to}) (local.get {of})))")
        }),
        (0..2_u8, 4..6_u8).prop_map(|(place, of)| format!(
            "(v128.store (i32.const {}) (local.get {of}))",
            place * 16
        )),
    ]
}

/// The memory of a program after it ran twice around its statements.
fn remembered(engine: &Engine, module: &Module, bits: &[u64; 2]) -> Vec<u8> {
    let mut store = Store::new(engine, ());
    if engine.get_consume_fuel() {
        store.set_fuel(u64::MAX).unwrap();
    }
    let instance = Instance::new(&mut store, module, &[]).unwrap();
    let memory = instance.get_memory(&mut store, "memory").unwrap();
    let f = instance.get_func(&mut store, "f").unwrap();
    let given = bits.map(Val::F64);
    f.call(&mut store, &given, &mut []).unwrap();
    memory.data(&store).get(..32).unwrap().to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// The compiler to machine code can make every result of arithmetic canonical where it arises: slower, and with
    /// the same bits wherever they are seen.
    #[test]
    fn no_program_sees_whether_nans_are_made_canonical_at_once(
        statements in prop::collection::vec(statement(), 1..12),
        bits in prop::array::uniform2(prop::sample::select(vec![
            ODD, NEGATIVE, CANONICAL, 0, 1.5_f64.to_bits(), f64::INFINITY.to_bits(), 0x7ff0_0000_0000_0001,
        ])),
    ) {
        let text = format!(
            "(module (memory (export \"memory\") 1)
                (func (export \"f\") (param f64 f64) (local f64 f64 v128 v128 i32)
                    (loop {} (local.set 6 (i32.add (local.get 6) (i32.const 1)))
                        (br_if 0 (i32.lt_u (local.get 6) (i32.const 2))))))",
            statements.concat(),
        );
        let wasm = wat::parse_str(&text).unwrap();
        let ours = engine::new_engine(1).unwrap();
        let mut config = wasmtime::Config::new();
        config.cranelift_nan_canonicalization(true);
        let other = Engine::new(&config).unwrap();
        let (one, two) = (engine::module(&ours, &wasm).unwrap(), Module::new(&other, &wasm).unwrap());
        prop_assert_eq!(remembered(&ours, &one, &bits), remembered(&other, &two, &bits), "{}", text);
    }

    /// Modules come from strangers.
    #[test]
    fn a_module_with_a_changed_byte_is_rewritten_or_refused(at in any::<prop::sample::Index>(), to: u8) {
        let mut wasm = module("(loop $again (br_if $again (local.get $i))) (f64.store (i32.const 8) (f64.mul (local.get $x) (local.get $x))) (i64.load (i32.const 8))");
        let at = at.index(wasm.len());
        wasm[at] = to;
        let _ = rewritten(&wasm);
        wasm.truncate(at);
        let _ = rewritten(&wasm);
    }
}
