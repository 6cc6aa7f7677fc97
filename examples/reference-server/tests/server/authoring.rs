//! Modules and contents over REST, from writing to learning.

use serde_json::{Value, json};

use crate::site::Site;
use crate::support::{Browser, answer, greeting};

/// A content that was written and published; its id.
pub(crate) async fn published(author: &Browser, draft: &Value) -> String {
    let saved = author.post("/contents", draft).await.expect(201);
    let id = saved["value"]["content"].as_str().unwrap().to_owned();
    author
        .post(&format!("/contents/{id}/publication"), &json!({}))
        .await
        .expect(200);
    id
}

#[tokio::test]
async fn pr_1_pr_2_pr_3_a_content_is_written_published_edited_and_deleted() {
    let site = Site::new().await;
    let author = site.user_with("author", &["content_creator"]).await;
    let saved = author.post("/contents", &greeting()).await.expect(201);
    let id = saved["value"]["content"].as_str().unwrap();
    let (source, publication) = (
        format!("/contents/{id}/source"),
        format!("/contents/{id}/publication"),
    );
    let visitor = site.visitor();
    visitor.get("/contents/greeting").await.error(404);
    let published = author.post(&publication, &json!({})).await;
    assert_eq!(published.expect(200)["version"], 1);
    assert_eq!(published.header("etag"), "\"1\"");
    visitor.get("/contents/greeting").await.expect(200);

    let mut edited = greeting();
    edited["name"] = json!("Greetings");
    let first = author.put(&source, &edited).await;
    let etag = first.header("etag").to_owned();
    let again = [("if-match", etag.as_str())];
    author
        .ask("PUT", &source, &again, Some(&edited))
        .await
        .expect(200);
    // The version that it was made from is not the last any more.
    author
        .ask("PUT", &source, &again, Some(&edited))
        .await
        .error(412);
    author
        .ask("PUT", &source, &[("if-match", "*")], Some(&edited))
        .await
        .error(422);
    assert_eq!(
        visitor.get("/contents/greeting").await.expect(200)["name"],
        "Greeting"
    );
    author.post(&publication, &json!({})).await.expect(200);
    assert_eq!(
        visitor.get("/contents/greeting").await.expect(200)["name"],
        "Greetings"
    );
    assert_eq!(
        author.get("/own/contents").await.expect(200)["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    author.delete(&publication).await.expect(204);
    visitor.get("/contents/greeting").await.error(404);
}

#[tokio::test]
async fn pr_4_pr_5_pr_6_pr_7_pr_8_pr_9_pr_10_a_module_is_put_together_and_found() {
    let site = Site::new().await;
    let author = site.user_with("author", &["content_creator"]).await;
    let content = published(&author, &greeting()).await;
    let module = async |slug: &str, kind: &str| {
        let draft = json!({"slug": slug, "name": slug, "type": kind, "tags": ["basics"]});
        let made = author.post("/modules", &draft).await.expect(201);
        made["value"]["id"].as_str().unwrap().to_owned()
    };
    let (outer, inner) = (
        module("outer", "practice").await,
        module("inner", "submodule").await,
    );
    author
        .put(&format!("/modules/{inner}/contents/{content}"), &json!({}))
        .await
        .expect(200);
    author
        .put(&format!("/modules/{outer}/modules/{inner}"), &json!({}))
        .await
        .expect(200);
    // No module is in itself, however deep.
    let circle = author
        .put(&format!("/modules/{inner}/modules/{outer}"), &json!({}))
        .await;
    assert!(circle.status.is_client_error(), "{}", circle.text);
    for id in [&inner, &outer] {
        author
            .post(&format!("/modules/{id}/publication"), &json!({}))
            .await
            .expect(200);
    }
    let source = author.get(&format!("/modules/{outer}/source")).await;
    let etag = source.header("etag").to_owned();
    let draft = json!({"slug": "outer", "name": "Outer", "type": "practice", "tags": ["basics"]});
    let path = format!("/modules/{outer}/source");
    author.put(&path, &draft).await.error(428);
    author
        .ask("PUT", &path, &[("if-match", &etag)], Some(&draft))
        .await
        .expect(200);
    author
        .ask("PUT", &path, &[("if-match", &etag)], Some(&draft))
        .await
        .error(412);
    author
        .post(&format!("/modules/{outer}/publication"), &json!({}))
        .await;

    let visitor = site.visitor();
    let found = visitor
        .get("/modules?type=practice&tag=basics&text=out&limit=5")
        .await
        .expect(200);
    assert_eq!(found["items"].as_array().unwrap().len(), 1, "{found}");
    let seen = visitor.get(&format!("/modules/{outer}")).await.expect(200);
    assert!(seen["modules"][0]["slug"] == "inner", "{seen}");
    visitor.get("/modules?type=circus").await.error(422);
    author
        .delete(&format!("/modules/{outer}/publication"))
        .await
        .expect(204);
    visitor.get(&format!("/modules/{outer}")).await.error(404);
}

#[tokio::test]
async fn pr_13_pr_16_su_3_a_learner_sees_what_is_done_and_what_is_not() {
    let site = Site::new().await;
    let author = site.user_with("author", &["content_creator"]).await;
    published(&author, &greeting()).await;
    let ada = site.user("ada").await;
    let undone = ada.get("/contents?done=never").await.expect(200);
    assert_eq!(undone["items"].as_array().unwrap().len(), 1);
    ada.post("/submissions", &answer("print ho"))
        .await
        .expect(201);
    ada.post("/submissions", &answer("print hi"))
        .await
        .expect(201);
    assert_eq!(
        ada.get("/contents?done=never").await.expect(200)["items"],
        json!([])
    );
    let progress = ada.get("/progress").await.expect(200);
    assert_eq!(progress["items"][0]["content"]["slug"], "greeting");
    let passed = ada.get("/submissions?verdict=passed").await.expect(200);
    assert_eq!(passed["items"].as_array().unwrap().len(), 1);
    ada.get("/modules?done=never").await.expect(200);
    ada.get("/statistics").await.expect(200);
}

#[tokio::test]
async fn pr_14_pr_15_a_learner_adds_and_removes_files() {
    let site = Site::new().await;
    let author = site.user_with("author", &["content_creator"]).await;
    published(&author, &greeting()).await;
    let ada = site.user("ada").await;
    let path = "/workspaces/greeting/code/javascript";
    assert!(
        ada.get(path).await.expect(200)["files"]
            .get("main.js")
            .is_some()
    );
    let add = json!({"kind": "add", "file": "more.js", "text": "1"});
    assert_eq!(
        ada.post(path, &add).await.expect(200)["files"]["more.js"],
        "1"
    );
    let remove = json!({"kind": "remove", "file": "more.js"});
    assert!(
        ada.post(path, &remove).await.expect(200)["files"]
            .get("more.js")
            .is_none()
    );
    let other = site.user("bob").await.get(path).await.expect(200);
    assert!(other["files"].get("more.js").is_none());
}

#[tokio::test]
async fn sh_1_a_hint_is_bought_once_with_polypoints() {
    let site = Site::new().await;
    let author = site.user_with("author", &["content_creator"]).await;
    let content = published(&author, &greeting()).await;
    let draft = json!({"content": content, "component": "code", "price": 4,
        "kind": "hint", "text": "Say hi."});
    let item = author.post("/items", &draft).await.expect(201)["value"]["id"].clone();
    let ada = site.user("ada").await;
    let buy = json!({"item": item, "price": 4});
    ada.post("/purchases", &buy).await.error(409);
    ada.post("/submissions", &answer("print hi"))
        .await
        .expect(201);
    let listed = ada.get("/contents/greeting/items").await.expect(200);
    assert!(!listed.to_string().contains("Say hi."), "{listed}");
    let goods = format!("/items/{}/goods", item.as_str().unwrap());
    assert!(ada.get(&goods).await.status.is_client_error());
    let bought = ada.post("/purchases", &buy).await.expect(201);
    assert!(bought.to_string().contains("Say hi."), "{bought}");
    ada.post("/purchases", &buy).await;
    assert_eq!(ada.get("/wallet").await.expect(200)["balance"], 6);
    assert!(
        ada.get(&goods)
            .await
            .expect(200)
            .to_string()
            .contains("Say hi.")
    );
    assert_eq!(
        ada.get("/purchases").await.expect(200)["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}
