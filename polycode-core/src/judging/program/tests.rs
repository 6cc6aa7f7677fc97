use proptest::prelude::*;

use super::*;

/// What uploads have tried elsewhere, each a kind of its own.
const HOSTILE: [&str; 34] = [
    "",
    ".",
    "..",
    "../a",
    "a/../b",
    "a/..",
    "/etc/passwd",
    "//a",
    "a//b",
    "a/",
    "\\a",
    "a\\b",
    "C:a",
    "C:\\a",
    "\\\\host\\share",
    "a\0b",
    "a\nb",
    "-rf",
    "a/-b",
    " a",
    "a ",
    "a.",
    ".hidden",
    "con",
    "NUL.txt",
    "com1",
    "lpt9.py",
    "a:stream",
    "\u{202e}gnp.exe",
    "a\u{200b}b",
    "é",
    "ﬁle",
    "a*b",
    "~",
];

#[test]
fn hostile_names_are_refused_with_a_rule() {
    for name in HOSTILE {
        let error = FileName::new(name).expect_err(name);
        assert!(error.to_string().contains("file name"), "{name:?}: {error}");
    }
    FileName::new("a".repeat(201)).expect_err("too long");
}

#[test]
fn usual_names_are_taken() {
    for name in [
        "main.py",
        "lib/util.js",
        "Makefile",
        "data 1.csv",
        "a-b_c.d.e",
        "contest.txt",
        "x0",
    ] {
        assert_eq!(FileName::new(name).expect(name).as_str(), name);
    }
}

#[test]
fn names_equal_but_for_case_are_refused() {
    let files = ["main.py", "Main.py"].map(|name| (FileName::new(name).unwrap(), String::new()));
    let program = Program {
        language: LanguageId::new("python").unwrap(),
        files: files.into(),
        entry: None,
    };
    assert_eq!(program.problems("answer").len(), 1);
}

proptest! {
    #[test]
    fn a_name_that_is_taken_stays_below_its_folder(name in "\\PC{0,40}") {
        if let Ok(name) = FileName::new(name) {
            let path = std::path::Path::new(name.as_str());
            let is_normal = |part| matches!(part, std::path::Component::Normal(_));
            prop_assert!(path.components().all(is_normal));
        }
    }
}
