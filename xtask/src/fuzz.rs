//! Runs the fuzz targets, from seeds that are the cases of the conformance suite.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use clap::{Args, ValueEnum};
use serde_json::Value;

use crate::{machine, step};

// What the targets hold against their inputs, to be held against the seeds in a test as well.
#[cfg(test)]
#[path = "../../polycode-runner/fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "there it is a crate of its own")]
mod properties;

/// The version of cargo-fuzz that the targets are written for.
const CARGO_FUZZ: &str = "0.13.2";

/// How long to fuzz what.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The target: all of them without it.
    target: Option<Target>,
    /// Seconds for each target.
    #[arg(long, default_value_t = 60)]
    seconds: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Target {
    /// Case files.
    Case,
    /// Names of uploaded files, and paths that a program names.
    Names,
    /// Modules as they are sent.
    Module,
    /// Valid modules that call whatever there is.
    Generated,
}

impl Target {
    const fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Names => "names",
            Self::Module => "module",
            Self::Generated => "generated",
        }
    }
}

/// Fuzzes; an error is what was found, or that it can't be done.
pub(crate) fn run(options: &Options) -> Result<()> {
    machine::require_cargo("cargo-fuzz", CARGO_FUZZ)?;
    let fuzz = step::root().join("polycode-runner/fuzz");
    let corpus = fuzz.join("corpus");
    for (number, (target, seed)) in seeds()?.into_iter().enumerate() {
        let folder = corpus.join(target.name());
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("seed-{number}")), seed)?;
    }
    let all = Target::value_variants();
    let targets = options.target.as_ref().map_or(all, std::slice::from_ref);
    for target in targets {
        let mut command = step::cargo();
        command.current_dir(fuzz.join(".."));
        // A toolchain that is stable has no sanitizers; of the crates that are ours, one line is unsafe.
        command.args(["fuzz", "run", "--sanitizer", "none", "--target-dir"]);
        command.arg(step::target().join("fuzz")).arg(target.name());
        // Inputs as long as the seeds from the beginning: shorter ones are nothing to begin with.
        command.args(["--", "-len_control=0", "-timeout=30", "-rss_limit_mb=4096"]);
        command.arg(format!("-max_total_time={}", options.seconds));
        let fuzzed = step::run(&format!("fuzz {}", target.name()), &mut command);
        fuzzed.context("if something was found, `polycode-runner/fuzz/artifacts` has it")?;
    }
    Ok(())
}

/// What the cases of the conformance suite give each target to begin with.
fn seeds() -> Result<Vec<(Target, Vec<u8>)>> {
    let mut seeds = Vec::new();
    for case in cases(&step::root().join("conformance"))? {
        seeds.extend(seeds_of(fs::read(case)?));
    }
    Ok(seeds)
}

/// The cases in a folder and in those below it, in the order of their names.
fn cases(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            cases.extend(self::cases(&path)?);
        } else if path.extension().is_some_and(|kind| kind == "json") {
            cases.push(path);
        }
    }
    cases.sort();
    Ok(cases)
}

fn seeds_of(text: Vec<u8>) -> Vec<(Target, Vec<u8>)> {
    let mut seeds = Vec::new();
    let case: Value = serde_json::from_slice(&text).unwrap_or_default();
    if let Some(files) = case.get("files").and_then(Value::as_object) {
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        seeds.push((Target::Names, names.join("\n").into_bytes()));
        let module = files.get("main.wasm").and_then(Value::as_str);
        if let Some(Ok(module)) = module.map(|text| BASE64_STANDARD.decode(text)) {
            seeds.push((Target::Module, module));
        }
    }
    seeds.push((Target::Case, text));
    seeds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_gives_a_seed_to_each_target_that_it_fits() {
        let module = br#"{"files": {"main.wasm": "AGFzbQ==", "a/b.txt": ""}}"#;
        let expected = [
            (Target::Names, b"a/b.txt\nmain.wasm".to_vec()),
            (Target::Module, b"\0asm".to_vec()),
            (Target::Case, module.to_vec()),
        ];
        assert_eq!(seeds_of(module.to_vec()), expected);
        let other = (Target::Case, b"no case".to_vec());
        assert_eq!(seeds_of(b"no case".to_vec()), [other]);
    }

    #[test]
    fn what_is_fuzzed_for_holds_of_every_seed() {
        let seeds = seeds().unwrap();
        for target in [Target::Case, Target::Names, Target::Module] {
            assert!(seeds.iter().any(|(other, _)| *other == target));
        }
        for (target, seed) in seeds {
            match target {
                Target::Case => properties::case(&seed),
                Target::Names => properties::names(&String::from_utf8(seed).unwrap()),
                Target::Module | Target::Generated => properties::module(&seed),
            }
        }
        let acts = "+a\na/b\na/b>c\n-a\n../secret\n../secret>d\n-../box\n+../e\n/f\n..\n.\n";
        properties::names(acts);
    }
}
