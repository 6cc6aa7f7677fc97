//! JavaScript, as learners meet it.

use crate::support::{Case, files, program, text};
use polycode_core::judging::Ending;
use serde_json::json;

fn js(text: &str) -> Case {
    program("javascript", text)
}

#[test]
fn output_is_what_node_writes() {
    let cases = [
        (
            "console.log('hello', 1, -0, 1.5, true, null, undefined, 10n)",
            "hello 1 -0 1.5 true null undefined 10n\n",
        ),
        (
            "console.log([1, 'a', [2, [3, [4]]]], {})",
            "[ 1, 'a', [ 2, [ 3, [Array] ] ] ] {}\n",
        ),
        (
            "console.log({a: {b: {c: {d: 1}}}, 'x-y': \"it's\"})",
            "{ a: { b: { c: [Object] } }, 'x-y': \"it's\" }\n",
        ),
        (
            "console.log(new Map([['a', 1]]), new Set([1, 'b']))",
            "Map(1) { 'a' => 1 } Set(2) { 1, 'b' }\n",
        ),
        (
            "class P { x = 1 } console.log(new P(), P, () => 1)",
            "P { x: 1 } [class P] [Function (anonymous)]\n",
        ),
        (
            "console.log('%s is %d, %i, %j%%', 'x', 1.5, 2.9, {a: 1}, 'more')",
            "x is 1.5, 2, {\"a\":1}% more\n",
        ),
        (
            "const o = {}; o.self = o; console.log(o)",
            "<ref *1> { self: [Circular *1] }\n",
        ),
        (
            "console.log([1, , 3], [undefined, null])",
            "[ 1, <1 empty item>, 3 ] [ undefined, null ]\n",
        ),
        (
            "console.log((1234567.891).toLocaleString(), ['b', 'a', 'C'].sort((x, y) => x.localeCompare(y)))",
            "1,234,567.891 [ 'a', 'b', 'C' ]\n",
        ),
        (
            "console.table([{a: 1}])",
            "┌─────────┬───┐\n│ (index) │ a │\n├─────────┼───┤\n│ 0       │ 1 │\n└─────────┴───┘\n",
        ),
        (
            "console.group('g'); console.log('in'); console.groupEnd(); console.log('out')",
            "g\n  in\nout\n",
        ),
    ];
    for (source, expected) in cases {
        assert_eq!(js(source).output(), expected, "{source}");
    }
    let long = js("console.log(Array.from({length: 27}, (_, i) => i))").output();
    assert_eq!(
        long,
        "[\n   0,  1,  2,  3,  4,  5,  6,  7,\n   8,  9, 10, 11, 12, 13, 14, 15,\n  16, 17, 18, 19, 20, 21, 22, 23,\n  24, 25, 26\n]\n"
    );
}

#[test]
fn input_is_read_in_every_usual_way() {
    let programs = [
        "console.log(require('fs').readFileSync(0, 'utf8').split('\\n').slice(0, 3).join('+'))",
        "console.log(require('fs').readFileSync('/dev/stdin').toString().trim().split('\\n').join('+'))",
        "let d = ''; process.stdin.on('data', (c) => { d += c }); process.stdin.on('end', () => console.log(d.trim().split('\\n').join('+')))",
        "const l = []; const rl = require('readline').createInterface({ input: process.stdin }); rl.on('line', (x) => l.push(x)); rl.on('close', () => console.log(l.join('+')))",
        "(async () => { const l = []; for await (const x of require('readline').createInterface({ input: process.stdin })) l.push(x); console.log(l.join('+')) })()",
        "import { createInterface } from 'node:readline/promises'; const rl = createInterface({ input: process.stdin }); const l = []; for (let i = 0; i < 3; i++) l.push(await rl.question('')); console.log(l.join('+')); rl.close();",
    ];
    for source in programs {
        assert_eq!(
            js(source).stdin("zwölf\n日本\n3\n").output(),
            "zwölf+日本+3\n",
            "{source}"
        );
    }
}

#[test]
fn arguments_and_exit_codes() {
    assert_eq!(
        js("console.log(process.argv.slice(2))")
            .args(&["a", "b c"])
            .output(),
        "[ 'a', 'b c' ]\n"
    );
    assert_eq!(js("process.exit(3)").failed(3), "");
    assert_eq!(
        js("process.exitCode = 4; setTimeout(() => {}, 10)").failed(4),
        ""
    );
    assert_eq!(js("process.exit(256)").failed(1), "");
}

#[test]
fn scripts_and_modules_of_several_files() {
    let scripts = [
        (
            "main.js",
            "const { hi } = require('./lib/util'); const d = require('./d.json'); console.log(hi(d.name))",
        ),
        ("lib/util.js", "exports.hi = (n) => `hi ${n}`"),
        ("d.json", "{\"name\": \"Zoë\"}"),
    ];
    assert_eq!(files("javascript", &scripts).output(), "hi Zoë\n");
    let modules = [
        (
            "main.mjs",
            "import { hi } from './util.mjs'; import c, { z } from './c.cjs'; import d from './d.json' with { type: 'json' }; console.log(hi(d.name), c, z, await Promise.resolve(5))",
        ),
        ("util.mjs", "export const hi = (n) => `hi ${n}`"),
        ("c.cjs", "module.exports = { z: 26 }"),
        ("d.json", "{\"name\": \"Zoë\"}"),
    ];
    assert_eq!(
        files("javascript", &modules).entry("main.mjs").output(),
        "hi Zoë { z: 26 } 26 5\n"
    );
    let error = js("require('express')").failed(1);
    assert!(error.contains("Cannot find module 'express'"), "{error}");
}

#[test]
fn an_error_names_the_users_file_and_line() {
    let error =
        js("function inner() {\n  throw new TypeError('bad')\n}\n[1].forEach(() => inner())\n")
            .failed(1);
    assert!(
        error.starts_with("main.js:2\n  throw new TypeError('bad')\n"),
        "{error}"
    );
    assert!(
        error.contains("TypeError: bad\n    at inner (main.js:2:"),
        "{error}"
    );
    assert!(error.contains("at main.js:4:"), "{error}");
    assert!(
        !error.contains("polycode") && !error.contains("/box"),
        "{error}"
    );
    let rejected = js("Promise.reject(new Error('later'))").failed(1);
    assert!(
        rejected.contains("Error: later") && rejected.contains("main.js:1"),
        "{rejected}"
    );
    assert_eq!(js("throw { a: 1 }").failed(1), "Uncaught { a: 1 }\n");
}

#[test]
fn syntax_errors_are_found_before_anything_runs() {
    let diagnostics = js("console.log('never');\nconst x = ;\n").rejected();
    assert_eq!(
        diagnostics,
        "main.js:2:11\nconst x = ;\n          ^\nSyntaxError: unexpected token in expression: ';'\n"
    );
    assert!(
        js("export const a = 1;\nawait a +;\n")
            .rejected()
            .starts_with("main.js:2:")
    );
    assert!(
        js("const a = 1;\nconst a = 2;")
            .rejected()
            .contains("invalid redefinition")
    );
    let second = files(
        "javascript",
        &[("main.js", "require('./u')"), ("u.js", "let s = 'abc")],
    );
    assert!(second.rejected().starts_with("u.js:1:9\n"));
}

#[test]
fn functions_are_called_however_they_are_declared() {
    let declarations = [
        "function add(a, b) { return a + b }",
        "const add = (a, b) => a + b",
        "module.exports = { add: (a, b) => a + b }",
        "module.exports = function add(a, b) { return a + b }",
        "exports.add = async (a, b) => { await new Promise((r) => setTimeout(r, 50)); return a + b }",
        "export function add(a, b) { return a + b }",
        "export default function add(a, b) { return a + b }",
        "import fs from 'node:fs'; const add = (a, b) => a + b",
    ];
    for source in declarations {
        assert_eq!(
            js(source).call("add", json!([1, 2])).returned(),
            json!(3),
            "{source}"
        );
    }
    let value = js("const f = (x) => ({ got: x, list: [1.5, null, undefined, 'é'] })");
    let expected = json!({"got": {"a": [1]}, "list": [1.5, null, null, "é"]});
    assert_eq!(value.call("f", json!([{"a": [1]}])).returned(), expected);
    let missing = js("const g = 1").call("f", json!([])).failed(1);
    assert_eq!(missing, "main.js has no function named 'f'\n");
    let nothing = js("function f() {}").call("f", json!([])).run();
    assert_eq!(
        (nothing.ending, nothing.returned),
        (Ending::Exited { code: 0 }, None)
    );
}

#[test]
fn deep_recursion_is_an_error_that_can_be_caught() {
    let source = "let n = 0; function f() { n++; return f() + 1 }
        try { f() } catch (e) { console.log(e instanceof RangeError, n > 8000) }
        const sum = (n) => n === 0 ? 0 : n + sum(n - 1); console.log(sum(8000));
        class A { toString() { return `${this}` } } try { `${new A()}` } catch (e) { console.log(e.name) }
        function s() { [2, 1].sort(s) } try { s() } catch (e) { console.log(e.name) }
        let d = []; for (let i = 0; i < 1e5; i++) d = [d]; try { structuredClone(d) } catch (e) { console.log(e.name) }";
    assert_eq!(
        js(source).output(),
        "true true\n32004000\nRangeError\nRangeError\nRangeError\n"
    );
    let uncaught = js("function f() { return f() + 1 }\nf()").failed(1);
    assert!(
        uncaught.contains("RangeError: Maximum call stack size exceeded"),
        "{uncaught}"
    );
}

#[test]
fn output_before_a_limit_is_kept() {
    let seen = js("console.log('before'); process.stdout.write('part'); for (;;) {}")
        .time_ms(50)
        .run();
    assert_eq!(
        (seen.ending, text(&seen.stdout)),
        (Ending::TimeExhausted, "before\npart".to_owned())
    );
}

#[test]
fn time_and_randomness_are_the_same_in_every_run() {
    let source = "console.log(Math.random(), Math.random(), Date.now(), performance.now(), crypto.randomUUID());
        setTimeout(() => console.log(Date.now()), 1000)";
    let [one, two] = [js(source).run(), js(source).run()];
    assert_eq!((text(&one.stdout), one.fuel), (text(&two.stdout), two.fuel));
    let numbers =
        js("console.log(Math.random() !== Math.random(), new Date().toISOString().slice(0, 10))");
    assert_eq!(numbers.output(), "true 2026-01-01\n");
}

#[test]
fn tasks_run_in_order_and_waiting_costs_no_time() {
    let source =
        "setTimeout(() => console.log('t2'), 60_000); setTimeout(() => console.log('t1'), 10);
        setImmediate(() => console.log('immediate')); process.nextTick(() => console.log('tick'));
        Promise.resolve().then(() => console.log('micro')); console.log('sync');
        const i = setInterval(() => { console.log('i'); clearInterval(i) }, 5);
        process.on('exit', (c) => console.log('exit', c))";
    let expected = "sync\ntick\nmicro\nimmediate\ni\nt1\nt2\nexit 0\n";
    assert_eq!(js(source).time_ms(100_000).output(), expected);
}

#[test]
fn the_library_that_exercises_use() {
    let source = r"
        const assert = require('assert'); const fs = require('fs'); const path = require('path'); const util = require('util');
        const EventEmitter = require('events');
        fs.mkdirSync('a/b', { recursive: true }); fs.writeFileSync('a/b/x.txt', 'one\n'); fs.appendFileSync('a/b/x.txt', 'zwö');
        assert.strictEqual(fs.readFileSync('a/b/x.txt', 'utf8'), 'one\nzwö');
        assert.deepStrictEqual(fs.readdirSync('a'), ['b']); assert(fs.existsSync('a/b')); assert(!fs.existsSync('nope'));
        assert.throws(() => fs.readFileSync('nope'), { code: 'ENOENT' });
        assert.strictEqual(path.join('/a', '..', 'b', 'c.txt'), '/b/c.txt'); assert.strictEqual(path.extname('x.y.z'), '.z');
        assert.deepEqual([1, '2'], [1, 2]); assert.throws(() => assert.deepStrictEqual({ a: 1 }, { a: 2 }), assert.AssertionError);
        class E extends EventEmitter {} const e = new E(); const got = []; e.once('x', (v) => got.push(v)); e.emit('x', 1); e.emit('x', 2);
        assert.deepStrictEqual(got, [1]);
        assert.strictEqual(util.format('%s-%d', 'a', 1), 'a-1'); assert.strictEqual(util.inspect({ a: [1] }), '{ a: [ 1 ] }');
        assert.deepStrictEqual(structuredClone({ d: new Date(0), m: new Map([[1, { x: 2 }]]) }), { d: new Date(0), m: new Map([[1, { x: 2 }]]) });
        assert.strictEqual(Buffer.from('héllo').toString('base64'), 'aMOpbGxv'); assert.strictEqual(new TextDecoder().decode(new TextEncoder().encode('é')), 'é');
        assert.deepStrictEqual([3, 1, 2].toSorted(), [1, 2, 3]); assert.strictEqual([1, 2, 3].at(-1), 3);
        assert.deepStrictEqual(Object.groupBy([1, 2, 3], (x) => (x % 2 ? 'odd' : 'even')).odd, [1, 3]);
        assert.strictEqual(2n ** 100n, 1267650600228229401496703205376n); assert(/(?<y>\d{4})/u.exec('in 2026').groups.y === '2026');
        console.log('done')";
    assert_eq!(js(source).output(), "done\n");
}
