//! Invitations: sent, accepted, declined, sent again, taken back, expired.

use polycode_core::assessment::StatusName;
use polycode_core::permission::Actor;
use polycode_core::port::PageRequest;
use polycode_core::quantity::Cursor;
use serde_json::Value;

use super::{Exam, HOUR, code, creator, person};
use crate::world::HOST;

/// The types of the events of candidates so far.
async fn told(exam: &Exam) -> Vec<String> {
    let events = exam
        .world
        .engine
        .events(&HOST, Cursor(0), 1_000)
        .await
        .unwrap();
    let events = events
        .iter()
        .map(|logged| serde_json::to_value(&logged.recorded.event).unwrap());
    let of_candidates = events.filter(|event| event["subject"] == "candidate");
    of_candidates
        .map(|event| match &event["event"]["sent"] {
            Value::Null => event["event"]["type"].as_str().unwrap().to_owned(),
            sent => format!("{} {sent}", event["event"]["type"].as_str().unwrap()),
        })
        .collect()
}

#[tokio::test]
async fn as_18_an_invitation_is_accepted_once_by_whom_it_was_sent_to() {
    let exam = Exam::new().await;
    let engine = &exam.world.engine;
    let invitations = exam.invited(&["ada", "bob"]).await;
    let token = &invitations[0].token;
    assert!(token.len() == 64 && !format!("{:?}", invitations[0]).contains(token));

    let read = engine.invitation(token).await.unwrap();
    assert_eq!(
        (read.text.name.as_str(), read.cover.questions),
        ("Autumn", 2)
    );
    assert_eq!(
        code(engine.accept_invitation(&Actor::guest(), token, None).await),
        "not_allowed"
    );
    let other = "eve@example.org".parse().unwrap();
    let forwarded = engine
        .accept_invitation(&person("eve"), token, Some(&other))
        .await;
    assert_eq!(code(forwarded), "invitation_not_valid");

    let address = "ada@example.org".parse().unwrap();
    let accepted = engine
        .accept_invitation(&person("ada"), token, Some(&address))
        .await;
    assert_eq!(accepted.unwrap().status, StatusName::Confirmed);
    let view = engine
        .candidate(&exam.author, invitations[0].candidate)
        .await
        .unwrap();
    assert_eq!(view.user.as_ref(), person("ada").id());

    // Used, unknown and malformed ones look alike, for everybody.
    for token in [token, &"0".repeat(64), "", "x"] {
        for actor in [person("ada"), person("eve")] {
            let refused = engine.accept_invitation(&actor, token, None).await;
            assert_eq!(code(refused), "invitation_not_valid");
        }
        assert_eq!(code(engine.invitation(token).await), "invitation_not_valid");
        let refused = engine.decline_invitation(&Actor::guest(), token).await;
        assert_eq!(code(refused), "invitation_not_valid");
    }
    // One user is one candidate of a campaign.
    let second = engine
        .accept_invitation(&person("ada"), &invitations[1].token, None)
        .await;
    assert_eq!(code(second), "already_done");
}

#[tokio::test]
async fn as_18_who_accepts_late_is_sent_the_test_at_once() {
    let exam = Exam::new().await;
    let engine = &exam.world.engine;
    let invitations = exam.invited(&["ada"]).await;
    exam.world.clock.advance(HOUR);
    let accepted = engine
        .accept_invitation(&person("ada"), &invitations[0].token, None)
        .await;
    assert_eq!(accepted.unwrap().status, StatusName::TestSent);
}

#[tokio::test]
async fn as_19_declining_is_final_before_and_after_accepting() {
    let exam = Exam::new().await;
    let engine = &exam.world.engine;
    let invitations = exam.invited(&["ada", "bob"]).await;
    let declined = engine
        .decline_invitation(&Actor::guest(), &invitations[0].token)
        .await;
    declined.unwrap();
    let late = engine
        .accept_invitation(&person("ada"), &invitations[0].token, None)
        .await;
    assert_eq!(code(late), "invitation_not_valid");
    let again = engine.invite_candidate(&exam.author, invitations[0].candidate);
    assert_eq!(code(again.await), "wrong_state");

    let (bob, id) = (person("bob"), invitations[1].candidate);
    let accepted = engine.accept_invitation(&bob, &invitations[1].token, None);
    accepted.await.unwrap();
    assert_eq!(code(engine.withdraw(&person("eve"), id).await), "not_found");
    engine.withdraw(&bob, id).await.unwrap();
    assert_eq!(code(engine.start_test(&bob, id).await), "not_found");
    let view = engine.candidate(&exam.author, id).await.unwrap();
    assert_eq!((view.status, view.user), (StatusName::Declined, None));
}

#[tokio::test]
async fn ma_6_ma_7_a_second_invitation_makes_the_first_one_dead() {
    let exam = Exam::new().await;
    let (engine, author) = (&exam.world.engine, &exam.author);
    let first = exam.invited(&["ada"]).await.remove(0);
    assert_eq!((first.address.as_str(), first.sent), ("ada@example.org", 1));
    assert_eq!(
        engine
            .invite_candidates(author, exam.campaign.id)
            .await
            .unwrap(),
        []
    );
    let eve = engine
        .invite_candidate(&creator("eve"), first.candidate)
        .await;
    assert_eq!(code(eve), "not_found");

    let second = engine
        .invite_candidate(author, first.candidate)
        .await
        .unwrap();
    assert_eq!(second.sent, 2);
    let old = engine
        .accept_invitation(&person("ada"), &first.token, None)
        .await;
    assert_eq!(code(old), "invitation_not_valid");
    let new = engine
        .accept_invitation(&person("ada"), &second.token, None)
        .await;
    new.unwrap();
    assert_eq!(
        told(&exam).await,
        ["added", "invited 1", "invited 2", "confirmed"]
    );
    let late = engine.invite_candidate(author, first.candidate).await;
    assert_eq!(code(late), "wrong_state");
}

#[tokio::test]
async fn ma_6_nobody_is_invited_to_a_draft() {
    let exam = Exam::new().await;
    let (engine, author, id) = (&exam.world.engine, &exam.author, exam.campaign.id);
    let list = vec![super::candidate("ada")];
    engine.add_candidates(author, id, list).await.unwrap();
    let refused = engine.invite_candidates(author, id).await;
    assert_eq!(code(refused), "wrong_state");
}

#[tokio::test]
async fn as_18_an_invitation_lapses_and_can_be_sent_again() {
    let exam =
        Exam::with(|plan| plan.invitation_valid = polycode_core::quantity::Seconds::HOUR).await;
    let engine = &exam.world.engine;
    let first = exam.invited(&["ada"]).await.remove(0);
    exam.world.clock.advance(HOUR);
    // Expired by the clock, before any tick.
    let late = engine
        .accept_invitation(&person("ada"), &first.token, None)
        .await;
    assert_eq!(code(late), "invitation_not_valid");
    assert_eq!(exam.tick().await.invitations, 1);
    assert!(exam.tick().await.is_idle());
    let view = engine
        .candidate(&exam.author, first.candidate)
        .await
        .unwrap();
    assert_eq!(
        (view.status, view.invited_until),
        (StatusName::ConfirmationPending, None)
    );
    let again = engine
        .invite_candidate(&exam.author, first.candidate)
        .await
        .unwrap();
    let accepted = engine
        .accept_invitation(&person("ada"), &again.token, None)
        .await;
    accepted.unwrap();
}

#[tokio::test]
async fn as_8_an_invitation_that_was_taken_back_or_sent_to_a_wrong_address_is_dead() {
    let exam = Exam::new().await;
    let (engine, author) = (&exam.world.engine, &exam.author);
    let invitations = exam.invited(&["ada", "bob"]).await;
    let id = invitations[0].candidate;
    assert_eq!(
        code(engine.cancel_candidate(&creator("eve"), id).await),
        "not_found"
    );
    let cancelled = engine.cancel_candidate(author, id).await.unwrap();
    assert_eq!(cancelled.status, StatusName::Cancelled);

    let id = invitations[1].candidate;
    let mut profile = engine.candidate(author, id).await.unwrap().profile;
    profile.address = "robert@example.org".parse().unwrap();
    engine.edit_candidate(author, id, profile).await.unwrap();
    for invitation in &invitations {
        let accept = engine
            .accept_invitation(&person("x"), &invitation.token, None)
            .await;
        assert_eq!(code(accept), "invitation_not_valid");
    }
    let again = engine.invite_candidate(author, id).await.unwrap();
    assert_eq!(again.address.as_str(), "robert@example.org");
}

#[tokio::test]
async fn as_20_as_21_tests_are_open_to_their_candidates_only() {
    let exam = Exam::new().await;
    let engine = &exam.world.engine;
    let id = exam.open(&["ada"]).await[0];
    let (ada, eve) = (person("ada"), person("eve"));
    let page = PageRequest::default;
    let open = engine.open_tests(&ada, page()).await.unwrap().items;
    assert_eq!(open.len(), 1);
    assert_eq!((open[0].candidate, open[0].name.as_str()), (id, "Autumn"));
    assert_eq!(engine.open_tests(&eve, page()).await.unwrap().items, []);
    assert_eq!(
        code(engine.open_tests(&Actor::guest(), page()).await),
        "not_allowed"
    );

    let read = engine.test_introduction(&ada, id).await.unwrap();
    assert_eq!(read.status, StatusName::TestOpened);
    let wire = serde_json::to_string(&read).unwrap();
    assert!(!wire.contains(&exam.program.to_string()) && !wire.contains("squares"));
    assert_eq!(code(engine.test_introduction(&eve, id).await), "not_found");
    assert_eq!(code(engine.start_test(&eve, id).await), "not_found");
    let author = engine.start_test(&exam.author, id).await;
    assert_eq!(code(author), "not_found");
}
