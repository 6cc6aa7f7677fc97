//! Attempts: started, answered, left and come back to, graded.

use polycode_core::EngineError;
use polycode_core::assessment::{Reveal, StatusName};
use polycode_core::engine::{AttemptProgress, SaveAnswer};
use polycode_core::id::{SeatId, SubmissionId};
use polycode_core::judging::Verdict;
use polycode_core::port::Ids;
use polycode_core::quantity::{Cursor, Score};
use polycode_store::RandomIds;

use super::{Exam, HOUR, code, creator, person};
use crate::world::{HOST, Trouble, choice, program};

#[tokio::test]
async fn as_22_starting_twice_is_starting_once() {
    let exam = Exam::new().await;
    let engine = &exam.world.engine;
    let ada = person("ada");
    let id = exam.open(&["ada"]).await[0];
    let first = engine.start_test(&ada, id).await.unwrap();
    let second = engine.start_test(&ada, id).await.unwrap();
    assert_eq!((first.id, first.deadline), (second.id, second.deadline));
    assert_ne!(first.seat, second.seat);
    let (one, other) = tokio::join!(engine.start_test(&ada, id), engine.start_test(&ada, id));
    assert_eq!((one.unwrap().id, other.unwrap().id), (first.id, first.id));
    let view = engine.candidate(&exam.author, id).await.unwrap();
    assert_eq!(
        (view.status, view.attempt),
        (StatusName::TestInProgress, Some(first.id))
    );
    for stranger in [person("eve"), creator("eve")] {
        assert_eq!(code(engine.attempt(&stranger, first.id).await), "not_found");
        assert_eq!(
            code(engine.resume_attempt(&stranger, first.id).await),
            "not_found"
        );
        let answers = engine.test_answers(&stranger, first.id).await;
        assert_eq!(code(answers), "not_found");
    }
    let own = engine.test_answers(&ada, first.id).await;
    assert_eq!(code(own), "not_found");
}

#[tokio::test]
async fn as_23_who_comes_back_finds_answers_and_clock_as_they_were() {
    let exam = Exam::new().await;
    let engine = &exam.world.engine;
    let (ada, view) = (person("ada"), exam.started("ada").await);
    let seat = view.seat.unwrap();
    let to = exam.to(view.id, seat, program("half"));
    let save = |to, revision| engine.save_answer(&ada, SaveAnswer { to, revision });
    assert_eq!(save(to.clone(), 0).await.unwrap(), 1);
    assert_eq!(code(save(to.clone(), 0).await), "stale");
    assert_eq!(save(to.clone(), 1).await.unwrap(), 2);

    let back = engine.resume_attempt(&ada, view.id).await.unwrap();
    assert_eq!(back.deadline, view.deadline);
    assert!(back.time_left < view.time_left);
    let part = &back.questions[0].parts[0];
    assert_eq!((part.revision, part.submitted), (2, None));
    assert_eq!(part.answer, Some(program("half")));
    // The old page can't write any more.
    assert_eq!(code(save(to.clone(), 2).await), "taken_over");
    let mut here = to;
    here.seat = back.seat.unwrap();
    assert_eq!(save(here.clone(), 2).await.unwrap(), 3);
    here.answer = choice(&["a"]);
    assert_eq!(code(save(here.clone(), 3).await), "invalid");
    here.seat = SeatId(uuid::Uuid::nil());
    assert_eq!(code(save(here, 3).await), "taken_over");
}

#[tokio::test]
async fn su_1_as_22_a_candidate_learns_nothing_that_is_hidden() {
    let exam = Exam::new().await;
    let engine = &exam.world.engine;
    let (ada, view) = (person("ada"), exam.started("ada").await);
    let seat = view.seat.unwrap();
    let seen = engine.open_question(&ada, view.id, seat, exam.program);
    let seen = serde_json::to_string(&seen.await.unwrap()).unwrap();
    assert!(seen.contains("writes") && !seen.contains("gives") && !seen.contains("square\""));

    let to = exam.to(view.id, seat, program("5 25"));
    let received = engine.answer_question(&ada, to, None).await.unwrap();
    assert_eq!((received.revision, received.feedback), (1, None));
    // It is no submission of practice: nothing to be asked for, graded or paid there.
    assert_eq!(
        code(engine.submission(&HOST, received.submission).await),
        "not_found"
    );
    assert_eq!(code(engine.grade(received.submission).await), "not_found");
    assert_eq!(engine.grade_pending(10).await.unwrap(), 0);
    engine.submit_attempt(&ada, view.id, seat).await.unwrap();
    assert_eq!(exam.tick().await.grades, 1);
    assert_eq!(engine.attempt(&ada, view.id).await.unwrap().grade, None);
    let answers = engine.test_answers(&exam.author, view.id).await.unwrap();
    assert!(answers[0].judged.is_some());
}

#[tokio::test]
async fn su_1_a_campaign_may_tell_candidates_what_came_of_their_answers() {
    let exam = Exam::with(|plan| plan.reveal = Reveal::Feedback).await;
    let engine = &exam.world.engine;
    let (ada, view) = (person("ada"), exam.started("ada").await);
    let seat = view.seat.unwrap();
    let to = exam.to(view.id, seat, program("5 24"));
    let received = engine.answer_question(&ada, to, None).await.unwrap();
    let feedback = received.feedback.unwrap();
    assert_eq!(
        (feedback.verdict, feedback.hidden_passed),
        (Verdict::WrongAnswer, Some(false))
    );
    assert!(!serde_json::to_string(&feedback).unwrap().contains("gives"));
    // A judge that does not work costs nothing but the feedback.
    exam.world.sandbox.has(Trouble::Broken);
    let to = exam.to(view.id, seat, program("5 25"));
    let received = engine.answer_question(&ada, to, None).await.unwrap();
    assert_eq!(received.feedback, None);
    exam.world.sandbox.has(None);
    engine.submit_attempt(&ada, view.id, seat).await.unwrap();
    assert_eq!(exam.tick().await.grades, 1);
    let grade = engine.attempt(&ada, view.id).await.unwrap().grade.unwrap();
    assert_eq!(grade.questions[&exam.program], Score::FULL);
}

#[tokio::test]
async fn ma_8_as_23_a_broken_judge_leaves_the_attempt_waiting_and_costs_nothing() {
    let exam = Exam::new().await;
    let engine = &exam.world.engine;
    let (ada, view) = (person("ada"), exam.started("ada").await);
    let seat = view.seat.unwrap();
    for answer in [program("5 25"), choice(&["a", "b"])] {
        let to = exam.to(view.id, seat, answer);
        engine.answer_question(&ada, to, None).await.unwrap();
    }
    engine.submit_attempt(&ada, view.id, seat).await.unwrap();
    for trouble in [Trouble::Busy, Trouble::NotInstalled, Trouble::Broken] {
        exam.world.sandbox.has(trouble);
        let ticked = exam.tick().await;
        assert_eq!((ticked.grades, ticked.failed), (0, 1), "{trouble:?}");
        // It is put off, not tried without end.
        assert!(exam.tick().await.is_idle());
        exam.world.clock.advance(HOUR);
    }
    exam.world.sandbox.has(None);
    assert_eq!(exam.tick().await.grades, 1);
    assert!(exam.tick().await.is_idle());
    let done = engine.attempt(&exam.author, view.id).await.unwrap();
    assert_eq!(done.grade.unwrap().score, Score::FULL);

    // That it was received is told once, and so is each mark.
    let events = engine.events(&HOST, Cursor(0), 1_000).await.unwrap();
    let count = |name: &str| {
        let wire = events
            .iter()
            .map(|logged| serde_json::to_value(&logged.recorded.event).unwrap());
        wire.filter(|event| event["event"]["type"] == name && event["subject"] != "submission")
            .count()
    };
    assert_eq!(
        (count("test_finished"), count("marked"), count("graded")),
        (1, 2, 1)
    );
    let again = engine.grade_attempt(view.id).await.unwrap().unwrap();
    assert_eq!(again.score, Score::FULL);
    assert_eq!(
        engine.events(&HOST, Cursor(0), 1_000).await.unwrap().len(),
        events.len()
    );
}

#[tokio::test]
async fn st_1_an_answer_is_marked_by_hand_and_the_grade_follows() {
    let exam = Exam::new().await;
    let engine = &exam.world.engine;
    let (ada, view) = (person("ada"), exam.started("ada").await);
    let seat = view.seat.unwrap();
    let to = exam.to(view.id, seat, program("6 24"));
    let received = engine.answer_question(&ada, to, None).await.unwrap();
    engine.submit_attempt(&ada, view.id, seat).await.unwrap();
    exam.tick().await;
    let half = Score::ratio(1, 2);
    for stranger in [ada, creator("eve")] {
        let refused = engine
            .mark_answer(&stranger, received.submission, half)
            .await;
        assert_eq!(code(refused), "not_found");
    }
    let marked = engine
        .mark_answer(&exam.author, received.submission, half)
        .await;
    let grade = marked.unwrap().unwrap();
    assert_eq!(grade.score, Score::ratio(3, 8));
    let stored = engine.attempt(&exam.author, view.id).await.unwrap();
    assert_eq!(stored.grade, Some(grade));
}

#[tokio::test]
async fn su_1_a_run_that_is_out_of_time_never_passes() {
    let exam = Exam::new().await;
    let engine = &exam.world.engine;
    let (ada, view) = (person("ada"), exam.started("ada").await);
    let seat = view.seat.unwrap();
    // It writes and returns all that is expected, and does not end.
    let to = exam.to(view.id, seat, program("late 5 25"));
    engine.answer_question(&ada, to, None).await.unwrap();
    engine.submit_attempt(&ada, view.id, seat).await.unwrap();
    let grade = engine.grade_attempt(view.id).await.unwrap().unwrap();
    assert_eq!(grade.score, Score::ZERO);
    let answers = engine.test_answers(&exam.author, view.id).await.unwrap();
    assert_eq!(answers[0].report().unwrap().verdict, Verdict::TimeLimit);
}

#[tokio::test]
async fn as_23_a_finished_attempt_takes_nothing_more() {
    let exam = Exam::new().await;
    let engine = &exam.world.engine;
    let (ada, view) = (person("ada"), exam.started("ada").await);
    let seat = view.seat.unwrap();
    let done = engine.submit_attempt(&ada, view.id, seat).await.unwrap();
    assert!(matches!(done.progress, AttemptProgress::Finished { .. }));
    let to = exam.to(view.id, seat, program("5 25"));
    let refusals: [Result<(), EngineError>; 5] = [
        engine
            .answer_question(&ada, to.clone(), None)
            .await
            .map(drop),
        engine
            .save_answer(&ada, SaveAnswer { to, revision: 0 })
            .await
            .map(drop),
        engine.resume_attempt(&ada, view.id).await.map(drop),
        engine.pause_attempt(&ada, view.id).await,
        engine.submit_attempt(&ada, view.id, seat).await.map(drop),
    ];
    for refused in refusals {
        assert_eq!(code(refused), "wrong_state");
    }
    let again = engine.start_test(&ada, view.candidate).await;
    assert_eq!(code(again), "already_done");
}

#[tokio::test]
async fn su_1_an_answer_that_is_sent_again_with_its_id_is_taken_once() {
    let exam = Exam::with(|plan| plan.reveal = Reveal::Feedback).await;
    let engine = &exam.world.engine;
    let (ada, view) = (person("ada"), exam.started("ada").await);
    let seat = view.seat.unwrap();
    let id = Some(SubmissionId(RandomIds.next()));
    let to = exam.to(view.id, seat, program("5 24"));
    let first = engine.answer_question(&ada, to.clone(), id).await.unwrap();
    assert_eq!((Some(first.submission), first.revision), (id, 1));
    let events = engine.events(&HOST, Cursor(0), 1_000).await.unwrap();
    let runs = exam.world.sandbox.runs();
    let again = engine.answer_question(&ada, to.clone(), id).await.unwrap();
    assert_eq!(again, first);
    let after = engine.events(&HOST, Cursor(0), 1_000).await.unwrap();
    assert_eq!(after.len(), events.len());
    // Another answer, to the same question or to another, is not this one; nor is another's.
    let other = exam.to(view.id, seat, program("5 25"));
    let elsewhere = exam.to(view.id, seat, choice(&["a"]));
    for wrong in [other, elsewhere] {
        let refused = engine.answer_question(&ada, wrong, id).await;
        assert_eq!(code(refused), "already_done");
    }
    let stranger = engine.answer_question(&person("eve"), to.clone(), id).await;
    assert_eq!(code(stranger), "not_found");
    let no_order = Some(SubmissionId(uuid::Uuid::nil()));
    let refused = engine.answer_question(&ada, to.clone(), no_order).await;
    assert_eq!(code(refused), "invalid");
    // It was received in time, also when that is asked again later.
    exam.world.clock.advance(HOUR * 2);
    exam.tick().await;
    let late = engine.answer_question(&ada, to.clone(), id).await.unwrap();
    assert_eq!(late, first);
    assert_eq!(
        code(engine.answer_question(&ada, to, None).await),
        "wrong_state"
    );
    let answers = engine.test_answers(&exam.author, view.id).await.unwrap();
    assert_eq!(answers.len(), 1);
    assert_eq!(exam.world.sandbox.runs(), runs);
}
