//! What there is before the load: a creator with a test and a campaign, and candidates with accounts
//! who have accepted their invitations. All of it is made over REST.

use std::sync::Arc;

use anyhow::{Result, ensure};
use futures_util::{TryStreamExt, stream};
use hyper::Method;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::client::{Client, text};
use super::mails::{secret_of, secrets};
use super::process::Process;
use super::tally::Tally;

/// Who runs the platform, and makes the test too.
pub(super) const ADMIN: &str = "admin@example.org";

const PASSWORD: &str = "correct horse battery";
/// Accounts that are made at the same time: a password takes much memory, on purpose.
const AT_ONCE: usize = 4;

/// What makes the test: a program that doubles a number.
pub(super) const RIGHT: &str = "console.log(2 * Number(require('fs').readFileSync(0, 'utf8')))";

/// A campaign, and those who take part.
#[derive(Debug)]
pub(super) struct Site {
    pub(super) creator: Client,
    pub(super) program: String,
    pub(super) choice: String,
    pub(super) sitters: Vec<Sitter>,
}

/// Somebody who is signed in and has accepted their invitation.
#[derive(Debug)]
pub(super) struct Sitter {
    pub(super) client: Client,
    pub(super) candidate: String,
}

/// Makes a campaign with so many candidates.
pub(super) async fn prepare(
    process: &Process,
    candidates: u16,
    tally: &Arc<Tally>,
) -> Result<Site> {
    let (server, mails) = (process.address(), process.mails());
    let mut creator = Client::new(server, 0, tally);
    sign_up(&mut creator, ADMIN).await?;
    let links = secrets(&mails, "address", 1).await?;
    sign_in(&mut creator, ADMIN, secret_of(&links, ADMIN)?).await?;
    let session = creator.get("/session").await?;
    let roles = json!(["admin", "content_creator", "assessment_creator"]);
    let path = format!("/accounts/{}/roles", text(&session, "/user")?);
    creator.ask(Method::PUT, &path, Some(&roles)).await?;

    let program = publish(&mut creator, &doubling()).await?;
    let choice = publish(&mut creator, &question()).await?;
    let campaign = campaign(&mut creator, &program, &choice).await?;
    let addresses: Vec<_> = (1..=candidates).map(address).collect();
    let list = addresses
        .iter()
        .map(|one| json!({"name": one, "address": one}));
    let list = Value::Array(list.collect());
    let taken = creator
        .post(&format!("{campaign}/candidates"), &list)
        .await?;
    ensure!(
        taken.get("added") == Some(&json!(candidates)),
        "candidates are missing: {taken}"
    );
    creator
        .post(&format!("{campaign}/invitations"), &json!({}))
        .await?;

    let numbers =
        (1..=candidates).map(|number| anyhow::Ok((number, Client::new(server, number, tally))));
    let signed_up: Vec<_> = stream::iter(numbers)
        .map_ok(async |(number, mut client)| {
            sign_up(&mut client, &address(number)).await?;
            Ok((number, client))
        })
        .try_buffer_unordered(AT_ONCE)
        .try_collect()
        .await?;
    let number = usize::from(candidates);
    let confirmations = secrets(&mails, "address", number + 1).await?;
    let invitations = secrets(&mails, "invitation", number).await?;
    let sitters = stream::iter(signed_up.into_iter().map(anyhow::Ok))
        .map_ok(async |(number, mut client)| {
            let address = address(number);
            let confirmation = secret_of(&confirmations, &address)?;
            let invitation = secret_of(&invitations, &address)?;
            sign_in(&mut client, &address, confirmation).await?;
            let path = format!("/invitations/{invitation}/acceptance");
            let accepted = client.post(&path, &json!({})).await?;
            let candidate = text(&accepted, "/candidate")?;
            Ok(Sitter { client, candidate })
        })
        .try_buffer_unordered(AT_ONCE)
        .try_collect()
        .await?;
    Ok(Site {
        creator,
        program,
        choice,
        sitters,
    })
}

impl Site {
    /// Runs a program in JavaScript and one in Python, so that both have been used.
    pub(super) async fn warm_up(&mut self) -> Result<()> {
        for (language, file, source) in [
            ("javascript", "main.js", "console.log(1)"),
            ("python", "main.py", "print(1)"),
        ] {
            let run = json!({"content": "digit-sum", "component": "code", "validator": "small",
                "answer": {"kind": "code", "language": language, "files": {file: source}}});
            let feedback = self.creator.post("/runs", &run).await?;
            ensure!(
                feedback.get("verdict") == Some(&json!("wrong_answer")),
                "{language}: {feedback}"
            );
        }
        Ok(())
    }
}

fn address(number: u16) -> String {
    format!("candidate-{number}@example.org")
}

async fn sign_up(client: &mut Client, address: &str) -> Result<()> {
    let form = json!({"name": "Candidate", "email": address, "password": PASSWORD});
    client.post("/accounts", &form).await.map(drop)
}

async fn sign_in(client: &mut Client, address: &str, secret: &str) -> Result<()> {
    let confirmation = json!({ "secret": secret });
    client.post("/account/confirmation", &confirmation).await?;
    let form = json!({"email": address, "password": PASSWORD});
    client.post("/session", &form).await.map(drop)
}

async fn publish(creator: &mut Client, draft: &Value) -> Result<String> {
    let saved = creator.post("/contents", draft).await?;
    let id = text(&saved, "/value/content")?;
    creator
        .post(&format!("/contents/{id}/publication"), &json!({}))
        .await?;
    Ok(id)
}

/// A campaign that is open; its path.
async fn campaign(creator: &mut Client, program: &str, choice: &str) -> Result<String> {
    let test = json!({"name": "Load", "timeLimit": 3600, "pools": [{"questions": [
        {"content": choice, "version": 1, "points": 1},
        {"content": program, "version": 1, "points": 3}]}]});
    let test = creator.post("/tests", &test).await?;
    let now = Timestamp::now();
    let ends_at = now + SignedDuration::from_hours(2);
    let draft = json!({"text": {"name": "Load"}, "plan": {"test": text(&test, "/value/id")?,
        "testVersion": 1, "startsAt": now, "endsAt": ends_at, "passMark": 500_000}});
    let made = creator.post("/campaigns", &draft).await?;
    let path = format!("/campaigns/{}", text(&made, "/id")?);
    creator
        .post(&format!("{path}/schedule"), &json!({}))
        .await?;
    Ok(path)
}

fn doubling() -> Value {
    json!({"slug": "doubling", "name": "Doubling", "type": "exercise",
        "root": {"id": "code", "kind": "code_editor",
            "languages": {"javascript": {"files": {"main.js": "// your program"}}},
            "validators": [
                {"id": "open", "kind": "output", "stdin": "2", "expected": "4"},
                {"id": "large", "kind": "output", "hidden": true, "stdin": "4000", "expected": "8000"},
                {"id": "below", "kind": "output", "hidden": true, "stdin": "-3", "expected": "-6"}]}})
}

fn question() -> Value {
    json!({"slug": "evenness", "name": "Evenness", "type": "question",
        "root": {"id": "choice", "kind": "mcq", "question": "Which is even?", "choose": "one",
            "options": [{"id": "two", "text": "2"}, {"id": "three", "text": "3"}],
            "validators": [{"id": "right", "kind": "choice", "hidden": true, "correct": ["two"]}]}})
}
