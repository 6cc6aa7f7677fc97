//! Answers of a test that a person marks, and answers that are only tried.

use std::collections::BTreeMap;

use polycode_core::assessment::TestDraft;
use polycode_core::catalogue::ContentDraft;
use polycode_core::engine::{AnswerTo, AttemptView};
use polycode_core::id::{AttemptId, CampaignId, ContentId, SubmissionId};
use polycode_core::judging::{Answer, Marks, Verdict};
use polycode_core::quantity::{Cursor, Score, Seconds};
use serde_json::json;

use super::{Exam, HOUR, candidate, code, creator, person, plan};
use crate::world::{HOST, World, choice, draft, program};

/// A question that is answered in words, and marked by a person: 4 points at most.
fn essay() -> ContentDraft {
    draft(
        "essay",
        &json!([{"id": "essay", "kind": "free_answer", "question": "Why?", "validators": [
            {"id": "marked", "kind": "manual", "criteria": [
                {"id": "depth", "text": "canary: is it deep?", "points": 4},
            ]},
        ]}]),
    )
}

fn marks(points: u32) -> Vec<Marks> {
    let wire =
        json!([{"validator": "marked", "marks": [{"criterion": "depth", "points": points}]}]);
    serde_json::from_value(wire).unwrap()
}

/// Somebody who handed in a test of one essay.
async fn written(world: &World) -> (CampaignId, ContentId, AttemptView) {
    let (engine, author) = (&world.engine, creator("grace"));
    let content = world.publish(essay()).await;
    let (id, version) = (content.value.id, content.version);
    let draft: TestDraft = serde_json::from_value(json!({
        "name": "Words", "pools": [{"questions": [{"content": id, "version": version}]}],
    }))
    .unwrap();
    let test = engine.create_test(&author, draft).await.unwrap();
    let named = serde_json::from_value(json!({"name": "Autumn"})).unwrap();
    let plan = plan(&test, world.clock.reads() + HOUR);
    let campaign = engine
        .create_campaign(&author, named, plan)
        .await
        .unwrap()
        .id;
    let list = vec![candidate("ada")];
    engine
        .add_candidates(&author, campaign, list)
        .await
        .unwrap();
    engine.schedule_campaign(&author, campaign).await.unwrap();
    let invited = engine.invite_candidates(&author, campaign).await.unwrap();
    let ada = person("ada");
    let accepted = engine.accept_invitation(&ada, &invited[0].token, None);
    let candidate = accepted.await.unwrap().candidate;
    world.clock.advance(HOUR);
    engine.tick().await.unwrap();
    let view = engine.start_test(&ada, candidate).await.unwrap();
    let seat = view.seat.unwrap();
    engine.open_question(&ada, view.id, seat, id).await.unwrap();
    let answer: Answer =
        serde_json::from_value(json!({"kind": "text", "text": "Because."})).unwrap();
    let component = "essay".parse().unwrap();
    let to = AnswerTo {
        attempt: view.id,
        seat,
        question: id,
        component,
        answer,
    };
    engine.answer_question(&ada, to, None).await.unwrap();
    engine.submit_attempt(&ada, view.id, seat).await.unwrap();
    (campaign, id, view)
}

async fn the_answer(world: &World, attempt: AttemptId) -> SubmissionId {
    let answers = world.engine.test_answers(&creator("grace"), attempt).await;
    answers.unwrap()[0].submission
}

#[tokio::test]
async fn su_1_an_answer_of_a_test_waits_for_the_person_who_marks_it() {
    let world = World::new();
    let (_, content, view) = written(&world).await;
    let (engine, author) = (&world.engine, creator("grace"));
    // Programs are done with it, and it has no grade: neither now nor after more ticks.
    for _ in 0..3 {
        assert_eq!(engine.tick().await.unwrap().grades, 0);
        world.clock.advance(HOUR);
    }
    let seen = engine.attempt(&author, view.id).await.unwrap();
    assert_eq!(seen.grade, None);
    let answers = engine.test_answers(&author, view.id).await.unwrap();
    let report = answers[0].report().unwrap();
    assert_eq!(report.verdict, Verdict::AwaitingReview);

    let answer = the_answer(&world, view.id).await;
    let stranger = engine
        .review_answer(&creator("eve"), answer, &marks(3))
        .await;
    assert_eq!(code(stranger), "not_found");
    let too_many = engine.review_answer(&author, answer, &marks(5)).await;
    assert_eq!(code(too_many), "invalid");
    let grade = engine.review_answer(&author, answer, &marks(3)).await;
    let grade = grade.unwrap().unwrap();
    assert_eq!(
        grade.questions,
        BTreeMap::from([(content, Score::ratio(3, 4))])
    );
    assert_eq!(grade.score, Score::ratio(3, 4));
    let again = engine.review_answer(&author, answer, &marks(4)).await;
    assert_eq!(code(again), "wrong_state");
    // A mark given by hand still replaces it.
    let anew = engine.mark_answer(&author, answer, Score::FULL).await;
    assert_eq!(anew.unwrap().unwrap().score, Score::FULL);
}

#[tokio::test]
async fn su_2_a_candidate_tries_a_visible_validator_while_there_is_time() {
    let exam = Exam::new().await;
    let engine = &exam.world.engine;
    let (ada, view) = (person("ada"), exam.started("ada").await);
    let seat = view.seat.unwrap();
    let to = |answer| exam.to(view.id, seat, answer);
    let (writes, gives) = ("writes".parse().unwrap(), "gives".parse().unwrap());
    let before = engine.events(&HOST, Cursor(0), 1_000).await.unwrap();
    let right = engine.try_question(&ada, to(program("5 0")), writes).await;
    assert_eq!(right.unwrap().verdict, Verdict::Passed);
    let writes = "writes".parse().unwrap();
    let wrong = engine.try_question(&ada, to(program("6 25")), writes).await;
    assert_eq!(wrong.unwrap().verdict, Verdict::WrongAnswer);
    let hidden = engine.try_question(&ada, to(program("5 25")), gives).await;
    assert_eq!(code(hidden), "not_found");
    // A choice can't be tried: that would tell what is right.
    let right = "right".parse().unwrap();
    let told = engine.try_question(&ada, to(choice(&["a"])), right).await;
    assert_eq!(code(told), "not_found");
    let writes = "writes".parse().unwrap();
    let other = engine
        .try_question(&person("eve"), to(program("5")), writes)
        .await;
    assert_eq!(code(other), "not_found");
    // Nothing is stored by it.
    let after = engine.events(&HOST, Cursor(0), 1_000).await.unwrap();
    assert_eq!(before, after);
    assert_eq!(
        engine.test_answers(&exam.author, view.id).await.unwrap(),
        []
    );

    exam.world.clock.advance(HOUR);
    let writes = "writes".parse().unwrap();
    let late = engine.try_question(&ada, to(program("5 25")), writes).await;
    assert_eq!(code(late), "time_up");
}

#[tokio::test]
async fn st_1_the_time_of_a_question_ends_with_its_last_answer() {
    let exam = Exam::new().await;
    let engine = &exam.world.engine;
    let (ada, view) = (person("ada"), exam.started("ada").await);
    let seat = view.seat.unwrap();
    exam.world.clock.advance(HOUR / 12);
    let to = exam.to(view.id, seat, program("5 25"));
    engine.answer_question(&ada, to, None).await.unwrap();
    exam.world.clock.advance(HOUR / 12);
    engine.submit_attempt(&ada, view.id, seat).await.unwrap();
    exam.tick().await;
    let report = engine.detailed_report(&exam.author, exam.campaign.id).await;
    let questions = &report.unwrap().candidates[0].row.questions;
    let took = questions[&exam.program].time_used.unwrap();
    assert!(took >= Seconds(300) && took < Seconds(600), "{took:?}");
    assert_eq!(questions[&exam.choice].time_used, None);
}
