use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::subsequence;
use serde_json::json;

use super::*;
use crate::judging::{GroupScoring, ValidatorGroup};
use crate::quantity::Weight;

const VERDICTS: [Verdict; 4] = [
    Verdict::Passed,
    Verdict::WrongAnswer,
    Verdict::TimeLimit,
    Verdict::RuntimeError,
];

/// What each validator would give, if it is run.
#[derive(Debug, Clone)]
struct Part {
    validator: Validator,
    verdict: Verdict,
    score: Score,
}

fn judge(parts: &[Part], groups: &[ValidatorGroup]) -> Report {
    let validators: Vec<_> = parts.iter().map(|part| part.validator.clone()).collect();
    let scheme = Scheme {
        groups,
        ..Scheme::ungrouped(&validators)
    };
    Round::of(scheme, |validator| {
        let part = parts.iter().find(|part| part.validator.id == validator.id);
        let part = part.unwrap();
        Judgement {
            score: part.score,
            ..not_run(validator, part.verdict)
        }
    })
}

fn validator(id: &str, weight: u32, group: Option<&str>, effect: &str) -> Validator {
    let wire = json!({
        "id": id, "kind": "output", "weight": weight, "group": group, "effect": effect,
    });
    serde_json::from_value(wire).unwrap()
}

fn part(id: &str, group: &str, passes: bool) -> Part {
    Part {
        validator: validator(id, 1, Some(group), "counts"),
        verdict: if passes {
            Verdict::Passed
        } else {
            Verdict::WrongAnswer
        },
        score: if passes { Score::FULL } else { Score::ZERO },
    }
}

fn groups(wire: serde_json::Value) -> Vec<ValidatorGroup> {
    serde_json::from_value(wire).unwrap()
}

fn verdicts(report: &Report) -> Vec<(&str, Verdict)> {
    let judgements = report.judgements.iter();
    judgements
        .map(|j| (j.validator.as_str(), j.verdict))
        .collect()
}

#[test]
fn a_group_waits_for_the_one_it_depends_on_and_is_skipped_when_that_fails() {
    let groups = groups(json!([
        {"id": "hard", "dependsOn": ["easy"]},
        {"id": "easy"},
        {"id": "harder", "dependsOn": ["hard"]},
    ]));
    let parts = [
        part("c", "hard", true),
        part("a", "easy", true),
        part("d", "harder", true),
        part("b", "easy", false),
    ];
    let report = judge(&parts, &groups);
    let expected = [
        ("c", Verdict::Skipped),
        ("a", Verdict::Passed),
        ("d", Verdict::Skipped),
        ("b", Verdict::WrongAnswer),
    ];
    assert_eq!(verdicts(&report), expected);
    assert_eq!(report.verdict, Verdict::WrongAnswer);
    assert_eq!(report.score, Score::ratio(1, 4));
}

#[test]
fn a_group_that_counts_as_one_stops_at_its_first_failure() {
    let groups = groups(json!([{"id": "all", "scoring": "all"}, {"id": "each"}]));
    let parts = [
        part("a", "all", true),
        part("b", "all", false),
        part("c", "all", true),
        part("d", "each", true),
    ];
    let report = judge(&parts, &groups);
    let expected = [
        ("a", Verdict::Passed),
        ("b", Verdict::WrongAnswer),
        ("c", Verdict::Skipped),
        ("d", Verdict::Passed),
    ];
    assert_eq!(verdicts(&report), expected);
    assert_eq!(report.score, Score::ratio(1, 4));
    assert_eq!(report.judgements[0].score, Score::ZERO);
    assert!(report.judgements[0].reason.is_some());
}

#[test]
fn bonuses_come_on_top_and_penalties_are_taken_off_within_the_mark() {
    let score = |main: bool, bonus: bool, penalty: bool| {
        let with = |id: &str, effect: &str, weight, passes| Part {
            validator: validator(id, weight, None, effect),
            ..part(id, "none", passes)
        };
        let parts = [
            with("main", "counts", 4, main),
            with("also", "counts", 4, true),
            with("bonus", "bonus", 2, bonus),
            with("penalty", "penalty", 6, penalty),
        ];
        let report = judge(&parts, &[]);
        (report.score.millionths(), report.verdict.is_passed())
    };
    assert_eq!(score(true, false, true), (1_000_000, true));
    assert_eq!(
        score(true, true, true),
        (1_000_000, true),
        "no more than all"
    );
    assert_eq!(score(false, true, true), (750_000, false));
    assert_eq!(score(true, true, false), (500_000, false));
    assert_eq!(
        score(false, false, false),
        (0, false),
        "no less than nothing"
    );
}

#[test]
fn what_a_person_has_to_mark_leaves_the_whole_open_unless_we_failed() {
    let waits = |others: &[Verdict]| {
        let mut parts = vec![Part {
            verdict: Verdict::AwaitingReview,
            ..part("person", "none", false)
        }];
        parts.extend(others.iter().map(|verdict| Part {
            verdict: *verdict,
            ..part(verdict.as_str(), "none", false)
        }));
        judge(&parts, &[]).verdict
    };
    assert_eq!(waits(&[]), Verdict::AwaitingReview);
    assert_eq!(waits(&[Verdict::WrongAnswer]), Verdict::AwaitingReview);
    let failed = [Verdict::WrongAnswer, Verdict::SystemError];
    assert_eq!(waits(&failed), Verdict::SystemError);
}

const GROUPS: [&str; 4] = ["a", "b", "c", "d"];

/// Groups that depend on some of those before them.
fn any_groups() -> impl Strategy<Value = Vec<ValidatorGroup>> {
    let group = |index: usize| {
        let before = subsequence(GROUPS[..index].to_vec(), 0..=index);
        (before, any::<bool>()).prop_map(move |(before, is_all)| {
            let scoring = if is_all { "all" } else { "each" };
            let wire = json!({"id": GROUPS[index], "dependsOn": before, "scoring": scoring});
            serde_json::from_value::<ValidatorGroup>(wire).unwrap()
        })
    };
    (group(0), group(1), group(2), group(3)).prop_map(|(a, b, c, d)| vec![d, b, a, c])
}

fn any_parts(groups: &[ValidatorGroup]) -> impl Strategy<Value = Vec<Part>> + use<> {
    let scoring: BTreeMap<_, _> = groups
        .iter()
        .map(|group| (group.id.to_string(), group.scoring))
        .collect();
    let one = (
        0..6_u32,
        0..5_usize,
        0..3_usize,
        0..VERDICTS.len(),
        0..=1_000_000_u32,
    );
    vec(one, 1..12).prop_map(move |ones| {
        let parts = ones.into_iter().enumerate();
        let parts = parts.map(|(index, (weight, group, effect, verdict, score))| {
            let group = GROUPS.get(group).copied();
            let is_one = group.is_some_and(|id| scoring.get(id) == Some(&GroupScoring::All));
            let effect = ["counts", "bonus", "penalty"][if is_one { 0 } else { effect }];
            let verdict = VERDICTS[verdict];
            Part {
                validator: validator(&format!("v{index}"), weight, group, effect),
                verdict,
                score: match verdict {
                    Verdict::Passed => Score::FULL,
                    // Partly right.
                    _ => Score::try_from(score).unwrap(),
                },
            }
        });
        parts.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// A grade is within nothing and everything, and the same whatever the order of validators
    /// and groups.
    #[test]
    fn the_order_of_validators_does_not_matter(
        ((mut groups, parts), shuffled) in any_groups()
            .prop_flat_map(|groups| (Just(groups.clone()), any_parts(&groups)))
            .prop_flat_map(|(groups, parts)| {
                (Just((groups, parts.clone())), Just(parts).prop_shuffle())
            }),
        turn in 0..4_usize,
    ) {
        let report = judge(&parts, &groups);
        groups.rotate_left(turn);
        let other = judge(&shuffled, &groups);
        prop_assert!(report.score <= Score::FULL);
        prop_assert_eq!(report.score, other.score);
        prop_assert_eq!(report.verdict.is_passed(), other.verdict.is_passed());
        let counted: u64 = parts
            .iter()
            .filter(|part| part.validator.effect == Effect::Counts)
            .map(|part| u64::from(part.validator.weight.get()))
            .sum();
        let all_pass = parts.iter().all(|part| part.verdict.is_passed());
        prop_assert!(!all_pass || counted == 0 || report.score.is_full());
        let weights: Vec<Weight> = report.judgements.iter().map(|j| j.weight).collect();
        let authored: Vec<Weight> = parts.iter().map(|part| part.validator.weight).collect();
        prop_assert_eq!(weights, authored, "the report is in the author's order");
    }

    /// What was judged as a group is never judged when a group before it failed.
    #[test]
    fn nothing_runs_after_what_it_depends_on_failed(
        (groups, parts) in any_groups()
            .prop_flat_map(|groups| (Just(groups.clone()), any_parts(&groups))),
    ) {
        let report = judge(&parts, &groups);
        let failed: BTreeSet<_> = parts
            .iter()
            .zip(&report.judgements)
            .filter(|(part, j)| {
                let is_bonus = part.validator.effect == Effect::Bonus;
                j.verdict == Verdict::Skipped || !is_bonus && j.verdict != Verdict::Passed
            })
            .filter_map(|(part, _)| part.validator.group.clone())
            .collect();
        for (part, judgement) in parts.iter().zip(&report.judgements) {
            let group = groups.iter().find(|g| Some(&g.id) == part.validator.group.as_ref());
            let Some(group) = group else {
                prop_assert_eq!(judgement.verdict, part.verdict);
                continue;
            };
            let must_skip = group.depends_on.iter().any(|id| failed.contains(id));
            if must_skip {
                prop_assert_eq!(judgement.verdict, Verdict::Skipped);
                prop_assert_eq!(judgement.score, Score::ZERO);
            } else if group.scoring == GroupScoring::Each {
                prop_assert_eq!(judgement.verdict, part.verdict);
            }
        }
    }
}
