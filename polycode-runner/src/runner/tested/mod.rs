//! What is added to the entry of a program, so that tests can ask for what is in it.
//!
//! As with calls (`calls.rs`) it comes after the program's own text; the parts of it that are always the
//! same are in `guests/call`.

mod c;
mod cpp;
mod offers;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use polycode_core::judging::FileName;

pub(super) use self::offers::{ACCOUNT_ARGS, Offers};
use crate::language::Caller;
use crate::runner::calls;

use self::offers::{Function, Parameter};

/// What is called when a function is asked for; the compiler names it where there is something wrong.
const CALL: &str = "what tests ask of ";

/// How many of its parameters a function is called with, where the last have values of their own, and what is
/// refused in words.
enum Offered<'a> {
    Function(&'a Function, usize),
    Not(&'a str),
}

/// Writes the text for one program.
struct Writer<'a> {
    by: Caller,
    offers: &'a Offers,
    refused: &'a BTreeSet<String>,
    text: String,
    functions: String,
    variables: String,
    classes: String,
    count: usize,
}

/// The text that serves tests of a program. What has a name that is refused is there, and can't be used.
pub(super) fn text(
    by: Caller,
    offers: &Offers,
    refused: &BTreeSet<String>,
    (entry, sources): (&FileName, &[FileName]),
) -> String {
    let mut writer = Writer {
        by,
        offers,
        refused,
        text: calls::beginning(),
        functions: String::new(),
        variables: String::new(),
        classes: String::new(),
        count: 0,
    };
    writer.functions();
    writer.variables();
    writer.classes();
    let files = importable(entry, sources);
    let files = files
        .iter()
        .fold(String::new(), |all, name| all + &quoted(name) + ", ");
    writer.finish(&files)
}

/// The names that the compiler could not cope with.
pub(super) fn names_in(said: &str) -> BTreeSet<String> {
    let found = said.split(CALL).skip(1);
    let names = found.map(|rest| rest.split([':', '"', '\'']).next().unwrap_or_default());
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

impl Writer<'_> {
    fn functions(&mut self) {
        let offers = self.offers;
        for (name, same) in &offers.functions {
            let is_refused = self.refused.contains(name);
            for function in same.iter().take(if is_refused { 1 } else { same.len() }) {
                let fewest =
                    function.parameters.len() - function.defaults.min(function.parameters.len());
                let reason = self.reason(name, function);
                if let Some(reason) = reason {
                    self.function(name, &Offered::Not(reason), same.len() == 1);
                    continue;
                }
                for given in (fewest..=function.parameters.len()).rev() {
                    self.function(name, &Offered::Function(function, given), same.len() == 1);
                }
            }
        }
    }

    /// Why a function can't be called, where that is known before the compiler is asked.
    fn reason(&self, name: &str, function: &Function) -> Option<&'static str> {
        let is_c = self.by == Caller::C;
        let is_odd = |of: &Parameter| of.r#type.contains(['[', '(']) && !of.r#type.contains("(*)(");
        if self.refused.contains(name) {
            Some("is of a type that can't be used here")
        } else if function.is_template {
            Some("is a template, which tests can't call")
        } else if function.signature.contains("...") {
            Some("takes any number of arguments, which tests can't call")
        } else if is_c
            && (function.parameters.iter().any(is_odd)
                || function.signature.starts_with("struct ("))
        {
            Some("has a parameter of a type that tests can't give")
        } else {
            None
        }
    }

    fn function(&mut self, name: &str, offered: &Offered<'_>, is_only: bool) {
        let number = self.count;
        self.count += 1;
        let line = format!("#line 1 {}\n", quoted(&format!("{CALL}{name}")));
        self.text.push_str(&line);
        let (types, changes) = match offered {
            Offered::Not(reason) => {
                let _ = writeln!(
                    self.text,
                    "static void __polycode_call_{number}({}) {{ __polycode_fail(\"%s %s\", \"{name}\", {}); }}",
                    self.nothing(),
                    quoted(reason)
                );
                ("0".to_owned(), "0".to_owned())
            }
            Offered::Function(function, given) => {
                self.types(number, function);
                let changes = match self.by {
                    Caller::C => self.call_of_c(number, name, function),
                    Caller::Cpp => self.call_of_cpp(number, name, (function, *given), is_only),
                };
                (format!("__polycode_types_{number}"), changes)
            }
        };
        let _ = writeln!(
            self.functions,
            "{{\"{name}\", __polycode_call_{number}, {types}, {changes}}},"
        );
    }

    /// The types of a function's result and parameters, as they are told.
    fn types(&mut self, number: usize, function: &Function) {
        let result = function
            .signature
            .split_once('(')
            .map_or("", |(result, _)| result.trim());
        let parameters = function.parameters.iter().map(|of| &*of.r#type);
        let all = std::iter::once(result).chain(parameters);
        let all = all.fold(String::new(), |all, of| all + &quoted(of) + ", ");
        let _ = writeln!(
            self.text,
            "static const char *const __polycode_types_{number}[] = {{{all}}};"
        );
    }

    /// A name for a function by which it may be missing; where it can't be, its own.
    fn found(&mut self, number: usize, name: &str, function: &Function, of: &str) -> String {
        if function.is_inside {
            return name.to_owned();
        }
        let alias = format!("__polycode_found_{number}");
        let symbol = quoted(&function.symbol);
        let _ = writeln!(
            self.text,
            "static {of} {alias} __attribute__((weakref({symbol})));"
        );
        alias
    }

    fn missing(alias: &str, name: &str) -> String {
        if alias == name {
            return String::new();
        }
        format!(
            "if (!{alias}) __polycode_fail(\"%s is declared, and defined nowhere\", \"{name}\");\n"
        )
    }

    fn variables(&mut self) {
        let offers = self.offers;
        for (name, variable) in &offers.variables {
            let number = self.count;
            self.count += 1;
            let line = format!("#line 1 {}\n", quoted(&format!("{CALL}{name}")));
            self.text.push_str(&line);
            let is_set = match self.by {
                _ if self.refused.contains(name) => continue,
                Caller::C => self.variable_of_c(number, name, variable),
                Caller::Cpp => self.variable_of_cpp(number, name, variable),
            };
            let set = if is_set {
                format!("__polycode_set_{number}")
            } else {
                "0".to_owned()
            };
            let _ = writeln!(
                self.variables,
                "{{\"{name}\", __polycode_get_{number}, {set}}},"
            );
        }
    }

    fn classes(&mut self) {
        let offers = self.offers;
        let classes = offers
            .classes
            .iter()
            .filter(|name| !self.refused.contains(*name));
        let mut before = String::new();
        for name in classes {
            let line = quoted(&format!("{CALL}{name}"));
            let number = self.count;
            self.count += 1;
            let _ = writeln!(
                self.text,
                "#line 1 {line}\n\
                 static constexpr auto __polycode_base_{number} = __polycode::base<::{name}>();\n\
                 static constexpr auto __polycode_above_{number} = __polycode::above<::{name}{before}>();"
            );
            let _ = writeln!(
                self.classes,
                "{{\"{name}\", __polycode::type<::{name}>(), __polycode_base_{number}, __polycode_above_{number}}},"
            );
            let _ = write!(before, ", ::{name}");
        }
    }

    const fn nothing(&self) -> &'static str {
        match self.by {
            Caller::C => "void",
            Caller::Cpp => "",
        }
    }

    /// The table of all that there is, and what takes the place of `main`.
    fn finish(self, files: &str) -> String {
        let (language, guard, flush) = match self.by {
            Caller::C => ("C", "__polycode_guard", "__polycode_flush"),
            Caller::Cpp => ("C++", "__polycode::guard", "__polycode::flush"),
        };
        let Self {
            by,
            text,
            functions,
            variables,
            classes,
            ..
        } = self;
        let linkage = match by {
            Caller::C => "",
            Caller::Cpp => "extern \"C\" ",
        };
        format!(
            "{text}#line 1 \"tests\"\n\
             static const char *const __polycode_files[] = {{{files}0}};\n\
             static const struct __polycode_offer __polycode_functions[] = {{\n{functions}{{0}}}};\n\
             static const struct __polycode_variable __polycode_variables[] = {{\n{variables}{{0}}}};\n\
             {linkage}int __wrap___main_void(void) {{\n\
             static const struct __polycode_class __polycode_classes[] = {{\n{classes}{{0}}}};\n\
             static const struct __polycode_program __polycode_program = {{\"{language}\", __polycode_files,\n\
             __polycode_functions, __polycode_variables, __polycode_classes, {guard}, {flush}}};\n\
             return __polycode_serve(&__polycode_program);\n}}\n"
        )
    }
}

/// A text of C.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// What tests can import: files without and with extensions, and the folders on the way to them; as seen from
/// the program's folder and from that of its entry.
fn importable(entry: &FileName, sources: &[FileName]) -> Vec<String> {
    let folder = entry.as_str().rsplit_once('/').map(|(folder, _)| folder);
    let mut names = Vec::new();
    for source in sources {
        let path = source.as_str();
        let inside = folder.and_then(|folder| path.strip_prefix(folder)?.strip_prefix('/'));
        for path in [Some(path), inside].into_iter().flatten() {
            names.push(path.to_owned());
            names.extend(path.rsplit_once('.').map(|(stem, _)| stem.to_owned()));
            let mut folders = path;
            while let Some((folder, _)) = folders.rsplit_once('/') {
                names.push(folder.to_owned());
                folders = folder;
            }
        }
    }
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(path: &str) -> FileName {
        FileName::new(path).unwrap()
    }

    #[test]
    fn files_are_found_from_both_folders() {
        let sources = [name("src/main.c"), name("src/geo/area.h"), name("lib.c")];
        let names = importable(&sources[0], &sources);
        let expected = [
            "geo",
            "geo/area",
            "geo/area.h",
            "lib",
            "lib.c",
            "main",
            "main.c",
            "src",
            "src/geo",
            "src/geo/area",
            "src/geo/area.h",
            "src/main",
            "src/main.c",
        ];
        assert_eq!(names, expected);
    }

    #[test]
    fn what_can_not_be_compiled_is_there_and_refused() {
        let said = format!("main.c:1:2: note\n{CALL}f:3:4: error: no\nin \"{CALL}f\", {CALL}g:1");
        let refused = names_in(&said);
        assert_eq!(refused.iter().collect::<Vec<_>>(), ["f", "g"]);
        let function = Function {
            signature: "int (wrong)".to_owned(),
            parameters: vec![Parameter {
                r#type: "wrong".to_owned(),
                plain: "wrong".to_owned(),
            }],
            ..Function::default()
        };
        let offers = Offers {
            functions: [("f".to_owned(), vec![function])].into(),
            ..Offers::default()
        };
        let entry = name("main.c");
        for by in [Caller::C, Caller::Cpp] {
            let files = (&entry, &[entry.clone()][..]);
            let written = |refused: &BTreeSet<String>| text(by, &offers, refused, files);
            assert!(written(&BTreeSet::new()).contains("wrong"));
            let without = written(&refused);
            assert!(
                !without.contains("wrong") && without.contains("{\"f\", "),
                "{without}"
            );
        }
    }
}
