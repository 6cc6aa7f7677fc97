//! Certificates, for those who hold them and for those who are shown one.

use polycode_core::certification::{Certificate, Pass};
use polycode_core::permission::Actor;
use polycode_core::quantity::{Score, Version};
use serde_json::{Value, json};

use crate::site::{Site, id_of};
use crate::support::Browser;

/// A site whose user `zoe` holds a certificate; also the author of its module.
async fn certified() -> (Site, Browser, Certificate) {
    let site = Site::strict().await;
    let author = site.user_with("author", &["content_creator"]).await;
    let zoe = site.user("zoe").await;
    let draft = json!({"slug": "rust", "name": "Rust “basics”", "type": "certification",
        "description": "Ownership and types."});
    let made = author.post("/modules", &draft).await.expect(201);
    let module = made["value"]["id"].as_str().unwrap();
    let publication = format!("/modules/{module}/publication");
    author.post(&publication, &json!({})).await.expect(200);
    let pass = Pass {
        user: id_of(&zoe).await.parse().unwrap(),
        module: module.parse().unwrap(),
        module_version: Version(1),
        score: Score::FULL,
        pass_mark: serde_json::from_value(json!(500_000)).unwrap(),
        at: "2030-01-01T12:00:00Z".parse().unwrap(),
    };
    let issued = site.engine.certify(&Actor::service(), pass, None).await;
    let list = zoe.get("/own/certificates").await.expect(200);
    let certificate: Certificate = serde_json::from_value(list["items"][0].clone()).unwrap();
    assert_eq!(certificate, issued.unwrap());
    (site, author, certificate)
}

#[tokio::test]
async fn su_1_a_certificate_is_an_open_badge_until_it_is_taken_back() {
    let (site, author, certificate) = certified().await;
    let anybody = site.visitor();
    let path = format!("/certificates/by-code/{}", certificate.code);
    assert_eq!(anybody.get(&path).await.expect(200)["validity"], "good");
    let badge = anybody.get(&format!("{path}/badge")).await.expect(200);
    assert_eq!(
        badge["type"],
        json!(["VerifiableCredential", "AchievementCredential"])
    );
    assert_eq!(badge["@context"][0], "https://www.w3.org/ns/credentials/v2");
    assert_eq!(badge["name"], "Rust “basics”");
    let subject = &badge["credentialSubject"];
    assert_eq!(
        subject["achievement"]["description"],
        "Ownership and types."
    );
    assert_eq!(subject["result"][0]["value"], "100 %");
    // No id has these letters in it: ids are hexadecimal.
    assert!(
        !badge.to_string().contains("zoe"),
        "a badge names nobody: {badge}"
    );
    // Its addresses lead back to it, and to what says whether it still holds.
    let own = |value: &Value| {
        value
            .as_str()
            .unwrap()
            .strip_prefix("http://127.0.0.1:8080")
            .unwrap()
            .to_owned()
    };
    assert_eq!(anybody.get(&own(&badge["id"])).await.expect(200), badge);
    let list = own(&badge["credentialStatus"]["id"]);
    let revoked = anybody.get(&list).await.expect(200);
    assert_eq!(revoked["revokedCredential"], json!([]));

    let revocation = format!("/certificates/{}/revocation", certificate.id);
    let reason = json!({"reason": "issued_in_error"});
    anybody.post(&revocation, &reason).await.error(401);
    author.post(&revocation, &reason).await.expect(200);
    anybody.get(&format!("{path}/badge")).await.error(410);
    assert_eq!(anybody.get(&path).await.expect(200)["validity"], "revoked");
    let revoked = anybody.get(&list).await.expect(200);
    assert_eq!(revoked["revokedCredential"][0]["id"], badge["id"]);
}

#[tokio::test]
async fn a_code_that_nobody_gave_shows_nothing() {
    let (site, _, certificate) = certified().await;
    let visitor = site.visitor();
    let mut other = certificate.code.to_string();
    let last = if other.pop() == Some('0') { '1' } else { '0' };
    other.push(last);
    for code in [other.as_str(), "x", "%00", &certificate.id.to_string()] {
        for part in ["", "/badge", "/revocations"] {
            visitor
                .get(&format!("/certificates/by-code/{code}{part}"))
                .await
                .error(404);
        }
    }
}
