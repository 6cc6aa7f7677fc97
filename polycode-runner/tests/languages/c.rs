//! C, as learners meet it. The compiler must be installed: `polycode install c`.

use polycode_core::judging::Ending;
use serde_json::json;

use crate::support::{Case, files, program, text};

fn c(body: &str) -> Case {
    let headers = "#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n";
    program("c", &format!("{headers}{body}"))
}

#[test]
fn output_and_input() {
    let hello =
        "int main(void) { printf(\"%s %05.1f %d\\n\", \"hello\", 2.26, 7); puts(\"Zoë 日本🎉\"); }";
    assert_eq!(c(hello).output(), "hello 002.3 7\nZoë 日本🎉\n");
    let sum = "int main(void) { long long n, sum = 0; while (scanf(\"%lld\", &n) == 1) sum += n; printf(\"%lld\\n\", sum); }";
    assert_eq!(c(sum).stdin("1 2\n3000000000 -4").output(), "2999999999\n");
    let echo = "int main(void) { char line[100]; while (fgets(line, sizeof line, stdin)) fputs(line, stdout); }";
    assert_eq!(c(echo).stdin("a b\nZoë\nc").output(), "a b\nZoë\nc");
    let letters =
        "int main(void) { int c, n = 0; while ((c = getchar()) != EOF) n++; printf(\"%d\", n); }";
    assert_eq!(c(letters).stdin("Zoë\n").output(), "5");
    let seen =
        c("int main(void) { fputs(\"a\", stderr); fputs(\"b\", stdout); perror(\"c\"); }").run();
    assert_eq!(text(&seen.stdout), "b");
    assert_eq!(text(&seen.stderr), "ac: Success\n");
    let wide =
        "int main(void) { long double x; scanf(\"%Lf\", &x); printf(\"%.3Lf %a\", x / 4, 0.5); }";
    assert_eq!(c(wide).stdin("3.5").output(), "0.875 0x1p-1");
}

#[test]
fn arguments_files_and_exit_codes() {
    let args = "int main(int argc, char **argv) { for (int i = 0; i < argc; i++) printf(\"[%s]\", argv[i]); }";
    assert_eq!(c(args).args(&["--a", "b c"]).output(), "[main.c][--a][b c]");
    for (body, code) in [
        ("int main(void) { return 3; }", 3),
        ("int main(void) { exit(255); }", 255),
        (
            "#include <assert.h>\nint main(void) { return 0 * puts(\"\") + 7; }",
            7,
        ),
    ] {
        assert_eq!(c(body).failed(code), "", "{body}");
    }
    let late = "static void bye(void) { puts(\"bye\"); }\nint main(void) { atexit(bye); puts(\"hi\"); return 0; }";
    assert_eq!(c(late).output(), "hi\nbye\n");
    let kept = "int main(void) { FILE *f = fopen(\"out.txt\", \"w\"); fputs(\"zwölf\\n\", f); fclose(f);\n\
        char line[20]; f = fopen(\"/out.txt\", \"r\"); fgets(line, 20, f); fputs(line, stdout);\n\
        f = fopen(\"/tmp/x\", \"w\"); printf(\"%d %d %d\", f != NULL, fopen(\"/etc/passwd\", \"r\") == NULL, getenv(\"HOME\") == NULL); }";
    assert_eq!(c(kept).output(), "zwölf\n1 1 1");
    let dev = "int main(void) { char line[9]; FILE *f = fopen(\"/dev/stdin\", \"r\"); fgets(line, 9, f); fputs(line, stdout); }";
    assert_eq!(c(dev).stdin("in\n").output(), "in\n");
}

#[test]
fn projects_of_several_files() {
    let project = [
        (
            "main.c",
            "#include <stdio.h>\n#include \"shape/area.h\"\n#include \"names.h\"\nint main(void) { printf(\"%s %d\\n\", NAME, area(6, 7)); }",
        ),
        (
            "shape/area.h",
            "#pragma once\nint area(int width, int height);",
        ),
        (
            "shape/area.c",
            "#include \"area.h\"\nint area(int width, int height) { return width * height; }",
        ),
        ("names.h", "#define NAME \"area\""),
        ("data.txt", "not a source"),
    ];
    assert_eq!(files("c", &project).output(), "area 42\n");
    let missing = [
        (
            "main.c",
            "int other(void);\nint main(void) { return other(); }",
        ),
        ("a.c", "int another(void) { return 1; }"),
    ];
    let words = files("c", &missing).rejected();
    assert!(words.contains("undefined symbol: other"), "{words}");
    let twice = [
        ("main.c", "int main(void) { return 0; }"),
        ("b.c", "int main(void) { return 1; }"),
    ];
    let words = files("c", &twice).rejected();
    assert!(words.contains("duplicate symbol"), "{words}");
}

#[test]
fn a_mistake_is_told_with_its_file_and_line() {
    let words = program(
        "c",
        "#include <stdio.h>\nint main(void) {\n    int n = 5\n    n++;\n    return missing;\n}\n",
    )
    .rejected();
    assert!(
        words.contains("main.c:3:14: error: expected ';'"),
        "{words}"
    );
    assert!(
        words.contains("main.c:5:12: error: use of undeclared identifier 'missing'"),
        "{words}"
    );
    assert!(!words.contains("/usr/"), "{words}");
    let both = files(
        "c",
        &[
            ("main.c", "int main(void) { return x; }"),
            ("lib/u.c", "int f( {"),
        ],
    );
    let words = both.rejected();
    assert!(
        words.contains("main.c:1:25: error:") && words.contains("lib/u.c:1:8: error:"),
        "{words}"
    );
    let words = program("c", "#include <threads.hpp>\nint main(void) { }").rejected();
    assert!(
        words.contains("main.c:1:10: fatal error: 'threads.hpp' file not found"),
        "{words}"
    );
}

#[test]
fn what_goes_wrong_while_it_runs_is_an_ending() {
    let trapped = |body: &str| match c(body).run().ending {
        Ending::Trapped { reason } => reason,
        other => format!("{other:?}"),
    };
    assert_eq!(
        trapped("int main(int argc, char **argv) { return 10 / (argc - 1); }"),
        "the program aborted"
    );
    assert_eq!(
        trapped("int main(void) { abort(); }"),
        "the program aborted"
    );
    assert_eq!(
        trapped(
            "int main(int argc, char **argv) { volatile int *p = (int *)0xfffffff0u; return *p; }"
        ),
        "memory was used outside of its bounds"
    );
    assert_eq!(
        trapped(
            "int deep(int n) { volatile char room[1000]; room[0] = n; return n ? deep(n + 1) + room[0] : 0; }\nint main(void) { return deep(1); }"
        ),
        "the stack is used up"
    );
    let assertion = c("#include <assert.h>\nint main(void) { puts(\"before\"); fflush(stdout); assert(1 + 1 == 3); }").run();
    assert_eq!(text(&assertion.stdout), "before\n");
    let words = text(&assertion.stderr);
    assert!(
        words.contains("Assertion failed: 1 + 1 == 3 (main.c: main: 5)"),
        "{words}"
    );
    let endless = c("int main(void) { for (volatile int i = 0;; i++) { } }")
        .time_ms(200)
        .run();
    assert_eq!(endless.ending, Ending::TimeExhausted);
    let hungry = c("struct block { struct block *next; char bytes[1 << 20]; };\nint main(void) { struct block *all = NULL; for (int n = 0;; n++) { struct block *b = malloc(sizeof *b); if (!b) return 1; memset(b->bytes, n, 1 << 20); b->next = all; all = b; if (n % 999 == 998) puts(all->next->bytes + 5); } }").run();
    assert_eq!(hungry.ending, Ending::MemoryExhausted);
    let chatty = c("int main(void) { for (;;) puts(\"again and again\"); }").run();
    assert_eq!(chatty.ending, Ending::OutputExhausted);
    assert!(text(&chatty.stdout).starts_with("again and again\n"));
}

#[test]
fn the_standard_library() {
    let body = r#"
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>
#include <wchar.h>

static int by_value(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
static int sum(int n, ...) { va_list list; va_start(list, n); int s = 0; while (n--) s += va_arg(list, int); va_end(list); return s; }
static jmp_buf place;
static void leap(int n) { if (n == 0) longjmp(place, 42); leap(n - 1); }
static volatile int caught;
static void handle(int number) { caught = number; }

int main(void) {
    int numbers[] = {5, 3, 9, 1};
    qsort(numbers, 4, sizeof *numbers, by_value);
    int key = 9, *found = bsearch(&key, numbers, 4, sizeof *numbers, by_value);
    printf("%d %d %td\n", numbers[0], numbers[3], found - numbers);
    printf("%d %" PRId64 " %zu %d\n", sum(3, 1, 2, 3), INT64_MAX, sizeof(void *), INT_MAX);
    printf("%.6f %.3f %g\n", sqrt(2), pow(2, 0.5), floor(-2.5));
    printf("%d %d %s\n", toupper('a'), isdigit('7') != 0, strerror(ENOENT));
    char text[] = "a,b,,c"; int parts = 0;
    for (char *part = strtok(text, ","); part; part = strtok(NULL, ",")) parts++;
    printf("%d %ld %s\n", parts, strtol("ff", NULL, 16), strstr("haystack", "st"));
    int code = setjmp(place);
    if (code == 0) leap(3);
    printf("%d\n", code);
    signal(SIGUSR1, handle); raise(SIGUSR1);
    printf("%d\n", caught == SIGUSR1);
    time_t now = time(NULL); struct tm *day = gmtime(&now); char date[20];
    strftime(date, sizeof date, "%Y-%m-%d", day);
    printf("%s %d\n", date, clock() >= 0);
    srand(7); int a = rand(); srand(7); printf("%d\n", a == rand());
    unsigned char *bytes = calloc(4, 1); bytes = realloc(bytes, 1000); printf("%d\n", bytes[3]); free(bytes);
    printf("%ls %zu\n", L"wide", wcslen(L"wide"));
    return 0;
}
"#;
    assert_eq!(
        c(body).output(),
        "1 9 3\n6 9223372036854775807 4 2147483647\n1.414214 1.414 -3\n65 1 No such file or directory\n\
         3 255 stack\n42\n1\n2026-01-01 1\n1\n0\nwide 4\n"
    );
}

#[test]
fn older_ways_to_write_it_are_taken() {
    let body = "add(a, b) int a, b; { return a + b; }\nmain() { int n; scanf(\"%d\", &n); int v[n]; v[n - 1] = add(n, 1); printf(\"%d\", v[n - 1]); return 0; }";
    let seen = c(&format!(
        "#pragma clang diagnostic ignored \"-Wimplicit-int\"\n{body}"
    ))
    .stdin("4")
    .run();
    assert_eq!(text(&seen.stdout), "5");
}

#[test]
fn two_runs_are_alike_to_the_last_unit_of_fuel() {
    let body = "int main(void) { double s = 0; for (int i = 1; i < 100000; i++) s += 1.0 / i; printf(\"%.15f %p\", s, (void *)&s); }";
    let (one, two) = (c(body).run(), c(body).run());
    assert_eq!((one.stdout, one.fuel), (two.stdout, two.fuel));
}

#[test]
fn a_compiler_that_is_led_astray_is_stopped() {
    let bomb = "#define A(x) x x x x x x x x\n#define B(x) A(A(A(A(A(x)))))\nint main(void) { B(B(B(puts(\"\");))) }";
    let words = c(bomb).rejected();
    assert!(
        words.contains("building the program takes more than 1 GiB"),
        "{words}"
    );
    let own = program("c", "#include \"main.c\"\nint main(void) { return 0; }").rejected();
    assert!(own.contains("#include nested too deeply"), "{own}");
    let read = program(
        "c",
        "#include \"/etc/passwd\"\nint main(void) { return 0; }",
    )
    .rejected();
    assert!(read.contains("'/etc/passwd' file not found"), "{read}");
    let embedded = program(
        "c",
        "const char t[] = {\n#embed \"/run/request.json\"\n};\nint main(void) { return 0; }",
    )
    .rejected();
    assert!(embedded.contains("file not found"), "{embedded}");
    let array = program(
        "c",
        "char big[1u << 31];\nint main(void) { return big[5]; }",
    )
    .rejected();
    assert!(array.contains("the compiler could not cope"), "{array}");
}

#[test]
fn functions_are_called_by_their_types() {
    let add = "int add(int a, int b) { return a + b; }";
    for source in [
        add.to_owned(),
        format!("static {add}"),
        format!("{add}\nint main(void) {{ puts(\"not seen\"); exit(3); }}"),
        format!("{add}\nint main(int argc, char **argv) {{ return argc; }}"),
        "typedef int number;\nnumber add(number a, const number b) { return a + b; }".to_owned(),
    ] {
        let returned = c(&source).call("add", json!([1, 2])).returned();
        assert_eq!(returned, json!(3), "{source}");
    }
    // A text, a list with its length, a place that is changed, a list as the result.
    let body = "
int count(const char *text, char letter) { int n = 0; for (; *text; text++) n += *text == letter; return n; }
double mean(const double *list, size_t length) { double sum = 0; for (size_t i = 0; i < length; i++) sum += list[i]; return sum / length; }
void twice(int list[], int length) { for (int i = 0; i < length; i++) list[i] *= 2; }
long long *cubes(const int *list, int length, int *size) {
    long long *made = malloc(length * sizeof *made);
    for (int i = 0; i < length; i++) made[i] = 1LL * list[i] * list[i] * list[i];
    *size = length;
    return made;
}
char *upper(char *text) { for (char *at = text; *at; at++) if (*at >= 'a' && *at <= 'z') *at -= 32; return text; }";
    for (function, args, value) in [
        ("count", json!(["banané", "a"]), json!(2)),
        ("mean", json!([[1, 2, 4.5]]), json!(2.5)),
        ("mean", json!([[1, 2, 4.5], 2]), json!(1.5)),
        ("twice", json!([[1, -2]]), json!([2, -4])),
        (
            "cubes",
            json!([[1, 2000, -3]]),
            json!([1, 8_000_000_000_i64, -27]),
        ),
        ("upper", json!(["naïve 😀"]), json!("NAïVE 😀")),
    ] {
        let returned = c(body).call(function, args.clone()).returned();
        assert_eq!(returned, value, "{function} {args}");
    }
    // No header of the library is there that the program did not ask for.
    let own = "int getline(char *line, int most) { return most; }";
    let returned = program("c", own).call("getline", json!(["", 3])).returned();
    assert_eq!(returned, json!(3));
}

#[test]
fn what_goes_wrong_in_a_call_is_told() {
    let body = "int f(const int *list, int length, unsigned char by) { return list[0] / by; }\ndouble g(double n) { return 1 / n; }\nint h(const char *s) { return *s; }";
    for (function, args, words) in [
        (
            "f",
            json!([]),
            "f takes 3 arguments, or 2 without the lengths of lists, and is given 0",
        ),
        (
            "f",
            json!([1, 2]),
            "parameter 1 of f is a list, and is given a number",
        ),
        (
            "f",
            json!([[1], 256]),
            "parameter 3 of f is an unsigned integer of 8 bits: 256 does not fit",
        ),
        (
            "f",
            json!([["x"], 2]),
            "parameter 1 of f is an integer of 32 bits, and is given a text",
        ),
        (
            "g",
            json!([0]),
            "what g returned is not JSON: a number that is not finite",
        ),
        (
            "h",
            json!(["a\0b"]),
            "parameter 1 of h is a text that ends with a zero, and is given one with a zero in it",
        ),
    ] {
        let told = c(body).call(function, args.clone()).failed(1);
        assert_eq!(told, format!("{words}\n"), "{function} {args}");
    }
}

#[test]
fn a_function_that_cannot_be_called_is_a_mistake_of_the_program() {
    for (body, words) in [
        ("int add(int a) { return a; }", "call of sum:1:"),
        ("int sum = 1;", "main.c has no function named 'sum'"),
        (
            "struct point { int x; };\nint sum(struct point p) { return p.x; }",
            "a parameter of the type `struct point` can't be given by a validator",
        ),
        (
            "struct point { int x; };\nstruct point sum(int x) { struct point p = {x}; return p; }",
            "a result of this type can't be compared by a validator",
        ),
        (
            "int *sum(int x) { return malloc(x); }",
            "has a last parameter",
        ),
        ("int sum(int a);", "undefined symbol: sum"),
    ] {
        let told = c(body).call("sum", json!([1])).rejected();
        assert!(told.contains(words), "{body}: {told}");
    }
    // The program's own mistakes come alone.
    let told = c("int sum(int a) {\n    return a\n}\n")
        .call("sum", json!([1]))
        .rejected();
    assert!(told.contains("main.c:5:13: error: expected ';'"), "{told}");
    assert!(!told.contains("polycode"), "{told}");
}
