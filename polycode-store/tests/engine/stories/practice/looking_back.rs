//! SU-3 and PR-16: what a learner looks back at.

use polycode_core::engine::BuyItem;
use polycode_core::permission::{Actor, Role};
use polycode_core::port::PageRequest;
use polycode_core::practice::PracticeStatistics;
use polycode_core::quantity::Points;

use crate::stories::shop::offer;
use crate::stories::teams::{actor, code};
use crate::world::{HOST, World, choice, exercise, program, question, submit, user};

#[tokio::test]
async fn su_3_a_user_sees_own_last_submissions_that_passed_every_validator() {
    let world = World::new();
    let one = world.publish(exercise("one")).await.value.id;
    let two = world.publish(exercise("two")).await.value.id;
    let mut passed = Vec::new();
    // The hidden validator fails in the second, the visible one in the third.
    for (content, script) in [
        (one, "5 25"),
        (one, "5 0"),
        (one, "0 25"),
        (two, "5 25"),
        (one, "5 25"),
    ] {
        let outcome = world
            .engine
            .submit(&HOST, submit("ada", content, program(script)))
            .await
            .unwrap();
        if script == "5 25" {
            passed.insert(0, outcome.submission.id);
        }
    }
    world
        .engine
        .receive(&HOST, submit("ada", one, program("5 25")))
        .await
        .unwrap();
    world
        .engine
        .submit(&HOST, submit("eve", one, program("5 25")))
        .await
        .unwrap();
    let see = |viewer: Actor, content, after, limit| {
        let engine = world.engine.clone();
        async move {
            let page = PageRequest { after, limit };
            engine
                .passed_submissions(&viewer, &user("ada"), content, page)
                .await
        }
    };
    for limit in 1..5 {
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = see(actor("ada"), None, after, limit).await.unwrap();
            assert!(page.items.len() <= limit as usize);
            seen.extend(page.items.into_iter().map(|submission| submission.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, passed, "{limit}");
    }
    let of_two = see(actor("ada"), Some(two), None, 10).await.unwrap().items;
    assert_eq!(of_two[0].id, passed[1]);
    assert_eq!(of_two.len(), 1);

    assert_eq!(code(see(actor("eve"), None, None, 10).await), "not_found");
    assert_eq!(code(see(Actor::guest(), None, None, 10).await), "not_found");
    let after = Some("nonsense".to_owned());
    assert_eq!(code(see(actor("ada"), None, after, 10).await), "invalid");
}

#[tokio::test]
async fn pr_16_practice_comes_to_a_few_honest_numbers() {
    let world = World::new();
    let ada = actor("ada");
    let nothing = world
        .engine
        .practice_statistics(&ada, &user("ada"))
        .await
        .unwrap();
    assert_eq!(nothing, PracticeStatistics::default());

    let one = world.publish(exercise("one")).await.value.id;
    let two = world.publish(exercise("two")).await.value.id;
    let quiz = world.publish(question("quiz")).await.value.id;
    world.publish(exercise("never")).await;
    // Passed in two steps, failed, and passed at once; repetitions count for nothing.
    for (content, answer) in [
        (one, program("0 25")),
        (one, program("5 25")),
        (one, program("5 25")),
        (two, program("0 0")),
        (quiz, choice(&["a", "b"])),
    ] {
        world
            .engine
            .submit(&HOST, submit("ada", content, answer))
            .await
            .unwrap();
    }
    let (item, price) = (offer(&world, one, 30).await, Points(30));
    world
        .engine
        .buy_item(&ada, BuyItem { item, price })
        .await
        .unwrap();
    let seen = world
        .engine
        .practice_statistics(&ada, &user("ada"))
        .await
        .unwrap();
    let wanted = PracticeStatistics {
        tried: 3,
        completed: 2,
        earned: Points(200),
        spent: Points(30),
    };
    assert_eq!(seen, wanted);
    let admin = actor("root").with(Role::Admin);
    let same = world
        .engine
        .practice_statistics(&admin, &user("ada"))
        .await
        .unwrap();
    assert_eq!(same, wanted);
    let eve = world
        .engine
        .practice_statistics(&actor("eve"), &user("ada"))
        .await;
    assert_eq!(code(eve), "not_found");
}
