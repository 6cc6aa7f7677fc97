//! Lua, as learners meet it.

use crate::support::{Case, files, program, text};
use polycode_core::judging::Ending;
use serde_json::json;

fn lua(text: &str) -> Case {
    program("lua", text)
}

#[test]
fn output_and_input() {
    assert_eq!(
        lua("print('hello', 1, 1.5, 2^10, 7 // 2, nil, true, _VERSION)").output(),
        "hello\t1\t1.5\t1024.0\t3\tnil\ttrue\tLua 5.4\n"
    );
    let echo = "local name = io.read()\nfor line in io.lines() do print(name, #line, utf8.len(line), line) end\nprint(io.read())";
    assert_eq!(
        lua(echo).stdin("Zoë\n日本🎉\nb").output(),
        "Zoë\t10\t3\t日本🎉\nZoë\t1\t1\tb\nnil\n"
    );
    assert_eq!(
        lua("local a, b = io.read('n', 'n')\nio.write(a + b, '\\n')")
            .stdin("3 4.5")
            .output(),
        "7.5\n"
    );
}

#[test]
fn arguments_files_and_exit_codes() {
    assert_eq!(
        lua("print(arg[0], #arg, arg[2], ...)")
            .args(&["a", "b c"])
            .output(),
        "main.lua\t2\tb c\ta\tb c\n"
    );
    for (source, code) in [
        ("os.exit(3)", 3),
        ("os.exit(false)", 1),
        ("os.exit(true, true)", 0),
        ("os.exit(256)", 256),
    ] {
        assert_eq!(lua(source).failed(code), "", "{source}");
    }
    let source = "local f = assert(io.open('out.txt', 'w'))\nf:write('zwölf\\n', 1, '\\n')\nf:close()\n\
        for line in io.lines('out.txt') do print(line) end\nprint(os.remove('out.txt'), (select(2, io.open('out.txt'))))\n\
        print((io.open('/etc/passwd')), os.getenv('HOME'), os.execute())";
    assert_eq!(
        lua(source).output(),
        "zwölf\n1\ntrue\tout.txt: No such file or directory\nnil\tnil\tfalse\n"
    );
}

#[test]
fn projects_of_several_files() {
    let project = [
        (
            "main.lua",
            "local util = require 'util'\nlocal deep = require('pkg.deep')\nlocal shape = require('shape')\nprint(util.f(2), deep, shape.sides, package.loaded.util == util)",
        ),
        ("util.lua", "return { f = function(x) return x * 21 end }"),
        ("pkg/deep.lua", "return 'deep'"),
        ("shape/init.lua", "return { sides = 4 }"),
    ];
    assert_eq!(files("lua", &project).output(), "42\tdeep\t4\ttrue\n");
    let folder = [
        ("src/main.lua", "print(require('util'))"),
        ("src/util.lua", "return 'beside'"),
    ];
    assert!(
        files("lua", &folder)
            .entry("src/main.lua")
            .output()
            .starts_with("beside")
    );
    let missing = lua("require('nosuch')").failed(1);
    assert!(missing.contains("module 'nosuch' not found"), "{missing}");
}

#[test]
fn an_error_names_the_users_files_and_lines() {
    let project = [
        (
            "main.lua",
            "local util = require('util')\nlocal function f()\n  return util.g(nil) + 1\nend\nf()\n",
        ),
        (
            "util.lua",
            "local M = {}\nfunction M.g(x)\n  return x.field\nend\nreturn M\n",
        ),
    ];
    assert_eq!(
        files("lua", &project).failed(1),
        "lua: util.lua:3: attempt to index a nil value (local 'x')\nstack traceback:\n\
         \tutil.lua:3: in function 'util.g'\n\tmain.lua:3: in local 'f'\n\tmain.lua:5: in main chunk\n"
    );
    let raised = lua("error('bad', 0)").failed(1);
    assert!(raised.starts_with("lua: bad\n"), "{raised}");
    let table = lua("error({ code = 2 })").failed(1);
    assert!(
        table.starts_with("lua: (error object is a table value)\n"),
        "{table}"
    );
    let shown =
        lua("error(setmetatable({}, { __tostring = function() return 'mine' end }))").failed(1);
    assert!(
        shown.starts_with("lua: mine\n") && !shown.contains("polycode"),
        "{shown}"
    );
}

#[test]
fn syntax_errors_are_found_before_anything_runs() {
    assert_eq!(
        lua("print('never')\nlocal x = = 5\n").rejected(),
        "main.lua:2: unexpected symbol near '='\n"
    );
    let both = files(
        "lua",
        &[
            ("main.lua", "require('u')\nif x then"),
            ("u.lua", "return 'abc"),
        ],
    );
    let diagnostics = both.rejected();
    assert!(
        diagnostics.contains("main.lua:2: 'end' expected")
            && diagnostics.contains("u.lua:1: unfinished string"),
        "{diagnostics}"
    );
    assert!(
        lua(&format!("return {}1", "(".repeat(20_000)))
            .rejected()
            .starts_with("main.lua: C stack overflow")
    );
    assert_eq!(lua("#!/usr/bin/lua\nprint('shell')").output(), "shell\n");
}

#[test]
fn functions_are_called_however_they_are_declared() {
    for source in [
        "function add(a, b) return a + b end",
        "local function add(a, b) return a + b end",
        "local M = {}\nfunction M.add(a, b) return a + b end\nreturn M",
        "return function(a, b) return a + b end",
        "add = setmetatable({}, { __call = function(_, a, b) return a + b end })",
    ] {
        assert_eq!(
            lua(source).call("add", json!([1, 2])).returned(),
            json!(3),
            "{source}"
        );
    }
    let echo = "function f(x, y, z) return { x = x, n = { y == nil, z }, t = 'é\\n\"', f = 0.5, e = {} } end";
    assert_eq!(
        lua(echo)
            .call(
                "f",
                json!([{"a": ["😀\u{7f}", 1.5, -2.5e-3]}, null, "é\\\"\n"])
            )
            .returned(),
        json!({"x": {"a": ["😀\u{7f}", 1.5, -0.0025]}, "n": [true, "é\\\"\n"], "t": "é\n\"", "f": 0.5, "e": []})
    );
    assert_eq!(
        lua("x = 1").call("f", json!([])).failed(1),
        "main.lua has no function named 'f'\n"
    );
    for (value, words) in [
        ("0 / 0", "not finite"),
        ("print", "a function"),
        ("{ 1, x = 2 }", "neither a list"),
        ("'\\xff'", "not UTF-8"),
        ("_G", "nested too deeply"),
    ] {
        let error = lua(&format!("function f() return {value} end"))
            .call("f", json!([]))
            .failed(1);
        assert!(
            error.starts_with("what f returned is not JSON: "),
            "{error}"
        );
        assert!(error.contains(words) || value == "_G", "{value}: {error}");
    }
}

#[test]
fn deep_recursion_and_memory_are_errors_that_can_be_caught() {
    let source = "local function f(n) return 1 + f(n + 1) end\nlocal ok, e = pcall(f, 0)\nprint(ok, e:match('stack overflow'))\n\
        local function sum(n) if n == 0 then return 0 end return n + sum(n - 1) end\nprint(sum(100000))\n\
        local t = setmetatable({}, {})\ngetmetatable(t).__index = function(_, k) return t[k] end\nprint((pcall(function() return t.x end)))\n\
        print((pcall(string.rep, 'x', 1 << 33)))\nlocal co = coroutine.wrap(function() error('in') end)\nprint(pcall(co))";
    assert_eq!(
        lua(source).output(),
        "false\tstack overflow\n5000050000\nfalse\nfalse\nfalse\tmain.lua:10: in\n"
    );
    let uncaught = lua("local function f() return 1 + f() end\nf()").failed(1);
    assert!(
        uncaught.starts_with("lua: main.lua:1: stack overflow"),
        "{uncaught}"
    );
    let greedy = lua("local t = {}\nwhile true do t[#t + 1] = string.rep('x', 1e6) .. #t end")
        .time_ms(10_000)
        .run();
    assert_eq!(greedy.ending, Ending::MemoryExhausted);
}

#[test]
fn output_before_a_limit_is_kept() {
    let seen = lua("print('before') io.write('part') while true do end")
        .time_ms(50)
        .run();
    assert_eq!(
        (seen.ending, text(&seen.stdout)),
        (Ending::TimeExhausted, "before\npart".to_owned())
    );
}

#[test]
fn errors_cost_what_they_take() {
    let caught = lua("while true do pcall(error) end").time_ms(100).run();
    assert_eq!(caught.ending, Ending::TimeExhausted);
    // 1.5 microseconds each, at least.
    let thousand = lua("for i = 1, 1000 do pcall(error) end").run();
    let per_ms = polycode_runner::language::find("lua").unwrap().fuel_per_ms;
    assert!(thousand.fuel.0 > per_ms * 3 / 2, "{:?}", thousand.fuel);
}

#[test]
fn time_randomness_and_order_are_the_same_in_every_run() {
    let source = "local t = { b = 1, a = 2, c = 3, [print] = 4, [{}] = 5 }\nfor k, v in pairs(t) do io.write(v, ' ') end\n\
        print(math.random(), math.random(100), os.time(), tostring({}), os.clock() < 1, os.date('!%Y-%m-%d'))";
    let [one, two] = [lua(source).run(), lua(source).run()];
    assert_eq!((text(&one.stdout), one.fuel), (text(&two.stdout), two.fuel));
    assert!(
        text(&one.stdout).ends_with("true\t2026-01-01\n"),
        "{}",
        text(&one.stdout)
    );
    assert_eq!(
        lua("print(math.random() ~= math.random())").output(),
        "true\n"
    );
}

#[test]
fn the_library_that_exercises_use() {
    let source = "
local words = {}
for w in ('the quick  brown fox'):gmatch('%a+') do words[#words + 1] = w end
assert(#words == 4 and table.concat(words, ',') == 'the,quick,brown,fox')
table.sort(words, function(a, b) return #a < #b end)
assert(#words[1] == 3 and select('#', table.unpack(words)) == 4)
assert(('%5.2f|%-4s|%q|%x'):format(3.14159, 'ab', 'a\\nb', 255) == ' 3.14|ab  |\"a\\\\\\nb\"|ff')
assert(('hello'):gsub('l', { l = 'L' }) == 'heLLo' and ('x=1'):match('(%w+)=(%w+)') == 'x')
assert(math.type(3) == 'integer' and math.type(3.0) == 'float' and 7 // 2 == 3 and 7 % -3 == -2 and 1 << 4 == 16)
assert(math.floor(-3.5) == -4 and math.max(1, 5, 2) == 5 and math.maxinteger + 1 == math.mininteger and math.pi > 3.14)
local Account = {}
Account.__index = Account
function Account.new(b) return setmetatable({ balance = b }, Account) end
function Account:deposit(v) self.balance = self.balance + v return self end
Account.__add = function(a, b) return Account.new(a.balance + b.balance) end
assert((Account.new(1):deposit(2) + Account.new(3)).balance == 6)
local gen = coroutine.create(function(n) for i = 1, n do coroutine.yield(i) end return 'end' end)
local got = {}
while coroutine.status(gen) ~= 'dead' do local _, v = coroutine.resume(gen, 2) got[#got + 1] = v end
assert(got[2] == 2 and got[3] == 'end')
local ok, e = pcall(error, { code = 7 })
assert(not ok and e.code == 7)
assert(utf8.char(26085, 26412) == '日本' and utf8.codepoint('é', 1) == 233)
assert(load('return ...', 'x', 't', {})(5) == 5 and next({}) == nil and rawlen({ 1, 2 }) == 2)
assert(string.pack('<i4', 7):byte() == 7 and tostring(nil) == 'nil' and tonumber('0x10') == 16 and tonumber('z', 36) == 35)
do local c <close> = setmetatable({}, { __close = function() print('closed') end }) end
goto done
print('skipped')
::done::
setmetatable({}, { __gc = function() print('collected') end })
print(os.date('!%A', 0), #debug.traceback('x') > 1)";
    assert_eq!(lua(source).output(), "closed\nThursday\ttrue\ncollected\n");
}
