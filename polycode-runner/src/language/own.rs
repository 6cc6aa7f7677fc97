//! What this crate brings along for runtimes.

use serde::Deserialize;

/// The texts of files of `guests`, one after the other.
macro_rules! texts {
    ($($path:literal),+) => {
        concat!($(include_str!(concat!("../../guests/", $path))),+)
    };
}

/// The same in PHP, where each begins with a tag.
macro_rules! scripts {
    ($first:literal $(, $path:literal)*) => {
        concat!(texts!($first) $(, "?>\n", texts!($path))*)
    };
}

/// The same in Lua, after what reads and writes JSON there, which is in a function as it takes what it shares.
macro_rules! with_json {
    ($($path:literal),+) => {
        concat!(
            "local shared = {};\n(function(...)\n",
            texts!("lua/prelude/json.lua"),
            "\nend)(shared)\n",
            texts!($($path),+)
        )
    };
}

/// A runtime of this crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Guest {
    /// `guests/javascript`.
    JavaScript,
    /// `guests/lua`.
    Lua,
    /// `guests/sql`.
    Sql,
}

impl Guest {
    /// The snapshot that `cargo xtask guests` makes.
    pub const fn wasm(self) -> &'static [u8] {
        match self {
            Self::JavaScript => include_bytes!("../../guests/javascript.wasm"),
            Self::Lua => include_bytes!("../../guests/lua.wasm"),
            Self::Sql => include_bytes!("../../guests/sql.wasm"),
        }
    }
}

/// A text of this crate that makes a runtime ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Text {
    /// `guests/perl`.
    Perl,
    /// `guests/python`.
    Python,
    /// The same, after `lean.py`.
    PythonLean,
    /// The same, after `science.py`.
    PythonScience,
    /// `guests/ruby`.
    Ruby,
    /// `guests/typescript`.
    #[serde(rename = "typescript")]
    TypeScript,
}

impl Text {
    /// The text itself.
    pub const fn as_str(self) -> &'static str {
        match self {
            // Each in a scope of its own: what is declared in one must not be in another, or in
            // programs.
            Self::Perl => concat!(
                "{\n",
                texts!("perl/posix.pl"),
                "}\n{\n",
                texts!("perl/storable.pl"),
                "}\n",
                texts!("perl/prepare.pl")
            ),
            Self::Python => texts!("python/prepare.py", "python/snapshot.py"),
            Self::PythonLean => texts!("python/lean.py", "python/prepare.py", "python/snapshot.py"),
            Self::PythonScience => texts!(
                "python/science.py",
                "python/prepare.py",
                "python/snapshot.py"
            ),
            Self::Ruby => texts!("ruby/prepare.rb"),
            Self::TypeScript => concat!(
                "(function (native, lib) {\n(",
                texts!("typescript/load.js"),
                ")(native, lib);\n(",
                texts!("typescript/strip.js"),
                ")(native, lib);\n(",
                texts!("typescript/main.js"),
                ")(native, lib);\n})"
            ),
        }
    }
}

/// What runs tests that are written in a language, and its programs where they are tested; each runs
/// in the place of the program's entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Harnesses {
    /// Does what tests ask of a program.
    pub tested: Option<Harness>,
    /// Runs tests.
    pub tests: Option<Harness>,
}

/// What runs tests or what they test: a text of this crate, or a part of what is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Harness {
    /// Programs in Python.
    PythonTested,
    /// Tests in Python.
    PythonTests,
    /// Programs in JavaScript.
    JavascriptTested,
    /// Tests in JavaScript.
    JavascriptTests,
    /// Programs in Ruby.
    RubyTested,
    /// Tests in Ruby.
    RubyTests,
    /// Programs in PHP.
    PhpTested,
    /// Tests in PHP.
    PhpTests,
    /// Programs in Perl.
    PerlTested,
    /// Tests in Perl.
    PerlTests,
    /// Programs in Lua.
    LuaTested,
    /// Tests in Lua.
    LuaTests,
    /// Programs that are built: what does it is linked with them.
    Linked,
}

impl Harness {
    /// The text, and the extension of its file without the dot; none where it is no text.
    pub const fn text(self) -> Option<(&'static str, &'static str)> {
        let text = match self {
            Self::Linked => return None,
            Self::PythonTested => texts!("python/line.py", "python/tested.py"),
            Self::PythonTests => texts!("python/line.py", "python/pytest.py", "python/tests.py"),
            Self::JavascriptTested => texts!("javascript/line.js", "javascript/tested.js"),
            Self::JavascriptTests => texts!("javascript/line.js", "javascript/tests.js"),
            Self::RubyTested => texts!("ruby/line.rb", "ruby/tested.rb"),
            Self::RubyTests => texts!(
                "ruby/line.rb",
                "ruby/remote.rb",
                "ruby/minitest.rb",
                "ruby/tests.rb"
            ),
            Self::PhpTested => scripts!("php/line.php", "php/tested.php"),
            Self::PhpTests => scripts!(
                "php/line.php",
                "php/remote.php",
                "php/asking.php",
                "php/names.php",
                "php/checks.php",
                "php/phpunit.php",
                "php/sources.php",
                "php/tests.php"
            ),
            Self::PerlTested => texts!("perl/line.pl", "perl/tested.pl"),
            Self::PerlTests => texts!(
                "perl/line.pl",
                "perl/remote.pl",
                "perl/checks.pl",
                "perl/tests.pl"
            ),
            Self::LuaTested => with_json!("lua/line.lua", "lua/tested.lua"),
            Self::LuaTests => with_json!(
                "lua/line.lua",
                "lua/remote.lua",
                "lua/checks.lua",
                "lua/tests.lua"
            ),
        };
        Some((text, self.extension()))
    }

    const fn extension(self) -> &'static str {
        match self {
            Self::PythonTested | Self::PythonTests => "py",
            Self::JavascriptTested | Self::JavascriptTests => "js",
            Self::RubyTested | Self::RubyTests => "rb",
            Self::PhpTested | Self::PhpTests => "php",
            Self::PerlTested | Self::PerlTests => "pl",
            Self::LuaTested | Self::LuaTests => "lua",
            Self::Linked => "",
        }
    }
}

/// Bytes of this crate that runs of a runtime need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Data {
    /// What runs programs in PHP.
    PhpMain,
    /// The header with the whole standard library of C++.
    CppHeader,
    /// What calls functions of C, as a header.
    CallHeader,
    /// What calls functions of C++, as a header.
    CppCallHeader,
    /// What tests ask of programs in C, as a header.
    TestedHeader,
    /// What they ask of programs in C++, as a header.
    CppTestedHeader,
    /// What is compiled of all four, as `cargo xtask guests` makes it.
    CallLibrary,
    /// The library of C++ as `cargo xtask guests` makes it: with exceptions.
    CppLibrary,
}

impl Data {
    /// The bytes themselves.
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::PhpMain => include_bytes!("../../guests/php/main.php"),
            Self::CppHeader => include_bytes!("../../guests/cpp/stdc++.h"),
            Self::CallHeader => include_bytes!("../../guests/call/call.h"),
            Self::CppCallHeader => include_bytes!("../../guests/call/call.hpp"),
            Self::TestedHeader => include_bytes!("../../guests/call/tested.h"),
            Self::CppTestedHeader => include_bytes!("../../guests/call/tested.hpp"),
            Self::CallLibrary => include_bytes!("../../guests/call.a"),
            Self::CppLibrary => include_bytes!("../../guests/cpp.a"),
        }
    }
}

/// Bytes of this crate as a file that each run sees.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnFile {
    /// The bytes.
    pub data: Data,
    /// Where a run sees it, from the root.
    pub mount: String,
}
