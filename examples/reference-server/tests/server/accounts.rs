//! Accounts, from signing up to leaving.

use axum::body::Body;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::site::{PASSWORD, Site, address_of, id_of, secret_in, sign_in, sign_up};
use crate::support::answer;

fn credentials(name: &str, password: &str) -> Value {
    json!({"email": address_of(name), "password": password})
}

#[tokio::test]
async fn ac_1_ma_1_ma_2_a_guest_signs_up_and_confirms_the_address() {
    let site = Site::new().await;
    let ada = site.visitor();
    ada.post("/accounts", &sign_up("ada")).await.expect(202);
    // Before the address is confirmed there is no signing in.
    let early = ada.post("/session", &credentials("ada", PASSWORD)).await;
    early.error(403);

    let mails = site.mails_to("ada").await;
    let subjects: Vec<_> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(subjects, ["Welcome to PolyCode", "Confirm your address"]);
    let secret = secret_in(&mails[1]);
    // Opening the link does nothing; its button does, once.
    let page = ada.get(&format!("/links/address/{secret}")).await;
    assert!(
        page.text.contains("<form method=\"post\">"),
        "{}",
        page.text
    );
    ada.post("/session", &credentials("ada", PASSWORD))
        .await
        .error(403);
    let path = format!("/links/address/{secret}");
    let press = || ada.send("POST", &path, None, Body::empty());
    assert_eq!(press().await.status, 200);
    assert_eq!(press().await.status, 404);
    ada.post("/session", &credentials("ada", PASSWORD))
        .await
        .expect(201);
}

#[tokio::test]
async fn nobody_learns_from_signing_up_who_has_an_account() {
    let site = Site::new().await;
    site.user("ada").await;
    let eve = site.visitor();
    let mut second = sign_up("ada");
    second["password"] = json!("another password of eve");
    let taken = eve.post("/accounts", &second).await;
    let free = eve.post("/accounts", &sign_up("bob")).await;
    assert_eq!((taken.status, &taken.text), (free.status, &free.text));
    let mails = site.mails().await;
    let told = mails
        .iter()
        .find(|mail| mail.to.as_str() == address_of("ada"))
        .unwrap();
    assert_eq!(told.subject, "You have an account already");
    // The password is still Ada's own.
    eve.post("/session", &credentials("ada", "another password of eve"))
        .await
        .error(401);
    eve.post("/session", &credentials("ada", PASSWORD))
        .await
        .expect(201);

    let unknown = eve
        .post("/password-resets", &json!({"email": "nobody@example.org"}))
        .await;
    let known = eve
        .post("/password-resets", &json!({"email": address_of("ada")}))
        .await;
    assert_eq!((unknown.status, &unknown.text), (known.status, &known.text));
    let wrong = eve
        .post("/session", &credentials("ada", "a wrong password"))
        .await;
    let nobody = eve
        .post("/session", &credentials("nobody", "a wrong password"))
        .await;
    assert_eq!(wrong.error(401), nobody.error(401));
}

#[tokio::test]
async fn ac_2_ac_3_a_user_sees_and_updates_account_and_settings() {
    let site = Site::new().await;
    let ada = site.user("ada").await;
    let account = ada.get("/account").await.expect(200);
    assert_eq!(account["profile"]["name"], "ada");
    assert_eq!(account["profile"]["email"], address_of("ada"));

    let profile = json!({"name": "Ada L.", "about": "I write engines."});
    let updated = ada.put("/account/profile", &profile).await.expect(200);
    assert_eq!(
        updated["profile"]["email"],
        address_of("ada"),
        "the address stays"
    );
    let settings = json!({"locale": "fr", "visibility": "nobody", "notices": "needed"});
    ada.put("/account/settings", &settings).await.expect(200);
    let account = ada.get("/account").await.expect(200);
    assert_eq!(
        (&account["profile"]["name"], &account["settings"]),
        (&json!("Ada L."), &settings)
    );

    let wrong = json!({"current": "not the password", "new": "a new good password"});
    ada.put("/account/password", &wrong).await.error(403);
    let right = json!({"current": PASSWORD, "new": "a new good password"});
    ada.put("/account/password", &right).await.expect(204);
    let again = site.visitor();
    again
        .post("/session", &credentials("ada", PASSWORD))
        .await
        .error(401);
    again
        .post("/session", &credentials("ada", "a new good password"))
        .await
        .expect(201);
}

#[tokio::test]
async fn a_new_address_is_used_once_it_is_confirmed() {
    let site = Site::new().await;
    let ada = site.user("ada").await;
    let profile = json!({"name": "ada", "email": address_of("countess")});
    ada.put("/account/profile", &profile).await.expect(200);
    let mails = site.mails_to("countess").await;
    let visitor = site.visitor();
    visitor
        .post("/session", &credentials("countess", PASSWORD))
        .await
        .error(401);
    visitor
        .post("/session", &credentials("ada", PASSWORD))
        .await
        .expect(201);
    let secret = json!({"secret": secret_in(&mails[0])});
    visitor
        .post("/account/confirmation", &secret)
        .await
        .expect(204);
    visitor
        .post("/session", &credentials("countess", PASSWORD))
        .await
        .expect(201);
    visitor
        .post("/session", &credentials("ada", PASSWORD))
        .await
        .error(401);
}

#[tokio::test]
async fn ac_4_an_account_is_deleted_and_the_ledger_stays_sound() {
    let site = Site::new().await;
    for draft in [crate::support::greeting()] {
        let host = polycode_core::permission::Actor::service();
        let draft = serde_json::from_value(draft).unwrap();
        site.engine.create_content(&host, draft).await.unwrap();
    }
    let ada = site.user("ada").await;
    let id = id_of(&ada).await;
    ada.post("/submissions", &answer("print hi"))
        .await
        .expect(201);
    ada.post(
        "/account/deletion",
        &json!({"password": "not the password"}),
    )
    .await
    .error(403);
    ada.post("/account/deletion", &json!({"password": PASSWORD}))
        .await
        .expect(204);

    ada.get("/session").await.error(401);
    let visitor = site.visitor();
    visitor
        .post("/session", &credentials("ada", PASSWORD))
        .await
        .error(401);
    let ranking = visitor.get("/users").await.expect(200);
    let row = ranking["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["user"] == *id);
    assert!(!ranking.to_string().contains("ada"), "{ranking}");
    if let Some(row) = row {
        assert_eq!((&row["points"], row.get("name")), (&json!(10), None));
    }
    let admin = site.admin().await;
    let events = admin.get("/events?limit=100").await.expect(200);
    assert!(!events.to_string().contains(&address_of("ada")));
    // The address is free for somebody else.
    site.user("ada").await;
}

#[tokio::test]
async fn ac_5_signing_in_sets_a_cookie_that_scripts_can_not_read() {
    let site = Site::new().await;
    let ada = site.user("ada").await;
    let first = ada.cookie();
    let reply = ada.post("/session", &credentials("ADA", PASSWORD)).await;
    let cookie = reply.header("set-cookie");
    assert!(
        cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax"),
        "{cookie}"
    );
    assert_ne!(ada.cookie(), first, "every session has a secret of its own");
    assert_eq!(ada.get("/session").await.expect(200)["roles"], json!([]));
    for body in [
        credentials("ada", "a wrong password"),
        credentials("nobody", PASSWORD),
    ] {
        site.visitor().post("/session", &body).await.error(401);
    }
    // A session ends by itself.
    site.clock.pass(SignedDuration::from_hours(15 * 24));
    ada.get("/session").await.error(401);
}

#[tokio::test]
async fn ac_6_a_session_is_dead_after_signing_out() {
    let site = Site::new().await;
    let ada = site.user("ada").await;
    let stolen = ada.cookie().unwrap();
    ada.delete("/session").await.expect(204);
    assert!(
        !ada.cookie()
            .unwrap_or_default()
            .contains("polycode_session")
    );
    let thief = site.visitor();
    let reply = thief
        .ask("GET", "/session", &[("cookie", &stolen)], None)
        .await;
    reply.error(401);
}

#[tokio::test]
async fn ac_7_a_forgotten_password_is_reset_by_a_link_that_works_once() {
    let site = Site::new().await;
    let ada = site.user("ada").await;
    let visitor = site.visitor();
    let forgotten = json!({"email": address_of("ada")});
    visitor
        .post("/password-resets", &forgotten)
        .await
        .expect(202);
    let secret = secret_in(&site.mails_to("ada").await[0]);
    let reset = json!({"secret": secret, "password": "a password to remember"});
    let short = json!({"secret": secret, "password": "short"});
    assert_eq!(
        visitor.post("/password", &short).await.error(422)["field"],
        "password"
    );
    visitor.post("/password", &reset).await.expect(204);
    visitor.post("/password", &reset).await.error(404);
    // Whoever was signed in with the old password is not any more.
    ada.get("/session").await.error(401);
    visitor
        .post("/session", &credentials("ada", PASSWORD))
        .await
        .error(401);
    visitor
        .post("/session", &credentials("ada", "a password to remember"))
        .await
        .expect(201);

    // The page does the same, and a link expires.
    visitor
        .post("/password-resets", &forgotten)
        .await
        .expect(202);
    let secret = secret_in(&site.mails_to("ada").await[0]);
    let path = format!("/links/password/{secret}");
    assert!(visitor.get(&path).await.text.contains("type=\"password\""));
    site.clock.pass(SignedDuration::from_mins(61));
    let form = Some("application/x-www-form-urlencoded");
    let late = visitor
        .send("POST", &path, form, Body::from("password=another+password"))
        .await;
    assert_eq!(late.status, 404, "{}", late.text);
}

#[tokio::test]
async fn a_user_takes_along_what_is_known_about_them() {
    let site = Site::new().await;
    let ada = site.user("ada").await;
    ada.post("/teams", &json!({"name": "Engines"}))
        .await
        .expect(201);
    let export = ada.get("/account/export").await.expect(200);
    assert_eq!(export["account"]["profile"]["email"], address_of("ada"));
    assert_eq!(export["team"]["profile"]["name"], "Engines");
    assert_eq!(export["submissions"], json!([]));
    assert!(!export.to_string().contains("argon2"), "{export}");
}

#[tokio::test]
async fn a_token_acts_as_its_maker_but_is_not_the_maker() {
    let site = Site::new().await;
    let ada = site.user("ada").await;
    let made = ada
        .post("/account/tokens", &json!({"name": "ci", "days": 30}))
        .await
        .expect(201);
    let bearer = format!("Bearer {}", made["secret"].as_str().unwrap());
    let program = site.visitor();
    let headers = [("authorization", bearer.as_str())];
    let get = |path: &'static str| program.ask("GET", path, &headers, None);
    assert_eq!(get("/account").await.expect(200)["profile"]["name"], "ada");
    get("/account/tokens").await.error(403);
    get("/account/export").await.error(403);
    let listed = ada.get("/account/tokens").await.expect(200);
    assert_eq!(listed[0]["name"], "ci");
    assert!(
        !listed
            .to_string()
            .contains(made["secret"].as_str().unwrap())
    );

    let service = json!({"name": "worker", "days": 1, "kind": "service"});
    ada.post("/account/tokens", &service).await.error(403);
    let bob = site.user("bob").await;
    let path = format!("/account/tokens/{}", made["id"].as_str().unwrap());
    bob.delete(&path).await.error(404);
    ada.delete(&path).await.expect(204);
    get("/account").await.error(401);
    for value in ["Bearer x", "Basic YTpi", "Bearer "] {
        let reply = program
            .ask("GET", "/contents", &[("authorization", value)], None)
            .await;
        reply.error(401);
        assert_eq!(reply.header("www-authenticate"), "Bearer");
    }
}

#[tokio::test]
async fn a_service_token_is_made_by_who_runs_the_platform() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let new = json!({"name": "worker", "days": 1, "kind": "service"});
    let made = admin.post("/account/tokens", &new).await.expect(201);
    let bearer = format!("Bearer {}", made["secret"].as_str().unwrap());
    let program = site.visitor();
    let headers = [("authorization", bearer.as_str())];
    program
        .ask("GET", "/events", &headers, None)
        .await
        .expect(200);
    program
        .ask("GET", "/account", &headers, None)
        .await
        .error(403);
    site.clock.pass(SignedDuration::from_hours(25));
    program
        .ask("GET", "/events", &headers, None)
        .await
        .error(401);
}

#[tokio::test]
async fn another_site_can_not_act_through_a_visitors_cookies() {
    let site = Site::new().await;
    let ada = site.user("ada").await;
    let team = json!({"name": "Forged"});
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[
            ("origin", "https://evil.example"),
            ("host", "code.example.org"),
        ],
        &[("origin", "null"), ("host", "code.example.org")],
    ] {
        ada.ask("POST", "/teams", headers, Some(&team))
            .await
            .error(403);
        ada.ask("DELETE", "/session", headers, None)
            .await
            .error(403);
    }
    // Nor sign a visitor in as somebody else.
    let cross = [("sec-fetch-site", "cross-site")];
    let body = credentials("ada", PASSWORD);
    let visitor = site.visitor();
    visitor
        .ask("POST", "/session", &cross, Some(&body))
        .await
        .error(403);
    let own = [("sec-fetch-site", "same-origin")];
    ada.ask("POST", "/teams", &own, Some(&team))
        .await
        .expect(201);
}

#[tokio::test]
async fn guessing_a_password_is_slowed_down() {
    let site = Site::new().await;
    site.user("ada").await;
    let mut last = None;
    for _ in 0..11 {
        let guess = credentials("ada", "a wrong password");
        last = Some(site.visitor().post("/session", &guess).await);
    }
    let last = last.unwrap();
    last.error(429);
    assert!(last.header("retry-after").parse::<u32>().unwrap() > 0);
    // Somebody else is not kept out.
    let other = site
        .visitor()
        .post("/session", &credentials("bob", PASSWORD))
        .await;
    other.error(401);
}

#[tokio::test]
async fn roles_are_given_by_who_runs_the_platform_only() {
    let site = Site::new().await;
    let (ada, bob) = (site.user("ada").await, site.user("bob").await);
    let path = format!("/accounts/{}/roles", id_of(&bob).await);
    ada.put(&path, &json!(["admin"])).await.error(404);
    bob.put(&path, &json!(["admin"])).await.error(403);
    let admin = site.admin().await;
    assert_eq!(
        admin.put(&path, &json!(["service"])).await.error(422)["field"],
        "[0]"
    );
    admin
        .put(&path, &json!(["content_creator"]))
        .await
        .expect(200);
    // It holds at once, without signing in anew.
    assert_eq!(
        bob.get("/session").await.expect(200)["roles"],
        json!(["content_creator"])
    );
    sign_in(&bob, "bob").await;
    assert_eq!(bob.get(&path).await.expect(200), json!(["content_creator"]));
}
