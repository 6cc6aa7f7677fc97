//! TypeScript, as learners meet it. The compiler must be installed: `polycode install typescript`.

use crate::support::{Case, files, program, text};
use polycode_core::judging::Ending;
use serde_json::json;

fn ts(text: &str) -> Case {
    program("typescript", text)
}

#[test]
fn types_are_taken_out_and_programs_run() {
    let source = "interface Point { x: number; y?: number }
        type Pair<T> = [T, T];
        const add = <T extends number>(a: T, b: T): number => a + b;
        abstract class Shape { constructor(protected readonly name: string) {} abstract area(): number;
          toString(): string { return `${this.name} ${this.area().toFixed(1)}` } }
        class Square extends Shape implements Point { x!: number; constructor(private side: number) { super('square'); this.x = side } area() { return this.side ** 2 } }
        enum Colour { Red, Green = 'g', Blue = 1 << 2 }
        const enum Size { S = 1, M }
        function over(a: string): string; function over(a: number): number; function over(a: any) { return a }
        const p = { x: 1 } as Point, q = <Pair<number>>[1, 2], r = p!.y ?? 'none', s = { a: 1 } satisfies object;
        console.log(add(1, 2), `${new Square(2)}`, Colour.Red, Colour[0], Colour.Green, Colour.Blue, Size.M, over('é'), q, r, s);";
    assert_eq!(
        ts(source).output(),
        "3 square 4.0 0 Red g 4 2 é [ 1, 2 ] none { a: 1 }\n"
    );
}

#[test]
fn input_arguments_and_exit_codes() {
    let echo = "import * as fs from 'fs';\nconst lines: string[] = fs.readFileSync(0, 'utf8').trim().split('\\n');\nconsole.log(lines.join('+'), process.argv.slice(2));";
    assert_eq!(
        ts(echo).stdin("zwölf\n日本\n").args(&["a", "b c"]).output(),
        "zwölf+日本 [ 'a', 'b c' ]\n"
    );
    assert_eq!(ts("process.exit(3 as number)").failed(3), "");
}

#[test]
fn projects_of_several_files() {
    let project = [
        (
            "main.ts",
            "import { hi, type Name } from './lib/util';\nimport { Shape } from './shape.js';\nimport d from './d.json';\nconst n: Name = d.name;\nconst s: Shape = { sides: 4 };\nconsole.log(hi(n), s.sides);\nexport type { Shape };",
        ),
        (
            "lib/util.ts",
            "export type Name = string;\nexport const hi = (n: Name): string => `hi ${n}`;",
        ),
        ("shape.ts", "export interface Shape { sides: number }"),
        (
            "types.d.ts",
            "declare module 'x' { export const y: number }",
        ),
        ("d.json", "{\"name\": \"Zoë\"}"),
    ];
    assert_eq!(files("typescript", &project).output(), "hi Zoë 4\n");
    let scripts = [
        (
            "main.ts",
            "import util = require('./util');\nconst other = require('./other.js') as { z: number };\nconsole.log(util.f(2), other.z);",
        ),
        (
            "util.ts",
            "const f = (x: number): number => x * 21;\nexport = { f };",
        ),
        ("other.js", "module.exports = { z: 26 };"),
    ];
    assert_eq!(files("typescript", &scripts).output(), "42 26\n");
}

#[test]
fn an_error_names_the_users_file_line_and_column() {
    let source = "interface A { b: { c: number } }\n\nfunction inner<T>(a?: T): never {\n  const x: number = 1; throw new TypeError('bad' as string);\n}\nenum E {\n  A,\n  B,\n}\ninner<E>(E.A);\n";
    let error = ts(source).failed(1);
    assert!(error.contains("main.ts:4\n"), "{error}");
    assert!(
        error.contains("TypeError: bad\n    at inner (main.ts:4:34)\n")
            && error.contains("main.ts:10:"),
        "{error}"
    );
}

#[test]
fn syntax_errors_are_found_before_anything_runs() {
    assert_eq!(
        ts("console.log('never');\nlet x: = 5;\n").rejected(),
        "main.ts:2:8\nlet x: = 5;\n       ^\nSyntaxError: Type expected. (TS1110)\n"
    );
    // What only the engine finds is told with the same positions.
    let twice = ts("const a: number = 1;\nconst a: string = '2';").rejected();
    assert!(twice.starts_with("main.ts:2:"), "{twice}");
    let second = files(
        "typescript",
        &[
            ("main.ts", "import './u';"),
            ("u.ts", "let s: string = 'abc"),
        ],
    );
    assert!(second.rejected().starts_with("u.ts:1:21\n"));
    for (source, words) in [
        (
            "namespace N { export const x = 1 }",
            "namespaces with values",
        ),
        (
            "const d = (x: any) => x;\n@d class C {}",
            "decorators are not supported",
        ),
    ] {
        let error = ts(source).rejected();
        assert!(error.contains(words), "{error}");
    }
    let nested = ts(&format!("let x = {}", "[".repeat(50_000))).rejected();
    assert!(nested.contains("main.ts"), "{nested}");
}

#[test]
fn what_is_taken_out_joins_no_lines() {
    let source = "let n = 0
type A = number
(() => { n += 1 })()
const a = [1] as number[]
[0].forEach((x: number) => { n += 1 })
class C { a = 1
  private *gen(): Iterable<number> { yield 1 }
  readonly ['b'] = 2 }
const f = (x: number):
  number => x
const g = () => <{ x: number }>{ x: 5 }
console.log(n, a, [...new C().gen()], new C().b, f(3), g().x)";
    assert_eq!(ts(source).output(), "2 [ 1 ] [ 1 ] 2 3 5\n");
}

#[test]
fn functions_are_called_however_they_are_declared() {
    for source in [
        "function add(a: number, b: number): number { return a + b }",
        "export const add = (a: number, b: number): number => a + b;",
        "export default function add(a: number, b: number): number { return a + b }",
        "export async function add<T extends number>(a: T, b: T): Promise<number> { return a + b }",
        "import * as fs from 'fs'; const add = (a: number, b: number) => a + b;",
    ] {
        assert_eq!(
            ts(source).call("add", json!([1, 2])).returned(),
            json!(3),
            "{source}"
        );
    }
}

#[test]
fn limits_and_the_clock_are_those_of_javascript() {
    let seen = ts("console.log('before' as string); for (;;) {}")
        .time_ms(50)
        .run();
    assert_eq!(
        (seen.ending, text(&seen.stdout)),
        (Ending::TimeExhausted, "before\n".to_owned())
    );
    let source = "const r: number = Math.random(); console.log(r, Date.now())";
    let [one, two] = [ts(source).run(), ts(source).run()];
    assert_eq!((text(&one.stdout), one.fuel), (text(&two.stdout), two.fuel));
}
