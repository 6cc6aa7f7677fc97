//! Functions of Go, as validators call them.

use serde_json::{Value, json};

use crate::go::go;
use crate::support::Case;

/// Functions whose calls are in the tests below.
const FUNCTIONS: &str = r#"
type Node struct {
	Val  int
	Next *Node
}

type Point struct {
	X, Y   float64
	Name   string `json:"name"`
	hidden int
}

func prepend(list *Node) *Node { return &Node{0, list} }
func move(p Point) Point { p.X++; return p }
func sum(numbers ...int) (all int) {
	for _, number := range numbers {
		all += number
	}
	return all
}
func divide(a, b int) (int, error) {
	if b == 0 {
		return 0, errors.New("division by zero")
	}
	return a / b, nil
}
func order(numbers []int) { slices.Sort(numbers) }
func swap(a, b *int) { *a, *b = *b, *a }
func both(text string) (string, int) { return text + "<é>", len(text) }
func count(words map[string][]byte) map[rune]int {
	counts := map[rune]int{}
	for _, bytes := range words {
		for _, b := range bytes {
			counts[rune(b)]++
		}
	}
	return counts
}
func none() []int { return nil }
func unnamed() map[string]int { return nil }
func any_(value any) any { return []any{value, nil} }
func pair(two [2]uint8) [2]uint8 { return two }
func ratio(a, b float64) float64 { return a / b }
func cut(text string) string { return text[1:] }
func channel() chan int { return nil }
func itself() any { m := map[string]any{}; m[""] = m; return m }
func beyond(list []int) int { return list[len(list)] }
func numbered(m map[int]bool) int { return len(m) }
func seconds(at time.Time) *big.Int { return big.NewInt(at.Unix()) }

var square = func(n int) int { fmt.Println("printed"); return n * n }
var nothing func()

func main() { panic("it does not run") }"#;

/// A call of one of them.
fn function(name: &str, args: Value) -> Case {
    let all = [
        "prepend", "move", "sum", "divide", "order", "swap", "both", "count", "none", "unnamed",
        "any_", "pair", "ratio", "cut", "channel", "itself", "beyond", "numbered", "seconds",
        "square", "nothing",
    ];
    go(&["errors", "fmt", "math/big", "slices", "time"], FUNCTIONS)
        .among(&all)
        .call(name, args)
}

#[test]
fn functions_are_called_by_their_types() {
    for (name, args, returned) in [
        (
            "prepend",
            json!([{"Val": 3}]),
            json!({"Val": 0, "Next": {"Val": 3, "Next": null}}),
        ),
        ("prepend", json!([null]), json!({"Val": 0, "Next": null})),
        (
            "move",
            json!([{"X": 1, "Y": 2.5, "name": "n"}]),
            json!({"X": 2, "Y": 2.5, "name": "n"}),
        ),
        ("sum", json!([]), json!(0)),
        ("sum", json!([1, 2.0, 3]), json!(6)),
        ("divide", json!([7, 2]), json!(3)),
        ("order", json!([[3, 1, 2]]), json!([1, 2, 3])),
        ("swap", json!([1, 2]), json!([2, 1])),
        ("both", json!(["é"]), json!(["é<é>", 2])),
        (
            "count",
            json!([{"a": [97, 98], "b": [97]}]),
            json!({"97": 2, "98": 1}),
        ),
        ("none", json!([]), json!([])),
        ("unnamed", json!([]), json!({})),
        (
            "any_",
            json!([{"k": [1, null, "😀"]}]),
            json!([{"k": [1, null, "😀"]}, null]),
        ),
        ("pair", json!([[0, 255]]), json!([0, 255])),
        ("ratio", json!([1, 3]), json!(1.0 / 3.0)),
        ("numbered", json!([{"-1": true, "20": false}]), json!(2)),
        (
            "seconds",
            json!(["2026-01-01T00:00:00Z"]),
            json!(1_767_225_600),
        ),
        ("square", json!([3]), json!(9)),
    ] {
        assert_eq!(
            function(name, args.clone()).returned(),
            returned,
            "{name} {args}"
        );
    }
}

#[test]
fn what_goes_wrong_in_a_call_is_told() {
    for (name, args, words) in [
        (
            "divide",
            json!([1, 0]),
            "divide returned an error: division by zero",
        ),
        (
            "divide",
            json!([1]),
            "divide takes 2 arguments, and is given 1",
        ),
        ("nothing", json!([]), "nothing is no function"),
        (
            "divide",
            json!(["1", 2]),
            "parameter 1 of divide is int, and is given a text",
        ),
        (
            "divide",
            json!([1, null]),
            "parameter 2 of divide is int, and is given null",
        ),
        (
            "sum",
            json!([1, 2, 2.5]),
            "parameter 3 of sum is int: 2.5 does not fit",
        ),
        (
            "sum",
            json!([1e300]),
            "parameter 1 of sum is int: 1e+300 does not fit",
        ),
        (
            "sum",
            json!([u64::MAX]),
            "parameter 1 of sum is int: 18446744073709551615 does not fit",
        ),
        (
            "pair",
            json!([[1]]),
            "parameter 1 of pair is [2]uint8, and is given a list of 1",
        ),
        (
            "pair",
            json!([[1, 256]]),
            "parameter 1 of pair is uint8: 256 does not fit",
        ),
        (
            "order",
            json!([{}]),
            "parameter 1 of order is []int, and is given a map",
        ),
        (
            "numbered",
            json!([{"x": true}]),
            "parameter 1 of numbered is map[int]bool: the name \"x\" does not fit",
        ),
        (
            "prepend",
            json!([{"Nxt": null}]),
            "parameter 1 of prepend is main.Node, which has no field \"Nxt\"",
        ),
        (
            "ratio",
            json!([1, 0]),
            "what ratio returned is not JSON: a number that is not finite",
        ),
        (
            "cut",
            json!(["é"]),
            "what cut returned is not JSON: a text that is not UTF-8",
        ),
        (
            "channel",
            json!([]),
            "what channel returned is not JSON: a value of the type chan int",
        ),
        (
            "itself",
            json!([]),
            "what itself returned is not JSON: a value that lies too deep, or contains itself",
        ),
    ] {
        let told = function(name, args.clone()).failed(1);
        assert_eq!(told, format!("{words}\n"), "{name} {args}");
    }
    let panicked = function("beyond", json!([[1, 2]])).failed(2);
    assert!(
        panicked.contains("index out of range [2] with length 2"),
        "{panicked}"
    );
    assert!(panicked.contains("main.go:"), "{panicked}");
}

#[test]
fn a_function_that_cannot_be_called_is_a_mistake_of_the_program() {
    for (body, words) in [
        (
            "func add(n int) int { return n }",
            "package main has no function named 'sum'\n",
        ),
        (
            "type t int\nfunc (t) sum() int { return 1 }",
            "package main has no function named 'sum'\n",
        ),
        (
            "func sum[T any](n T) T { return n }",
            "function sum has type parameters: nothing says which types it is to be called with\n",
        ),
        // The program's own mistakes come alone.
        (
            "func sum(n int) int {\n\treturn m\n}",
            "main.go:5:9: undefined: m\n",
        ),
        (
            "func sum(n int) int {",
            "main.go:5:1: syntax error: unexpected EOF, expected }\n",
        ),
    ] {
        let told = go(&[], body).call("sum", json!([1])).rejected();
        assert_eq!(told, words, "{body}");
    }
    // It has no main function, which is missed only where it runs.
    let whole = go(&[], "func sum(n int) int { return n }").rejected();
    assert!(whole.contains("function main is undeclared"), "{whole}");
}
