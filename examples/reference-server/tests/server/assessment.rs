//! A campaign from its test to its results, over REST and by mail.

use axum::body::Body;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::authoring::published;
use crate::site::{Site, address_of, secret_in};
use crate::support::{Browser, Reply, answer, greeting};

const CSV: Option<&str> = Some("text/csv");

/// A creator with a test of one question.
pub(crate) struct Stage {
    pub(crate) site: Site,
    pub(crate) creator: Browser,
    pub(crate) content: String,
    pub(crate) test: String,
}

impl Stage {
    pub(crate) async fn new(site: Site) -> Self {
        let roles = ["content_creator", "assessment_creator"];
        let creator = site.user_with("creator", &roles).await;
        let content = published(&creator, &greeting()).await;
        let made = creator.post("/tests", &test_of(&content)).await.expect(201);
        let test = made["value"]["id"].as_str().unwrap().to_owned();
        Self {
            site,
            creator,
            content,
            test,
        }
    }

    pub(crate) fn campaign_draft(&self) -> Value {
        use polycode_core::port::Clock;
        let start = self.site.clock.now() + SignedDuration::from_hours(1);
        let end = start + SignedDuration::from_hours(48);
        json!({"text": {"name": "Spring hiring"}, "plan": {"test": self.test, "testVersion": 1,
            "startsAt": start, "endsAt": end, "passMark": 500_000}})
    }

    /// A campaign whose plan is firm; its path.
    pub(crate) async fn campaign(&self) -> String {
        let made = self
            .creator
            .post("/campaigns", &self.campaign_draft())
            .await
            .expect(201);
        let path = format!("/campaigns/{}", made["id"].as_str().unwrap());
        self.creator
            .post(&format!("{path}/schedule"), &json!({}))
            .await
            .expect(200);
        path
    }

    /// Somebody who was invited by mail and has accepted; also the candidate's id.
    pub(crate) async fn candidate(&self, campaign: &str, name: &str) -> (Browser, String) {
        let new = json!([{"name": name, "address": address_of(name), "tags": ["north"]}]);
        let path = format!("{campaign}/candidates");
        let intake = self.creator.post(&path, &new).await.expect(200);
        let candidate = intake["lines"][0]["candidate"].as_str().unwrap().to_owned();
        let browser = self.site.user(name).await;
        let path = format!("/candidates/{candidate}/invitation");
        self.creator.post(&path, &json!({})).await.expect(200);
        let token = secret_in(&self.site.mails_to(name).await[0]);
        let path = format!("/invitations/{token}/acceptance");
        browser.post(&path, &json!({})).await.expect(200);
        (browser, candidate)
    }

    /// The campaign opens, and what is due is done.
    pub(crate) async fn open(&self) {
        self.site.clock.pass(SignedDuration::from_hours(2));
        self.site.engine.tick().await.unwrap();
    }
}

fn test_of(content: &str) -> Value {
    json!({"name": "Basics", "timeLimit": 3600, "pools": [{"questions": [
        {"content": content, "version": 1, "points": 3, "timeLimit": 600}]}]})
}

#[tokio::test]
async fn as_1_as_2_as_3_as_4_as_5_as_6_a_test_is_made_edited_and_deleted() {
    let stage = Stage::new(Site::new().await).await;
    let Stage {
        creator,
        content,
        test,
        ..
    } = &stage;
    let path = format!("/tests/{test}");
    let read = creator.get(&path).await;
    let draft = &read.expect(200)["value"]["draft"];
    assert_eq!(
        (
            &draft["timeLimit"],
            &draft["pools"][0]["questions"][0]["points"]
        ),
        (&json!(3600), &json!(3))
    );
    let mut edited = test_of(content);
    edited["timeLimit"] = json!(1800);
    creator.put(&path, &edited).await.error(428);
    let tag = [("if-match", read.header("etag"))];
    creator
        .ask("PUT", &path, &tag, Some(&edited))
        .await
        .expect(200);
    creator
        .ask("PUT", &path, &tag, Some(&edited))
        .await
        .error(412);
    assert_eq!(
        creator.get(&format!("{path}/versions/1")).await.expect(200)["draft"]["timeLimit"],
        3600
    );
    assert_eq!(
        creator.get("/tests").await.expect(200)["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    creator.delete(&path).await.expect(204);
    creator.get(&path).await.error(404);
}

#[tokio::test]
async fn as_7_as_8_as_9_as_10_a_campaign_is_planned_edited_opens_by_itself_and_is_deleted() {
    let stage = Stage::new(Site::new().await).await;
    let Stage { creator, .. } = &stage;
    let made = creator.post("/campaigns", &stage.campaign_draft()).await;
    let path = format!("/campaigns/{}", made.expect(201)["id"].as_str().unwrap());
    let mut draft = stage.campaign_draft();
    draft["text"]["name"] = json!("Summer hiring");
    let tag = [("if-match", made.header("etag"))];
    creator
        .ask("PUT", &path, &tag, Some(&draft))
        .await
        .expect(200);
    creator
        .ask("PUT", &path, &tag, Some(&draft))
        .await
        .error(412);
    creator
        .post(&format!("{path}/schedule"), &json!({}))
        .await
        .expect(200);
    assert_eq!(
        creator.get(&path).await.expect(200)["status"]["kind"],
        "scheduled"
    );
    stage.open().await;
    let open = creator.get(&path).await.expect(200);
    assert_eq!(
        (&open["status"]["kind"], &open["text"]["name"]),
        (&json!("open"), &json!("Summer hiring"))
    );
    assert_eq!(
        creator.get("/campaigns").await.expect(200)["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    creator
        .post(&format!("{path}/close"), &json!({}))
        .await
        .expect(200);
    creator.delete(&path).await.expect(204);
    creator.get(&path).await.error(404);
}

#[tokio::test]
async fn as_11_as_12_as_13_as_14_as_15_as_16_as_17_candidates_come_and_go_by_api_and_csv() {
    let stage = Stage::new(Site::new().await).await;
    let campaign = stage.campaign().await;
    let creator = &stage.creator;
    let csv = "email,name,tags\nada@example.org,Ada,north\nnot an address,X,\nbob@example.org,Bob,south\n";
    let path = format!("{campaign}/candidates.csv");
    let intake = creator
        .send("POST", &path, CSV, Body::from(csv))
        .await
        .expect(200);
    assert_eq!(
        (&intake["added"], &intake["wrong"]),
        (&json!(2), &json!(1)),
        "{intake}"
    );
    assert_eq!(intake["lines"][1]["row"], 3);
    creator
        .send("POST", &path, Some("text/plain"), Body::from(csv))
        .await
        .error(415);
    let large = vec![b' '; (10 << 20) + 1];
    creator
        .send("POST", &path, CSV, Body::from(large))
        .await
        .error(413);
    let new = json!([{"address": "eve@example.org"}, {"address": "ada@example.org"}]);
    let path = format!("{campaign}/candidates");
    let intake = creator.post(&path, &new).await.expect(200);
    assert_eq!(
        (&intake["added"], &intake["skipped"]),
        (&json!(1), &json!(1))
    );
    let eve = intake["lines"][0]["candidate"].as_str().unwrap();
    let profile = json!({"name": "Eve", "address": "eve@example.org", "tags": ["north"]});
    creator
        .put(&format!("/candidates/{eve}"), &profile)
        .await
        .expect(200);
    let extra = json!({"percent": 25, "fixed": 600});
    creator
        .put(&format!("/candidates/{eve}/extra-time"), &extra)
        .await
        .expect(200);
    let north = creator
        .get(&format!("{path}?tag=north&limit=100"))
        .await
        .expect(200);
    assert_eq!(north["items"].as_array().unwrap().len(), 2);

    let removals = format!("{campaign}/removals");
    let gone = creator.post(&removals, &json!([eve])).await.expect(200);
    assert_eq!(gone["removed"], 1);
    let csv = Body::from("email\nbob@example.org\nnobody@example.org\n");
    let gone = creator
        .send("POST", &format!("{removals}.csv"), CSV, csv)
        .await
        .expect(200);
    assert_eq!((&gone["removed"], &gone["skipped"]), (&json!(1), &json!(1)));
    let left = creator.get(&path).await.expect(200);
    assert_eq!(left["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn ma_6_ma_7_as_18_as_19_an_invitation_is_mailed_mailed_again_accepted_or_declined() {
    let stage = Stage::new(Site::new().await).await;
    let campaign = stage.campaign().await;
    let Stage { site, creator, .. } = &stage;
    let new =
        json!([{"name": "Ada", "address": address_of("ada")}, {"address": address_of("bob")}]);
    creator
        .post(&format!("{campaign}/candidates"), &new)
        .await
        .expect(200);
    site.mails().await;
    let invite = format!("{campaign}/invitations");
    assert_eq!(
        creator.post(&invite, &json!({})).await.expect(200)["invited"],
        2
    );
    assert_eq!(
        creator.post(&invite, &json!({})).await.expect(200)["invited"],
        0
    );
    let mails = site.mails().await;
    let to = |name: &str| {
        mails
            .iter()
            .find(|mail| mail.to.as_str() == address_of(name))
            .unwrap()
    };
    assert_eq!(to("ada").subject, "You are invited to Spring hiring");
    assert!(
        to("ada").text.starts_with("Hello Ada,"),
        "{}",
        to("ada").text
    );
    let first = secret_in(to("ada"));
    // Bob declines from the mail; nobody needs an account for that.
    let link = format!("/links/invitation/{}", secret_in(to("bob")));
    let visitor = site.visitor();
    let page = visitor.get(&format!("{link}?answer=reject")).await;
    assert!(
        page.text.contains("Spring hiring") && page.text.contains("Decline"),
        "{}",
        page.text
    );
    let form = Some("application/x-www-form-urlencoded");
    let press = || visitor.send("POST", &link, form, Body::from("answer=reject"));
    assert_eq!(press().await.status, 200);
    assert_eq!(press().await.status, 404);

    let list = creator
        .get(&format!("{campaign}/candidates"))
        .await
        .expect(200);
    let items = list["items"].as_array().unwrap();
    let ada = items
        .iter()
        .find(|one| one["profile"]["name"] == "Ada")
        .unwrap();
    let again = format!("/candidates/{}/invitation", ada["id"].as_str().unwrap());
    creator.post(&again, &json!({})).await.expect(200);
    let second = secret_in(&site.mails_to("ada").await[0]);
    visitor
        .get(&format!("/invitations/{first}"))
        .await
        .error(404);
    let seen = visitor
        .get(&format!("/invitations/{second}"))
        .await
        .expect(200);
    assert_eq!(seen["text"]["name"], "Spring hiring");
    let accept = format!("/invitations/{second}/acceptance");
    visitor.post(&accept, &json!({})).await.error(401);
    // It is for her address only.
    site.user("eve")
        .await
        .post(&accept, &json!({}))
        .await
        .error(404);
    let ada = site.user("ada").await;
    ada.post(&accept, &json!({})).await.expect(200);
    ada.post(&accept, &json!({})).await.error(404);
}

#[tokio::test]
async fn as_20_as_21_as_22_as_23_su_1_ma_8_a_candidate_sits_a_test_and_comes_back_to_it() {
    let stage = Stage::new(Site::new().await).await;
    let campaign = stage.campaign().await;
    let (ada, candidate) = stage.candidate(&campaign, "ada").await;
    let own = format!("/own/tests/{candidate}");
    ada.post(&format!("{own}/attempt"), &json!({}))
        .await
        .error(409);
    stage.open().await;
    let open = ada.get("/own/tests").await.expect(200);
    assert_eq!(open["items"][0]["name"], "Spring hiring");
    assert_eq!(ada.get(&own).await.expect(200)["timeLimit"], 3600);
    let eve = stage.site.user("eve").await;
    eve.get(&own).await.error(404);
    let attempt = ada
        .post(&format!("{own}/attempt"), &json!({}))
        .await
        .expect(201);
    let path = format!("/attempts/{}", attempt["id"].as_str().unwrap());
    let seat = json!({"seat": attempt["seat"]});
    let question = format!("{path}/questions/{}", stage.content);
    let seen = ada.post(&question, &seat).await;
    assert!(!seen.text.contains("canary"), "{}", seen.text);
    seen.expect(200);
    let part = format!("{question}/components/code");
    let saved =
        json!({"seat": attempt["seat"], "revision": 0, "answer": answer("print ho")["answer"]});
    assert_eq!(
        ada.put(&format!("{part}/draft"), &saved).await.expect(200)["revision"],
        1
    );

    // The browser is closed and opened again half an hour later.
    stage.site.clock.pass(SignedDuration::from_mins(5));
    eve.post(&format!("{path}/seat"), &json!({}))
        .await
        .error(404);
    let back = ada
        .post(&format!("{path}/seat"), &json!({}))
        .await
        .expect(200);
    assert_eq!(back["questions"][0]["parts"][0]["answer"], saved["answer"]);
    assert_eq!(back["timeLeft"], 3300);
    let old = json!({"seat": attempt["seat"], "answer": answer("print hi")["answer"]});
    ada.post(&format!("{part}/answer"), &old).await.error(409);
    let right = json!({"seat": back["seat"], "answer": answer("print hi")["answer"]});
    let run = json!({"seat": back["seat"], "answer": right["answer"], "validator": "open"});
    ada.post(&format!("{part}/runs"), &run).await.expect(200);
    let received = ada.post(&format!("{part}/answer"), &right).await;
    assert!(
        received.expect(201).get("feedback").is_none(),
        "nothing is revealed"
    );
    let end = json!({"seat": back["seat"]});
    ada.post(&format!("{path}/submission"), &end)
        .await
        .expect(200);
    ada.post(&format!("{part}/answer"), &right).await.error(409);
    let mails = stage.site.mails_to("ada").await;
    assert_eq!(mails[0].subject, "Your test was received: Spring hiring");
}

/// A stage with a campaign that two have finished, one well and one badly.
pub(crate) async fn finished() -> (Stage, String) {
    let stage = Stage::new(Site::new().await).await;
    let campaign = stage.campaign().await;
    let ada = stage.candidate(&campaign, "ada").await;
    let bob = stage.candidate(&campaign, "bob").await;
    stage.open().await;
    for ((browser, candidate), command) in [(&ada, "print hi"), (&bob, "print ho")] {
        let start = format!("/own/tests/{candidate}/attempt");
        let attempt = browser.post(&start, &json!({})).await.expect(201);
        let path = format!("/attempts/{}", attempt["id"].as_str().unwrap());
        let question = format!("{path}/questions/{}", stage.content);
        browser
            .post(&question, &json!({"seat": attempt["seat"]}))
            .await
            .expect(200);
        let given = json!({"seat": attempt["seat"], "answer": answer(command)["answer"]});
        browser
            .post(&format!("{question}/components/code/answer"), &given)
            .await
            .expect(201);
        browser
            .post(
                &format!("{path}/submission"),
                &json!({"seat": attempt["seat"]}),
            )
            .await
            .expect(200);
    }
    stage.site.engine.tick().await.unwrap();
    (stage, campaign)
}

#[tokio::test]
async fn st_1_st_2_st_3_st_6_results_are_read_sorted_charted_and_exported() {
    let (stage, campaign) = finished().await;
    let creator = &stage.creator;
    // Somebody whose name would be a formula in a spreadsheet.
    let eve = json!([{"name": "=HYPERLINK(\"http://evil\")", "address": address_of("eve")}]);
    creator
        .post(&format!("{campaign}/candidates"), &eve)
        .await
        .expect(200);
    let get = async |path: &str| -> Reply { creator.get(&format!("{campaign}/{path}")).await };

    let best = get("results?by=score&direction=descending&limit=1")
        .await
        .expect(200);
    assert_eq!(
        (&best["items"][0]["name"], &best["items"][0]["score"]),
        (&json!("ada"), &json!(1_000_000))
    );
    let next = best["next"].as_str().unwrap().as_bytes();
    let next: String = form_urlencoded::byte_serialize(next).collect();
    let rest = get(&format!(
        "results?by=score&direction=descending&after={next}"
    ))
    .await
    .expect(200);
    assert_eq!(rest["items"][0]["name"], "bob");
    let filtered = get("results?tags=north&minScore=500000").await.expect(200);
    assert_eq!(filtered["items"].as_array().unwrap().len(), 1);
    assert_eq!(get("results?by=shoe_size").await.error(422)["field"], "by");
    get(&format!("results?by=question&question={}", stage.content))
        .await
        .expect(200);

    let summary = get("summary").await.expect(200);
    assert_eq!(
        (&summary["finished"], &summary["candidates"]),
        (&json!(2), &json!(3))
    );
    let chart = get("scores.svg").await;
    assert_eq!(chart.header("content-type"), "image/svg+xml");
    assert!(
        chart.text.starts_with("<svg") && chart.text.contains("<rect"),
        "{}",
        chart.text
    );
    assert_eq!(get("times.svg").await.status, 200);

    let csv = get("results.csv").await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(
        csv.header("content-disposition")
            .starts_with("attachment; filename=")
    );
    assert!(csv.text.contains("\"'=HYPERLINK("), "{}", csv.text);
    let xlsx = get("results.xlsx").await;
    assert!(xlsx.text.starts_with("PK"), "a workbook is a ZIP file");
    get("report").await.expect(200);
    let detailed = get("detailed-report").await.expect(200);
    assert_eq!(detailed["candidates"][0]["row"]["name"], "ada");
    // Nothing of this is there for others.
    let other = stage.site.user_with("other", &["assessment_creator"]).await;
    for path in [
        "results",
        "results.csv",
        "results.xlsx",
        "summary",
        "report",
        "scores.svg",
    ] {
        other.get(&format!("{campaign}/{path}")).await.error(404);
    }
}
