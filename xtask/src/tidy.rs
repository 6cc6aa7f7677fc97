//! The house rules that no other tool checks.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::step;

/// The most lines that a source file may have.
const MAX_LINES: usize = 500;

/// Which of our crates each crate may use.
const MAY_USE: [(&str, &[&str]); 4] = [
    ("polycode-core", &[]),
    ("polycode-runner", &["polycode-core"]),
    ("polycode-store", &["polycode-core"]),
    // The server for tests alone: see the feature `as-tested`.
    (
        "bindings/shared",
        &[
            "polycode-core",
            "polycode-reference-server",
            "polycode-runner",
            "polycode-store",
        ],
    ),
];

/// What core must not name outside its tests: clocks, randomness, files, threads, runtimes.
const IMPURE: [&str; 16] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "std::io",
    "std::time::Instant",
    "std::time::SystemTime",
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Uuid::now_v7",
    "Uuid::new_v4",
    "tokio::",
    "rand::",
    "println!",
];

/// Where every kind of document that the engine stores is listed, for the check of a store.
const DOCUMENT_KINDS: &str = "polycode-core/src/engine/documents.rs";

/// The locks of what is built and of what is fuzzed.
const LOCKS: [&str; 2] = ["Cargo.lock", "polycode-runner/fuzz/Cargo.lock"];

/// Words that a file of the repository must not have: they belong to one machine only.
const FOREIGN: [&str; 3] = ["/root/", "/home/", "registry.npmjs"];

/// Checks every rule, and names each place that breaks one.
pub(crate) fn run() -> Result<()> {
    println!("\n==> house rules");
    let files = tracked_files()?;
    let mut broken = Vec::new();
    broken.extend(import_direction()?);
    broken.extend(unlisted_documents(&files)?);
    broken.extend(locks_that_differ(&files)?);
    for (path, text) in &files {
        broken.extend(file_rules(path, text));
    }
    for line in &broken {
        println!("    {line}");
    }
    ensure!(
        broken.is_empty(),
        "house rules: {} places break one",
        broken.len()
    );
    println!("    house rules: {} files are tidy", files.len());
    Ok(())
}

fn tracked_files() -> Result<BTreeMap<String, String>> {
    let mut list = Command::new("git");
    list.args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    let names = step::output(list.current_dir(step::root()))?;
    let read = |name: &str| fs::read_to_string(step::root().join(name)).ok();
    Ok(names
        .lines()
        .filter_map(|name| Some((name.to_owned(), read(name)?)))
        .collect())
}

fn import_direction() -> Result<Vec<String>> {
    let mut broken = Vec::new();
    for (name, may_use) in MAY_USE {
        let path = step::root().join(name).join("Cargo.toml");
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let manifest: toml::Table = toml::from_str(&text)?;
        for section in ["dependencies", "dev-dependencies"] {
            let used = manifest.get(section).and_then(toml::Value::as_table);
            let ours = used.into_iter().flat_map(toml::Table::keys).filter(|key| {
                key.starts_with("polycode")
                    && key.as_str() != name
                    && !may_use.contains(&key.as_str())
            });
            broken.extend(ours.map(|key| format!("{name}/Cargo.toml: must not use {key}")));
        }
    }
    Ok(broken)
}

/// Kinds of documents that a check of a store would never look at.
fn unlisted_documents(files: &BTreeMap<String, String>) -> Result<Vec<String>> {
    let list = files.get(DOCUMENT_KINDS);
    let list = list.with_context(|| format!("{DOCUMENT_KINDS} is not there"))?;
    let list = list.split_once("\nkinds! {").map(|(_, list)| list);
    let list = list
        .and_then(|list| list.split_once('}'))
        .map(|(list, _)| list);
    let list = list.with_context(|| format!("{DOCUMENT_KINDS} has no list `kinds!`"))?;
    let kinds: BTreeSet<_> = list.split(|c: char| !c.is_alphanumeric()).collect();
    let in_core = |(path, _): &(&String, &String)| path.starts_with("polycode-core/src/");
    let mut broken = Vec::new();
    for (path, text) in files.iter().filter(in_core) {
        for (number, line) in text.lines().enumerate() {
            let kind = line.split_once("impl Document for ");
            let kind = kind.map(|(_, kind)| kind.trim_end_matches([' ', '{']));
            if let Some(kind) = kind.filter(|kind| !kinds.contains(kind)) {
                let rule = format!("`{kind}` is not one of the `kinds!` in {DOCUMENT_KINDS}");
                broken.push(format!("{path}:{}: {rule}", number + 1));
            }
        }
    }
    Ok(broken)
}

/// Crates of which another version is fuzzed than the one that is built.
fn locks_that_differ(files: &BTreeMap<String, String>) -> Result<Vec<String>> {
    let packages = |lock: &str| {
        let text = files
            .get(lock)
            .with_context(|| format!("{lock} is not there"))?;
        let lock: Lock = toml::from_str(text)?;
        anyhow::Ok(lock.package)
    };
    let [built, fuzzed] = LOCKS.map(packages);
    let (built, fuzzed) = (built?, fuzzed?);
    let of_other_version =
        |one: &&Locked| !built.contains(one) && built.iter().any(|other| other.name == one.name);
    let broken = fuzzed.iter().filter(of_other_version);
    let [ours, its] = LOCKS;
    let words = |Locked { name, version }: &_| format!("{its}: {name} {version} is not in {ours}");
    Ok(broken.map(words).collect())
}

#[derive(Debug, Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Locked {
    name: String,
    version: String,
}

fn file_rules(path: &str, text: &str) -> Vec<String> {
    let mut broken = Vec::new();
    let is_rust = Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "rs");
    let lines = text.lines().count();
    if is_rust && lines > MAX_LINES {
        broken.push(format!("{path}: has {lines} lines, more than {MAX_LINES}"));
    }
    let is_own = path.starts_with("xtask/src/tidy");
    for (number, line) in text.lines().enumerate() {
        let mut refuse = |rule: String| broken.push(format!("{path}:{}: {rule}", number + 1));
        if is_rust && !is_own && line.contains("#[allow(") {
            refuse("says #[allow]: use #[expect] with a reason".to_owned());
        }
        if is_rust && !is_own && line.contains("#[ignore") {
            refuse("ignores a test".to_owned());
        }
        for word in FOREIGN
            .iter()
            .filter(|word| !is_own && line.contains(**word))
        {
            refuse(format!("names `{word}`, which belongs to one machine"));
        }
        let is_core = path.starts_with("polycode-core/src/") && !path.contains("tests");
        for word in IMPURE
            .iter()
            .filter(|word| is_core && line.contains(**word))
        {
            refuse(format!("core is pure and must not use `{word}`"));
        }
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_is_seen_where_it_is_broken() {
        let seen = |path: &str, text: &str| !file_rules(path, text).is_empty();
        assert!(seen(
            "polycode-core/src/a.rs",
            "let now = Timestamp::now();"
        ));
        assert!(!seen(
            "polycode-store/src/a.rs",
            "let now = Timestamp::now();"
        ));
        assert!(seen("polycode-store/src/a.rs", "#[allow(dead_code)]"));
        assert!(seen("docs/a.md", "see /home/somebody"));
        assert!(seen("polycode-core/src/a.rs", &"\n".repeat(MAX_LINES + 1)));
        assert!(!seen("polycode-core/src/a.rs", "let x = 1;"));
    }

    #[test]
    fn a_document_that_no_check_would_look_at_is_seen() {
        let with = |text: &str| {
            let list = "kinds\n\nkinds! {\n    Module 2, Team 1,\n}\nUser";
            let files = [(DOCUMENT_KINDS, list), ("polycode-core/src/a.rs", text)];
            let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
            unlisted_documents(&BTreeMap::from(files)).unwrap()
        };
        assert_eq!(with("impl Document for Team {\n}"), [""; 0]);
        let broken = with("\nimpl Document for User {\n}");
        assert_eq!(broken.len(), 1);
        assert!(broken[0].starts_with("polycode-core/src/a.rs:2: `User`"));
        assert!(unlisted_documents(&BTreeMap::new()).is_err());
    }

    #[test]
    fn a_crate_that_is_fuzzed_in_another_version_is_seen() {
        let with = |version: &str| {
            let package = |name: &str, version: &str| {
                format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n")
            };
            let built = package("a", "1.0.0") + &package("a", "2.0.0");
            let fuzzed = package("a", version) + &package("b", "1.0.0");
            let files = [(LOCKS[0], built), (LOCKS[1], fuzzed)];
            let files = files.map(|(path, text)| (path.to_owned(), text));
            locks_that_differ(&BTreeMap::from(files)).unwrap()
        };
        assert_eq!(with("2.0.0"), [""; 0]);
        let words = "polycode-runner/fuzz/Cargo.lock: a 1.1.0 is not in Cargo.lock";
        assert_eq!(with("1.1.0"), [words]);
    }
}
