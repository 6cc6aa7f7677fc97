//! The reference server under the load of a test that many take at the same time, on each store. It is
//! killed in the middle and started again: what it acknowledged must be there, once.

mod client;
mod mails;
mod process;
mod site;
mod sitting;
mod tally;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::Parser;
use polycode_store::testkit::postgres::{Durability, Server};
use serde_json::Value;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::step;
use process::{Process, Recipe};
use site::{Site, prepare};
use sitting::{Acknowledged, Plan, sit};
use tally::Tally;

/// How long the server may take to judge what was handed in last.
const PATIENCE: Duration = Duration::from_mins(2);

/// How much is measured.
#[derive(Debug, Parser)]
#[command(name = "bench server", no_binary_name = true)]
pub(super) struct Amount {
    /// Candidates who take the test.
    #[arg(long, default_value_t = 200)]
    candidates: u16,
    /// About how long each of them takes.
    #[arg(long, default_value_t = 45, value_name = "SECONDS")]
    seconds: u16,
    /// Leaves the server alone: what the time after it was killed adds is not measured then.
    #[arg(long)]
    undisturbed: bool,
    /// The store to measure; both without it.
    #[arg(long, value_enum)]
    store: Option<Which>,
    /// The server to measure; without it, the one of the release profile.
    #[arg(long, value_name = "PROGRAM")]
    pub(super) program: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Which {
    Sqlite,
    Postgres,
}

/// Measures with each store, and prints a table for each.
pub(super) fn measure(amount: &Amount) -> Result<()> {
    let program = amount.program.clone();
    let program =
        program.unwrap_or_else(|| step::target().join("release/polycode-reference-server"));
    let runtime = tokio::runtime::Runtime::new()?;
    let mut broken = Vec::new();
    for which in [Which::Sqlite, Which::Postgres] {
        if amount.store.is_some_and(|wanted| wanted != which) {
            continue;
        }
        let folder = tempfile::tempdir()?;
        let database = (which == Which::Postgres).then(|| Server::start(Durability::Power));
        let store = match &database {
            Some(server) => server.url().to_owned(),
            None => format!("sqlite:{}", folder.path().join("polycode.db").display()),
        };
        println!("\n==> {which:?}");
        let recipe = Recipe {
            program: program.clone(),
            store,
            folder: folder.path().to_owned(),
            port: free_port()?,
        };
        if let Err(error) = runtime.block_on(one_store(recipe, amount)) {
            println!("{error:#}");
            broken.push(which);
        }
    }
    ensure!(broken.is_empty(), "not as it should be: {broken:?}");
    Ok(())
}

async fn one_store(recipe: Recipe, amount: &Amount) -> Result<()> {
    let mut process = recipe.start()?;
    let at_start = process.resident_mib()?;
    let tally = Arc::new(Tally::default());
    let began = Instant::now();
    let mut site = prepare(&process, amount.candidates, &tally).await?;
    let signed_up = process.resident_mib()?;
    site.warm_up().await?;
    let warm = process.resident_mib()?;
    println!(
        "{} candidates have signed up and accepted, in {:.0} s\n",
        amount.candidates,
        began.elapsed().as_secs_f64()
    );
    let told = load(&mut process, &mut site, amount).await?;
    let found = find(&mut site, &told).await?;
    let errors = tally.print();
    found.print(&told);
    println!(
        "memory of the server: {at_start} MiB at rest, {signed_up} MiB after everybody has signed up, {warm} \
         MiB after a program in JavaScript and one in Python, {} MiB in the end",
        process.resident_mib()?
    );
    for line in process.complaints()?.iter().take(10) {
        println!("    {line}");
    }
    ensure!(errors == 0, "{errors} requests went wrong");
    ensure!(found.double == 0, "answers are there twice");
    found.check(&told, amount)
}

/// Lets all candidates take the test, and kills the server when half of the time is over, unless it is
/// to be left alone.
async fn load(
    process: &mut Process,
    site: &mut Site,
    amount: &Amount,
) -> Result<Vec<Acknowledged>> {
    let time = Duration::from_secs(amount.seconds.into());
    let mut sitting = JoinSet::new();
    for (seed, sitter) in (0..).zip(std::mem::take(&mut site.sitters)) {
        sitting.spawn(sit(
            sitter,
            Plan {
                program: site.program.clone(),
                choice: site.choice.clone(),
                time,
                seed,
            },
        ));
    }
    if amount.undisturbed {
        return sitting.join_all().await.into_iter().collect();
    }
    sleep(time / 2).await;
    let down = process.kill_and_start()?;
    let before = time / 2;
    println!(
        "killed after {:.0} s, listening again {:.1} s later\n",
        before.as_secs_f64(),
        down.as_secs_f64()
    );
    let told = sitting.join_all().await;
    told.into_iter().collect()
}

/// What the server has in the end.
#[derive(Debug, Default)]
struct Found {
    answers: usize,
    lost: usize,
    double: usize,
    judged: usize,
    handed_in: usize,
    graded: usize,
    wrong: usize,
}

/// Looks at what is there, once everything is graded.
async fn find(site: &mut Site, told: &[Acknowledged]) -> Result<Found> {
    let mut found = Found::default();
    for told in told.iter().filter(|told| !told.attempt.is_empty()) {
        let path = format!("/attempts/{}", told.attempt);
        let attempt = graded(site, &path).await?;
        found.handed_in +=
            usize::from(attempt.pointer("/progress/kind") == Some(&"finished".into()));
        if let Some(grade) = attempt.get("grade") {
            found.graded += 1;
            found.wrong += usize::from((grade["outcome"] == "passed") != told.is_right);
        }
        let answers = site.creator.get(&format!("{path}/answers")).await?;
        let answers = answers.as_array().context("answers are no list")?;
        let mut by_question = BTreeMap::<&str, Vec<&Value>>::new();
        for answer in answers {
            let question = answer["question"].as_str().unwrap_or_default();
            by_question.entry(question).or_default().push(answer);
        }
        for (question, submission) in &told.answers {
            let here = by_question.remove(question.as_str()).unwrap_or_default();
            let is_it = |answer: &&&Value| answer["submission"] == submission.as_str();
            match here.iter().find(is_it) {
                Some(answer) => {
                    found.answers += 1;
                    found.judged += usize::from(answer.get("judged").is_some());
                }
                None => found.lost += 1,
            }
            found.double += here.len().saturating_sub(1);
        }
    }
    Ok(found)
}

/// An attempt once it has its grade; whatever it is when patience ends.
async fn graded(site: &mut Site, path: &str) -> Result<Value> {
    let began = Instant::now();
    loop {
        let attempt = site.creator.get(path).await?;
        if attempt.get("grade").is_some() || began.elapsed() > PATIENCE {
            return Ok(attempt);
        }
        sleep(Duration::from_millis(500)).await;
    }
}

impl Found {
    fn print(&self, told: &[Acknowledged]) {
        let acknowledged: usize = told.iter().map(|told| told.answers.len()).sum();
        let handed_in = told.iter().filter(|told| told.is_handed_in).count();
        let Self {
            answers,
            lost,
            double,
            judged,
            graded,
            wrong,
            ..
        } = self;
        println!(
            "\nanswers: {acknowledged} acknowledged, {answers} found, {judged} judged, {lost} lost, {double} \
             double\ntests: {handed_in} acknowledged, {} found, {graded} graded, {wrong} wrongly",
            self.handed_in
        );
    }

    fn check(&self, told: &[Acknowledged], amount: &Amount) -> Result<()> {
        let handed_in = told.iter().filter(|told| told.is_handed_in).count();
        let everybody = usize::from(amount.candidates);
        let is_whole = self.judged == self.answers && self.answers == 2 * everybody;
        ensure!(self.lost == 0, "answers are lost");
        ensure!(self.wrong == 0, "tests are graded wrongly");
        let tests = [handed_in, self.handed_in, self.graded];
        ensure!(
            is_whole && tests == [everybody; 3],
            "not everybody has finished the test"
        );
        Ok(())
    }
}

/// A port that nobody listens on.
fn free_port() -> Result<u16> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    Ok(listener.local_addr()?.port())
}
