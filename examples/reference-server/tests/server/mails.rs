//! Which mails are written, to whom, in which language, and how often.

use jiff::SignedDuration;
use polycode_core::permission::Actor;
use polycode_reference_server::mail::SendError;
use serde_json::json;

use crate::site::{Site, address_of, id_of, secret_in, sign_up};

#[tokio::test]
async fn ma_3_te_7_te_8_an_invitation_to_a_team_is_answered_from_its_mail() {
    let site = Site::new().await;
    let (ada, bob, eve) = (
        site.user("ada").await,
        site.user("bob").await,
        site.user("eve").await,
    );
    let team = ada
        .post("/teams", &json!({"name": "Engines"}))
        .await
        .expect(201);
    let team = team["team"].as_str().unwrap();
    let path = format!("/teams/{team}/invitations");
    for invited in [&bob, &eve] {
        let whom = json!({"user": id_of(invited).await});
        ada.post(&path, &whom).await.expect(204);
    }
    let mails = site.mails().await;
    let to = |name: &str| {
        mails
            .iter()
            .find(|mail| mail.to.as_str() == address_of(name))
            .unwrap()
    };
    assert_eq!(to("bob").subject, "You are invited to the team Engines");
    assert!(
        to("bob").html.contains("?answer=accept"),
        "{}",
        to("bob").html
    );
    // No session is needed: whoever has the mail is who was invited.
    let visitor = site.visitor();
    let form = Some("application/x-www-form-urlencoded");
    for (name, answer) in [("bob", "accept"), ("eve", "reject")] {
        let link = format!("/links/team/{}", secret_in(to(name)));
        assert_eq!(
            visitor.get(&format!("{link}?answer={answer}")).await.status,
            200
        );
        let press = || visitor.send("POST", &link, form, format!("answer={answer}").into());
        assert_eq!(press().await.status, 200);
        assert_eq!(press().await.status, 404, "a link works once");
    }
    assert_eq!(bob.get("/own/team").await.expect(200)["team"], team);
    eve.get("/own/team").await.error(404);
    assert_eq!(
        eve.get("/own/team-invitations").await.expect(200)["items"],
        json!([])
    );
}

#[tokio::test]
async fn ma_4_ma_5_who_is_kicked_or_whose_team_is_dissolved_is_told_in_their_language() {
    let site = Site::new().await;
    let (ada, bob, eve) = (
        site.user("ada").await,
        site.user("bob").await,
        site.user("eve").await,
    );
    let french = json!({"locale": "fr-CA", "visibility": "everybody", "notices": "all"});
    bob.put("/account/settings", &french).await.expect(200);
    let needed = json!({"locale": "en", "visibility": "everybody", "notices": "needed"});
    let team = ada
        .post("/teams", &json!({"name": "R&D <1>"}))
        .await
        .expect(201);
    let team = team["team"].as_str().unwrap();
    for member in [&bob, &eve] {
        let whom = json!({"user": id_of(member).await});
        ada.post(&format!("/teams/{team}/invitations"), &whom)
            .await
            .expect(204);
        member
            .post(&format!("/teams/{team}/acceptance"), &json!({}))
            .await
            .expect(204);
    }
    site.mails().await;
    ada.delete(&format!("/teams/{team}/members/{}", id_of(&bob).await))
        .await
        .expect(204);
    let mails = site.mails().await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!(mails[0].to.as_str(), address_of("bob"));
    assert_eq!(
        mails[0].subject,
        "Vous ne faites plus partie de l’équipe R&D <1>"
    );
    assert!(
        mails[0].html.contains("R&amp;D &lt;1&gt;"),
        "{}",
        mails[0].html
    );

    eve.put("/account/settings", &needed).await.expect(200);
    ada.delete(&format!("/teams/{team}")).await.expect(204);
    // The captain is told, and Eve wants no such mails.
    let mails = site.mails().await;
    let to: Vec<_> = mails.iter().map(|mail| mail.to.to_string()).collect();
    assert!(!to.contains(&address_of("eve")), "{to:?}");
    assert!(
        mails
            .iter()
            .all(|mail| mail.subject.contains("was dissolved")),
        "{mails:?}"
    );
}

#[tokio::test]
async fn what_is_refused_for_now_is_tried_again_and_nothing_is_sent_twice() {
    let site = Site::new().await;
    site.visitor()
        .post("/accounts", &sign_up("ada"))
        .await
        .expect(202);
    let busy = || SendError::Later("busy".to_owned());
    *site.postbox.failures.lock().unwrap() = vec![busy(), busy()];
    assert_eq!(site.mails().await.len(), 0);
    assert_eq!(site.mails().await.len(), 0, "not before the pause is over");
    site.clock.pass(SignedDuration::from_secs(61));
    assert_eq!(site.mails_to("ada").await.len(), 2);
    site.clock.pass(SignedDuration::from_hours(24));
    assert_eq!(site.mails().await.len(), 0);

    let forgotten = json!({"email": address_of("ada")});
    for failure in [
        SendError::Unsure("cut off".to_owned()),
        SendError::Never("no".to_owned()),
    ] {
        site.visitor()
            .post("/password-resets", &forgotten)
            .await
            .expect(202);
        site.postbox.failures.lock().unwrap().push(failure);
        site.clock.pass(SignedDuration::from_hours(24));
        assert_eq!(site.mails().await.len(), 0);
        site.clock.pass(SignedDuration::from_hours(24));
        assert_eq!(site.mails().await.len(), 0, "it may have arrived");
    }
}

#[tokio::test]
async fn nobody_is_written_to_about_what_happened_before_there_were_mails() {
    let site = Site::new().await;
    let registration =
        json!({"user": "old", "profile": {"name": "Old", "email": "old@example.org"}});
    let registration = serde_json::from_value(registration).unwrap();
    site.engine
        .register(&Actor::guest(), registration)
        .await
        .unwrap();
    site.mailer.settle().await.unwrap();
    assert_eq!(site.mails().await, []);
    site.user("ada").await;
}
