//! Teams and what others see of people.

use serde_json::json;

use crate::site::{Site, id_of};

#[tokio::test]
async fn te_1_te_2_te_3_te_5_te_6_te_9_te_10_te_4_a_team_lives_over_rest() {
    let site = Site::new().await;
    let (ada, bob, eve) = (site.user("ada").await, site.user("bob").await, site.user("eve").await);
    let (bob_id, eve_id) = (id_of(&bob).await, id_of(&eve).await);
    let team = ada.post("/teams", &json!({"name": "Engines"})).await.expect(201);
    let path = format!("/teams/{}", team["team"].as_str().unwrap());
    bob.put(&path, &json!({"name": "Mine"})).await.error(404);
    let profile = json!({"name": "Analytical Engines", "description": "We compute."});
    ada.put(&path, &profile).await.expect(200);
    for (browser, id) in [(&bob, &bob_id), (&eve, &eve_id)] {
        let whom = json!({ "user": id });
        ada.post(&format!("{path}/invitations"), &whom).await.expect(204);
        let open = browser.get("/own/team-invitations").await.expect(200);
        assert_eq!(open["items"][0]["profile"]["name"], "Analytical Engines");
        browser.post(&format!("{path}/acceptance"), &json!({})).await.expect(204);
    }
    let own = bob.get("/own/team").await.expect(200);
    assert_eq!(own["members"].as_array().unwrap().len(), 3);
    bob.delete(&format!("{path}/members/{eve_id}")).await.error(403);
    ada.delete(&format!("{path}/members/{eve_id}")).await.expect(204);
    // The captain can't leave before somebody else leads.
    let ada_id = id_of(&ada).await;
    ada.delete(&format!("{path}/members/{ada_id}")).await.error(409);
    ada.put(&format!("{path}/captain"), &json!({"user": bob_id})).await.expect(204);
    ada.delete(&format!("{path}/members/{ada_id}")).await.expect(204);
    bob.delete(&path).await.expect(204);
    bob.get("/own/team").await.error(404);
}

#[tokio::test]
async fn ac_8_ac_9_te_11_te_12_everybody_sees_profiles_and_rankings() {
    let site = Site::strict().await;
    let ada = site.user("ada").await;
    let id = id_of(&ada).await;
    let team = ada.post("/teams", &json!({"name": "Engines"})).await.expect(201);
    let team = team["team"].as_str().unwrap();
    let visitor = site.visitor();
    let user = visitor.get(&format!("/users/{id}")).await.expect(200);
    assert_eq!((&user["name"], &user["points"]), (&json!("ada"), &json!(0)));
    assert!(!user.to_string().contains("example.org"), "{user}");
    visitor.get("/users").await.expect(200);
    let seen = visitor.get(&format!("/teams/{team}")).await.expect(200);
    assert_eq!((&seen["profile"]["name"], &seen["members"]), (&json!("Engines"), &json!(1)));
    visitor.get("/teams").await.expect(200);
    visitor.get(&format!("/teams/{team}/members")).await.error(401);
    visitor.get("/users/nobody").await.error(404);
}
