//! What came of a campaign, as data.

use polycode_core::assessment::StatusName;
use polycode_core::engine::{IntakeOutcome, NewCandidate};
use polycode_core::id::Tag;
use polycode_core::port::PageRequest;
use polycode_core::quantity::Score;
use polycode_core::results::{Bounds, Column, Direction, Filter, RowOrder};

use super::{Exam, HOUR, candidate, code, creator, person};
use crate::world::{choice, program};

/// Five candidates: three who finished, better and better; one who has not begun; one who has
/// not answered. The odd ones are tagged.
async fn graded() -> Exam {
    let exam = Exam::new().await;
    let (engine, author, id) = (&exam.world.engine, &exam.author, exam.campaign.id);
    let names = ["ann", "ben", "cem", "dan", "eli"];
    let tagged = |(at, name): (usize, &&str)| NewCandidate {
        tags: (at % 2 == 0)
            .then(|| "odd".to_owned())
            .into_iter()
            .collect(),
        ..candidate(name)
    };
    let list = names.iter().enumerate().map(tagged).collect();
    engine.add_candidates(author, id, list).await.unwrap();
    engine.schedule_campaign(author, id).await.unwrap();
    let invitations = engine.invite_candidates(author, id).await.unwrap();
    exam.world.clock.advance(HOUR);
    let answers = [("6 24", "c"), ("5 24", "a"), ("5 25", "a")];
    for (at, (name, invitation)) in names.iter().zip(&invitations).take(4).enumerate() {
        let actor = person(name);
        let accepted = engine.accept_invitation(&actor, &invitation.token, None);
        let candidate = accepted.await.unwrap().candidate;
        let Some((script, option)) = answers.get(at) else {
            continue;
        };
        let view = engine.start_test(&actor, candidate).await.unwrap();
        let seat = view.seat.unwrap();
        for (question, answer) in [
            (exam.program, program(script)),
            (exam.choice, choice(&[option])),
        ] {
            let opened = engine.open_question(&actor, view.id, seat, question);
            opened.await.unwrap();
            let to = exam.to(view.id, seat, answer);
            engine.answer_question(&actor, to, None).await.unwrap();
        }
        engine.submit_attempt(&actor, view.id, seat).await.unwrap();
    }
    assert_eq!(exam.tick().await.grades, 3);
    exam
}

fn by(by: Column, direction: Direction) -> RowOrder {
    RowOrder { by, direction }
}

async fn names(exam: &Exam, filter: &Filter, order: RowOrder) -> Vec<String> {
    let (mut names, mut after) = (Vec::new(), None);
    loop {
        let page = PageRequest { after, limit: 2 };
        let results =
            exam.world
                .engine
                .results(&exam.author, exam.campaign.id, filter, order, &page);
        let results = results.await.unwrap();
        names.extend(results.items.into_iter().map(|row| row.name));
        after = results.next;
        if after.is_none() {
            return names;
        }
    }
}

#[tokio::test]
async fn st_1_st_3_raw_results_are_sorted_and_filtered_page_by_page() {
    let exam = graded().await;
    let all = Filter::default();
    let order = by(Column::Score, Direction::Descending);
    assert_eq!(
        names(&exam, &all, order).await,
        ["cem", "ben", "ann", "dan", "eli"]
    );
    let order = by(Column::Status, Direction::Ascending);
    assert_eq!(
        names(&exam, &all, order).await,
        ["eli", "dan", "ann", "ben", "cem"]
    );
    // As they were added, which is how they are stored: nothing is sorted then.
    let added = ["ann", "ben", "cem", "dan", "eli"];
    assert_eq!(names(&exam, &all, RowOrder::default()).await, added);
    let order = by(Column::Question(exam.program), Direction::Ascending);
    assert_eq!(names(&exam, &all, order).await[..3], ["ann", "ben", "cem"]);
    let order = by(Column::Name, Direction::Descending);
    let odd = Filter {
        tags: [Tag::new("odd").unwrap()].into(),
        ..Filter::default()
    };
    assert_eq!(names(&exam, &odd, order).await, ["eli", "cem", "ann"]);
    let good = Filter {
        score: Bounds {
            min: Some(Score::ratio(1, 5)),
            max: None,
        },
        statuses: [StatusName::TestFinished].into(),
        ..Filter::default()
    };
    assert_eq!(names(&exam, &good, order).await, ["cem", "ben"]);

    let (engine, id, page) = (&exam.world.engine, exam.campaign.id, PageRequest::default());
    for stranger in [creator("eve"), person("ann")] {
        let refused = engine.results(&stranger, id, &all, order, &page).await;
        assert_eq!(code(refused), "not_found");
        let refused = engine.results_csv(&stranger, id, &all, order).await;
        assert_eq!(code(refused), "not_found");
    }
}

#[tokio::test]
async fn st_2_st_4_a_campaign_in_numbers() {
    let exam = graded().await;
    let (engine, author, id) = (&exam.world.engine, &exam.author, exam.campaign.id);
    let summary = engine
        .results_summary(author, id, &Filter::default())
        .await
        .unwrap();
    assert_eq!((summary.candidates, summary.finished), (5, 3));
    assert_eq!(summary.completion_rate, Some(0.6));
    assert_eq!(summary.statuses[&StatusName::TestSent], 1);
    let score = summary.score.unwrap();
    assert_eq!(score.n, 3);

    let report = engine.general_report(author, id).await.unwrap();
    assert_eq!(report.summary.finished, 3);
    let names: Vec<_> = report
        .questions
        .iter()
        .map(|q| (q.name.as_str(), q.points))
        .collect();
    assert_eq!(names, [("squares", 3), ("colours", 1)]);
    // Nothing, a quarter and everything.
    let difficulty = report.question_statistics[0].difficulty.unwrap();
    assert!((difficulty - 1.25 / 3.0).abs() < 1e-6, "{difficulty}");
    assert!(report.reliability.is_some());
    assert_eq!((report.groups.len(), report.groups[0].candidates), (1, 3));
}

#[tokio::test]
async fn st_5_st_6_every_candidate_in_a_report_and_in_csv() {
    let exam = graded().await;
    let (engine, author, id) = (&exam.world.engine, &exam.author, exam.campaign.id);
    let report = engine.detailed_report(author, id).await.unwrap();
    let ranks: Vec<_> = report.candidates.iter().map(|one| one.rank).collect();
    assert_eq!(ranks, [Some(1), Some(2), Some(3), None, None]);
    assert_eq!(report.candidates[0].row.name, "cem");
    assert_eq!(report.candidates[0].questions.len(), 2);

    let order = by(Column::Score, Direction::Descending);
    let csv = engine
        .results_csv(author, id, &Filter::default(), order)
        .await
        .unwrap();
    let lines: Vec<_> = csv.lines().collect();
    assert_eq!(lines.len(), 6);
    assert!(lines[0].ends_with("score,time used,started at,finished at,squares,colours"));
    assert!(
        lines[1].contains(",cem,odd,TEST_FINISHED,87.50,") && lines[1].ends_with(",100.00,50.00")
    );
    assert!(lines[5].contains(",eli,odd,CONFIRMATION_PENDING,,"));
}

#[tokio::test]
async fn st_1_st_6_results_as_they_are_stored_are_those_of_the_whole_table() {
    let exam = graded().await;
    let (engine, id) = (&exam.world.engine, exam.campaign.id);
    let (all, order) = (Filter::default(), RowOrder::default());
    let by_score = by(Column::Score, Direction::Descending);
    let by_question = by(Column::Question(exam.program), Direction::Ascending);
    let odd = Filter {
        tags: [Tag::new("odd").unwrap()].into(),
        ..Filter::default()
    };
    let good = Filter {
        score: Bounds {
            min: Some(Score::ratio(1, 2)),
            max: None,
        },
        ..Filter::default()
    };
    let none = Filter {
        name: Some("nobody".to_owned()),
        ..Filter::default()
    };
    for (filter, order) in [
        (&all, order),
        (&all, by_score),
        (&odd, order),
        (&odd, by_question),
        (&good, by_score),
        (&none, order),
        (&none, by_score),
    ] {
        let file = engine.results_file(&exam.author, id, filter, order).await;
        let mut file = file.unwrap();
        let mut text = file.header();
        while let Some(lines) = file.lines().await.unwrap() {
            text += &lines;
        }
        let whole = engine.results_csv(&exam.author, id, filter, order).await;
        assert_eq!(text, whole.unwrap());
    }
    // A place in another order is none in this one.
    let by_name = by(Column::Name, Direction::Ascending);
    let page = PageRequest {
        after: None,
        limit: 2,
    };
    let first = engine.results(&exam.author, id, &all, by_name, &page).await;
    let elsewhere = PageRequest {
        after: first.unwrap().next,
        limit: 2,
    };
    let refused = engine
        .results(&exam.author, id, &all, order, &elsewhere)
        .await;
    assert_eq!(code(refused), "invalid");
    for stranger in [creator("eve"), person("ann")] {
        let refused = engine.results_file(&stranger, id, &all, order).await;
        assert_eq!(code(refused), "not_found");
    }
    // Somebody who is removed is not in the way of the others.
    let page = PageRequest {
        after: None,
        limit: 3,
    };
    let first = engine
        .results(&exam.author, id, &all, order, &page)
        .await
        .unwrap();
    let last = first.items[2].candidate;
    engine
        .remove_candidates(&exam.author, id, vec![last])
        .await
        .unwrap();
    let rest = PageRequest {
        after: first.next,
        limit: 3,
    };
    let rest = engine
        .results(&exam.author, id, &all, order, &rest)
        .await
        .unwrap();
    let names: Vec<_> = rest.items.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["dan", "eli"]);
}

#[tokio::test]
async fn st_6_a_sorted_file_is_read_while_it_is_written() {
    let exam = Exam::new().await;
    let (engine, author, id) = (&exam.world.engine, &exam.author, exam.campaign.id);
    let list = (0..250).map(|number| candidate(&format!("c{number:03}")));
    let intake = engine.add_candidates(author, id, list.collect()).await;
    let added = intake.unwrap().lines;
    let order = by(Column::Name, Direction::Descending);
    let all = Filter::default();
    let mut file = engine.results_file(author, id, &all, order).await.unwrap();
    let first = file.lines().await.unwrap().unwrap();
    assert_eq!(first.lines().count(), 100);
    assert!(first.lines().next().unwrap().contains(",c249,"));
    // What happens now is seen by the rows that are still to come.
    let IntakeOutcome::Added { candidate: removed } = added[5].outcome else {
        panic!("{:?}", added[5]);
    };
    engine
        .remove_candidates(author, id, vec![removed])
        .await
        .unwrap();
    let mut rest = Vec::new();
    while let Some(lines) = file.lines().await.unwrap() {
        rest.extend(lines.lines().map(str::to_owned));
    }
    assert_eq!(rest.len(), 149);
    assert!(rest[0].contains(",c149,") && rest[148].contains(",c000,"));
    assert!(!rest.iter().any(|line| line.contains(",c005,")));
    assert_eq!(file.lines().await.unwrap(), None);
}
