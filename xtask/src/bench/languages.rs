//! Measures every language, and keeps what came of it for their table.

use std::fs;
use std::process::Stdio;
use std::thread;

use anyhow::{Context, Result};

use crate::codegen::{self, Measured};
use crate::{machine, step};

/// What programs are run with natively, and the packages that have it.
const NATIVE: [(&str, &str); 9] = [
    ("node", "nodejs"),
    ("lua5.4", "lua5.4"),
    ("sqlite3", "sqlite3"),
    ("ruby", "ruby"),
    ("php", "php-cli"),
    ("perl", "perl"),
    ("python3", "python3"),
    ("gcc", "gcc"),
    ("g++", "g++"),
];

pub(super) fn run() -> Result<()> {
    for (program, package) in NATIVE {
        machine::require(program, package)?;
    }
    crate::test::install_runtimes(&["--all"])?;
    println!("\n==> measure the languages");
    let mut bench = step::cargo();
    bench.args(["bench", "--quiet", "--package", "polycode-runner"]);
    bench
        .args(["--bench", "languages"])
        .current_dir(step::root());
    let table = step::output(bench.stderr(Stdio::inherit()))?;
    let measured = Measured {
        date: jiff::Zoned::now().date(),
        machine: machine()?,
        language: toml::from_str(&table)?,
    };
    measured.write()?;
    codegen::run(false)
}

/// This machine, in words.
fn machine() -> Result<String> {
    let text = fs::read_to_string("/proc/cpuinfo")?;
    let name = text.lines().find(|line| line.starts_with("model name"));
    let name = name
        .and_then(|line| line.split_once(": "))
        .map(|(_, name)| name);
    let name = name.context("the system tells no name of its processor")?;
    let cores = thread::available_parallelism()?;
    Ok(format!("{cores} cores, {name}"))
}
