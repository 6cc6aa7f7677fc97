//! Every role against every kind of route, as core's table of permissions says.

use polycode_core::permission::{Action, Ownership, Permission, Resource, Role, allows};
use serde_json::{Value, json};

use crate::assessment::Stage;
use crate::authoring::published;
use crate::site::{Site, id_of};
use crate::support::{Browser, Reply, answer, greeting};

/// A request, and what it takes to make it.
struct Row {
    method: &'static str,
    path: String,
    body: Option<Value>,
    needs: Permission,
    ownership: Ownership,
}

/// Somebody who calls, and what they are.
struct Caller {
    name: &'static str,
    roles: &'static [Role],
    browser: Browser,
    token: Option<String>,
}

impl Caller {
    async fn ask(&self, row: &Row) -> Reply {
        let token = self.token.as_deref();
        let tag = (row.method == "PUT").then_some(("if-match", "\"1\""));
        let headers: Vec<_> = token
            .map(|token| ("authorization", token))
            .into_iter()
            .chain(tag)
            .collect();
        self.browser
            .ask(row.method, &row.path, &headers, row.body.as_ref())
            .await
    }

    fn may(&self, permission: Permission, ownership: Ownership) -> bool {
        let mut roles = self.roles.iter().chain([&Role::Guest]);
        roles.any(|role| allows(*role, permission, ownership))
    }

    /// Whether a reply is what the table says.
    fn is_right(&self, row: &Row, status: u16) -> bool {
        if self.may(row.needs, row.ownership) {
            return !matches!(status, 401 | 403 | 404);
        }
        if self.roles.is_empty() {
            return status == 401;
        }
        // Making something and reading the log are refused; what may not be read is not there.
        let is_there = row.needs.action == Action::Create || row.needs.resource == Resource::Events;
        let read = Permission {
            action: Action::Read,
            ..row.needs
        };
        let is_refused = is_there || self.may(read, row.ownership);
        status == if is_refused { 403 } else { 404 }
    }
}

fn row(method: &'static str, path: &str, (action, resource): (Action, Resource)) -> Row {
    Row {
        method,
        path: path.to_owned(),
        body: None,
        needs: action.on(resource),
        ownership: Ownership::Other,
    }
}

impl Row {
    fn with(self, body: Value) -> Self {
        Self {
            body: Some(body),
            ..self
        }
    }

    fn own(self) -> Self {
        Self {
            ownership: Ownership::Own,
            ..self
        }
    }
}

async fn callers(site: &Site) -> Vec<Caller> {
    let caller = |name, roles, browser| Caller {
        name,
        roles,
        browser,
        token: None,
    };
    let admin = site.admin().await;
    let token = json!({"name": "worker", "days": 1, "kind": "service"});
    let token = admin.post("/account/tokens", &token).await.expect(201);
    let writer = site.user_with("writer", &["content_creator"]).await;
    let assessor = site.user_with("assessor", &["assessment_creator"]).await;
    vec![
        caller("guest", &[], site.visitor()),
        caller("user", &[Role::User], site.user("user").await),
        caller(
            "content creator",
            &[Role::User, Role::ContentCreator],
            writer,
        ),
        caller(
            "assessment creator",
            &[Role::User, Role::AssessmentCreator],
            assessor,
        ),
        caller("admin", &[Role::User, Role::Admin], admin),
        Caller {
            token: Some(format!("Bearer {}", token["secret"].as_str().unwrap())),
            ..caller("service", &[Role::Service], site.visitor())
        },
    ]
}

/// Requests for what belongs to the stage's creator; those that destroy come last.
#[expect(clippy::too_many_lines, reason = "a table")]
async fn rows(stage: &Stage) -> Vec<Row> {
    use Action::{Create, Delete, Export, Read, Revoke, Send, Update};
    let Stage {
        creator,
        content,
        test,
        ..
    } = stage;
    let campaign = stage.campaign().await;
    let path = format!("{campaign}/candidates");
    let new = json!([{"address": "x@example.org"}]);
    let intake = creator.post(&path, &new).await;
    let candidate = intake.expect(200)["lines"][0]["candidate"]
        .as_str()
        .unwrap()
        .to_owned();
    let candidate = format!("/candidates/{candidate}");
    let module = json!({"slug": "m", "name": "M", "type": "practice"});
    let module = creator.post("/modules", &module).await.expect(201);
    let module = format!("/modules/{}", module["value"]["id"].as_str().unwrap());
    let team = creator
        .post("/teams", &json!({"name": "Own"}))
        .await
        .expect(201);
    let team = format!("/teams/{}", team["team"].as_str().unwrap());
    let user = id_of(creator).await;
    let submitted = creator
        .post("/submissions", &answer("print hi"))
        .await
        .expect(201);
    let submission = submitted["submission"]["id"].as_str().unwrap();
    let mut other = greeting();
    other["slug"] = json!("other");
    let other = published(creator, &other).await;
    let mut new_content = greeting();
    new_content["slug"] = json!("new");
    let new_module = json!({"slug": "n", "name": "N", "type": "practice"});
    let test_body =
        json!({"name": "T", "pools": [{"questions": [{"content": content, "version": 1}]}]});
    let profile = json!({"name": "", "address": "x@example.org"});
    vec![
        row("GET", "/contents", (Read, Resource::Catalogue)),
        row(
            "GET",
            &format!("/contents/{content}"),
            (Read, Resource::Catalogue),
        ),
        row("GET", "/modules", (Read, Resource::Catalogue)),
        row("GET", "/users", (Read, Resource::Ranking)),
        row("GET", &format!("/users/{user}"), (Read, Resource::Profile)),
        row("GET", "/teams", (Read, Resource::Ranking)),
        row("GET", &team, (Read, Resource::Profile)),
        row("GET", &format!("{team}/members"), (Read, Resource::Team)),
        row("GET", "/events", (Read, Resource::Events)),
        row(
            "GET",
            &format!("/accounts/{user}"),
            (Read, Resource::Account),
        ),
        row(
            "GET",
            &format!("/accounts/{user}/roles"),
            (Read, Resource::Role),
        ),
        row(
            "GET",
            &format!("/contents/{content}/source"),
            (Read, Resource::Content),
        ),
        row("GET", &format!("{module}/source"), (Read, Resource::Module)),
        row(
            "GET",
            &format!("/submissions/{submission}"),
            (Read, Resource::Submission),
        ),
        row("GET", &format!("/tests/{test}"), (Read, Resource::Test)),
        row("GET", &campaign, (Read, Resource::Campaign)),
        row(
            "GET",
            &format!("{campaign}/candidates"),
            (Read, Resource::Candidate),
        ),
        row("GET", &candidate, (Read, Resource::Candidate)),
        row(
            "GET",
            &format!("{campaign}/results"),
            (Read, Resource::Results),
        ),
        row(
            "GET",
            &format!("{campaign}/summary"),
            (Read, Resource::Results),
        ),
        row(
            "GET",
            &format!("{campaign}/results.csv"),
            (Export, Resource::Results),
        ),
        row(
            "GET",
            &format!("{campaign}/results.xlsx"),
            (Export, Resource::Results),
        ),
        row(
            "GET",
            &format!("{campaign}/report.pdf"),
            (Export, Resource::Results),
        ),
        row(
            "GET",
            &format!("{campaign}/detailed-report.pdf"),
            (Export, Resource::Results),
        ),
        row(
            "GET",
            &format!("{campaign}/similar-pairs"),
            (Read, Resource::Similarity),
        ),
        row("POST", "/teams", (Create, Resource::Team))
            .with(json!({"name": "New"}))
            .own(),
        row("POST", "/contents", (Create, Resource::Content))
            .with(new_content)
            .own(),
        row("POST", "/modules", (Create, Resource::Module))
            .with(new_module)
            .own(),
        row("POST", "/tests", (Create, Resource::Test))
            .with(test_body.clone())
            .own(),
        row(
            "POST",
            &format!("{campaign}/close"),
            (Update, Resource::Campaign),
        ),
        row("POST", "/submissions", (Create, Resource::Submission))
            .with(answer("print hi"))
            .own(),
        row(
            "PUT",
            &format!("/accounts/{user}/roles"),
            (Update, Resource::Role),
        )
        .with(json!(["content_creator", "assessment_creator"])),
        row("PUT", &team, (Update, Resource::Team)).with(json!({"name": "Taken"})),
        row(
            "PUT",
            &format!("/contents/{content}/source"),
            (Update, Resource::Content),
        )
        .with(greeting()),
        row("PUT", &format!("/tests/{test}"), (Update, Resource::Test)).with(test_body),
        row("PUT", &campaign, (Update, Resource::Campaign)).with(stage.campaign_draft()),
        row("PUT", &candidate, (Update, Resource::Candidate)).with(profile),
        row(
            "POST",
            &format!("{campaign}/candidates"),
            (Update, Resource::Candidate),
        )
        .with(json!([])),
        row(
            "POST",
            &format!("{candidate}/invitation"),
            (Send, Resource::Invitation),
        ),
        row(
            "DELETE",
            &format!("{candidate}/invitation"),
            (Revoke, Resource::Invitation),
        ),
        row("DELETE", &team, (Delete, Resource::Team)),
        row(
            "DELETE",
            &format!("{module}/publication"),
            (Delete, Resource::Module),
        ),
        row(
            "DELETE",
            &format!("/contents/{other}/publication"),
            (Delete, Resource::Content),
        ),
        row("DELETE", &campaign, (Delete, Resource::Campaign)),
        row(
            "DELETE",
            &format!("/tests/{test}"),
            (Delete, Resource::Test),
        ),
        row(
            "DELETE",
            &format!("/accounts/{user}"),
            (Delete, Resource::Account),
        ),
    ]
}

#[tokio::test]
async fn every_role_may_do_what_the_table_says_and_nothing_else() {
    let stage = Stage::new(Site::strict().await).await;
    let callers = callers(&stage.site).await;
    let mut wrong = Vec::new();
    for row in rows(&stage).await {
        for caller in &callers {
            // A service has no answers and no drafts of its own: it imports courses.
            let is_ones_own = ["/submissions", "/contents", "/modules"].contains(&&*row.path);
            if caller.name == "service" && row.method == "POST" && is_ones_own {
                continue;
            }
            let reply = caller.ask(&row).await;
            if !caller.is_right(&row, reply.status.as_u16()) {
                let Row { method, path, .. } = &row;
                wrong.push(format!(
                    "{method} {path} as {}: {} {}",
                    caller.name, reply.status, reply.text
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn fields_that_nobody_may_set_are_refused() {
    let site = Site::new().await;
    let ada = site.user("ada").await;
    for (method, path, body) in [
        (
            "PUT",
            "/account/profile",
            json!({"name": "ada", "roles": ["admin"]}),
        ),
        (
            "PUT",
            "/account/settings",
            json!({"locale": "en", "user": "bob"}),
        ),
        ("POST", "/teams", json!({"name": "T", "captain": "bob"})),
        (
            "POST",
            "/submissions",
            json!({"content": "x", "component": "y", "answer": {}, "score": 1}),
        ),
    ] {
        let reply = ada.ask(method, path, &[], Some(&body)).await;
        reply.error(422);
    }
}
