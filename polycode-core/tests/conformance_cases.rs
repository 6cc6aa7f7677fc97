//! The files under `conformance/` keep their own rules: every judging case is one that may be
//! judged, and every invalid one is refused with words that name what is wrong.
#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests, too")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use polycode_core::judging::{Case, Verdict};
use proptest::prelude::*;

/// The verdicts that no program alone gets for the whole of what it does.
const OF_NO_PROGRAM: [Verdict; 3] = [
    Verdict::Skipped,
    Verdict::AwaitingReview,
    Verdict::SystemError,
];

fn conformance() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance")
}

/// The files of a folder that end so, by path, with what they say.
fn texts(folder: &Path, extension: &str) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(texts(&path, extension));
        } else if path.extension().is_some_and(|is| is == extension) {
            let text = fs::read_to_string(&path).unwrap();
            found.insert(path, text);
        }
    }
    found
}

fn judging_cases() -> Vec<(PathBuf, Case)> {
    texts(&conformance().join("judging"), "json")
        .into_iter()
        .map(|(path, text)| match serde_json::from_str(&text) {
            Ok(case) => (path, case),
            Err(error) => panic!("{}: {error}", path.display()),
        })
        .collect()
}

#[test]
fn every_judging_case_is_valid_and_says_what_to_expect() {
    let cases = judging_cases();
    assert!(cases.len() >= 60, "there are only {} cases", cases.len());
    for (path, case) in cases {
        if let Err(refusal) = case.check() {
            panic!("{}: {refusal}", path.display());
        }
        let expect = case.expect.unwrap_or_else(|| {
            panic!("{} expects nothing", path.display());
        });
        let known: BTreeSet<_> = case.validators.iter().map(|v| &v.id).collect();
        for id in expect.validators.keys() {
            assert!(known.contains(id), "{}: no `{id}`", path.display());
        }
    }
}

#[test]
fn every_judging_case_is_named_by_its_file() {
    let mut names = BTreeSet::new();
    for (path, case) in judging_cases() {
        assert_eq!(path.file_stem().unwrap().to_str(), Some(case.id.as_str()));
        assert!(names.insert(case.id.clone()), "{} comes twice", case.id);
    }
}

#[test]
fn every_verdict_of_a_program_is_expected_in_both_languages() {
    let expected: BTreeSet<_> = judging_cases()
        .into_iter()
        .filter_map(|(_, case)| Some((case.language.to_string(), case.expect?.verdict)))
        .collect();
    for verdict in Verdict::ALL {
        if OF_NO_PROGRAM.contains(&verdict) {
            continue;
        }
        for language in ["javascript", "python"] {
            assert!(
                expected.contains(&(language.to_owned(), verdict)),
                "no case expects {verdict} in {language}"
            );
        }
    }
}

#[test]
fn every_invalid_case_is_refused_with_the_name_of_the_field() {
    let folder = conformance().join("invalid");
    let (cases, mut fragments) = (texts(&folder, "json"), texts(&folder, "txt"));
    assert!(cases.len() >= 30, "there are only {} cases", cases.len());
    for (path, text) in cases {
        let fragment = fragments
            .remove(&path.with_extension("error.txt"))
            .unwrap_or_else(|| panic!("{} has no fragment beside it", path.display()));
        // Only a runner can refuse what is below this folder: it knows the languages.
        let is_for_runner = path
            .parent()
            .is_some_and(|parent| parent.ends_with("runner"));
        let error = match serde_json::from_str::<Case>(&text) {
            Err(error) => error.to_string(),
            Ok(case) => match case.check() {
                Err(refusal) => refusal.to_string(),
                Ok(()) if is_for_runner => continue,
                Ok(()) => panic!("{} is accepted", path.display()),
            },
        };
        assert!(
            error.contains(fragment.trim()),
            "{}: `{error}` does not say `{}`",
            path.display(),
            fragment.trim()
        );
    }
    assert_eq!(fragments, BTreeMap::new(), "fragments without a case");
}

/// Every text of a case, valid or not, as bytes.
static ALL_TEXTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folders = ["judging", "invalid"].map(|name| texts(&conformance().join(name), "json"));
    let all = folders.into_iter().flatten();
    all.map(|(_, text)| text.into_bytes()).collect()
});

proptest! {
    /// Case files come from strangers: whatever the bytes, they are read or refused.
    #[test]
    fn a_case_that_was_tampered_with_is_read_or_refused(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut text = which.get(&ALL_TEXTS).clone();
        prop_assume!(!text.is_empty());
        for (at, to) in changes {
            *at.get_mut(&mut text) = to;
        }
        if let Some(cut) = cut {
            text.truncate(cut.index(text.len()));
        }
        if let Ok(case) = serde_json::from_slice::<Case>(&text)
            && case.check().is_ok()
        {
            let again = serde_json::to_vec(&case).unwrap();
            prop_assert!(serde_json::from_slice::<Case>(&again).is_ok());
        }
    }
}
