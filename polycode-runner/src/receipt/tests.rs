use polycode_core::port::Sandbox;

use super::*;
use crate::Runner;

const CASE: &str = r#"{
    "id": "sum", "language": "javascript",
    "files": {"main.js": "const n = require('fs').readFileSync(0, 'utf8'); console.log(n * 2);"},
    "validators": [
        {"id": "a", "kind": "output", "stdin": "2", "expected": "4"},
        {"id": "b", "kind": "output", "stdin": "3", "expected": "7"},
        {"id": "c", "kind": "interactive", "checker": {
            "language": "javascript", "files": {"talk.js": "process.exit(42)"}}}
    ]
}"#;

fn judged() -> JudgedCase {
    let home = tempfile::tempdir().unwrap();
    let runner: Box<dyn Sandbox> = Box::new(Runner::builder().home(home.path()).build().unwrap());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let case: Case = serde_json::from_str(CASE).unwrap();
    runtime.block_on(judge(&*runner, case)).unwrap().1
}

#[test]
fn judging_again_gives_the_same_receipt_to_the_byte() {
    let (one, two) = (judged(), judged());
    assert_eq!(one.differences(&two), Vec::<String>::new());
    let text = |judged: JudgedCase| serde_json::to_string(&Receipt::of(vec![judged])).unwrap();
    assert_eq!(text(one.clone()), text(two));
    let read: Receipt = serde_json::from_str(&text(one.clone())).unwrap();
    assert_eq!(read.cases, [one]);
    assert!(read.other_runtimes().is_empty());
}

#[test]
fn every_run_is_written_down_interactors_too() {
    let judged = judged();
    assert_eq!(judged.runs.len(), 4);
    assert_eq!(judged.runs[0].program, judged.runs[1].program);
    assert_ne!(judged.runs[0].input, judged.runs[1].input);
    assert_ne!(judged.runs[0].stdout, judged.runs[1].stdout);
    let code = judged.runs[3].ending.clone();
    assert_eq!(code, Ending::Exited { code: 42 });
}

#[test]
fn whatever_is_changed_in_a_receipt_is_found_where_it_is() {
    let now = judged();
    let found = |change: &dyn Fn(&mut JudgedCase)| {
        let mut then = now.clone();
        change(&mut then);
        then.differences(&now).join("; ")
    };
    let fuel = now.runs[1].fuel;
    let told = found(&|then| then.runs[1].fuel.0 += 1);
    assert_eq!(
        told,
        format!("runs[1].fuel {fuel} instead of {}", Fuel(fuel.0 + 1))
    );
    let told = found(&|then| then.verdict = Verdict::Passed);
    assert_eq!(told, "verdict wrong_answer instead of passed");
    let told = found(&|then| then.validators[1] = Verdict::Passed);
    assert_eq!(told, "validators[1] wrong_answer instead of passed");
    let told = found(&|then| then.runs[0].stdout = recorder::digest("5\n"));
    assert!(told.starts_with("runs[0].stdout "), "{told}");
    let told = found(&|then| drop(then.runs.pop()));
    assert_eq!(told, "runs 4 instead of 3");
}

#[test]
fn a_runtime_that_is_not_ours_is_named() {
    let mut receipt = Receipt::of(vec![judged()]);
    let javascript = LanguageId::new("javascript").unwrap();
    receipt
        .runtimes
        .insert(javascript.clone(), recorder::digest("another"));
    assert_eq!(receipt.other_runtimes(), [&javascript]);
}
