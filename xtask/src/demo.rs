//! The main job, end to end: sample submissions are judged, graded, rewarded and stored, and then
//! a page takes the next ones.

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use futures_util::stream::{self, StreamExt};
use polycode_core::catalogue::course::{Course, Sample};
use polycode_core::engine::{Engine, EngineError, Outcome, Submit};
use polycode_core::id::{ContentId, UserId};
use polycode_core::judging::{Answer, SubmissionStatus, Verdict};
use polycode_runner::Runner;
use polycode_store::{RandomIds, SystemClock};

use crate::step;

/// Judges the sample course, then serves its page on a port, if one is given.
pub(crate) fn run(port: Option<u16>) -> Result<()> {
    crate::test::install_runtimes()?;
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
        Arc::new(RandomIds::default()),
    ))
}

/// A line of the table.
struct Row {
    expected: Verdict,
    verdict: Option<Verdict>,
}

impl Row {
    fn is_expected(&self) -> bool {
        self.verdict == Some(self.expected)
    }
}

/// Judges every sample of the course, a few at a time, and prints a line for each.
async fn judge_course(engine: &Engine) -> Result<Vec<Row>> {
    let files = polycode_store::read_course(&step::root().join("examples/course"))?;
    let course = Course::from_files(&files)?;
    let samples: Vec<_> = course
        .contents
        .iter()
        .map(|content| content.samples.clone())
        .collect();
    let imported = engine.import_course(course).await?;
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
        .flat_map(|(content, samples)| {
            samples
                .into_iter()
                .map(move |sample| (content.slug.clone(), content.id, sample))
        });
    let workers = std::thread::available_parallelism().map_or(1, Into::into);
    let mut judged = stream::iter(jobs)
        .map(|(slug, content, sample)| async move {
            let began = Instant::now();
            let outcome = submit(engine, content, &sample).await;
            (slug, sample, outcome, began.elapsed().as_secs_f64() * 1e3)
        })
        .buffered(workers);
    let mut rows = Vec::new();
    while let Some((slug, sample, outcome, ms)) = judged.next().await {
        let row = match &outcome {
            Ok(outcome) => Row {
                expected: sample.verdict,
                verdict: verdict_of(outcome),
            },
            Err(_) => Row {
                expected: sample.verdict,
                verdict: None,
            },
        };
        print_row(&row, slug.as_str(), &sample, &outcome, ms);
        rows.push(row);
    }
    Ok(rows)
}

/// Each language has a learner of its own, so that both earn what their solutions are worth.
async fn submit(
    engine: &Engine,
    content: ContentId,
    sample: &Sample,
) -> Result<Outcome, EngineError> {
    let learner = match &sample.answer {
        Answer::Code(program) => program.language.as_str(),
        _ => "quiz",
    };
    let user = UserId::new(format!("learner-{learner}"))
        .map_err(|error| polycode_core::Refusal::invalid("user", error.to_string()))?;
    let (component, answer) = (sample.component.clone(), sample.answer.clone());
    engine
        .submit(Submit {
            user,
            content,
            component,
            answer,
        })
        .await
}

fn verdict_of(outcome: &Outcome) -> Option<Verdict> {
    match outcome.submission.status {
        SubmissionStatus::Graded { verdict, .. } => Some(verdict),
        _ => None,
    }
}

fn print_row(
    row: &Row,
    slug: &str,
    sample: &Sample,
    outcome: &Result<Outcome, EngineError>,
    ms: f64,
) {
    let submission = format!("{}/{}", sample.verdict, sample.name);
    let mark = if row.is_expected() { ' ' } else { '!' };
    match outcome {
        Ok(outcome) => {
            let (score, fuel) = match &outcome.submission.status {
                SubmissionStatus::Graded { score, fuel, .. } => (score.to_string(), fuel.0),
                _ => ("-".to_owned(), 0),
            };
            let verdict = row.verdict.map_or("ungradable", Verdict::as_str);
            println!(
                "{mark} {slug:<18} {submission:<38} {verdict:<14} {score:>8} {:>7} {fuel:>14} {ms:>9.1}",
                outcome.awarded.0,
            );
        }
        Err(error) => println!("{mark} {slug:<18} {submission:<38} {error}"),
    }
}
