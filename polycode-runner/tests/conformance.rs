//! Every case under `conformance/judging/` comes out as it expects. Python and Node run the same
//! files through their own faces, and compare what they get with the reports that are left here.
#![expect(clippy::expect_used, reason = "helpers of tests, too")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use polycode_core::engine::judge_program;
use polycode_core::judging::{Case, Report};
use polycode_core::port::Sandbox;
use polycode_runner::Runner;

fn cases_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let entries = std::fs::read_dir(folder).expect("a folder of cases");
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            files.extend(cases_below(&path));
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// A case and the report on it, or why there is none.
async fn judged(sandbox: &dyn Sandbox, path: &Path) -> Result<(Case, Report), String> {
    let text = std::fs::read_to_string(path).expect("readable");
    let case: Case = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    case.check().map_err(|refusal| refusal.to_string())?;
    let (program, scheme) = (case.program(), case.scheme());
    let judging = judge_program(sandbox, &program, &case.limits, scheme, &case.args);
    let report = judging.await.map_err(|error| error.to_string())?;
    Ok((case, report))
}

/// What is wrong with the outcome of a case; empty when it is as expected.
fn differences(case: &Case, report: &Report) -> Vec<String> {
    match &case.expect {
        Some(expect) => expect.differences(report),
        None => vec!["the case expects nothing".to_owned()],
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_case_comes_out_as_it_expects() {
    judge_all("judging", 60).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_hostile_programs_try_comes_out_as_it_should() {
    judge_all("abuse", 500).await;
}

async fn judge_all(folder: &str, least: usize) {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../conformance")
        .join(folder);
    let files = cases_below(&cases);
    assert!(
        files.len() >= least,
        "only {} cases were found",
        files.len()
    );
    let runner: Arc<dyn Sandbox> = Arc::new(Runner::builder().build().expect("a runner"));
    let mut judging = tokio::task::JoinSet::new();
    for path in files {
        let runner = Arc::clone(&runner);
        judging.spawn(async move { (judged(&*runner, &path).await, path) });
    }
    let mut wrong = Vec::new();
    let mut reports = BTreeMap::new();
    while let Some(judged) = judging.join_next().await {
        let (judged, path) = judged.expect("no panic");
        let name = path.strip_prefix(&cases).expect("below the folder");
        let name = name.to_string_lossy().into_owned();
        let told = match &judged {
            Ok((case, report)) => differences(case, report),
            Err(words) => vec![words.clone()],
        };
        wrong.extend(told.iter().map(|text| format!("{name}: {text}")));
        if let Ok((_, report)) = judged {
            reports.insert(format!("{folder}/{name}"), report);
        }
    }
    wrong.sort();
    let text = serde_json::to_string(&reports).expect("reports are JSON");
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("reports-of-{folder}.json"));
    std::fs::write(kept, text).expect("the folder for what tests make is there");
    assert!(
        wrong.is_empty(),
        "{} differences:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
