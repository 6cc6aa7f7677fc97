//! Every case under `conformance/judging/` comes out as it expects. Python and Node run the same
//! files through their own faces.
#![expect(clippy::expect_used, reason = "helpers of tests, too")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use polycode_core::engine::judge_program;
use polycode_core::judging::Case;
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

/// What is wrong with the outcome of a case; empty when it is as expected.
async fn differences(sandbox: &dyn Sandbox, path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).expect("readable");
    let case: Case = match serde_json::from_str(&text) {
        Ok(case) => case,
        Err(error) => return vec![error.to_string()],
    };
    if let Err(refusal) = case.check() {
        return vec![refusal.to_string()];
    }
    let judged = judge_program(
        sandbox,
        &case.program(),
        &case.limits,
        case.scheme(),
        &case.args,
    )
    .await;
    match (judged, &case.expect) {
        (Ok(report), Some(expect)) => expect.differences(&report),
        (Ok(_), None) => vec!["the case expects nothing".to_owned()],
        (Err(error), _) => vec![error.to_string()],
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
    let conformance = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance");
    let files = cases_below(&conformance.join(folder));
    assert!(
        files.len() >= least,
        "only {} cases were found",
        files.len()
    );
    let runner: Arc<dyn Sandbox> = Arc::new(Runner::builder().build().expect("a runner"));
    let mut judging = tokio::task::JoinSet::new();
    for path in files {
        let runner = Arc::clone(&runner);
        judging.spawn(async move { (differences(&*runner, &path).await, path) });
    }
    let mut wrong = Vec::new();
    while let Some(judged) = judging.join_next().await {
        let (differences, path) = judged.expect("no panic");
        wrong.extend(
            differences
                .iter()
                .map(|text| format!("{}: {text}", path.display())),
        );
    }
    wrong.sort();
    assert!(
        wrong.is_empty(),
        "{} differences:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
