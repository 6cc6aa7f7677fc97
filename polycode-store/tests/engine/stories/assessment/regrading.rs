//! ST-1: what candidates answered is judged again after the author of a question fixed it.

use polycode_core::assessment::{Attempt, AttemptEvent};
use polycode_core::event::Event;
use polycode_core::id::{ContentId, SubmissionId};
use polycode_core::judging::{
    Grade, Regrade, RegradeEvent, RegradeStatus, RegradedSubmission, Verdict,
};
use polycode_core::permission::{Actor, Role};
use polycode_core::quantity::{Score, Version};
use serde_json::{Value, json};

use super::replay::{id_in, replayed, stored};
use super::{Exam, code, creator, person};
use crate::world::{HOST, Trouble, choice, page, program, user};

/// Three candidates handed in both questions: two of them wrote 6 and gave 25, after a first try
/// that does not count.
async fn graded() -> Exam {
    let exam = Exam::new().await;
    let engine = &exam.world.engine;
    let names = ["ada", "bob", "eve"];
    for (name, candidate) in names.iter().zip(exam.open(&names).await) {
        let actor = person(name);
        let view = engine.start_test(&actor, candidate).await.unwrap();
        let seat = view.seat.unwrap();
        for question in [exam.program, exam.choice] {
            let opened = engine.open_question(&actor, view.id, seat, question);
            opened.await.unwrap();
        }
        let last = if *name == "eve" { "0 0" } else { "6 25" };
        for answer in [program("0 0"), program(last), choice(&["a", "b"])] {
            let to = exam.to(view.id, seat, answer);
            engine.answer_question(&actor, to, None).await.unwrap();
        }
        engine.submit_attempt(&actor, view.id, seat).await.unwrap();
    }
    assert_eq!(exam.tick().await.grades, 3);
    exam
}

/// The version in which the first validator of a question says something else.
async fn fixed(exam: &Exam, question: ContentId, field: &str, value: Value) -> Version {
    let stored = exam.world.newest(question).await;
    let mut wire = serde_json::to_value(&stored.value.draft).unwrap();
    wire["root"]["components"][0]["validators"][0][field] = value;
    let draft = serde_json::from_value(wire).unwrap();
    let engine = &exam.world.engine;
    let fixed = engine.update_content(&HOST, question, stored.version, draft);
    fixed.await.unwrap().version
}

/// The version of the program that expects 6: its author had asked for 5.
async fn expecting_6(exam: &Exam) -> Version {
    fixed(exam, exam.program, "expected", "6".into()).await
}

async fn regraded(exam: &Exam, regrade: &Regrade) -> Vec<RegradedSubmission> {
    let engine = &exam.world.engine;
    let both = engine.regraded(&exam.author, regrade.id, page()).await;
    both.unwrap().items
}

async fn the_regrade(exam: &Exam) -> Regrade {
    let engine = &exam.world.engine;
    let regrades = engine.campaign_regrades(&exam.author, exam.campaign.id, page());
    regrades.await.unwrap().items.remove(0)
}

async fn scores(exam: &Exam) -> Vec<Option<Score>> {
    let engine = &exam.world.engine;
    let report = engine.detailed_report(&exam.author, exam.campaign.id).await;
    let candidates = report.unwrap().candidates.into_iter();
    candidates.map(|one| one.row.score).collect()
}

#[tokio::test]
async fn st_1_a_fixed_question_is_judged_again_for_everybody_and_both_marks_are_kept() {
    let exam = graded().await;
    let (engine, author) = (&exam.world.engine, &exam.author);
    let to = expecting_6(&exam).await;
    let (id, program) = (exam.campaign.id, exam.program);
    let begun = engine.regrade_campaign(author, id, program, to).await;
    let begun = begun.unwrap();
    assert_eq!((begun.campaign, begun.from), (Some(id), Version(1)));
    // A sandbox that is busy puts it off.
    exam.world.sandbox.has(Trouble::Busy);
    assert_eq!(exam.tick().await.failed, 1);
    exam.world.sandbox.has(None);
    while exam.tick().await.regrades > 0 {}

    let regrade = the_regrade(&exam).await;
    let counts = regrade.counts;
    assert_eq!((counts.raised, counts.same, counts.left_out), (2, 1, 3));
    assert!(matches!(regrade.status, RegradeStatus::Finished { .. }));
    let both = regraded(&exam, &begun).await;
    let marks: Vec<_> = both
        .iter()
        .map(|both| (both.before.score, both.after.score))
        .collect();
    let raised = (Score::ratio(3, 4), Score::FULL);
    assert_eq!(marks, [raised, raised, (Score::ZERO, Score::ZERO)]);
    let (before, after) = (both[0].before, both[0].after);
    let wrong = (Version(1), Verdict::WrongAnswer);
    assert_eq!((before.content_version, before.verdict), wrong);
    let right = (to, Verdict::Passed);
    assert_eq!((after.content_version, after.verdict), right);
    assert!(before.at < after.at);
    // The answer says what its attempt's grade comes from.
    let attempt = both[0].attempt.unwrap();
    let answers = engine.test_answers(author, attempt).await.unwrap();
    let judged = answers
        .iter()
        .find(|one| one.submission == both[0].submission);
    let judged = judged.unwrap().judged.as_ref().unwrap();
    let grade = Grade {
        content_version: judged.version,
        verdict: judged.report.verdict,
        score: judged.report.score,
        at: judged.at,
    };
    assert_eq!(grade, after);
    let (full, choice_only) = (Some(Score::FULL), Some(Score::ratio(1, 4)));
    assert_eq!(scores(&exam).await, [full, full, choice_only]);
}

#[tokio::test]
async fn st_1_only_the_author_of_a_campaign_regrades_and_by_a_newer_version_only() {
    let exam = graded().await;
    let (engine, author) = (&exam.world.engine, &exam.author);
    let to = expecting_6(&exam).await;
    let (id, program) = (exam.campaign.id, exam.program);
    let zoe = creator("zoe");
    let stranger = engine.regrade_campaign(&zoe, id, program, to).await;
    assert_eq!(code(stranger), "not_found");
    let unasked = exam.world.publish(crate::world::exercise("other")).await;
    let unasked = engine.regrade_campaign(author, id, unasked.value.id, to);
    assert_eq!(code(unasked.await), "not_found");
    for version in [Version(1), to.next()] {
        let refused = engine.regrade_campaign(author, id, program, version).await;
        let error = refused.unwrap_err();
        assert_eq!(error.code(), "invalid");
        assert!(error.to_string().starts_with("to"), "{error}");
    }
    let begun = engine.regrade_campaign(author, id, program, to).await;
    let begun = begun.unwrap();
    // Nor may they read it who may grade what was practised of the question.
    let teacher = Actor::user(user("zoe")).with(Role::ContentCreator);
    for actor in [zoe, teacher] {
        let others = engine.regraded(&actor, begun.id, page()).await;
        assert_eq!(code(others), "not_found");
        let others = engine.campaign_regrades(&actor, id, page()).await;
        assert_eq!(code(others), "not_found");
    }
}

#[tokio::test]
async fn st_1_one_regrade_at_a_time_goes_on_of_each_question_and_place() {
    let exam = graded().await;
    let (engine, author) = (&exam.world.engine, &exam.author);
    let to = expecting_6(&exam).await;
    let other = fixed(&exam, exam.choice, "correct", json!(["a"])).await;
    let (id, program) = (exam.campaign.id, exam.program);
    let (one, two) = tokio::join!(
        engine.regrade_campaign(author, id, program, to),
        engine.regrade_campaign(author, id, program, to),
    );
    let (begun, refused) = if one.is_ok() { (one, two) } else { (two, one) };
    assert_eq!(code(refused), "already_done");
    let begun = begun.unwrap();
    // Another question, and what was practised of the same one, have their own.
    let choice = engine.regrade_campaign(author, id, exam.choice, other);
    let choice = choice.await.unwrap();
    let practised = engine.regrade(&HOST, program, Version(1)).await.unwrap();
    let listed = engine.regrades(&HOST, program, page()).await.unwrap().items;
    assert_eq!(listed, [practised]);
    let listed = engine.campaign_regrades(author, id, page()).await.unwrap();
    assert_eq!(listed.items, [choice, begun.clone()]);

    engine.continue_regrade(begun.id, 100).await.unwrap();
    let next = engine.regrade_campaign(author, id, program, to).await;
    assert!(next.unwrap().is_running());
}

#[tokio::test]
async fn st_1_what_a_version_judged_it_does_not_judge_again() {
    let exam = graded().await;
    let (engine, author) = (&exam.world.engine, &exam.author);
    let to = expecting_6(&exam).await;
    let (id, program) = (exam.campaign.id, exam.program);
    let again = async |to| {
        let begun = engine.regrade_campaign(author, id, program, to).await;
        let done = engine.continue_regrade(begun.unwrap().id, 100).await;
        done.unwrap()
    };
    let first = regraded(&exam, &again(to).await).await;
    assert_eq!(first.len(), 3);
    // What a person said afterwards stays, and no program runs.
    let submission = first[0].submission;
    let half = engine.mark_answer(author, submission, Score::ratio(1, 2));
    half.await.unwrap();
    let runs = exam.world.sandbox.runs();
    let second = again(to).await;
    assert_eq!((second.counts.left_out, second.counts.same), (6, 0));
    assert_eq!(regraded(&exam, &second).await, []);
    assert_eq!(exam.world.sandbox.runs(), runs);
    // A version after that takes it on, from the mark that it has.
    let newer = fixed(&exam, program, "expected", "0".into()).await;
    let third = regraded(&exam, &again(newer).await).await;
    let of_the_first = third.iter().find(|both| both.submission == submission);
    let before = of_the_first.unwrap().before;
    let expected = (to, Score::ratio(1, 2));
    assert_eq!((before.content_version, before.score), expected);
}

#[tokio::test]
async fn st_1_a_regrade_that_fails_does_not_keep_others_from_going_on() {
    let exam = graded().await;
    let (engine, author) = (&exam.world.engine, &exam.author);
    let to = expecting_6(&exam).await;
    let other = fixed(&exam, exam.choice, "correct", json!(["a"])).await;
    let id = exam.campaign.id;
    let first = engine.regrade_campaign(author, id, exam.program, to).await;
    let first = first.unwrap();
    let second = engine
        .regrade_campaign(author, id, exam.choice, other)
        .await;
    // Only programs need the sandbox.
    exam.world.sandbox.has(Trouble::Busy);
    let ticked = exam.tick().await;
    assert_eq!((ticked.failed, ticked.regrades), (1, 1));
    assert!(!ticked.more, "what failed is no reason to hurry");
    let regrades = engine.campaign_regrades(author, id, page()).await.unwrap();
    let regrades: Vec<_> = regrades.items.iter().map(Regrade::is_running).collect();
    assert_eq!(regrades, [false, true]);
    assert_eq!(regraded(&exam, &second.unwrap()).await.len(), 3);
    assert_eq!(regraded(&exam, &first).await, []);
}

#[tokio::test]
async fn st_1_a_tick_says_that_a_regrade_is_not_done() {
    let exam = Exam::new().await;
    let (engine, ada) = (&exam.world.engine, person("ada"));
    let view = exam.started("ada").await;
    let seat = view.seat.unwrap();
    for _ in 0..101 {
        let to = exam.to(view.id, seat, program("6 25"));
        engine.answer_question(&ada, to, None).await.unwrap();
    }
    engine.submit_attempt(&ada, view.id, seat).await.unwrap();
    exam.tick().await;
    let to = expecting_6(&exam).await;
    let begun = engine.regrade_campaign(&exam.author, exam.campaign.id, exam.program, to);
    begun.await.unwrap();
    let ticked = exam.tick().await;
    assert_eq!((ticked.regrades, ticked.more), (1, true));
    assert_eq!(the_regrade(&exam).await.counts.left_out, 100);
    let ticked = exam.tick().await;
    assert_eq!((ticked.regrades, ticked.more), (1, false));
    assert_eq!(the_regrade(&exam).await.counts.raised, 1);
    assert!(exam.tick().await.is_idle());
}

#[tokio::test]
async fn st_1_the_log_tells_of_a_regrade_what_is_stored() {
    let exam = graded().await;
    let (engine, author) = (&exam.world.engine, &exam.author);
    let to = expecting_6(&exam).await;
    let (id, program) = (exam.campaign.id, exam.program);
    let begun = engine.regrade_campaign(author, id, program, to).await;
    let begun = begun.unwrap();
    for limit in [0, 2, 100] {
        let now = engine.continue_regrade(begun.id, limit).await.unwrap();
        let told = replayed(
            &exam,
            |event| match event {
                Event::Regrade(event) => Some(event),
                _ => None,
            },
            |event: &RegradeEvent| id_in(event, "regrade"),
            (Regrade::begin, Regrade::apply),
        );
        let told: Vec<_> = told.await.into_values().collect();
        assert_eq!(told, [now]);
    }
    let attempts = replayed(
        &exam,
        |event| match event {
            Event::Attempt(event) => Some(event),
            _ => None,
        },
        |event: &AttemptEvent| id_in(event, "attempt"),
        (Attempt::begin, Attempt::apply),
    );
    let attempts = attempts.await;
    assert_eq!(attempts.len(), 3);
    let mut marks = Vec::new();
    for (id, attempt) in attempts {
        assert_eq!(stored::<Attempt>(&exam, "attempt", &id).await, attempt);
        let mut parts = attempt.opened[&program].parts.values();
        let submitted = parts.find_map(|part| part.submitted).unwrap();
        marks.push((submitted.submission, submitted.score));
    }
    marks.sort_by_key(|(submission, _): &(SubmissionId, _)| *submission);
    let both = regraded(&exam, &begun).await;
    let after = both
        .iter()
        .map(|both| (both.submission, Some(both.after.score)));
    assert_eq!(marks, after.collect::<Vec<_>>());
}
