//! A whole campaign, from the first draft to the report.

use std::sync::Arc;

use polycode_core::assessment::StatusName;
use polycode_core::assessment::attempt::Outcome;
use polycode_core::engine::{AttemptProgress, SaveAnswer, SentInvitation};
use polycode_core::id::AttemptId;
use polycode_core::permission::Actor;
use polycode_core::port::PageRequest;
use polycode_core::quantity::{Cursor, Points, Score};
use polycode_core::results::{Column, Direction, Filter, RowOrder};

use polycode_store::SqliteStore;

use super::{Exam, HOUR, person};
use crate::world::{HOST, World, choice, program, user};

#[tokio::test]
async fn as_7_as_10_as_13_as_18_as_19_as_22_st_1_a_campaign_from_the_first_draft_to_the_report() {
    carry_out(&Exam::new().await).await;
}

#[tokio::test]
async fn as_7_as_22_st_1_a_campaign_in_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("x.db")).await.unwrap();
    let exam = Exam::on(World::on(Arc::new(store)), |_| {}).await;
    carry_out(&exam).await;
}

pub(super) async fn carry_out(exam: &Exam) {
    let engine = &exam.world.engine;
    let names = ["ada", "bob", "eve", "mallory"];
    let invitations = exam.invited(&names).await;
    assert_eq!(invitations.len(), 4);

    // Two accept, one declines without an account, one never answers.
    let mut candidates = Vec::new();
    for (name, invitation) in names.iter().zip(&invitations).take(2) {
        let accepted = engine
            .accept_invitation(&person(name), &invitation.token, None)
            .await;
        candidates.push(accepted.unwrap().candidate);
    }
    let eve = engine
        .decline_invitation(&Actor::guest(), &invitations[2].token)
        .await;
    eve.unwrap();

    // It opens by itself.
    let early = engine.start_test(&person("ada"), candidates[0]).await;
    assert_eq!(early.unwrap_err().code(), "wrong_state");
    exam.world.clock.advance(HOUR);
    let ticked = exam.tick().await;
    assert_eq!((ticked.campaigns, ticked.candidates), (1, 2));
    assert!(exam.tick().await.is_idle());

    // Ada answers everything right and hands it in.
    let ada = person("ada");
    let open = engine
        .open_tests(&ada, PageRequest::default())
        .await
        .unwrap();
    assert_eq!(open.items[0].status, StatusName::TestSent);
    let view = engine.start_test(&ada, candidates[0]).await.unwrap();
    let seat = view.seat.unwrap();
    for (question, answer) in [
        (exam.program, program("5 25")),
        (exam.choice, choice(&["a", "b"])),
    ] {
        let opened = engine.open_question(&ada, view.id, seat, question);
        opened.await.unwrap();
        let received = engine
            .answer_question(&ada, exam.to(view.id, seat, answer), None)
            .await
            .unwrap();
        assert_eq!(received.feedback, None);
    }
    assert_eq!(exam.world.sandbox.runs(), 0);
    let done = engine.submit_attempt(&ada, view.id, seat).await.unwrap();
    assert!(matches!(done.progress, AttemptProgress::Finished { .. }));

    // Bob only saves a wrong program and half a choice, and time runs out.
    let bob = person("bob");
    let view = engine.start_test(&bob, candidates[1]).await.unwrap();
    let seat = view.seat.unwrap();
    for (question, answer) in [
        (exam.program, program("6 25")),
        (exam.choice, choice(&["a"])),
    ] {
        let opened = engine.open_question(&bob, view.id, seat, question);
        opened.await.unwrap();
        let to = exam.to(view.id, seat, answer);
        let saved = engine.save_answer(&bob, SaveAnswer { to, revision: 0 });
        assert_eq!(saved.await.unwrap(), 1);
    }
    let ticked = exam.tick().await;
    assert_eq!((ticked.attempts, ticked.grades), (0, 1));
    exam.world.clock.advance(HOUR);
    let ticked = exam.tick().await;
    assert_eq!((ticked.attempts, ticked.grades), (1, 1));
    assert!(exam.tick().await.is_idle());

    // The campaign closes by itself, and nobody can start any more.
    exam.world.clock.advance(HOUR * 24);
    assert_eq!(exam.tick().await.campaigns, 1);
    look_back(exam, view.id, &invitations).await;
}

/// What came of it: Bob's attempt is the one that is named.
async fn look_back(exam: &Exam, bobs_attempt: AttemptId, invitations: &[SentInvitation]) {
    let (engine, author, id) = (&exam.world.engine, &exam.author, exam.campaign.id);
    let bob = person("bob");
    let order = RowOrder {
        by: Column::Score,
        direction: Direction::Descending,
    };
    let page = PageRequest::default();
    let rows = engine
        .results(author, id, &Filter::default(), order, &page)
        .await
        .unwrap();
    let told: Vec<_> = rows
        .items
        .iter()
        .map(|row| (row.name.as_str(), row.status, row.score))
        .collect();
    // The hidden validator counts three times the visible one, the program three times the choice.
    let bobs = Score::ratio(3 * 3 * 2 + 4, 32);
    assert_eq!(
        told,
        [
            ("ada", StatusName::TestFinished, Some(Score::FULL)),
            ("bob", StatusName::TestFinished, Some(bobs)),
            ("eve", StatusName::Declined, None),
            ("mallory", StatusName::ConfirmationPending, None),
        ]
    );
    let grade = engine
        .attempt(author, bobs_attempt)
        .await
        .unwrap()
        .grade
        .unwrap();
    assert_eq!(grade.outcome, Some(Outcome::Passed));
    assert_eq!(
        engine.attempt(&bob, bobs_attempt).await.unwrap().grade,
        None
    );
    let report = engine.detailed_report(author, id).await.unwrap();
    assert_eq!(report.general.summary.finished, 2);
    assert_eq!(report.candidates[0].rank, Some(1));

    // A test pays nothing, and no name or address stands in the log.
    for name in ["ada", "bob", "eve", "mallory"] {
        let wallet = engine.wallet(&HOST, &user(name)).await.unwrap();
        assert_eq!(wallet.balance, Points(0));
    }
    let log = engine.events(&HOST, Cursor(0), 1_000).await.unwrap();
    let log = serde_json::to_string(&log).unwrap();
    assert!(!log.contains("example.org") && !log.contains("mallory") && !log.contains("Autumn"));
    for invitation in invitations {
        assert!(!log.contains(&invitation.token));
    }
}
