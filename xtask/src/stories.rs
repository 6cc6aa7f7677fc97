//! The stories of the product, the tests that prove each, and how those ended.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::{machine, step};

/// A story of `docs/stories.md`.
#[derive(Debug, PartialEq, Eq)]
struct Story {
    id: String,
    wants: String,
}

/// A test, by its name without the path, and whether it passed.
#[derive(Debug, PartialEq, Eq)]
struct Proof {
    test: String,
    passed: bool,
}

/// Runs the tests of the crates and prints each story with the tests that prove it.
pub(crate) fn run() -> Result<()> {
    let path = step::root().join("docs/stories.md");
    let table = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let stories = stories(&table);
    ensure!(!stories.is_empty(), "docs/stories.md has no stories");
    let proofs = proofs(&test_output()?);
    let known = |id: &str| stories.iter().any(|story| story.id == id);
    if let Some(unknown) = proofs.keys().find(|id| !known(id)) {
        bail!("a test names {unknown}, which is no story");
    }
    let mut failed = 0;
    let mut unproven = Vec::new();
    for Story { id, wants } in &stories {
        let Some(proofs) = proofs.get(id) else {
            println!("{id:<6} {wants}\n         - no test");
            unproven.push(id.as_str());
            continue;
        };
        println!("{id:<6} {wants}");
        for Proof { test, passed } in proofs {
            let mark = if *passed { "passed" } else { "FAILED" };
            failed += usize::from(!passed);
            println!("         {mark}  {test}");
        }
    }
    let proven = stories.len() - unproven.len();
    println!("\n{proven} of {} stories have a test", stories.len());
    if !unproven.is_empty() {
        println!("without one: {}", unproven.join(" "));
    }
    ensure!(failed == 0, "{failed} tests of stories failed");
    Ok(())
}

/// What the tests print, whether they pass or not.
fn test_output() -> Result<String> {
    machine::require_postgres()?;
    machine::require_font()?;
    let mut tests = step::cargo();
    // Not by their packages: dependencies would be compiled once more, with other features.
    tests.args(["test", "--quiet", "--no-fail-fast", "--all-features"]);
    tests.args(["--test", "engine", "--test", "server"]);
    tests.args(["--", "--format", "pretty"]);
    println!("running the tests …\n");
    output_of(tests.current_dir(step::root()))
}

fn output_of(command: &mut Command) -> Result<String> {
    let output = command.output().context("cargo can't be run")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(
        text.contains("test result:"),
        "the tests could not be run:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(text)
}

fn stories(table: &str) -> Vec<Story> {
    let row = |line: &str| {
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        match cells.as_slice() {
            [id, _, wants] if story_id(id).is_some() => Some(Story {
                id: (*id).to_owned(),
                wants: (*wants).to_owned(),
            }),
            _ => None,
        }
    };
    table.lines().filter_map(row).collect()
}

/// The tests of each story, from what libtest prints: `test path::te_1_a_name ... ok`.
fn proofs(output: &str) -> BTreeMap<String, Vec<Proof>> {
    let mut proofs = BTreeMap::<_, Vec<_>>::new();
    for line in output.lines() {
        let ended = line
            .strip_prefix("test ")
            .and_then(|line| line.split_once(" ... "));
        let Some((path, ending)) = ended else {
            continue;
        };
        let test = path.rsplit("::").next().unwrap_or(path);
        for id in ids_of(test) {
            proofs.entry(id).or_default().push(Proof {
                test: test.to_owned(),
                passed: ending == "ok",
            });
        }
    }
    proofs
}

/// The stories that a test's name begins with: `te_7_te_8_an_invitation…` is TE-7 and TE-8.
fn ids_of(test: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut words = test.split('_');
    while let (Some(letters), Some(number)) = (words.next(), words.next()) {
        match story_id(&format!("{}-{number}", letters.to_ascii_uppercase())) {
            Some(id) => ids.push(id),
            None => break,
        }
    }
    ids
}

fn story_id(text: &str) -> Option<String> {
    let (letters, number) = text.split_once('-')?;
    let is_id = letters.len() == 2
        && letters.chars().all(|c| c.is_ascii_uppercase())
        && number.parse::<u32>().is_ok();
    is_id.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_proves_the_stories_that_its_name_begins_with() {
        assert_eq!(ids_of("te_7_te_8_an_invitation"), ["TE-7", "TE-8"]);
        assert_eq!(ids_of("as_12_candidates_come_from_csv"), ["AS-12"]);
        assert_eq!(ids_of("an_answer_is_kept"), [""; 0]);
    }

    #[test]
    fn stories_and_proofs_are_read() {
        let read = stories("| id | who | wants |\n|---|---|---|\n| TE-7 | user | join |\n");
        let (id, wants) = ("TE-7".to_owned(), "join".to_owned());
        assert_eq!(read, [Story { id, wants }]);
        let proofs = proofs("test a::te_7_joins ... ok\ntest te_7_b ... FAILED\nok te_7_c");
        let passed: Vec<_> = proofs["TE-7"].iter().map(|proof| proof.passed).collect();
        assert_eq!(passed, [true, false]);
    }
}
