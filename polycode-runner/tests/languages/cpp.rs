//! C++, as learners meet it. The compiler must be installed: `polycode install cpp`.

use polycode_core::judging::Ending;
use serde_json::json;

use crate::support::{Case, files, program, text};

fn cpp(body: &str) -> Case {
    program(
        "cpp",
        &format!("#include <bits/stdc++.h>\nusing namespace std;\n{body}"),
    )
}

#[test]
fn output_and_input() {
    let hello = "#include <iostream>\nint main() { std::cout << \"hello \" << 1.5 << ' ' << 7 << std::endl; std::cerr << \"err\"; }";
    let seen = program("cpp", hello).run();
    assert_eq!(
        (text(&seen.stdout), text(&seen.stderr)),
        ("hello 1.5 7\n".to_owned(), "err".to_owned())
    );
    let sum = "int main() { ios::sync_with_stdio(false); cin.tie(nullptr); long long n, sum = 0; while (cin >> n) sum += n; cout << sum << '\\n'; }";
    assert_eq!(
        cpp(sum).stdin("1 2\n3000000000 -4").output(),
        "2999999999\n"
    );
    let lines = "int main() { string line; while (getline(cin, line)) cout << line.size() << ':' << line << '\\n'; }";
    assert_eq!(
        cpp(lines).stdin("a b\nZoë 🎉\n").output(),
        "3:a b\n9:Zoë 🎉\n"
    );
    let mixed = "int main() { int a; scanf(\"%d\", &a); printf(\"%d\", a); cout << format(\"{:>5}|{}\", a, \"x\"); }";
    assert_eq!(cpp(mixed).stdin("42").output(), "42   42|x");
}

#[test]
fn the_standard_library() {
    let body = r##"
struct Shape { virtual ~Shape() = default; virtual double area() const = 0; };
struct Square : Shape { double side; explicit Square(double side) : side(side) {} double area() const override { return side * side; } };
template <class T> concept Number = is_arithmetic_v<T>;
template <Number T> T twice(T x) { return x + x; }

int main() {
    vector<int> numbers{5, 3, 9, 1};
    ranges::sort(numbers);
    map<string, int> counts;
    for (const string word : {"b", "a", "b"}) counts[word]++;
    for (const auto &[word, count] : counts) cout << word << count << ' ';
    unordered_map<int, vector<int>> groups; for (int n : numbers) groups[n % 2].push_back(n);
    cout << groups[1].size() << ' ' << accumulate(numbers.begin(), numbers.end(), 0) << '\n';
    priority_queue<int, vector<int>, greater<>> queue(numbers.begin(), numbers.end());
    set<pair<int, string>> pairs{{2, "b"}, {1, "z"}};
    deque<int> ends{1, 2}; ends.push_front(0);
    cout << queue.top() << pairs.begin()->second << ends[0] << ' ' << bitset<8>(5) << '\n';
    unique_ptr<Shape> shape = make_unique<Square>(3);
    shared_ptr<int> shared = make_shared<int>(4);
    cout << shape->area() << ' ' << *shared << ' ' << twice(2.5) << ' ' << (dynamic_cast<Square *>(shape.get()) != nullptr) << '\n';
    auto even = numbers | views::filter([](int n) { return n % 2 == 0; });
    optional<int> none; variant<int, string> either = "text"s; any thing = 3;
    cout << ranges::distance(even) << none.value_or(7) << get<string>(either) << any_cast<int>(thing) << '\n';
    stringstream stream("1 2 x"); int a, b; stream >> a >> b; cout << a + b << ' ' << setprecision(3) << fixed << acos(-1.0) << '\n';
    function<int(int)> fact = [&](int n) { return n < 2 ? 1 : n * fact(n - 1); };
    cout << fact(10) << ' ' << regex_replace("a1b22"s, regex("[0-9]+"), "#") << ' ' << string_view("hello").substr(1, 3) << '\n';
    mt19937 random(42); cout << random() << ' ' << __gcd(12, 18) << ' ' << popcount(255u) << ' ' << complex<double>(0, 1) * complex<double>(0, 1) << '\n';
    tuple<int, char> t{1, 'c'}; auto [x, y] = t; cout << x << y << ' ' << to_string(3.5) << ' ' << stoi("77") << ' ' << numeric_limits<int>::max() << endl;
}
"##;
    assert_eq!(
        cpp(body).output(),
        "a1 b2 4 18\n1z0 00000101\n9 4 5 1\n07text3\n3 3.142\n3628800 a#b# ell\n1608637542 6 8 (-1.000,0.000)\n1c 3.500000 77 2147483647\n"
    );
}

#[test]
fn exceptions_are_thrown_and_caught() {
    let body = r#"
struct Mine : runtime_error { using runtime_error::runtime_error; };
struct Guard { const char *name; ~Guard() { cout << "~" << name << ' '; } };
void inner() { Guard guard{"inner"}; throw Mine("deep"); }
int main() {
    try { Guard guard{"outer"}; inner(); } catch (const Mine &error) { cout << error.what() << '\n'; }
    try { vector<int>{1}.at(5); } catch (const out_of_range &error) { cout << "range\n"; }
    try { (void)string("ab").at(9); } catch (const out_of_range &error) { cout << "string\n"; }
    try { stoi("x"); } catch (const invalid_argument &error) { cout << error.what() << '\n'; }
    try { throw 42; } catch (int code) { cout << code << '\n'; }
    try { try { throw "a"; } catch (...) { throw; } } catch (const char *words) { cout << words << '\n'; }
    try { volatile size_t many = 1u << 30; string large(many, 'x'); cout << large[many / 2]; } catch (const bad_alloc &) { cout << "memory\n"; }
    try { any_cast<int>(any("x")); } catch (const bad_any_cast &) { cout << "any\n"; }
    exception_ptr kept; try { throw Mine("kept"); } catch (...) { kept = current_exception(); }
    try { rethrow_exception(kept); } catch (const exception &error) { cout << error.what() << '\n'; }
    cin.exceptions(ios::failbit); int n;
    try { cin >> n; } catch (const ios_base::failure &) { cout << "stream\n"; }
}
"#;
    assert_eq!(
        cpp(body).output(),
        "~inner ~outer deep\nrange\nstring\nstoi: no conversion\n42\na\nmemory\nany\nkept\nstream\n"
    );
    let uncaught =
        cpp("int main() { cout << \"before\" << endl; throw runtime_error(\"after\"); }").run();
    assert_eq!(text(&uncaught.stdout), "before\n");
    assert!(
        matches!(uncaught.ending, Ending::Trapped { .. }),
        "{:?}",
        uncaught.ending
    );
    let words = text(&uncaught.stderr);
    assert!(
        words.contains("std::runtime_error: after") || words.contains("runtime_error"),
        "{words}"
    );
}

#[test]
fn projects_of_several_files() {
    let project = [
        (
            "main.cpp",
            "#include <iostream>\n#include \"shape/area.hpp\"\nint main() { std::cout << area(6, 7) << '\\n'; }",
        ),
        (
            "shape/area.hpp",
            "#pragma once\nint area(int width, int height);",
        ),
        (
            "shape/area.cc",
            "#include \"area.hpp\"\nint area(int width, int height) { return width * height; }",
        ),
    ];
    assert_eq!(files("cpp", &project).args(&["a"]).output(), "42\n");
    assert_eq!(
        cpp("int main(int argc, char **argv) { cerr << argv[1]; return argc; }")
            .args(&["a b"])
            .failed(2),
        "a b"
    );
}

#[test]
fn a_mistake_is_told_with_its_file_and_line() {
    let words = program("cpp", "#include <vector>\nint main() {\n    std::vector<int> v;\n    v.push(1);\n    return y;\n}\n").rejected();
    assert!(
        words.contains("main.cpp:4:7: error: no member named 'push'"),
        "{words}"
    );
    assert!(
        words.contains("main.cpp:5:12: error: use of undeclared identifier 'y'"),
        "{words}"
    );
    assert!(!words.contains("stdc++.pch"), "{words}");
}

#[test]
fn limits_hold() {
    let endless = cpp("int main() { volatile unsigned n = 0; while (true) n = n + 1; }")
        .time_ms(200)
        .run();
    assert_eq!(endless.ending, Ending::TimeExhausted);
    let hungry =
        cpp("int main() { vector<string> v; while (true) v.push_back(string(1 << 20, 'x')); }")
            .run();
    assert_eq!(hungry.ending, Ending::MemoryExhausted);
    let words = cpp("template <int N> struct F { static constexpr int value = F<N - 1>::value + F<N - 2>::value; };\nint main() { return F<100000>::value; }").rejected();
    assert!(
        words.contains("recursive template instantiation exceeded maximum depth"),
        "{words}"
    );
}

#[test]
fn functions_are_called_by_their_types() {
    let add = "int add(int a, int b) { return a + b; }";
    for source in [
        add.to_owned(),
        add.replace("int add", "static int add"),
        format!("namespace {{ {add} }}"),
        add.replace(") {", ") noexcept {"),
        format!("{add}\nint main() {{ cout << 7; exit(3); }}"),
        format!("{add} // no line after it \\"),
    ] {
        let returned = cpp(&source).call("add", json!([1, 2])).returned();
        assert_eq!(returned, json!(3), "{source}");
    }
    let words = "map<string, vector<pair<int, optional<double>>>> f(const unordered_map<string, vector<int>> &lists, string_view name) {
        map<string, vector<pair<int, optional<double>>>> made;
        for (const auto &[key, list] : lists)
            for (int one : list) made[key + string(name)].emplace_back(one, one ? optional(1.0 / one) : nullopt);
        return made;
    }";
    assert_eq!(
        cpp(words)
            .call("f", json!([{"é": [4, 0], "\"": [-3]}, "😀\n"]))
            .returned(),
        json!({"é😀\n": [[4, 0.25], [0, null]], "\"😀\n": [[-3, -1.0 / 3.0]]})
    );
    let several = files(
        "cpp",
        &[
            ("main.cpp", "#include \"twice.hpp\""),
            ("twice.hpp", "#pragma once\nint twice(int number);"),
            (
                "twice.cpp",
                "#include \"twice.hpp\"\nint twice(int number) { return 2 * number; }\nint main() {}",
            ),
        ],
    );
    assert_eq!(several.call("twice", json!([4])).returned(), json!(8));
}

#[test]
fn what_goes_wrong_in_a_call_is_told() {
    let body = "int f(int n) { if (n == 1) throw invalid_argument(\"one\"); if (n == 2) throw \"two\"s; if (n == 3) throw 3; if (n == 4) throw vector<int>(); return n; }\n\
        double g(double n) { return 1 / n; }\nstring h(const string &s) { return s.substr(1); }\narray<int, 2> k(array<int, 2> a, bool) { return a; }\nint m(unordered_map<int, char> m) { return m.size(); }";
    for (function, args, words) in [
        ("f", json!([1]), "uncaught exception: one"),
        ("f", json!([2]), "uncaught exception: two"),
        ("f", json!([3]), "uncaught exception: 3"),
        (
            "f",
            json!([4]),
            "uncaught exception that is no std::exception",
        ),
        ("f", json!([]), "f takes 1 argument, and is given 0"),
        (
            "f",
            json!(["1"]),
            "parameter 1 of f is an integer of 32 bits, and is given a text",
        ),
        (
            "f",
            json!([4_294_967_296_i64]),
            "parameter 1 of f is an integer of 32 bits: 4294967296 does not fit",
        ),
        (
            "g",
            json!([0]),
            "what g returned is not JSON: a number that is not finite",
        ),
        (
            "h",
            json!(["é"]),
            "what h returned is not JSON: a text that is not UTF-8",
        ),
        (
            "k",
            json!([[1], true]),
            "parameter 1 of k is a list of 2, and is given 1",
        ),
        (
            "k",
            json!([[1, 2], 1]),
            "parameter 2 of k is a bool, and is given a number",
        ),
        (
            "m",
            json!([{"1": "xy"}]),
            "parameter 1 of m is a char, a text of one byte, and is given one of 2",
        ),
        (
            "m",
            json!([{"one": "x"}]),
            "parameter 1 of m is a map whose names are whole numbers, and is given a text",
        ),
    ] {
        let told = cpp(body).call(function, args.clone()).failed(1);
        assert_eq!(told, format!("{words}\n"), "{function} {args}");
    }
}

#[test]
fn a_function_that_cannot_be_called_is_a_mistake_of_the_program() {
    for (body, words) in [
        ("int add(int a) { return a; }", "call of sum:1:"),
        (
            "int sum(int a) { return a; }\nlong sum(long a) { return a; }",
            "call of sum:1:",
        ),
        (
            "template <class T> T sum(T a) { return a; }",
            "call of sum:1:",
        ),
        ("int sum = 1;", "this is no function"),
        (
            "struct Point { int x; };\nint sum(Point p) { return p.x; }",
            "a parameter of this type can't be given by a validator",
        ),
        (
            "struct Point { int x; };\nPoint sum(int x) { return {x}; }",
            "a result of this type can't be compared by a validator",
        ),
        (
            "int sum(int count, ...) { return count; }",
            "any number of arguments",
        ),
        ("int sum(int a);", "undefined symbol: sum(int)"),
    ] {
        let told = cpp(body).call("sum", json!([1])).rejected();
        assert!(told.contains(words), "{body}: {told}");
    }
    // The program's own mistakes come alone.
    let told = program("cpp", "int sum(int a) {\n    return a;\n")
        .call("sum", json!([1]))
        .rejected();
    assert!(
        told.contains("main.cpp:2:14: error: expected '}'") || told.contains("expected '}'"),
        "{told}"
    );
    assert!(!told.contains("polycode"), "{told}");
}
