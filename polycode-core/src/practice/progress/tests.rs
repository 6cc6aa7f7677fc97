use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn id(name: &str) -> ComponentId {
    ComponentId::new(name).expect("an id")
}

fn score(millionths: u32) -> Score {
    Score::try_from(millionths).expect("in range")
}

fn goal(pass_mark: u32) -> Goal {
    Goal {
        parts: vec![(id("a"), Weight::default()), (id("b"), Weight::default())],
        pass_mark: score(pass_mark),
        reward: Points(100),
    }
}

fn new() -> Progress {
    Progress::new(UserId::new("ada").expect("an id"), ContentId(Uuid::nil()))
}

fn given(answers: &[(&str, u32)], goal: &Goal) -> (Progress, u64) {
    answers
        .iter()
        .fold((new(), 0), |(progress, paid), (component, millionths)| {
            let events = progress.decide(goal, &id(component), score(*millionths), NOW);
            let now_paid: u64 = events
                .iter()
                .map(|event| match event {
                    ProgressEvent::Rewarded { points, .. } => points.0,
                    _ => 0,
                })
                .sum();
            (
                events.iter().fold(progress, Progress::apply),
                paid + now_paid,
            )
        })
}

#[test]
fn one_component_of_two_pays_nothing() {
    let (progress, paid) = given(&[("a", 1_000_000)], &goal(1_000_000));
    assert_eq!(
        (progress.is_completed(), progress.score, paid),
        (false, score(500_000), 0)
    );
}

#[test]
fn the_last_component_completes_and_pays_once() {
    let full = 1_000_000;
    let (progress, paid) = given(
        &[("a", full), ("b", full), ("b", full), ("a", full)],
        &goal(full),
    );
    assert!(progress.is_completed());
    assert_eq!((paid, progress.paid), (100, Points(100)));
}

#[test]
fn an_improvement_pays_the_difference() {
    let (_, paid) = given(&[("a", 1_000_000)], &goal(500_000));
    assert_eq!(paid, 50);
    let (_, paid) = given(
        &[("a", 1_000_000), ("b", 300_000), ("b", 200_000)],
        &goal(500_000),
    );
    assert_eq!(paid, 65);
    let (_, paid) = given(
        &[("a", 1_000_000), ("b", 300_000), ("b", 1_000_000)],
        &goal(500_000),
    );
    assert_eq!(paid, 100);
}

#[test]
fn a_worse_answer_changes_nothing() {
    let (progress, _) = given(&[("a", 700_000)], &goal(0));
    assert_eq!(
        progress.decide(&goal(0), &id("a"), score(600_000), NOW),
        Vec::new()
    );
}

#[test]
fn an_answer_of_zero_counts_as_an_answer() {
    let (progress, _) = given(&[("a", 0)], &goal(1_000_000));
    assert_eq!(progress.best.get(&id("a")), Some(&Score::ZERO));
}

proptest! {
    #[test]
    fn a_content_never_pays_more_than_its_reward_nor_twice(
        pass_mark in 0_u32..=1_000_000,
        answers in prop::collection::vec((prop::sample::select(vec!["a", "b"]), 0_u32..=1_000_000), 0..30),
    ) {
        let goal = goal(pass_mark);
        let (progress, paid) = given(&answers, &goal);
        prop_assert_eq!(progress.paid, Points(paid));
        prop_assert!(paid <= goal.reward.0);
        if progress.score >= goal.pass_mark && !progress.best.is_empty() {
            prop_assert_eq!(progress.paid, progress.score.of(goal.reward));
        }
    }
}
