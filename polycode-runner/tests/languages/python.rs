//! Python, as learners meet it. The runtime must be installed: `polycode install python`.

use crate::support::{Case, files, program, text};
use polycode_core::judging::Ending;
use serde_json::json;

fn py(text: &str) -> Case {
    program("python", text)
}

#[test]
fn output_and_input() {
    assert_eq!(
        py("print('hello', 1, 1.5, [1, 'a'], {'b': None})").output(),
        "hello 1 1.5 [1, 'a'] {'b': None}\n"
    );
    let echo = "name = input('name? ')\nimport sys\nfor line in sys.stdin:\n    print(name, line.strip(), '日本🎉')";
    assert_eq!(
        py(echo).stdin("Zoë\na\nb").output(),
        "name? Zoë a 日本🎉\nZoë b 日本🎉\n"
    );
    let ended = py("input()").failed(1);
    assert!(
        ended.ends_with("EOFError: EOF when reading a line\n"),
        "{ended}"
    );
}

#[test]
fn arguments_files_and_exit_codes() {
    let source = "import sys\nprint(sys.argv, __name__, __file__)";
    assert_eq!(
        py(source).args(&["a", "b c"]).output(),
        "['main.py', 'a', 'b c'] __main__ /box/main.py\n"
    );
    for (source, code, words) in [
        ("import sys\nsys.exit(3)", 3, ""),
        ("exit(256)", 1, ""),
        ("raise SystemExit('bye')", 1, "bye\n"),
        ("import os\nos._exit(7)", 7, ""),
    ] {
        assert_eq!(py(source).failed(code), words, "{source}");
    }
    let package = [
        (
            "main.py",
            "import util\nfrom pkg.deep import g\nprint(util.f(2), g())",
        ),
        ("util.py", "def f(x):\n    return x * 21"),
        ("pkg/deep.py", "def g():\n    return 'deep'"),
    ];
    assert_eq!(files("python", &package).output(), "42 deep\n");
    let source = "open('out.txt', 'w').write('zwölf\\n')\nprint(open('out.txt').read(), end='')\nimport os\nprint(os.listdir('.'), os.getcwd(), dict(os.environ))";
    assert_eq!(
        py(source).output(),
        "zwölf\n['main.py', 'out.txt'] /box {}\n"
    );
}

#[test]
fn a_traceback_names_the_users_files_and_lines() {
    let program = [
        (
            "main.py",
            "import util\n\ndef f():\n    return util.g(0)\n\nf()\n",
        ),
        ("util.py", "def g(x):\n    return 1 / x\n"),
    ];
    let expected = "Traceback (most recent call last):\n  File \"main.py\", line 6, in <module>\n    f()\n    ~^^\n  \
        File \"main.py\", line 4, in f\n    return util.g(0)\n           ~~~~~~^^^\n  \
        File \"util.py\", line 2, in g\n    return 1 / x\n           ~~^~~\nZeroDivisionError: division by zero\n";
    assert_eq!(files("python", &program).failed(1), expected);
    let chained =
        py("try:\n    1 / 0\nexcept Exception as e:\n    raise ValueError('no') from e").failed(1);
    assert!(
        chained.contains("direct cause") && chained.ends_with("ValueError: no\n"),
        "{chained}"
    );
    let library = py("import json\njson.loads('{')").failed(1);
    assert!(
        library.contains("line 2, in <module>") && !library.contains(".zip"),
        "{library}"
    );
    let missing = py("import nosuch").failed(1);
    assert!(
        missing.ends_with("ModuleNotFoundError: No module named 'nosuch'\n"),
        "{missing}"
    );
}

#[test]
fn syntax_errors_are_found_before_anything_runs() {
    let expected = "  File \"main.py\", line 2\n    print('x'\n         ^\nSyntaxError: '(' was never closed\n";
    assert_eq!(py("print('never')\nprint('x'\n").rejected(), expected);
    let both = files(
        "python",
        &[
            ("main.py", "import u\nif 1:\nprint(1)"),
            ("u.py", "def f(:\n  pass"),
        ],
    );
    let diagnostics = both.rejected();
    assert!(
        diagnostics.contains("main.py\", line 3") && diagnostics.contains("u.py\", line 1"),
        "{diagnostics}"
    );
    assert!(py(&"(".repeat(20_000)).rejected().contains("main.py"));
    assert!(
        py("return 5")
            .rejected()
            .contains("'return' outside function")
    );
}

#[test]
fn functions_are_called_and_their_values_returned() {
    let add = "def add(a, b):\n    return a + b\n\nif __name__ == '__main__':\n    raise Exception('not now')";
    assert_eq!(py(add).call("add", json!([1, 2])).returned(), json!(3));
    assert_eq!(
        py("add = lambda a, b: (a, {'x': b})")
            .call("add", json!([1, "é"]))
            .returned(),
        json!([1, {"x": "é"}])
    );
    let later =
        "import asyncio\nasync def add(a, b):\n    await asyncio.sleep(0.1)\n    return a + b";
    assert_eq!(py(later).call("add", json!([1, 2])).returned(), json!(3));
    assert_eq!(
        py("x = 1").call("f", json!([])).failed(1),
        "main.py has no function named 'f'\n"
    );
    for (value, words) in [("{1}", "set"), ("float('nan')", "nan")] {
        let error = py(&format!("def f():\n    return {value}"))
            .call("f", json!([]))
            .failed(1);
        assert!(
            error.starts_with("what f returned is not JSON: ") && error.contains(words),
            "{error}"
        );
    }
}

#[test]
fn deep_recursion_is_an_error_that_can_be_caught() {
    let error = py("def f(n):\n    return f(n + 1)\nf(0)").failed(1);
    assert!(error.ends_with("[Previous line repeated 989 more times]\nRecursionError: maximum recursion depth exceeded\n"), "{error}");
    let source = "import sys, json\nfrom functools import lru_cache\nsys.setrecursionlimit(10**6)\n\
        def total(n): return 0 if n == 0 else n + total(n - 1)\nprint(total(50000))\n\
        @lru_cache(None)\ndef fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\nprint(fib(900) % 1000)\n\
        class A:\n    def __repr__(self): return repr(self)\n\
        nested = []\nfor _ in range(100000): nested = [nested]\n\
        for f in (lambda: repr(A()), lambda: json.dumps(nested)):\n    \
        try: f()\n    except RecursionError as e: print('deep')";
    assert_eq!(py(source).output(), "1250025000\n800\ndeep\ndeep\n");
}

#[test]
fn json_nested_too_deeply_is_an_error_that_can_be_caught() {
    let error = py("import json\nprint(1)\njson.loads('[' * 100_000)").failed(1);
    assert!(
        error.contains("File \"main.py\", line 3, in <module>")
            && error.ends_with("maximum recursion depth exceeded while decoding a JSON text\n"),
        "{error}"
    );
    let source = "import json\n\
        try: json.loads('{\"a\": ' * 50_000)\nexcept RecursionError: print('caught')\n\
        print(len(json.loads('[' + '[],' * 20_000 + '\"' + '[' * 20_000 + '\"]')))\n\
        print(len(str(json.loads('[' * 5_000 + ']' * 5_000))))";
    assert_eq!(py(source).output(), "caught\n20001\n10000\n");
}

#[test]
fn memory_that_the_interpreter_refuses_is_the_memory_limit() {
    for source in [
        "x = [0] * 10**9",
        "def f():\n    return 'ab' * 10**9\nf()",
        "b = bytearray(2 * 10**9)",
        "import asyncio\nasync def f(): return [0] * 10**9\nasyncio.run(f())",
    ] {
        let seen = py(source).run();
        assert_eq!(seen.ending, Ending::MemoryExhausted, "{source}");
        let error = text(&seen.stderr);
        assert!(
            error.contains("File \"main.py\", line ") && error.ends_with("MemoryError\n"),
            "{error}"
        );
    }
    assert!(
        py("raise MemoryError('full')")
            .failed(1)
            .ends_with("MemoryError: full\n")
    );
    let handled =
        "try:\n    x = [0] * 10**9\nexcept MemoryError:\n    print('handled')\nraise SystemExit(3)";
    assert_eq!(py(handled).failed(3), "");
}

#[test]
fn a_program_may_take_its_streams_away() {
    for (source, expected) in [
        ("import sys\nprint('a', end='')\nsys.stdout = None", "a"),
        (
            "import sys\nprint('a')\nsys.stdout = sys.stderr = None\nprint('b')",
            "a\n",
        ),
        (
            "import sys, io\nprint('a', end='')\nsys.stdout = io.StringIO()\nprint('b')",
            "a",
        ),
        ("import sys\nprint('a')\nsys.stdout.close()", "a\n"),
    ] {
        assert_eq!(py(source).output(), expected, "{source}");
    }
    assert_eq!(py("import sys\nsys.stderr = None\n1 / 0").failed(1), "");
    let broken = py("import sys\nsys.stderr = 1\n1 / 0").failed(1);
    assert!(broken.ends_with("division by zero\n"), "{broken}");
}

#[test]
fn output_before_a_limit_is_kept() {
    let seen = py("print('before')\nwhile True: pass").time_ms(100).run();
    assert_eq!(
        (seen.ending, text(&seen.stdout)),
        (Ending::TimeExhausted, "before\n".to_owned())
    );
}

#[test]
fn time_and_randomness_are_the_same_in_every_run() {
    let source = "import random, time, uuid, datetime\nprint(random.random(), hash('a'), uuid.uuid4(), time.time(), {'b', 'a', 'c'})\n\
        start = time.monotonic()\ntime.sleep(1.5)\nprint(time.monotonic() - start >= 1.5, datetime.date.today())";
    let [one, two] = [py(source).run(), py(source).run()];
    assert_eq!((text(&one.stdout), one.fuel), (text(&two.stdout), two.fuel));
    assert!(
        text(&one.stdout).ends_with("True 2026-01-01\n"),
        "{}",
        text(&one.stdout)
    );
    assert_eq!(
        py("import random\nrandom.seed(1)\nprint(random.randint(1, 100))").output(),
        "18\n"
    );
}

#[test]
fn the_library_that_exercises_use() {
    let source = "
import asyncio, bisect, collections, copy, csv, datetime, decimal, enum, fractions, functools, heapq, io, itertools
import json, math, operator, os, re, statistics, string, sys, textwrap, typing, unittest, zlib, hashlib, base64
from dataclasses import dataclass, field

@dataclass(order=True)
class Point:
    x: int
    y: int = 0
    tags: list = field(default_factory=list)

assert Point(1) < Point(2) and repr(Point(1)) == 'Point(x=1, y=0, tags=[])'
assert collections.Counter('banana').most_common(1) == [('a', 3)]
assert list(itertools.accumulate([1, 2, 3])) == [1, 3, 6]
assert functools.reduce(operator.mul, [1, 2, 3, 4]) == 24
assert decimal.Decimal('0.1') + decimal.Decimal('0.2') == decimal.Decimal('0.3')
assert fractions.Fraction(1, 3) + fractions.Fraction(1, 6) == fractions.Fraction(1, 2)
assert re.findall(r'\\d+', 'a1b22') == ['1', '22'] and math.isclose(math.pi, 3.14159265, rel_tol=1e-8)
assert json.loads(json.dumps({'a': [1, None, True, 'é']})) == {'a': [1, None, True, 'é']}
assert datetime.datetime.strptime('2026-02-03', '%Y-%m-%d').strftime('%A') == 'Tuesday'
assert statistics.median([3, 1, 2]) == 2 and heapq.nsmallest(2, [3, 1, 2]) == [1, 2]
assert list(csv.reader(io.StringIO('a,\"b,c\"'))) == [['a', 'b,c']]
assert hashlib.sha256(b'').hexdigest()[:8] == 'e3b0c442' and base64.b64encode(b'hi') == b'aGk='

class Colour(enum.Enum):
    RED = 1

assert Colour['RED'].value == 1 and f'{1234567.891:,.2f}' == '1,234,567.89'
match {'kind': 'circle', 'r': 2}:
    case {'kind': 'circle', 'r': r}:
        assert r == 2

async def main():
    async def job(n):
        await asyncio.sleep(n / 100)
        return n
    return await asyncio.gather(job(2), job(1))

assert asyncio.run(main()) == [2, 1]

class Test(unittest.TestCase):
    def test_it(self):
        self.assertEqual(1 + 1, 2)

stream = io.StringIO()
assert unittest.TextTestRunner(stream=stream).run(unittest.defaultTestLoader.loadTestsFromTestCase(Test)).wasSuccessful()
print('done')";
    assert_eq!(py(source).output(), "done\n");
}

#[test]
fn numpy_is_there() {
    let source = "import numpy as np\nprint(np.arange(6).reshape(2, 3).sum(axis=0))";
    assert_eq!(py(source).time_ms(20_000).output(), "[3 5 7]\n");
}

#[test]
fn for_data_science_libraries_are_loaded_before_the_run() {
    let source = "import sys\nprint([name in sys.modules for name in ('numpy', 'pandas', 'scipy.stats')])\nimport numpy, pandas, scipy.stats";
    let seen = program("python-science", source).run();
    assert_eq!(text(&seen.stdout), "[True, True, True]\n");
    let plain = py("import sys\nprint('numpy' in sys.modules)").run();
    assert_eq!(text(&plain.stdout), "False\n");
    // To load numpy alone takes a hundred times as much as all of a run that finds it.
    let loading = py("import numpy").run();
    assert!(seen.fuel.0 * 100 < loading.fuel.0, "{seen:?}");
}

#[test]
fn random_numbers_of_numpy_are_of_the_run_as_those_of_the_language() {
    let source = "import random, numpy\nprint(random.random() == numpy.random.random(), numpy.random.get_state()[2] < 624)";
    let once = program("python-science", source).output();
    assert_eq!(once, "False True\n");
    let drawn = "import numpy\nprint(numpy.random.random())";
    let draw = || program("python-science", drawn).output();
    assert_eq!(draw(), draw());
}

#[test]
fn nothing_counts_references_to_what_there_is_before_a_run() {
    let source =
        "import json, sys\nprint(sys.getrefcount(json.loads) > 1 << 28, sys.getrefcount([]) < 10)";
    assert_eq!(py(source).output(), "True True\n");
    let source = "import gc\ngc.unfreeze()\ngc.collect()\ngc.collect()\nprint('still here')";
    assert_eq!(py(source).output(), "still here\n");
}

#[test]
fn a_run_finds_nothing_of_the_rehearsal_before_it() {
    let source = "import linecache, os, sys\nprint(sys.argv, sys.path[:1], os.listdir('/tmp'), os.listdir('.'), linecache.cache.keys() - {'main.py'}, sorted(vars(sys.modules['__main__']))[-3:])";
    let vars = "['linecache', 'os', 'sys']";
    assert_eq!(
        py(source).output(),
        format!("['main.py'] ['/box'] [] ['main.py'] set() {vars}\n")
    );
}

#[test]
fn what_the_sandbox_lacks_fails_cleanly() {
    for source in [
        "import threading\nthreading.Thread(target=print).start()",
        "import socket\nsocket.create_connection(('127.0.0.1', 80))",
        "import subprocess\nsubprocess.run(['ls'])",
        "import os\nos.fork()",
    ] {
        let error = py(source).failed(1);
        assert!(
            error.starts_with("Traceback (most recent call last):\n  File \"main.py\", line 2"),
            "{error}"
        );
    }
}
