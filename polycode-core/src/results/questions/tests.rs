use super::*;
use crate::assessment::StatusName;
use crate::results::QuestionResult;
use crate::results::tests::{assert_close, finished, question, table};

/// Four candidates and three right-or-wrong questions, the textbook's perfect Guttman scale.
fn scale() -> Table {
    table(vec![
        finished(1, &[100, 100, 100]),
        finished(2, &[100, 100, 0]),
        finished(3, &[100, 0, 0]),
        finished(4, &[0, 0, 0]),
    ])
}

/// ST-2: by hand for the first question: p = 3/4; with the totals 3, 2, 1, 0 the correlation is
/// 1.5 / √(0.75 · 5); with the others' 2, 1, 0, 0 it is 0.75 / √(0.75 · 2.75).
#[test]
fn difficulty_and_discrimination_are_as_by_hand() {
    let statistics = scale().question_statistics();
    assert_eq!(statistics.len(), 3);
    assert_close(statistics[0].difficulty, 0.75);
    assert_close(statistics[1].difficulty, 0.5);
    assert_close(statistics[2].difficulty, 0.25);
    assert_close(statistics[0].item_total, 0.774_596_7);
    assert_close(statistics[0].corrected_item_total, 0.522_233);
    assert_eq!((statistics[0].n, statistics[0].unanswered), (4, 0));
    assert_close(statistics[0].time_used.clone().unwrap().max, 101.0);
}

/// By hand: 3/2 · (1 − (1/4 + 1/3 + 1/4) / (5/3)) = 0.75.
#[test]
fn alpha_is_as_by_hand() {
    let reliability = scale().reliability().unwrap();
    assert_eq!((reliability.n, reliability.questions), (4, 3));
    assert_close(reliability.alpha, 0.75);
}

#[test]
fn questions_that_agree_have_an_alpha_of_one() {
    let rows = vec![
        finished(1, &[80, 80]),
        finished(2, &[30, 30]),
        finished(3, &[10, 10]),
    ];
    assert_close(table(rows).reliability().unwrap().alpha, 1.0);
}

#[test]
fn what_is_not_defined_is_none() {
    let one_question = table(vec![finished(1, &[100]), finished(2, &[0])]);
    assert_eq!(one_question.reliability(), None);
    assert_eq!(
        one_question.question_statistics()[0].corrected_item_total,
        None
    );
    let all_alike = table(vec![finished(1, &[50, 70]), finished(2, &[50, 70])]);
    assert_eq!(all_alike.reliability(), None);
    assert_eq!(all_alike.question_statistics()[0].item_total, None);
    assert_eq!(Table::default().reliability(), None);
}

/// Who is still at work does not count; who left a question out has nothing in it.
#[test]
fn unanswered_questions_count_as_nothing() {
    let mut table = scale();
    table.rows[0].status = StatusName::TestInProgress;
    let left_out = QuestionResult {
        score: None,
        time_used: None,
    };
    table.rows[1].questions.insert(question(0), left_out);
    let first = &table.question_statistics()[0];
    assert_eq!((first.n, first.unanswered), (3, 1));
    assert_close(first.difficulty, 1.0 / 3.0);
}

/// With drawn questions, each is compared among those who were given it, and alpha is over those
/// that all were given.
#[test]
fn drawn_questions_count_for_those_who_drew_them() {
    let mut table = scale();
    table.rows[3].questions.remove(&question(2));
    let third = &table.question_statistics()[2];
    assert_eq!(third.n, 3);
    assert_close(third.difficulty, 1.0 / 3.0);
    assert_eq!(table.reliability().unwrap().questions, 2);
}

/// A question of ten points weighs ten times as much in the total of the others.
#[test]
fn points_weigh_questions() {
    let mut table = scale();
    table.questions[0].points = 10;
    // The others' shares of the last question are 11, 11, 10, 0 elevenths, its own 1, 0, 0, 0:
    // 3 · (11 − 8) / … = 3 / √(0.75 · 86) by hand.
    assert_close(
        table.question_statistics()[2].corrected_item_total,
        3.0 / (0.75_f64 * 86.0).sqrt(),
    );
}
