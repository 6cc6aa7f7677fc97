//! Go, as learners meet it. The compiler must be installed: `polycode install go`.
//!
//! A program in Go has some two megabytes before its first line, so that each takes its time to
//! become machine code: a test has one program that does many things rather than many programs.

use polycode_core::judging::Ending;

use crate::support::{Case, files, program, text};

pub(crate) fn go(imports: &[&str], body: &str) -> Case {
    let imports: Vec<_> = imports
        .iter()
        .map(|name| format!("import \"{name}\"\n"))
        .collect();
    program(
        "go",
        &format!("package main\n\n{}\n{body}\n", imports.concat()),
    )
}

/// What is wrong with a program of one file.
fn wrong(imports: &[&str], body: &str) -> String {
    go(imports, body).rejected()
}

#[test]
fn input_output_arguments_files_and_exit_codes() {
    let all = r#"func main() {
	in := bufio.NewScanner(os.Stdin)
	sum := 0
	for in.Scan() {
		var n int
		if _, err := fmt.Sscan(in.Text(), &n); err == nil {
			sum += n
		} else {
			fmt.Println("line:", in.Text())
		}
	}
	fmt.Println(sum, len("Zoë"), []rune("日本🎉")[2] == '🎉', os.Args)
	if err := os.WriteFile("out.txt", []byte("zwölf\n"), 0o644); err != nil {
		panic(err)
	}
	kept, _ := os.ReadFile("/out.txt")
	_, missing := os.ReadFile("/etc/passwd")
	fmt.Printf("%s%v %v %q\n", kept, missing, os.WriteFile("/tmp/x", nil, 0o600), os.Environ())
	fmt.Fprintln(os.Stderr, "to standard error")
	defer fmt.Println("never seen: the program exits")
	os.Exit(len(os.Args))
}"#;
    let seen = go(&["bufio", "fmt", "os"], all)
        .args(&["--a", "b c"])
        .stdin("1\n3000000000\nZoë 日本\n-4")
        .run();
    assert_eq!(
        text(&seen.stdout),
        "line: Zoë 日本\n2999999997 4 true [main.go --a b c]\nzwölf\nopen /etc/passwd: No such file or directory <nil> []\n"
    );
    assert_eq!(text(&seen.stderr), "to standard error\n");
    assert_eq!(seen.ending, Ending::Exited { code: 3 });
}

#[test]
fn packages_of_a_module() {
    let project = [
        ("go.mod", "module example.com/shapes\n\ngo 1.24\n"),
        (
            "main.go",
            "package main\n\nimport (\n\t\"os\"\n\n\t\"example.com/shapes/area\"\n)\n\nfunc main() { os.Stdout.WriteString(text(area.Of(6, 7))) }\n",
        ),
        (
            "text.go",
            "package main\n\nimport \"strconv\"\n\nfunc text(n int) string { return strconv.Itoa(n) + \"\\n\" }\n",
        ),
        ("text_test.go", "package main\n\nthis is not compiled\n"),
        ("text_windows.go", "package main\n\nnor is this\n"),
        (
            "area/area.go",
            "package area\n\nimport \"example.com/shapes/internal/unit\"\n\nfunc Of(w, h int) int { return unit.Side(w) * unit.Side(h) }\n",
        ),
        (
            "internal/unit/unit.go",
            "package unit\n\nfunc Side(n int) int { return n }\n",
        ),
        ("unused/broken.go", "package unused\n\nnor this\n"),
        ("notes.txt", "not a source"),
    ];
    assert_eq!(files("go", &project).output(), "42\n");
    // Another program of the same files.
    let below = [
        ("go.mod", "module m // the name\n"),
        (
            "cmd/hi/main.go",
            "package main\n\nimport \"m/lib\"\n\nfunc main() { lib.Hi() }\n",
        ),
        (
            "lib/lib.go",
            "package lib\n\nimport \"os\"\n\nfunc Hi() { os.Stdout.WriteString(\"hi\\n\") }\n",
        ),
    ];
    assert_eq!(files("go", &below).entry("cmd/hi/main.go").output(), "hi\n");
}

#[test]
fn a_mistake_is_told_with_its_file_and_line() {
    let words = wrong(
        &["fmt", "os"],
        "func main() {\n\tx := 1\n\tfmt.Printn(\"a\" + 1)\n}",
    );
    assert_eq!(
        words,
        "main.go:4:8: \"os\" imported and not used\nmain.go:7:2: declared and not used: x\nmain.go:8:6: undefined: fmt.Printn\n\
         main.go:8:13: invalid operation: \"a\" + 1 (mismatched types untyped string and untyped int)\n"
    );
    let syntax = wrong(&[], "func main() {\n\tif true\n\t{\n\t}\n}");
    assert!(
        syntax.starts_with("main.go:5:9: syntax error: "),
        "{syntax}"
    );
    let module = ("go.mod", "module m\n");
    let main = (
        "main.go",
        "package main\n\nimport \"m/a\"\n\nfunc main() { a.F() }\n",
    );
    for (others, words) in [
        (
            vec![("a/a.go", "package a\n\nfunc F() int { return x }\n")],
            "a/a.go:3:23: undefined: x\n",
        ),
        (
            vec![
                (
                    "a/a.go",
                    "package a\n\nimport \"m/b\"\n\nfunc F() { b.F() }\n",
                ),
                (
                    "b/b.go",
                    "package b\n\nimport \"m/a\"\n\nfunc F() { a.F() }\n",
                ),
            ],
            "b/b.go:3:8: import cycle: m/a imports itself by way of others\n",
        ),
        (
            vec![("a/a.go", "package a\n"), ("a/b.go", "package b\n")],
            "found packages a (a.go) and b (b.go) in a\n",
        ),
        (
            vec![("a/a.go", "package main\n")],
            "folder `a` is package main, which can't be imported\n",
        ),
        (
            vec![("a/a_test.go", "package a\n")],
            "folder `a` has no file in Go that is compiled here\n",
        ),
        (
            vec![],
            "main.go:3:8: package m/a is not there: the program has no folder `a`\n",
        ),
    ] {
        let mut project = vec![module, main];
        project.extend(others);
        assert_eq!(files("go", &project).rejected(), words);
    }
    let none = wrong(&[], "func man() {}");
    assert!(
        none.contains("function main is undeclared in the main package"),
        "{none}"
    );
}

#[test]
fn what_is_no_program_is_refused() {
    for (source, words) in [
        (
            "package x\n",
            "main.go: package x: a program that runs is package main\n",
        ),
        ("hello\n", "main.go:1:1: expected 'package', found hello\n"),
        (
            "package main\n\nimport \"C\"\n",
            "main.go: import \"C\": there is no C here\n",
        ),
        (
            "package main\n\nimport _ \"embed\"\n\n//go:embed /etc/passwd\nvar x string\n",
            "main.go:5: files can't be embedded: read them when the program runs\n",
        ),
        (
            "package main\n\nimport \"net/http\"\n",
            "main.go:3:8: package net/http is not there: neither in the standard library nor in the module of go.mod\n",
        ),
        (
            "package main\n\nimport \"internal/abi\"\n",
            "main.go:3:8: package internal/abi is not there: neither in the standard library nor in the module of go.mod\n",
        ),
        (
            "package main\n\nimport \"../x\"\n",
            "main.go:3:8: package ../x is not there: neither in the standard library nor in the module of go.mod\n",
        ),
    ] {
        assert_eq!(program("go", source).rejected(), words, "{source}");
    }
    for (module, words) in [
        ("go 1.24\n", "go.mod: it names no module\n"),
        (
            "module m\ngo 1.99\n",
            "go.mod: go 1.99 is asked for, and the compiler is of go 1.27\n",
        ),
    ] {
        let project = [
            ("go.mod", module),
            ("main.go", "package main\n\nfunc main() {}\n"),
        ];
        assert_eq!(files("go", &project).rejected(), words);
    }
    // The version that is asked for is the one that is compiled.
    let old = [
        ("go.mod", "module m\ngo 1.17\n"),
        (
            "main.go",
            "package main\n\nfunc f[T any]() {}\n\nfunc main() {}\n",
        ),
    ];
    let words = files("go", &old).rejected();
    assert!(
        words.contains("main.go:3:8: type parameter requires go1.18 or later"),
        "{words}"
    );
}

#[test]
fn an_uncaught_error_is_told_with_its_file_and_line() {
    let ways = r#"type node struct{ next *node }

func main() {
	os.Stdout.WriteString("before\n")
	var list []int
	var m map[string]int
	var n *node
	switch os.Args[1] {
	case "panic":
		panic("no good")
	case "index":
		_ = list[len(os.Args)]
	case "nil":
		n.next = n
	case "map":
		m["a"] = 1
	case "zero":
		_ = 1 / len(list)
	case "deadlock":
		<-make(chan int)
	case "recovered":
		defer func() { os.Stdout.WriteString(recover().(error).Error() + "\n") }()
		_ = list[5]
	}
}"#;
    for (way, words, at) in [
        ("panic", "panic: no good\n", "main.go:14"),
        (
            "index",
            "panic: runtime error: index out of range [2] with length 0\n",
            "main.go:16",
        ),
        (
            "nil",
            "panic: runtime error: invalid memory address or nil pointer dereference\n",
            "main.go:18",
        ),
        (
            "map",
            "panic: assignment to entry in nil map\n",
            "main.go:20",
        ),
        (
            "zero",
            "panic: runtime error: integer divide by zero\n",
            "main.go:22",
        ),
        (
            "deadlock",
            "fatal error: all goroutines are asleep - deadlock!\n",
            "main.go:24",
        ),
    ] {
        let seen = go(&["os"], ways).args(&[way]).run();
        let said = text(&seen.stderr);
        assert_eq!(seen.ending, Ending::Exited { code: 2 }, "{said}");
        assert_eq!(text(&seen.stdout), "before\n");
        assert!(
            said.starts_with(words) && said.contains(&format!("\t{at} ")),
            "{said}"
        );
        assert!(
            !said.contains("/main.go") && !said.contains("/home") && !said.contains("/tmp"),
            "{said}"
        );
    }
    let recovered = go(&["os"], ways).args(&["recovered"]);
    assert_eq!(
        recovered.output(),
        "before\nruntime error: index out of range [5] with length 0\n"
    );
}

#[test]
fn the_standard_library_goroutines_and_time() {
    let tour = r#"type point struct {
	X, Y int
	Name string `json:"name,omitempty"`
}

func sum[T int | float64](all ...T) (total T) {
	for _, each := range all {
		total += each
	}
	return
}

func main() {
	text, _ := json.Marshal([]point{{1, 2, "a"}, {3, 4, ""}})
	var back []point
	fmt.Println(string(text), json.Unmarshal(text, &back), back[1].Y)
	fmt.Println(strings.Fields(" a  b "), sum(1, 2, 3), sum(0.5, 1), math.Sqrt(2))
	all := slices.Sorted(maps.Keys(map[string]int{"b": 1, "a": 2, "c": 3}))
	fmt.Println(all, regexp.MustCompile(`\d+`).FindAllString("a1b22", -1))
	n, _ := new(big.Int).SetString("123456789012345678901234567890", 10)
	fmt.Println(n.Mul(n, n))
	fmt.Printf("%x\n", sha256.Sum256([]byte("abc")))
	fmt.Println(errors.Is(fmt.Errorf("read: %w", os.ErrNotExist), os.ErrNotExist))
	start := time.Now()
	var done sync.WaitGroup
	results := make(chan int, 10)
	for i := range 10 {
		done.Go(func() {
			time.Sleep(time.Duration(i) * time.Second)
			results <- i * i
		})
	}
	done.Wait()
	close(results)
	total := 0
	for each := range results {
		total += each
	}
	fmt.Println(total, time.Since(start).Round(time.Second))
	select {
	case <-time.After(time.Second):
		fmt.Println("a second later")
	case <-make(chan int):
	}
	template.Must(template.New("t").Parse("{{range .}}<{{.X}}>{{end}}\n")).Execute(os.Stdout, back)
	fmt.Println(rand.IntN(1000000), time.Now().UTC().Format(time.RFC3339), unsafe.Sizeof(start), runtime.NumCPU())
}"#;
    let imports = [
        "crypto/sha256",
        "encoding/json",
        "errors",
        "fmt",
        "maps",
        "math",
        "math/big",
        "math/rand/v2",
        "os",
        "regexp",
        "runtime",
        "slices",
        "strings",
        "sync",
        "text/template",
        "time",
        "unsafe",
    ];
    let case = || go(&imports, tour).time_ms(30_000);
    let output = case().output();
    let expected = [
        r#"[{"X":1,"Y":2,"name":"a"},{"X":3,"Y":4}] <nil> 4"#,
        "[a b] 6 1.5 1.4142135623730951",
        "[a b c] [1 22]",
        "15241578753238836750495351562536198787501905199875019052100",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "true",
        "285 9s",
        "a second later",
        "<1><3>",
    ];
    let lines: Vec<_> = output.lines().collect();
    assert_eq!(lines[..9], expected);
    // Chance and time are those of every run.
    assert_eq!(case().output(), output);
}
