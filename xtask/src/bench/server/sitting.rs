//! One candidate who takes the test: reads, thinks, saves, tries, answers, hands in.

use std::time::Duration;

use anyhow::Result;
use hyper::Method;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::client::text;
use super::site::{RIGHT, Sitter};
use super::tally::Kind;

/// How often a candidate stops to think.
const THOUGHTS: u32 = 13;
/// Drafts of a program before it is submitted.
const DRAFTS: u32 = 4;

/// What is asked, and how long a candidate has for it.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) program: String,
    pub(super) choice: String,
    pub(super) time: Duration,
    pub(super) seed: u64,
}

/// What a candidate was told that the server has.
#[derive(Debug, Default)]
pub(super) struct Acknowledged {
    pub(super) attempt: String,
    /// The submissions of answers, by their questions.
    pub(super) answers: Vec<(String, String)>,
    pub(super) is_handed_in: bool,
    /// Whether both answers are right.
    pub(super) is_right: bool,
}

/// Takes the test. Whatever goes wrong is in the tally.
pub(super) async fn sit(sitter: Sitter, plan: Plan) -> Result<Acknowledged> {
    let mut sitting = Sitting {
        dice: StdRng::seed_from_u64(plan.seed),
        sitter,
        plan,
        seat: Value::Null,
        told: Acknowledged::default(),
    };
    sitting.whole().await?;
    Ok(sitting.told)
}

struct Sitting {
    sitter: Sitter,
    plan: Plan,
    dice: StdRng,
    seat: Value,
    told: Acknowledged,
}

impl Sitting {
    async fn whole(&mut self) -> Result<()> {
        self.think().await;
        self.ask(Kind::ListTests, Method::GET, "/own/tests", None)
            .await;
        let own = format!("/own/tests/{}", self.sitter.candidate);
        self.ask(Kind::ReadIntroduction, Method::GET, &own, None)
            .await;
        self.think().await;
        let start = format!("{own}/attempt");
        let started = self
            .ask(Kind::StartTest, Method::POST, &start, Some(json!({})))
            .await;
        let Some(started) = started else {
            return Ok(());
        };
        self.told.attempt = text(&started, "/id")?;
        self.seat = started.get("seat").cloned().unwrap_or_default();
        self.told.is_right = self.dice.random_bool(0.5);

        let choice = json!({"kind": "choice", "selected": [if self.told.is_right { "two" } else { "three" }]});
        let path = self.open(&self.plan.choice.clone(), "choice").await;
        self.draft(&path, 0, &choice).await;
        self.submit(&path, choice).await;

        let path = self.open(&self.plan.program.clone(), "code").await;
        for revision in 0..DRAFTS {
            let draft = code(&format!("// {revision}\n{RIGHT}"));
            self.draft(&path, revision, &draft).await;
        }
        let program = code(if self.told.is_right {
            RIGHT
        } else {
            "console.log('?')"
        });
        self.think().await;
        let run = json!({"seat": self.seat, "answer": program, "validator": "open"});
        self.ask(
            Kind::TryOut,
            Method::POST,
            &format!("{path}/runs"),
            Some(run),
        )
        .await;
        self.submit(&path, program).await;

        self.think().await;
        let end = format!("/attempts/{}/submission", self.told.attempt);
        let seat = json!({"seat": self.seat});
        let ended = self.ask(Kind::HandIn, Method::POST, &end, Some(seat)).await;
        self.told.is_handed_in = ended.is_some();
        Ok(())
    }

    /// Opens a question; the path of its part.
    async fn open(&mut self, question: &str, part: &str) -> String {
        self.think().await;
        let path = format!("/attempts/{}/questions/{question}", self.told.attempt);
        let seat = json!({"seat": self.seat});
        self.ask(Kind::OpenQuestion, Method::POST, &path, Some(seat))
            .await;
        format!("{path}/components/{part}")
    }

    async fn draft(&mut self, path: &str, revision: u32, answer: &Value) {
        self.think().await;
        let draft = json!({"seat": self.seat, "answer": answer, "revision": revision});
        let path = format!("{path}/draft");
        self.ask(Kind::SaveDraft, Method::PUT, &path, Some(draft))
            .await;
        let attempt = format!("/attempts/{}", self.told.attempt);
        self.ask(Kind::LookAtTime, Method::GET, &attempt, None)
            .await;
    }

    async fn submit(&mut self, path: &str, answer: Value) {
        self.think().await;
        let question = path.split('/').nth(4).unwrap_or_default().to_owned();
        let answer = json!({"seat": self.seat, "answer": answer});
        let path = format!("{path}/answer");
        let received = self
            .ask(Kind::Answer, Method::POST, &path, Some(answer))
            .await;
        let submission = received.and_then(|received| text(&received, "/submission").ok());
        self.told
            .answers
            .extend(submission.map(|submission| (question, submission)));
    }

    async fn ask(
        &mut self,
        kind: Kind,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Option<Value> {
        let client = &mut self.sitter.client;
        let reply = client.measure(kind, method, path, body.as_ref()).await?;
        Some(reply.body)
    }

    /// Half as long to one and a half times as long as there is for each thought.
    async fn think(&mut self) {
        let share = self.plan.time / THOUGHTS;
        sleep(share.mul_f64(self.dice.random_range(0.5..1.5))).await;
    }
}

fn code(source: &str) -> Value {
    json!({"kind": "code", "language": "javascript", "files": {"main.js": source}})
}
