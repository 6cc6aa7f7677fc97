//! Time: limits, extra time, grace, and the end.

use jiff::SignedDuration;
use polycode_core::assessment::ExtraTime;
use polycode_core::assessment::attempt::FinishedBy;
use polycode_core::engine::{AttemptProgress, SaveAnswer};
use polycode_core::quantity::{Score, Seconds};

use super::{Exam, HOUR, code, creator, person};
use crate::world::{choice, program};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

#[tokio::test]
async fn as_4_a_test_ends_at_its_deadline_by_the_clock_of_the_engine() {
    let exam = Exam::new().await;
    let engine = &exam.world.engine;
    let (ada, view) = (person("ada"), exam.started("ada").await);
    let seat = view.seat.unwrap();
    assert_eq!(view.deadline, Some(view.started_at + HOUR));
    let to = exam.to(view.id, seat, program("5 25"));
    let save = SaveAnswer {
        to: to.clone(),
        revision: 0,
    };
    engine.save_answer(&ada, save).await.unwrap();
    exam.world.clock.advance(HOUR);
    // Too late, also before any tick.
    assert_eq!(
        code(engine.answer_question(&ada, to, None).await),
        "time_up"
    );
    assert_eq!(
        code(engine.submit_attempt(&ada, view.id, seat).await),
        "time_up"
    );
    assert_eq!(code(engine.resume_attempt(&ada, view.id).await), "time_up");
    exam.world.clock.advance(HOUR * 5);
    let ticked = exam.tick().await;
    assert_eq!((ticked.attempts, ticked.grades), (1, 1));
    let done = engine.attempt(&exam.author, view.id).await.unwrap();
    assert_eq!(done.finished_at, view.deadline);
    let by = FinishedBy::Deadline;
    assert_eq!(done.progress, AttemptProgress::Finished { by });
    // What was saved in time counts.
    assert_eq!(done.grade.unwrap().questions[&exam.program], Score::FULL);
}

#[tokio::test]
async fn as_5_a_question_ends_at_its_own_limit() {
    let exam = Exam::new().await;
    let engine = &exam.world.engine;
    let (ada, view) = (person("ada"), exam.started("ada").await);
    let seat = view.seat.unwrap();
    exam.world.clock.advance(MINUTE * 10);
    let late = exam.to(view.id, seat, choice(&["a", "b"]));
    assert_eq!(
        code(engine.answer_question(&ada, late, None).await),
        "time_up"
    );
    // Opening it again does not wind it back.
    let again = engine
        .open_question(&ada, view.id, seat, exam.choice)
        .await
        .unwrap();
    assert!(again.place.due.unwrap() < exam.world.clock.reads());
    let other = exam.to(view.id, seat, program("5 25"));
    assert!(engine.answer_question(&ada, other, None).await.is_ok());
}

#[tokio::test]
async fn as_17_extra_time_is_the_candidates_own() {
    let exam = Exam::new().await;
    let (engine, author) = (&exam.world.engine, &exam.author);
    let ids = exam.open(&["ada", "bob"]).await;
    let extra = ExtraTime {
        percent: 25,
        fixed: Seconds(300),
    };
    let eve = engine
        .grant_extra_time(&creator("eve"), ids[0], extra)
        .await;
    assert_eq!(code(eve), "not_found");
    engine
        .grant_extra_time(author, ids[0], extra)
        .await
        .unwrap();
    let read = engine
        .test_introduction(&person("ada"), ids[0])
        .await
        .unwrap();
    assert_eq!(read.time_limit, Some(Seconds(4_800)));
    let adas = engine.start_test(&person("ada"), ids[0]).await.unwrap();
    let bobs = engine.start_test(&person("bob"), ids[1]).await.unwrap();
    let length = |view: &polycode_core::engine::AttemptView| {
        view.deadline.unwrap().duration_since(view.started_at)
    };
    assert_eq!(length(&adas), MINUTE * 80);
    assert_eq!(length(&bobs), HOUR);
    assert_eq!(adas.questions[1].time_limit, Some(Seconds(750)));
    let late = engine.grant_extra_time(author, ids[0], extra).await;
    assert_eq!(code(late), "wrong_state");

    let own = engine
        .extend_attempt(&person("bob"), bobs.id, Seconds(600))
        .await;
    assert_eq!(code(own), "not_found");
    let longer = engine
        .extend_attempt(author, bobs.id, Seconds(600))
        .await
        .unwrap();
    assert_eq!(longer.deadline, Some(bobs.deadline.unwrap() + MINUTE * 10));
}

#[tokio::test]
async fn as_23_a_lost_network_is_forgiven_as_far_as_the_grace_goes() {
    let exam = Exam::with(|plan| plan.grace.network = Seconds(300)).await;
    let engine = &exam.world.engine;
    let (ada, view) = (person("ada"), exam.started("ada").await);
    let seat = view.seat.unwrap();
    engine.pause_attempt(&ada, view.id).await.unwrap();
    engine.pause_attempt(&ada, view.id).await.unwrap();
    let to = exam.to(view.id, seat, program("5 25"));
    assert_eq!(
        code(engine.answer_question(&ada, to, None).await),
        "wrong_state"
    );
    assert_eq!(
        code(engine.pause_attempt(&person("eve"), view.id).await),
        "not_found"
    );
    exam.world.clock.advance(MINUTE * 20);
    let back = engine.resume_attempt(&ada, view.id).await.unwrap();
    assert_eq!(back.deadline, Some(view.deadline.unwrap() + MINUTE * 5));
    engine.pause_attempt(&ada, view.id).await.unwrap();
    exam.world.clock.advance(MINUTE * 10);
    let spent = engine.resume_attempt(&ada, view.id).await.unwrap();
    assert_eq!(spent.deadline, back.deadline);
}

#[tokio::test]
async fn as_4_nobody_sits_longer_than_the_campaign_lasts() {
    let exam = Exam::new().await;
    let engine = &exam.world.engine;
    let id = exam.open(&["ada"]).await[0];
    exam.world.clock.advance(HOUR * 23 + MINUTE * 30);
    let view = engine.start_test(&person("ada"), id).await.unwrap();
    assert_eq!(view.deadline, exam.campaign.plan.ends_at);
}
