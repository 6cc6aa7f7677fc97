//! Tests: written, changed and deleted.

use polycode_core::catalogue::component::Element;
use polycode_core::permission::{Actor, Role};
use polycode_core::port::PageRequest;
use polycode_core::quantity::{Score, Seconds, Version};

use super::{Exam, code, creator, draft, person, plan};
use crate::world::{HOST, World, choice, exercise, program, question};

#[tokio::test]
async fn as_1_as_4_as_5_as_6_a_test_has_limits_and_points() {
    let world = World::new();
    let engine = &world.engine;
    let (program, choice) = (
        world.publish(exercise("squares")).await,
        world.publish(question("colours")).await,
    );
    let written = draft(&program, &choice);
    let test = engine.create_test(&creator("grace"), written.clone()).await;
    let test = test.unwrap();
    assert_eq!(test.version, Version::FIRST);
    assert_eq!(test.value.draft, written);
    assert_eq!(test.value.cover().time_limit, Some(Seconds::HOUR));
    assert_eq!(test.value.cover().points, 4);

    for nobody in [
        Actor::guest(),
        person("ada"),
        person("ada").with(Role::ContentCreator),
    ] {
        let refused = engine.create_test(&nobody, written.clone()).await;
        assert_eq!(code(refused), "not_allowed");
    }
    let mut wrong = written.clone();
    wrong.time_limit = Some(Seconds(9));
    wrong.pools[0].questions[0].time_limit = Some(Seconds(4));
    let refused = engine
        .create_test(&creator("grace"), wrong)
        .await
        .unwrap_err();
    let fields: Vec<_> = refused.problems().into_iter().map(|p| p.field).collect();
    assert_eq!(fields, ["timeLimit", "pools[0].questions[0].timeLimit"]);
    let mut missing = written;
    missing.pools[0].questions[1].version = Version(2);
    let refused = engine
        .create_test(&creator("grace"), missing)
        .await
        .unwrap_err();
    assert_eq!(refused.problems()[0].field, "pools[0].questions[1]");
}

#[tokio::test]
async fn as_2_an_edit_leaves_what_others_sit_alone() {
    let exam = Exam::new().await;
    let (engine, author) = (&exam.world.engine, &exam.author);
    let id = exam.test.value.id;
    let view = exam.started("ada").await;

    // Both the question and the test change while Ada sits them.
    let content = exam.world.newest(exam.program).await;
    let mut easier = content.value.draft.clone();
    easier.name = "other".to_owned();
    let other = question("x").root.element;
    let (Element::Container(root), Element::Container(other)) = (&mut easier.root.element, other)
    else {
        panic!("{easier:?}");
    };
    root.components = other.components;
    let easier = engine
        .update_content(&HOST, exam.program, content.version, easier)
        .await;
    easier.unwrap();
    let mut shorter = exam.test.value.draft.clone();
    shorter.pools[0].questions.pop();
    let edited = engine
        .edit_test(author, id, Version::FIRST, shorter.clone())
        .await
        .unwrap();
    assert_eq!(edited.version, Version(2));
    let first = engine.test_at(author, id, Version::FIRST).await.unwrap();
    assert_eq!(first.draft, exam.test.value.draft);

    let (ada, seat) = (person("ada"), view.seat.unwrap());
    let to = exam.to(view.id, seat, program("5 25"));
    engine.answer_question(&ada, to, None).await.unwrap();
    let to = exam.to(view.id, seat, choice(&["a", "b"]));
    engine.answer_question(&ada, to, None).await.unwrap();
    engine.submit_attempt(&ada, view.id, seat).await.unwrap();
    let grade = engine.grade_attempt(view.id).await.unwrap().unwrap();
    assert_eq!((grade.score, grade.questions.len()), (Score::FULL, 2));

    let stale = engine.edit_test(author, id, Version::FIRST, shorter.clone());
    assert_eq!(code(stale.await), "stale");
    let eve = engine
        .edit_test(&creator("eve"), id, Version(2), shorter)
        .await;
    assert_eq!(code(eve), "not_found");
}

#[tokio::test]
async fn as_3_a_test_that_is_needed_is_not_deleted() {
    let exam = Exam::new().await;
    let (engine, author, id) = (&exam.world.engine, &exam.author, exam.test.value.id);
    assert_eq!(code(engine.delete_test(author, id).await), "wrong_state");
    assert_eq!(
        code(engine.delete_test(&creator("eve"), id).await),
        "not_found"
    );
    engine
        .cancel_campaign(author, exam.campaign.id)
        .await
        .unwrap();
    engine.delete_test(author, id).await.unwrap();
    assert_eq!(code(engine.test(author, id).await), "not_found");
    assert_eq!(code(engine.delete_test(author, id).await), "not_found");
    let page = engine.tests(author, PageRequest::default()).await.unwrap();
    assert_eq!(page.items, []);
    assert!(engine.test_at(author, id, Version::FIRST).await.is_ok());
    let text = exam.campaign.text.clone();
    let again = plan(&exam.test, exam.world.clock.reads());
    let refused = engine.create_campaign(author, text, again).await;
    assert_eq!(code(refused), "not_found");
}
