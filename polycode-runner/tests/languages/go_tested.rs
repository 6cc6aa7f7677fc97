//! Programs in Go that are made ready for tests; what comes of these is in `conformance/judging/tests`.

use crate::go::go;

#[test]
fn what_is_wrong_with_a_program_is_told_as_if_nothing_was_added_to_it() {
    for (body, words) in [
        (
            "func sum(n int) int {\n\treturn m\n}\nfunc main() {}",
            "main.go:5:9: undefined: m\n",
        ),
        (
            "func sum(n int) int {",
            "main.go:5:1: syntax error: unexpected EOF, expected }\n",
        ),
        (
            "const most = least + 1\nvar found missing\nfunc (u unknown) method() {}",
            "main.go:4:14: undefined: least\nmain.go:5:11: undefined: missing\nmain.go:6:9: undefined: unknown\n",
        ),
        (
            "func one() {}\nfunc one() {}\ntype two struct{}\nfunc (two) method() {}\nfunc (two) method() {}",
            "main.go:5:6: one redeclared in this block\n\tmain.go:4:6: other declaration of one\n\
             main.go:8:12: method two.method already declared at main.go:7:12\n",
        ),
        (
            "type one two\ntype two one\ntype three = three\nconst four = four",
            "main.go:4:6: invalid recursive type one\n\tmain.go:4:6: one refers to two\n\
             \tmain.go:5:6: two refers to one\nmain.go:6:6: invalid recursive type: three refers to itself\n\
             main.go:7:7: initialization cycle: four refers to itself\n",
        ),
    ] {
        assert_eq!(go(&[], body).tested().rejected(), words, "{body}");
        assert_eq!(go(&[], body).rejected(), words, "{body}");
    }
}
