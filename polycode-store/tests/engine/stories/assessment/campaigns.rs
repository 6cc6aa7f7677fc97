//! Campaigns: planned, opened and closed by themselves, called off, deleted.

use polycode_core::assessment::{CampaignStatus, StatusName};
use polycode_core::port::PageRequest;
use polycode_core::quantity::Version;

use super::{Exam, HOUR, candidate, code, creator, person};

#[tokio::test]
async fn as_7_as_8_a_campaign_is_its_authors() {
    let exam = Exam::new().await;
    let (engine, author, id) = (&exam.world.engine, &exam.author, exam.campaign.id);
    assert_eq!(exam.campaign.status, CampaignStatus::Draft);
    let page = engine
        .campaigns(author, PageRequest::default())
        .await
        .unwrap();
    assert_eq!(page.items, std::slice::from_ref(&exam.campaign));

    let (mut text, mut plan) = (exam.campaign.text.clone(), exam.campaign.plan.clone());
    text.name = "Winter".to_owned();
    plan.pass_mark = None;
    let read = exam.campaign.version;
    let edit = engine.edit_campaign(author, id, read, text.clone(), plan.clone());
    let edited = edit.await.unwrap();
    assert_eq!(edited, engine.campaign(author, id).await.unwrap());
    assert_eq!(
        (edited.text.name.as_str(), edited.plan.pass_mark),
        ("Winter", None)
    );

    let stale = engine.edit_campaign(author, id, read, text.clone(), plan.clone());
    assert_eq!(code(stale.await), "stale");
    let eve = engine
        .edit_campaign(
            &creator("eve"),
            id,
            edited.version,
            text.clone(),
            plan.clone(),
        )
        .await;
    assert_eq!(code(eve), "not_found");
    assert_eq!(code(engine.campaign(&person("ada"), id).await), "not_found");
    let stolen = engine
        .create_campaign(&creator("eve"), text.clone(), plan.clone())
        .await;
    assert_eq!(code(stolen), "not_found");
    plan.test_version = Version(2);
    let missing = engine.edit_campaign(author, id, edited.version, text, plan);
    assert_eq!(code(missing.await), "not_found");
}

#[tokio::test]
async fn as_10_a_campaign_opens_and_closes_by_itself_however_late_the_tick() {
    let exam = Exam::new().await;
    let (engine, author, id) = (&exam.world.engine, &exam.author, exam.campaign.id);
    let plan = exam.campaign.plan.clone();
    let scheduled = engine.schedule_campaign(author, id).await.unwrap();
    assert_eq!(scheduled.status, CampaignStatus::Scheduled);
    assert!(exam.tick().await.is_idle());

    // Nobody ticked, and it is open all the same, since when it was due.
    exam.world.clock.advance(HOUR);
    let at = plan.starts_at.unwrap();
    let open = engine.campaign(author, id).await.unwrap();
    assert_eq!(open.status, CampaignStatus::Open { at });
    let mut other = plan.clone();
    other.pass_mark = None;
    let refused = engine
        .edit_campaign(author, id, open.version, open.text.clone(), other)
        .await;
    assert_eq!(refused.unwrap_err().problems()[0].field, "passMark");

    exam.world.clock.advance(HOUR * 48);
    assert_eq!(exam.tick().await.campaigns, 1);
    assert!(exam.tick().await.is_idle());
    let at = plan.ends_at.unwrap();
    let closed = engine.campaign(author, id).await.unwrap();
    assert_eq!(closed.status, CampaignStatus::Closed { at });
    assert_eq!(
        code(engine.schedule_campaign(author, id).await),
        "wrong_state"
    );
    let late = engine.add_candidates(author, id, vec![candidate("late")]);
    assert_eq!(code(late.await), "wrong_state");
}

#[tokio::test]
async fn as_8_closing_early_lets_who_has_begun_go_on() {
    let exam = Exam::new().await;
    let (engine, author, id) = (&exam.world.engine, &exam.author, exam.campaign.id);
    let candidates = exam.open(&["ada", "bob"]).await;
    let ada = person("ada");
    let view = engine.start_test(&ada, candidates[0]).await.unwrap();
    engine.close_campaign(author, id).await.unwrap();
    let late = engine.start_test(&person("bob"), candidates[1]).await;
    assert_eq!(code(late), "wrong_state");
    let seat = view.seat.unwrap();
    let question = engine.open_question(&ada, view.id, seat, exam.choice);
    assert!(question.await.is_ok());
    let open = engine
        .open_tests(&ada, PageRequest::default())
        .await
        .unwrap();
    assert_eq!(open.items.len(), 1);
    let bobs = engine
        .open_tests(&person("bob"), PageRequest::default())
        .await;
    assert_eq!(bobs.unwrap().items, []);
}

#[tokio::test]
async fn as_8_calling_off_ends_everything_in_it() {
    let exam = Exam::new().await;
    let (engine, author, id) = (&exam.world.engine, &exam.author, exam.campaign.id);
    let view = exam.started("ada").await;
    engine.cancel_campaign(author, id).await.unwrap();
    // Before the tick has come to Ada as well.
    let ada = person("ada");
    let submit = engine.submit_attempt(&ada, view.id, view.seat.unwrap());
    assert_eq!(code(submit.await), "wrong_state");
    let resume = engine.resume_attempt(&ada, view.id);
    assert_eq!(code(resume.await), "wrong_state");
    assert_eq!(exam.tick().await.candidates, 1);
    assert!(exam.tick().await.is_idle());
    let candidate = engine.candidate(author, view.candidate).await.unwrap();
    assert_eq!(candidate.status, StatusName::Cancelled);
    exam.world.clock.advance(HOUR * 2);
    assert!(exam.tick().await.is_idle());
}

#[tokio::test]
async fn as_9_deleting_a_campaign_removes_what_is_known_about_its_candidates() {
    let exam = Exam::new().await;
    let (engine, author, id) = (&exam.world.engine, &exam.author, exam.campaign.id);
    let view = exam.started("ada").await;
    assert_eq!(
        code(engine.delete_campaign(author, id).await),
        "wrong_state"
    );
    let eve = engine.delete_campaign(&creator("eve"), id).await;
    assert_eq!(code(eve), "not_found");
    engine.close_campaign(author, id).await.unwrap();
    engine.delete_campaign(author, id).await.unwrap();
    assert_eq!(code(engine.campaign(author, id).await), "not_found");
    assert_eq!(exam.tick().await.candidates, 1);
    assert!(exam.tick().await.is_idle());
    let profile = exam
        .world
        .store
        .document("candidate profile", &view.candidate.to_string())
        .await
        .unwrap();
    assert_eq!(profile, None);
    let gone = engine.candidate(author, view.candidate).await;
    assert_eq!(code(gone), "not_found");
    let gone = engine.attempt(&person("ada"), view.id).await;
    assert_eq!(code(gone), "not_found");
}
