use proptest::prelude::*;

use super::*;
use crate::id::LanguageId;

fn symbols(family: Family, text: &str) -> Vec<u64> {
    family
        .tokens(text)
        .into_iter()
        .map(|token| token.symbol)
        .collect()
}

#[track_caller]
fn alike(family: Family, one: &str, other: &str) {
    assert_eq!(symbols(family, one), symbols(family, other));
}

#[track_caller]
fn apart(family: Family, one: &str, other: &str) {
    assert_ne!(symbols(family, one), symbols(family, other));
}

#[test]
fn names_numbers_texts_comments_and_space_do_not_count() {
    alike(
        Family::Python,
        "def f(x):\n  return x*2 # two",
        "def  double ( n ) :\n\treturn n * 10",
    );
    alike(Family::Python, "print('a # b')", "print(\"it's\")");
    alike(Family::Python, "print(rb'\\'', f\"x\")", "print('', '')");
    alike(
        Family::Python,
        "def f():\n '''Says\n why.'''\n pass",
        "def f(): pass",
    );
    alike(
        Family::CLike,
        "int a = 0x1F; // one",
        "long b=2;/* two\nlines */",
    );
    alike(Family::CLike, "log(`a\n${b}`)", "log('//')");
    alike(
        Family::Generic,
        "puts 1 # one",
        "PUTS 'x' // two".replace("'x'", "2").as_str(),
    );
}

#[test]
fn what_a_program_does_counts() {
    apart(Family::Python, "a + b", "a - b");
    apart(Family::Python, "if a: pass", "while a: pass");
    apart(Family::Python, "f(1)", "f('1')");
    apart(Family::CLike, "for (;;) {}", "while (;;) {}");
    apart(Family::Generic, "push 1", "pull 1");
    assert!(symbols(Family::Python, "# nothing\n\n'''here'''").is_empty());
}

#[test]
fn what_is_not_closed_does_not_swallow_the_rest() {
    alike(
        Family::Generic,
        "don't push 1\npull 2",
        "don't push 1\npull 3",
    );
    apart(
        Family::Generic,
        "don't push 1\npull 2",
        "don't push 1\nhold 2",
    );
    apart(
        Family::CLike,
        "fn f<'a>(x: T)\nreturn 1",
        "fn f<'a>(x: T)\nbreak 1",
    );
    assert!(symbols(Family::CLike, "/* never closed\n return 1").is_empty());
}

#[test]
fn tokens_know_their_lines() {
    let lines = |text| -> Vec<u32> {
        Family::Python
            .tokens(text)
            .into_iter()
            .map(|token| token.line)
            .collect()
    };
    assert_eq!(lines("a\n\nb = '''x\ny''' + c # d\ne"), [1, 3, 3, 4, 4, 5]);
}

#[test]
fn languages_have_families() {
    let family = |name| Family::of(&LanguageId::new(name).unwrap());
    assert_eq!(family("python"), Family::Python);
    assert_eq!(family("typescript"), Family::CLike);
    assert_eq!(family("cobol"), Family::Generic);
}

proptest! {
    #[test]
    fn any_text_can_be_read(text in "[a1'\"`#/*\\\\\n é_-]{0,60}") {
        for family in [Family::Python, Family::CLike, Family::Generic] {
            let tokens = family.tokens(&text);
            let lines = u32::try_from(text.matches('\n').count()).unwrap() + 1;
            prop_assert!(tokens.iter().all(|token| (1..=lines).contains(&token.line)));
            prop_assert!(tokens.len() <= text.chars().count());
        }
    }
}
