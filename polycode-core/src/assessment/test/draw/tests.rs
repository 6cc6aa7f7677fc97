use std::collections::BTreeSet;

use uuid::Uuid;

use super::*;
use crate::assessment::{Draw, Pool};
use crate::id::ContentId;
use crate::quantity::{Version, Weight};

fn draft(order: Order) -> TestDraft {
    let question = |number| Question {
        content: ContentId(Uuid::from_u128(number)),
        version: Version::FIRST,
        points: Weight::default(),
        time_limit: None,
    };
    TestDraft {
        name: "t".to_owned(),
        description: String::new(),
        tags: BTreeSet::new(),
        time_limit: None,
        order,
        pools: vec![Pool {
            draw: Draw::Random { count: 3 },
            questions: (0..10).map(question).collect(),
        }],
    }
}

#[test]
fn the_generator_gives_its_published_values() {
    let mut numbers = SplitMix64(1_234_567);
    assert_eq!(numbers.next(), 6_457_827_717_110_365_317);
    assert_eq!(numbers.next(), 3_203_168_211_198_807_973);
}

#[test]
fn a_seed_always_draws_the_same_and_each_question_as_often() {
    let draft = draft(Order::Shuffled);
    assert_eq!(draft.check(), Ok(()));
    let mut drawn = [0_u32; 10];
    for seed in 0..10_000 {
        let paper = draft.draw(Seed(seed));
        assert_eq!(paper, draft.draw(Seed(seed)));
        let different: BTreeSet<_> = paper.iter().map(|question| question.content).collect();
        assert_eq!(different.len(), 3);
        for content in different {
            drawn[usize::try_from(content.0.as_u128()).unwrap()] += 1;
        }
    }
    // Each is drawn 3,000 times on average, with a standard deviation of 46.
    assert!(
        drawn.iter().all(|count| (2_770..3_230).contains(count)),
        "{drawn:?}"
    );
}

#[test]
fn an_authored_order_is_kept() {
    for seed in 0..100 {
        let paper = draft(Order::Authored).draw(Seed(seed));
        assert!(paper.is_sorted_by_key(|question| question.content));
    }
}
