//! The smallest program that embeds PolyCode: an exercise, an answer to it, and what it earned.
//!
//! `cargo run --bin embed-rust -- sqlite:school.db`
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, reason = "an example talks to who runs it")]

use std::env::args;
use std::sync::Arc;

use anyhow::Result;
use polycode_core::Engine;
use polycode_core::engine::Submit;
use polycode_core::id::{ComponentId, Slug, UserId};
use polycode_core::permission::Actor;
use polycode_runner::Runner;
use polycode_store::{RandomIds, SystemClock};
use serde_json::{from_str, from_value, json};

#[tokio::main]
async fn main() -> Result<()> {
    let url = args().nth(1).unwrap_or_else(|| "memory:".to_owned());
    let engine = Engine::new(
        polycode_store::open(&url).await?,
        Arc::new(Runner::builder().build()?),
        Arc::new(SystemClock),
        Arc::new(RandomIds),
    );
    let (host, ada) = (Actor::service(), UserId::new("ada")?);
    let learner = Actor::user(ada.clone());

    let slug = Slug::new("double")?;
    let content = match engine.content_by_slug(&host, &slug).await {
        Ok(found) => found.summary.id,
        Err(error) if error.code() == "not_found" => {
            let draft = from_str(include_str!("exercise.json"))?;
            engine.create_content(&host, draft).await?.value.id
        }
        Err(error) => return Err(error.into()),
    };

    let source = "console.log(2 * require('fs').readFileSync(0, 'utf8'))";
    let answer = json!({"kind": "code", "language": "javascript", "files": {"main.js": source}});
    let submit = Submit {
        id: None,
        user: ada,
        content,
        component: ComponentId::new("code")?,
        answer: from_value(answer)?,
    };
    let outcome = engine.submit(&learner, submit).await?;

    println!("verdict: {:?}", outcome.feedback.verdict);
    println!("awarded: {} polypoints", outcome.awarded);
    println!("balance: {} polypoints", outcome.balance);
    Ok(())
}
