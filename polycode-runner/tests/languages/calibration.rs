//! Measures how much fuel a millisecond of this machine's processor is, for each language.
//!
//! The figures go into `runtimes.toml` by hand, from the reference machine; here it is only
//! checked that every program runs and uses fuel. Run it with `--nocapture` to see them.

use std::time::Instant;

use crate::support::program;

/// A loop, calls, text, and a dictionary, in each language.
const PROGRAMS: [(&str, [&str; 4]); 10] = [
    (
        "javascript",
        [
            "let s = 0; for (let i = 0; i < 3e6; i++) s += i % 7; console.log(s)",
            "const f = (n) => n < 2 ? n : f(n - 1) + f(n - 2); console.log(f(24))",
            "let s = ''; for (let i = 0; i < 2e5; i++) s += i; console.log(s.split('9').length)",
            "const m = new Map(); for (let i = 0; i < 3e5; i++) m.set(i % 1000, i); console.log(m.size)",
        ],
    ),
    (
        "python",
        [
            "s = 0\nfor i in range(2_000_000): s += i % 7\nprint(s)",
            "def f(n): return n if n < 2 else f(n - 1) + f(n - 2)\nprint(f(23))",
            "s = ''.join(str(i) for i in range(200_000))\nprint(len(s.split('9')))",
            "m = {}\nfor i in range(1_000_000): m[i % 1000] = i\nprint(len(m))",
        ],
    ),
    (
        "lua",
        [
            "local s = 0 for i = 0, 5e6 // 1 | 0 do s = s + i % 7 end print(s)",
            "local function f(n) return n < 2 and n or f(n - 1) + f(n - 2) end print(f(27))",
            "local t = {} for i = 1, 200000 do t[i] = tostring(i) end print(select(2, table.concat(t):gsub('9', '')))",
            "local m = {} for i = 0, 2000000 do m[i % 1000] = i end print(#m)",
        ],
    ),
    (
        "ruby",
        [
            "s = 0\n1_000_000.times { |i| s += i % 7 }\np s",
            "def f(n) = n < 2 ? n : f(n - 1) + f(n - 2)\np f(24)",
            "s = +''\n100_000.times { |i| s << i.to_s }\np s.split('9').size",
            "m = {}\n500_000.times { |i| m[i % 1000] = i }\np m.size",
        ],
    ),
    (
        "php",
        [
            "<?php $s = 0; for ($i = 0; $i < 3000000; $i++) $s += $i % 7; echo $s;",
            "<?php function f($n) { return $n < 2 ? $n : f($n - 1) + f($n - 2); } echo f(25);",
            "<?php $s = ''; for ($i = 0; $i < 300000; $i++) $s .= $i; echo count(explode('9', $s));",
            "<?php $m = []; for ($i = 0; $i < 2000000; $i++) $m[$i % 1000] = $i; echo count($m);",
        ],
    ),
    (
        "perl",
        [
            "my $s = 0; for my $i (0 .. 1_000_000) { $s += $i % 7 } print $s",
            "sub f { my $n = shift; return $n < 2 ? $n : f($n - 1) + f($n - 2) } print f(20)",
            "my $s = ''; $s .= $_ for 0 .. 300_000; print scalar(() = split /9/, $s)",
            "my %m; $m{$_ % 1000} = $_ for 0 .. 500_000; print scalar keys %m",
        ],
    ),
    (
        "c",
        [
            "#include <stdio.h>\nint main(void) { unsigned s = 0; for (unsigned i = 0; i < 300000000; i++) s += s ^ i % 7; printf(\"%u\", s); }",
            "#include <stdio.h>\n__attribute__((noinline)) int f(int n) { return n < 2 ? n : f(n - 1) + f(n - 2); } int main(void) { printf(\"%d\", f(36)); }",
            "#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\nint main(void) { char *s = malloc(8 << 20); char *p = s; for (int i = 0; i < 1000000; i++) p += sprintf(p, \"%d\", i); int n = 0; while (p-- > s) n += *p == '9'; printf(\"%d\", n); }",
            "#include <stdio.h>\nstatic int m[1 << 20]; int main(void) { for (unsigned i = 0, k = 1; i < 50000000; i++) { k = k * 1664525u + 1013904223u; m[k >> 12] += i; } printf(\"%d\", m[5]); }",
        ],
    ),
    (
        "cpp",
        [
            "#include <cstdio>\nint main() { double s = 0; for (int i = 1; i < 100000000; i++) s += 1.0 / i; printf(\"%f\", s); }",
            "#include <iostream>\n#include <functional>\nint main() { std::function<int(int)> f = [&](int n) { return n < 2 ? n : f(n - 1) + f(n - 2); }; std::cout << f(32); }",
            "#include <string>\n#include <iostream>\n#include <sstream>\nint main() { std::ostringstream o; for (int i = 0; i < 500000; i++) o << i; std::string s = o.str(); int n = 0; for (char c : s) n += c == '9'; std::cout << n; }",
            "#include <unordered_map>\n#include <map>\n#include <iostream>\nint main() { std::map<int, int> m; for (int i = 0; i < 3000000; i++) m[i * 7919 % 100003] = i; std::cout << m.size(); }",
        ],
    ),
    (
        "go",
        [
            "package main\nfunc main() { var s uint32; for i := uint32(0); i < 100000000; i++ { s += s ^ i%7 }; println(s) }",
            "package main\nfunc f(n int) int { if n < 2 { return n }; return f(n-1) + f(n-2) }\nfunc main() { println(f(32)) }",
            "package main\nimport (\"os\"; \"strconv\"; \"strings\")\nfunc main() { var b strings.Builder; for i := range 1000000 { b.WriteString(strconv.Itoa(i)) }; os.Stdout.WriteString(strconv.Itoa(strings.Count(b.String(), \"9\"))) }",
            "package main\nfunc main() { m := map[int]int{}; for i := range 3000000 { m[i*7919%100003] = i }; println(len(m)) }",
        ],
    ),
    (
        "sql",
        [
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT 500000) SELECT sum(i % 7) FROM n",
            "CREATE TABLE t AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT 1000) SELECT i FROM n; SELECT count(*) FROM t a JOIN t b ON a.i + b.i = 999",
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT 200000) SELECT length(replace(group_concat(i, ''), '9', '')) FROM n",
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT 200000) SELECT count(*) FROM (SELECT i % 1000 AS k, count(*) FROM n GROUP BY k)",
        ],
    ),
];

#[test]
fn fuel_of_a_millisecond() {
    for (language, programs) in PROGRAMS {
        program(language, programs[0]).time_ms(60_000).run();
        let mut rates: Vec<u64> = programs
            .iter()
            .map(|source| {
                let best = (0..3).map(|_| {
                    let start = Instant::now();
                    let seen = program(language, source).time_ms(60_000).run();
                    assert!(seen.fuel.0 > 1_000_000, "{source}: {:?}", seen.ending);
                    seen.fuel.0 * 1_000 / u64::try_from(start.elapsed().as_micros()).unwrap()
                });
                best.max().unwrap()
            })
            .collect();
        rates.sort_unstable();
        println!(
            "{language}: {rates:?}, median {}",
            rates[1].midpoint(rates[2])
        );
    }
}
