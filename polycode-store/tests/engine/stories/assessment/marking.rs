//! Answers of a test that a person marks, and answers that are only tried.

use std::collections::BTreeMap;

use polycode_core::assessment::TestDraft;
use polycode_core::catalogue::ContentDraft;
use polycode_core::engine::{AnswerTo, AttemptView};
use polycode_core::id::{AttemptId, CampaignId, ContentId, SubmissionId};
use polycode_core::judging::{Answer, Marks, Verdict};
use polycode_core::port::PageRequest;
use polycode_core::quantity::{Cursor, Score, Seconds};
use serde_json::json;

use super::{Exam, HOUR, candidate, code, creator, person, plan};
use crate::world::{HOST, Trouble, World, choice, draft, program};

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
    engine.answer_question(&ada, to).await.unwrap();
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
    let report = answers[0].report.as_ref().unwrap();
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
    engine.answer_question(&ada, to).await.unwrap();
    exam.world.clock.advance(HOUR / 12);
    engine.submit_attempt(&ada, view.id, seat).await.unwrap();
    exam.tick().await;
    let report = engine.detailed_report(&exam.author, exam.campaign.id).await;
    let questions = &report.unwrap().candidates[0].row.questions;
    let took = questions[&exam.program].time_used.unwrap();
    assert!(took >= Seconds(300) && took < Seconds(600), "{took:?}");
    assert_eq!(questions[&exam.choice].time_used, None);
}

#[tokio::test]
async fn st_1_a_fixed_question_is_judged_again_for_everybody_and_both_marks_are_kept() {
    let exam = Exam::new().await;
    let (engine, author) = (&exam.world.engine, &exam.author);
    let names = ["ada", "bob", "eve"];
    for (name, candidate) in names.iter().zip(exam.open(&names).await) {
        let actor = person(name);
        let view = engine.start_test(&actor, candidate).await.unwrap();
        let seat = view.seat.unwrap();
        let opened = engine.open_question(&actor, view.id, seat, exam.program);
        opened.await.unwrap();
        // Only the last answer counts.
        for script in ["0 0", if *name == "eve" { "0 0" } else { "6 25" }] {
            let to = exam.to(view.id, seat, program(script));
            engine.answer_question(&actor, to).await.unwrap();
        }
        engine.submit_attempt(&actor, view.id, seat).await.unwrap();
    }
    assert_eq!(exam.tick().await.grades, 3);
    // The author had asked for 5 where 6 is right.
    let stored = exam.world.newest(exam.program).await;
    let mut wire = serde_json::to_value(&stored.value.draft).unwrap();
    wire["root"]["components"][0]["validators"][0]["expected"] = "6".into();
    let fixed = serde_json::from_value(wire).unwrap();
    let fixed = engine.update_content(&HOST, exam.program, stored.version, fixed);
    let to = fixed.await.unwrap().version;

    let (id, program) = (exam.campaign.id, exam.program);
    let stranger = engine
        .regrade_campaign(&creator("zoe"), id, program, to)
        .await;
    assert_eq!(code(stranger), "not_found");
    let absent = engine
        .regrade_campaign(author, id, program, to.next())
        .await;
    assert_eq!(code(absent), "invalid");
    let begun = engine
        .regrade_campaign(author, id, program, to)
        .await
        .unwrap();
    // A sandbox that is busy puts it off.
    exam.world.sandbox.has(Trouble::Busy);
    assert_eq!(exam.tick().await.failed, 1);
    exam.world.sandbox.has(None);
    while exam.tick().await.regrades > 0 {}

    let page = PageRequest::default;
    let regrades = engine
        .campaign_regrades(author, id, page())
        .await
        .unwrap()
        .items;
    let counts = regrades[0].counts;
    assert_eq!((counts.raised, counts.same, counts.left_out), (2, 1, 3));
    assert!(regrades[0].finished_at.is_some());
    let both = engine
        .regraded_answers(author, begun.id, page())
        .await
        .unwrap()
        .items;
    let both: Vec<_> = both.iter().map(|one| (one.before, one.after)).collect();
    let raised = (Score::ratio(3, 4), Score::FULL);
    assert_eq!(both, [raised, raised, (Score::ZERO, Score::ZERO)]);
    let report = engine.detailed_report(author, id).await.unwrap();
    let scores: Vec<_> = report.candidates.iter().map(|one| one.row.score).collect();
    let (full, none) = (Some(Score::ratio(3, 4)), Some(Score::ZERO));
    assert_eq!(scores, [full, full, none]);
    let others = engine
        .regraded_answers(&creator("zoe"), begun.id, page())
        .await;
    assert_eq!(code(others), "not_found");
}
