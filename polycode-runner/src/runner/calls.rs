//! What is added to the entry of a program, so that its functions can be called.
//!
//! It comes after the program's own text and has names that begin with `__polycode`; the parts of it
//! that are always the same are in `guests/call`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use polycode_core::judging::FileName;
use serde::Deserialize;

/// What declarations of functions are called that are only made to be looked at.
const PROBE: &str = "__polycode_probe_";

/// Arguments that have the compiler say which types the functions have, instead of compiling them.
pub(super) const PROBE_ARGS: [&str; 3] = [
    "-ast-dump=json",
    "-ast-dump-filter=__polycode_probe_",
    "-disable-free",
];

/// Words of C and C++ that programs define as something else, such as `int` as `long long`.
const WORDS: [&str; 23] = [
    "auto",
    "char",
    "const",
    "constexpr",
    "decltype",
    "double",
    "else",
    "enum",
    "extern",
    "float",
    "if",
    "int",
    "long",
    "return",
    "short",
    "signed",
    "sizeof",
    "static",
    "struct",
    "union",
    "unsigned",
    "void",
    "volatile",
];

const NO_RESULT: &str = "a result of this type can't be compared by a validator";
const NO_COUNT: &str =
    "a function whose result is a list has a last parameter, `int *` or `size_t *`, for its length";

/// What the compiler says of a declaration.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Declaration {
    kind: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    r#type: Type,
    #[serde(default)]
    inner: Vec<Declaration>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Type {
    qual_type: String,
    desugared_qual_type: Option<String>,
}

/// A function of C as it is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Declared<'a> {
    name: &'a str,
    parameters: Vec<String>,
    result: Returned,
}

/// What becomes of what a function of C returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Returned {
    /// Nothing.
    Nothing,
    /// It is one value.
    Value,
    /// It is a place of several; how many, the function writes where its last parameter says.
    List,
}

/// What comes between a program and what is added to it: words of the language mean what they mean, whatever the program
/// has defined them as.
pub(super) fn beginning() -> String {
    let words = WORDS.iter();
    words.fold(String::from("\n\n"), |text, word| {
        text + "#undef " + word + "\n"
    })
}

/// Whether functions can have these names; in words which can't.
pub(super) fn check_names(functions: &BTreeSet<String>) -> Result<(), String> {
    let is_name = |name: &str| {
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        name.starts_with(|c: char| !c.is_numeric()) && name.chars().all(is_part)
    };
    match functions.iter().find(|name| !is_name(name)) {
        Some(name) => Err(format!("a function can't be named `{name}`\n")),
        None => Ok(()),
    }
}

/// The text that calls functions of C++.
pub(super) fn of_cpp(functions: &BTreeSet<String>) -> String {
    let mut text = beginning();
    for (number, name) in functions.iter().enumerate() {
        // A text can always be written to.
        let _ = write!(
            text,
            "#line 1 \"call of {name}\"\n\
             static void __polycode_call_{number}() {{ __polycode::__call_the_only_function_of_that_name(&::{name}); }}\n"
        );
    }
    text.push_str("extern \"C\" ");
    text.push_str(&table(
        functions.iter().map(String::as_str),
        "__polycode::__main",
    ));
    text
}

/// Declarations of functions of C, for the compiler to say which types they have.
pub(super) fn probes(functions: &BTreeSet<String>) -> String {
    let mut text = beginning();
    for (number, name) in functions.iter().enumerate() {
        let _ = write!(
            text,
            "#line 1 \"call of {name}\"\nextern __typeof__({name}) {PROBE}{number};\n"
        );
    }
    text
}

/// What the compiler said of the declarations; in words which of them is no function.
pub(super) fn declared<'a>(
    functions: &'a BTreeSet<String>,
    entry: &FileName,
    said: &[u8],
) -> Result<Vec<Declared<'a>>, String> {
    let said = serde_json::Deserializer::from_slice(said).into_iter::<Declaration>();
    let said: Vec<_> = said.map_while(Result::ok).collect();
    let functions = functions.iter().enumerate().map(|(number, name)| {
        let probe = format!("{PROBE}{number}");
        // The program may have declared the same; what it said last is what holds.
        let found = said.iter().rev().find(|declared| declared.name == probe);
        found
            .filter(|declared| declared.kind == "FunctionDecl")
            .map(|declared| Declared::new(name, declared))
            .ok_or_else(|| format!("{entry} has no function named '{name}'\n"))
    });
    functions.collect()
}

/// The text that calls functions of C.
pub(super) fn of_c(functions: &[Declared<'_>]) -> String {
    let mut text = beginning();
    for (number, function) in functions.iter().enumerate() {
        function.write_call(number, &mut text);
    }
    text.push_str(&table(
        functions.iter().map(|function| function.name),
        "__polycode_main",
    ));
    text
}

/// What takes the place of `main`: it calls the function that is asked for.
fn table<'a>(names: impl Iterator<Item = &'a str>, main: &str) -> String {
    let mut rows = String::new();
    let mut count = 0;
    for (number, name) in names.enumerate() {
        let _ = write!(rows, "{{\"{name}\", __polycode_call_{number}}}, ");
        count = number + 1;
    }
    format!(
        "int __wrap___main_void(void) {{\n\
         static const struct __polycode_function __polycode_functions[] = {{{rows}}};\n\
         return {main}(__polycode_functions, {count});\n}}\n"
    )
}

impl<'a> Declared<'a> {
    fn new(name: &'a str, declared: &Declaration) -> Self {
        let is_parameter = |inner: &&Declaration| inner.kind == "ParmVarDecl";
        let parameters = declared.inner.iter().filter(is_parameter);
        Self {
            name,
            parameters: parameters
                .map(|parameter| parameter.r#type.qual_type.clone())
                .collect(),
            result: Returned::of(declared.r#type.text()),
        }
    }

    fn write_call(&self, number: usize, text: &mut String) {
        let name = self.name;
        let last = match self.result {
            Returned::List => self.parameters.split_last(),
            _ => None,
        };
        let taken = last.map_or(&self.parameters[..], |(_, others)| others);
        let kinds = taken.iter().fold(String::new(), |all, of| {
            all + &format!("__POLYCODE_KIND({of}), ")
        });
        let count = taken.len();
        let _ = write!(
            text,
            "#line 1 \"call of {name}\"\n\
             static void __polycode_call_{number}(void) {{\n\
             static const unsigned char __polycode_kinds[] = {{{kinds}0}};\n\
             __polycode_parameters(__polycode_kinds, {count});\n"
        );
        let mut arguments = Vec::new();
        for (index, of) in taken.iter().enumerate() {
            let argument = format!("__polycode_argument_{index}");
            let can = format!("__POLYCODE_KIND({of}) != __POLYCODE_OTHER");
            let words = format!("a parameter of the type `{of}` can't be given by a validator");
            write_check(&format!("be_given_{index}"), &can, &words, text);
            let _ = writeln!(
                text,
                "__typeof__({of}) {argument} = __POLYCODE_TAKE({of}, {index});"
            );
            arguments.push(argument);
        }
        if self.result == Returned::List {
            arguments.push("&__polycode_count".to_owned());
        }
        let call = format!("{name}({})", arguments.join(", "));
        let kind = format!("__POLYCODE_KIND(__typeof__({call}))");
        let _ = match self.result {
            Returned::Nothing => write!(text, "{call};\n__polycode_give_changes();\n}}\n"),
            Returned::Value => {
                let can = format!(
                    "({kind} & ~__POLYCODE_CHANGES) != __POLYCODE_OTHER && !({kind} & __POLYCODE_LIST)"
                );
                write_check("be_compared", &can, NO_RESULT, text);
                write!(text, "__POLYCODE_GIVE({call});\n}}\n")
            }
            Returned::List => {
                let of = last.map_or("int", |(of, _)| of);
                let can = format!("__POLYCODE_COUNTS({of})");
                write_check("be_counted", &can, NO_COUNT, text);
                let _ = writeln!(text, "__typeof__(*({of}){{0}}) __polycode_count = 0;");
                let can = format!("({kind} & __POLYCODE_LIST) != 0");
                write_check("be_compared", &can, NO_RESULT, text);
                write!(
                    text,
                    "__typeof__({call}) __polycode_list = {call};\n\
                     __polycode_give_list(__polycode_list, {kind}, __polycode_count);\n}}\n"
                )
            }
        };
    }
}

/// A condition that the compiler checks. It has a name, which is what the compiler then tells beside
/// the words.
fn write_check(name: &str, condition: &str, words: &str, text: &mut String) {
    let words = words.replace('\\', "\\\\").replace('"', "\\\"");
    let _ = writeln!(
        text,
        "enum {{ __polycode_can_{name} = {condition} }};\n_Static_assert(__polycode_can_{name}, \"{words}\");"
    );
}

impl Type {
    /// The type without the names that stand for it.
    fn text(&self) -> &str {
        self.desugared_qual_type
            .as_deref()
            .unwrap_or(&self.qual_type)
    }
}

impl Returned {
    /// By the type of a function, `int *(const int *, int)`.
    fn of(function: &str) -> Self {
        let result = function.split('(').next().unwrap_or_default().trim();
        match result.strip_suffix('*').map(str::trim_end) {
            None if result == "void" => Self::Nothing,
            None | Some("char" | "const char") => Self::Value,
            Some(_) => Self::List,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn what_is_no_name_is_not_put_into_a_program() {
        assert_eq!(check_names(&names(&["add", "größer_2", "$"])), Ok(()));
        for wrong in ["", "2nd", "a b", "f(); g", "x\n", "a\"b"] {
            let words = format!("a function can't be named `{wrong}`\n");
            assert_eq!(check_names(&names(&["add", wrong])), Err(words));
        }
    }

    #[test]
    fn a_result_is_told_by_its_type() {
        for (function, result) in [
            ("void (int *, int)", Returned::Nothing),
            ("int (void)", Returned::Value),
            ("char *(const char *)", Returned::Value),
            ("const char *(void)", Returned::Value),
            ("int *(const int *, int, int *)", Returned::List),
            ("char **(const char *, int *)", Returned::List),
            ("void (void (*)(int))", Returned::Nothing),
        ] {
            assert_eq!(Returned::of(function), result, "{function}");
        }
    }

    #[test]
    fn the_last_declaration_of_a_name_counts() {
        let functions = names(&["f", "x"]);
        let entry = FileName::new("main.c").unwrap();
        let said = r#"{"kind": "VarDecl", "name": "__polycode_probe_0", "type": {"qualType": "int"}}
            {"kind": "FunctionDecl", "name": "__polycode_probe_0", "type": {"qualType": "typeof (f)", "desugaredQualType": "int (long)"},
             "inner": [{"kind": "ParmVarDecl", "type": {"qualType": "long"}}]}
            {"kind": "FunctionDecl", "name": "__polycode_probe_1", "type": {"qualType": "void (void)"}}"#;
        let found = declared(&functions, &entry, said.as_bytes()).unwrap();
        let parameters: Vec<_> = found.iter().map(|f| f.parameters.join(",")).collect();
        assert_eq!(parameters, ["long", ""]);
        assert_eq!(
            declared(&names(&["f", "g", "h"]), &entry, said.as_bytes()),
            Err("main.c has no function named 'h'\n".to_owned())
        );
    }
}
