//! How programs of a compiled language are made.

use serde::Deserialize;

use crate::language::OwnFile;

/// How the files of a program become a module that runs: by calls of the language's compiler, each
/// with files in its root folder, and each leaving what it made at `/tmp/out`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Build {
    /// Extensions of the files that are compiled; the others are read by them.
    pub units: Vec<String>,
    /// What is done.
    pub steps: Steps,
    /// A header that is compiled once, when the language is installed.
    pub header: Option<Header>,
    /// How functions of its programs are called, where the compiler does not see to it itself.
    pub calls: Option<Calls>,
    /// Fuel that a program, unlike the compiler, uses in one millisecond of the reference core.
    pub fuel_per_ms: u64,
}

/// The calls of a compiler that make a program.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Steps {
    /// One for each file, and one to link.
    Each {
        /// The arguments that compile one file, whose name takes the place of `{source}`.
        compile: Vec<String>,
        /// The arguments that link what came of all files, whose names take the place of
        /// `{objects}`.
        link: Vec<String>,
    },
    /// Those that the compiler itself names, in a first call: its answer is a JSON object whose
    /// `calls` are lists of arguments, and whose `files` are added to the program's. What came of each
    /// call is a file for all that come after, `0.o`, `1.o` and so on, and that of the last is the program.
    Planned {
        /// The arguments of the first call; the entry's name takes the place of `{entry}`. The names of
        /// functions follow where the program is made to have these called.
        plan: Vec<String>,
        /// The arguments of the first call where the program is made to do what tests ask for.
        tested: Vec<String>,
    },
}

impl Build {
    /// Whether functions of its programs can be called.
    pub const fn can_call(&self) -> bool {
        self.calls.is_some() || matches!(self.steps, Steps::Planned { .. })
    }
}

/// A header that is compiled in advance.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The arguments that compile it.
    pub args: Vec<String>,
    /// Where the compiler finds what came of it, from the root.
    pub mount: String,
}

/// How functions of a program are called: what calls them is added to the text of its entry, and
/// leaves at `/run/answer` what came of the call that `/run/request.json` asks for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calls {
    /// What is added to the entry.
    pub by: Caller,
    /// Arguments beside those that compile a file.
    pub compile: Vec<String>,
    /// Those in their place where tests ask for what there is in a program.
    pub tested: Vec<String>,
    /// Arguments beside those that link.
    pub link: Vec<String>,
    /// Files of this crate that both need.
    pub files: Vec<OwnFile>,
}

/// What calls functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Caller {
    /// A function of C for each, made from the types that the compiler says it has.
    C,
    /// A template of C++, which deduces the types.
    Cpp,
}

/// The arguments that compile a file.
pub(crate) fn compile(args: &[String], source: &str) -> Vec<String> {
    let args = args.iter();
    args.map(|arg| arg.replace("{source}", source)).collect()
}

/// The arguments that link objects.
pub(crate) fn link(args: &[String], objects: &[String]) -> Vec<String> {
    let expand = |arg: &String| match arg.as_str() {
        "{objects}" => objects.to_vec(),
        _ => vec![arg.clone()],
    };
    args.iter().flat_map(expand).collect()
}

/// The arguments that ask for a plan.
pub(crate) fn plan<'a>(
    args: &[String],
    entry: &str,
    functions: impl IntoIterator<Item = &'a String>,
) -> Vec<String> {
    let args = args.iter().map(|arg| arg.replace("{entry}", entry));
    args.chain(functions.into_iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use crate::language::{Harness, Steps, languages};

    #[test]
    fn what_is_linked_for_tests_is_there() {
        let linked = languages()
            .iter()
            .filter(|language| language.harnesses.tested == Some(Harness::Linked));
        for language in linked {
            let build = language.build.as_ref().unwrap();
            assert!(build.can_call(), "{}", language.id);
        }
    }

    #[test]
    fn every_build_says_where_its_files_go() {
        let builds = languages().iter().filter_map(|language| {
            let build = language.build.as_ref()?;
            Some((language, build))
        });
        for (language, build) in builds {
            let entry = language.entry.extension().unwrap();
            assert!(build.units.iter().any(|unit| unit == entry));
            match &build.steps {
                Steps::Each { compile, link } => {
                    let compile = super::compile(compile, "a.c").join(" ");
                    assert!(
                        compile.contains("-o /tmp/out") && compile.contains(" a.c"),
                        "{compile}"
                    );
                    let link = super::link(link, &["1.o".to_owned(), "2.o".to_owned()]).join(" ");
                    assert!(
                        link.contains("-o /tmp/out") && link.contains(" 1.o 2.o"),
                        "{link}"
                    );
                }
                Steps::Planned { plan, tested } => {
                    let functions = ["add".to_owned()];
                    let plan = super::plan(plan, "main.go", &functions).join(" ");
                    assert!(plan.ends_with(" main.go add"), "{plan}");
                    let tested = super::plan(tested, "main.go", &[]).join(" ");
                    assert!(tested.ends_with(" main.go"), "{tested}");
                }
            }
        }
    }
}
