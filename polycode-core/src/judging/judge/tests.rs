use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::judging::Report;
use crate::quantity::{ByteCount, Fuel, Weight};

fn validator(wire: Value) -> Validator {
    serde_json::from_value(wire).expect("a validator")
}

fn seen(ending: Ending, stdout: &str) -> Observation {
    Observation {
        ending,
        stdout: stdout.into(),
        stderr: Vec::new(),
        returned: None,
        files: BTreeMap::new(),
        fuel: Fuel(1),
        peak_memory: ByteCount(1),
        wall_us: 1,
    }
}

fn returned(text: &str) -> Observation {
    Observation {
        returned: Some(text.to_owned()),
        ..seen(Ending::Exited { code: 0 }, "")
    }
}

#[test]
fn the_right_output_never_excuses_how_a_run_ended() {
    let validator = validator(json!({"id": "v", "kind": "output", "expected": "5"}));
    let endings = [
        (Ending::Exited { code: 0 }, Verdict::Passed),
        (Ending::Exited { code: 3 }, Verdict::RuntimeError),
        (Ending::Exited { code: 256 }, Verdict::RuntimeError),
        (
            Ending::Trapped {
                reason: "unreachable".into(),
            },
            Verdict::RuntimeError,
        ),
        (Ending::TimeExhausted, Verdict::TimeLimit),
        (Ending::MemoryExhausted, Verdict::MemoryLimit),
        (Ending::OutputExhausted, Verdict::OutputLimit),
        (Ending::FilesExhausted, Verdict::OutputLimit),
        (Ending::HostGuard, Verdict::TimeLimit),
    ];
    for (ending, verdict) in endings {
        assert_eq!(
            judge(&validator, &seen(ending.clone(), "5\n")).verdict,
            verdict,
            "{ending:?}"
        );
    }
}

#[test]
fn the_reason_fits_whichever_limit_of_files_was_passed() {
    let validator = validator(json!({"id": "v", "kind": "output"}));
    let judgement = judge(&validator, &seen(Ending::FilesExhausted, ""));
    assert_eq!(
        judgement.reason.as_deref(),
        Some("wrote more files, or larger ones, than allowed")
    );
}

#[test]
fn without_an_expectation_a_clean_exit_passes() {
    let validator = validator(json!({"id": "v", "kind": "output"}));
    let judgement = judge(&validator, &seen(Ending::Exited { code: 0 }, "anything"));
    assert_eq!(
        (judgement.verdict, judgement.score),
        (Verdict::Passed, Score::FULL)
    );
}

#[test]
fn a_file_left_behind_is_compared() {
    let validator =
        validator(json!({"id": "v", "kind": "output", "expectedFiles": {"out.txt": "a\n"}}));
    let mut observation = seen(Ending::Exited { code: 0 }, "");
    assert_eq!(
        judge(&validator, &observation).verdict,
        Verdict::WrongAnswer
    );
    let name = crate::judging::FileName::new("out.txt").expect("a name");
    observation.files.insert(name, b"a".to_vec());
    assert_eq!(judge(&validator, &observation).verdict, Verdict::Passed);
}

#[test]
fn a_returned_value_is_compared_by_type_and_value() {
    let cases = [
        (json!(5), "5", true),
        (json!(5), "5.0", true),
        (json!(5), "\"5\"", false),
        (json!(1), "true", false),
        (json!(null), "null", true),
        (json!([1, 2]), "[1,2]", true),
        (json!([1, 2]), "[2,1]", false),
        (json!({"a": 1, "b": 2}), "{\"b\":2,\"a\":1}", true),
        (json!({"a": 1}), "{\"a\":1,\"__proto__\":{}}", false),
        (json!(9_007_199_254_740_993_i64), "9007199254740992", false),
        (json!(0.3), "0.30000000000000004", false),
        (json!("x"), "not json", false),
        (json!(1), "NaN", false),
    ];
    for (expected, actual, passes) in cases {
        let wire = json!({"id": "v", "kind": "function", "name": "f", "expected": expected});
        let judgement = judge(&validator(wire), &returned(actual));
        assert_eq!(
            judgement.verdict.is_passed(),
            passes,
            "{expected} and {actual}"
        );
    }
}

#[test]
fn a_tolerance_reaches_into_lists() {
    let wire =
        json!({"id": "v", "kind": "function", "name": "f", "expected": [0.3], "tolerance": 1e-9});
    assert!(
        judge(&validator(wire), &returned("[0.30000000000000004]"))
            .verdict
            .is_passed()
    );
}

#[test]
fn a_value_nested_without_end_is_a_wrong_answer() {
    let wire = json!({"id": "v", "kind": "function", "name": "f", "expected": 1});
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    assert_eq!(
        judge(&validator(wire.clone()), &returned(&deep)).verdict,
        Verdict::WrongAnswer
    );
    let long = "9".repeat(1_000_000);
    assert_eq!(
        judge(&validator(wire), &returned(&long)).verdict,
        Verdict::WrongAnswer
    );
}

#[test]
fn partial_credit_is_taken_back_by_wrong_options() {
    let wire =
        json!({"id": "v", "kind": "choice", "correct": ["a", "b", "c"], "credit": "partial"});
    let validator = validator(wire);
    let score = |chosen: &[&str]| {
        let chosen = chosen
            .iter()
            .map(|id| OptionId::new(*id).expect("an id"))
            .collect();
        judge_choice(&validator, &chosen).score.millionths()
    };
    assert_eq!(score(&["a", "b", "c"]), 1_000_000);
    assert_eq!(score(&["a", "b"]), 666_666);
    assert_eq!(score(&["a", "b", "x"]), 333_333);
    assert_eq!(score(&["a", "x", "y"]), 0);
    assert_eq!(score(&["a", "b", "c", "x"]), 666_666);
}

proptest! {
    #[test]
    fn a_grade_is_within_bounds_and_independent_of_order(
        parts in prop::collection::vec((0_u32..=10_000, 0_u32..=1_000_000), 1..20),
        seed in any::<prop::sample::Index>(),
    ) {
        let parts: Vec<_> = parts.iter().map(|(weight, score)| {
            (Weight::try_from(*weight).expect("in range"), Score::try_from(*score).expect("in range"))
        }).collect();
        let mut turned = parts.clone();
        turned.rotate_left(seed.index(parts.len()));
        let mean = Score::weighted_mean(parts.iter().copied());
        prop_assert_eq!(mean, Score::weighted_mean(turned));
        let best = parts.iter().map(|(_, score)| *score).max().expect("not empty");
        prop_assert!(mean <= best);
    }

    #[test]
    fn a_report_passes_exactly_when_every_validator_does(passed in prop::collection::vec(any::<bool>(), 1..10)) {
        let validator = validator(json!({"id": "v", "kind": "output"}));
        let judgements = passed.iter().map(|passed| {
            let code = i32::from(!passed);
            judge(&validator, &seen(Ending::Exited { code }, ""))
        });
        let report = Report::of(judgements.collect());
        prop_assert_eq!(report.verdict.is_passed(), passed.iter().all(|passed| *passed));
        prop_assert_eq!(report.score.is_full(), report.verdict.is_passed());
    }
}
