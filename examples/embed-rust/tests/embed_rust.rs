//! The example does what it says.
#![expect(clippy::unwrap_used, reason = "a test that can't go on fails")]

use std::process::Command;

fn output(url: &str) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_embed-rust"))
        .arg(url)
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    String::from_utf8(done.stdout).unwrap()
}

#[test]
fn an_answer_is_judged_and_pays_once_however_often_it_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("school.db").display());
    assert_eq!(
        output(&url),
        "verdict: Passed\nawarded: 10 polypoints\nbalance: 10 polypoints\n"
    );
    assert_eq!(
        output(&url),
        "verdict: Passed\nawarded: 0 polypoints\nbalance: 10 polypoints\n"
    );
}
