//! The main job, end to end: sample submissions are judged, graded, rewarded and stored, and then
//! a page takes the next ones.

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use futures_util::stream::{self, StreamExt};
use polycode_core::Refusal;
use polycode_core::catalogue::course::{Course, Sample};
use polycode_core::engine::{Engine, EngineError, ImportedContent, Outcome, Submit};
use polycode_core::id::{ContentId, Slug, UserId};
use polycode_core::judging::{Answer, Report, Verdict};
use polycode_core::permission::Actor;
use polycode_runner::Runner;
use polycode_store::{RandomIds, SystemClock};

use crate::step;

/// The languages of the sample course that do not come along.
const TO_INSTALL: [&str; 1] = ["python"];

/// Judges the sample course, then serves its page on a port, if one is given.
pub(crate) fn run(port: Option<u16>) -> Result<()> {
    crate::test::install_runtimes(&TO_INSTALL)?;
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let engine = fresh_engine().await?;
        let began = Instant::now();
        let rows = judge_course(&engine).await?;
        let seconds = began.elapsed().as_secs_f64();
        let unexpected = rows.iter().filter(|row| !row.is_expected()).count();
        println!("\n{} submissions judged in {seconds:.1} s", rows.len());
        ensure!(
            unexpected == 0,
            "{unexpected} verdicts are not the expected ones"
        );
        match port {
            None => Ok(()),
            Some(port) => {
                println!("\nThe page is at http://127.0.0.1:{port} until you press Ctrl-C.");
                polycode_reference_server::serve(engine, ([127, 0, 0, 1], port).into()).await
            }
        }
    })
}

/// An engine on a new SQLite database in the target folder.
async fn fresh_engine() -> Result<Engine> {
    let folder = step::target().join("demo");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).context("the old demo database can't be removed")?;
    }
    std::fs::create_dir_all(&folder)?;
    let url = format!("sqlite:{}", folder.join("polycode.db").display());
    let sandbox = Arc::new(Runner::builder().build()?);
    let store = polycode_store::open(&url).await?;
    Ok(Engine::new(
        store,
        sandbox,
        Arc::new(SystemClock),
        Arc::new(RandomIds),
    ))
}

/// A line of the table: a sample and what came of it.
struct Row {
    slug: Slug,
    name: String,
    expected: Verdict,
    judged: Result<Judged, EngineError>,
}

struct Judged {
    outcome: Outcome,
    report: Report,
    ms: f64,
}

impl Row {
    fn is_expected(&self) -> bool {
        let judged = self.judged.as_ref();
        judged.is_ok_and(|judged| judged.report.verdict == self.expected)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.is_expected() { ' ' } else { '!' };
        let submission = format!("{}/{}", self.expected, self.name);
        write!(f, "{mark} {:<18} {submission:<38} ", self.slug.as_str())?;
        match &self.judged {
            Ok(Judged {
                outcome,
                report,
                ms,
            }) => write!(
                f,
                "{:<14} {:>8} {:>7} {:>14} {ms:>9.1}",
                report.verdict.as_str(),
                report.score.to_string(),
                outcome.awarded.0,
                report.fuel().0,
            ),
            Err(error) => write!(f, "{error}"),
        }
    }
}

/// Judges every sample of the course, a few at a time, and prints a line for each.
async fn judge_course(engine: &Engine) -> Result<Vec<Row>> {
    let files = polycode_store::read_course(step::root().join("examples/course"))?;
    let course = Course::from_files(&files)?;
    let samples: Vec<_> = course
        .contents
        .iter()
        .map(|content| content.samples.clone())
        .collect();
    let imported = engine.import_course(&Actor::service(), course).await?;
    println!(
        "\n{}: {} contents\n",
        imported.name,
        imported.contents.len()
    );
    println!(
        "  {:<18} {:<38} {:<14} {:>8} {:>7} {:>14} {:>9}",
        "exercise", "submission", "verdict", "grade", "points", "fuel", "ms"
    );
    let jobs = imported
        .contents
        .iter()
        .zip(samples)
        .flat_map(|(content, samples)| samples.into_iter().map(move |sample| (content, sample)));
    let workers = std::thread::available_parallelism().map_or(1, Into::into);
    let mut judged = stream::iter(jobs)
        .map(|(content, sample)| judge_sample(engine, content, sample))
        .buffered(workers);
    let mut rows = Vec::new();
    while let Some(row) = judged.next().await {
        println!("{row}");
        rows.push(row);
    }
    Ok(rows)
}

async fn judge_sample(engine: &Engine, content: &ImportedContent, sample: Sample) -> Row {
    Row {
        slug: content.slug.clone(),
        judged: submit(engine, content.id, &sample).await,
        name: sample.name,
        expected: sample.verdict,
    }
}

/// Each language has a learner of its own, so that both earn what their solutions are worth.
async fn submit(
    engine: &Engine,
    content: ContentId,
    sample: &Sample,
) -> Result<Judged, EngineError> {
    let learner = match &sample.answer {
        Answer::Code(program) => program.language.as_str(),
        _ => "quiz",
    };
    let user = UserId::new(format!("learner-{learner}"))
        .map_err(|error| Refusal::invalid("user", error.to_string()))?;
    let (component, answer) = (sample.component.clone(), sample.answer.clone());
    let began = Instant::now();
    let outcome = engine
        .submit(
            &Actor::user(user.clone()),
            Submit {
                id: None,
                user,
                content,
                component,
                answer,
            },
        )
        .await?;
    let ms = began.elapsed().as_secs_f64() * 1e3;
    let (id, host) = (outcome.submission.id, Actor::service());
    let report = engine
        .report(&host, id)
        .await?
        .ok_or_else(|| Refusal::NotFound {
            what: "report",
            id: id.to_string(),
        })?;
    Ok(Judged {
        outcome,
        report,
        ms,
    })
}
