//! The command `polycode`, as a user meets it.
#![expect(clippy::unwrap_used, reason = "a test that can't go on fails")]

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A folder to work in; languages are those of the user's own folder.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_polycode"));
        command
            .current_dir(self.0.path())
            .args(args)
            .stdin(Stdio::null());
        command
    }

    fn polycode(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }
}

fn out(output: &Output) -> &str {
    str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    str::from_utf8(&output.stderr).unwrap()
}

fn case(id: &str, text: &str, expected: &str) -> Value {
    json!({
        "id": id,
        "language": "javascript",
        "files": { "main.js": text },
        "validators": [{ "id": "v", "kind": "output", "expected": expected }],
        "expect": { "verdict": "passed" },
    })
}

#[test]
fn languages_are_listed() {
    let desk = Desk::new();
    let listed = desk.polycode(&["languages"]);
    assert!(out(&listed).contains("javascript"), "{}", out(&listed));
    let json = desk.polycode(&["languages", "--json"]);
    let rows: Vec<Value> = serde_json::from_str(out(&json)).unwrap();
    let javascript = rows.iter().find(|row| row["id"] == "javascript").unwrap();
    assert_eq!(javascript["installed"], true);
    let empty = tempfile::tempdir().unwrap();
    let home = empty.path().to_str().unwrap();
    let json = desk.polycode(&["--home", home, "languages", "--json"]);
    let rows: Vec<Value> = serde_json::from_str(out(&json)).unwrap();
    let python = rows.iter().find(|row| row["id"] == "python").unwrap();
    assert_eq!(python["installed"], false);
}

#[test]
fn a_program_runs_with_its_input_arguments_and_files() {
    let desk = Desk::new();
    desk.file(
        "main.js",
        "const fs = require('fs'); const { twice } = require('./lib/twice');
        console.log(twice(fs.readFileSync(0, 'utf8').trim()), process.argv.slice(2).join());
        console.error(fs.readFileSync('data.txt', 'utf8')); process.exitCode = 3",
    );
    desk.file("lib/twice.js", "exports.twice = text => text + text");
    desk.file("data.txt", "data");
    desk.file("in.txt", "hey\n");
    let args = [
        "run",
        "main.js",
        "--file",
        "lib/twice.js",
        "--file",
        "data.txt",
    ];
    let run = desk.polycode(
        &[
            &args[..],
            &["--stdin", "in.txt", "--arg", "-x", "--arg", "y"],
        ]
        .concat(),
    );
    assert_eq!(out(&run), "heyhey -x,y\n", "{}", err(&run));
    assert_eq!(err(&run), "data\n");
    assert_eq!(run.status.code(), Some(3));
}

#[test]
fn standard_input_is_passed_on() {
    let desk = Desk::new();
    desk.file(
        "main.js",
        "console.log(require('fs').readFileSync(0, 'utf8').length)",
    );
    let mut command = desk.command(&["run", "main.js", "--stdin", "-"]);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"12345").unwrap();
    assert_eq!(out(&child.wait_with_output().unwrap()), "5\n");
}

#[test]
fn what_was_seen_is_written_as_json() {
    let desk = Desk::new();
    desk.file("main.js", "console.log('hi'); for (;;) {}");
    let run = desk.polycode(&["run", "main.js", "--json", "--time-ms", "50"]);
    let seen: Value = serde_json::from_str(out(&run)).unwrap();
    assert_eq!(seen["ending"]["kind"], "time_exhausted");
    assert_eq!(seen["stdout"], "hi\n");
    assert!(seen["fuel"].as_u64().unwrap() > 1_000_000);
    assert_eq!(run.status.code(), Some(124));
}

#[test]
fn limits_and_refusals_are_one_line() {
    let desk = Desk::new();
    desk.file("loop.js", "for (;;) {}");
    desk.file("main.cob", "");
    desk.file("bad.js", "let x = ;");
    let run = |args: &[&str]| {
        let run = desk.polycode(&[&["run"], args].concat());
        assert_eq!(err(&run).lines().count(), 1, "{}", err(&run));
        (run.status.code().unwrap(), err(&run).to_owned())
    };
    let stopped = "polycode: stopped: the time limit was reached\n".to_owned();
    assert_eq!(run(&["loop.js", "--time-ms", "50"]), (124, stopped));
    let (code, line) = run(&["main.cob"]);
    assert_eq!((code, line.contains("--language")), (125, true), "{line}");
    let (code, line) = run(&["main.cob", "--language", "cobol"]);
    assert_eq!((code, line.contains("javascript")), (125, true), "{line}");
    let (code, line) = run(&["nowhere.js"]);
    assert_eq!((code, line.contains("nowhere.js")), (125, true), "{line}");
    let (code, line) = run(&["loop.js", "--time-ms", "0"]);
    assert_eq!(
        (code, line.contains("limits.timeMs")),
        (125, true),
        "{line}"
    );
    let (code, line) = run(&["loop.js", "--stdin", "none.txt"]);
    assert_eq!((code, line.contains("stdin")), (125, true), "{line}");
    let empty = tempfile::tempdir().unwrap();
    desk.file("main.py", "print(1)");
    let (code, line) = run(&["main.py", "--home", empty.path().to_str().unwrap()]);
    assert_eq!(
        (code, line.contains("polycode install python")),
        (125, true),
        "{line}"
    );
    let rejected = desk.polycode(&["run", "bad.js"]);
    assert_eq!(rejected.status.code(), Some(1));
    assert!(err(&rejected).contains("bad.js"), "{}", err(&rejected));
}

#[test]
fn cases_are_judged_in_the_order_of_the_arguments() {
    let desk = Desk::new();
    let slow = "let n = 0; for (let i = 0; i < 2e6; i++) n += i; console.log('slow')";
    desk.file("slow.json", &case("slow", slow, "slow\n").to_string());
    for name in ["a", "b", "c"] {
        let text = format!("console.log('{name}')");
        desk.file(
            &format!("{name}.json"),
            &case(name, &text, name).to_string(),
        );
    }
    let args = [
        "judge",
        "--json",
        "--jobs",
        "3",
        "slow.json",
        "a.json",
        "b.json",
        "c.json",
    ];
    let judged = desk.polycode(&args);
    let lines: Vec<Value> = out(&judged)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let ids: Vec<_> = lines
        .iter()
        .map(|line| line["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["slow", "a", "b", "c"], "{}", err(&judged));
    assert_eq!(judged.status.code(), Some(0));
    let keys: Vec<_> = lines[0]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    for key in [
        "id",
        "file",
        "verdict",
        "score",
        "fuel",
        "wallUs",
        "report",
        "expected",
        "differences",
    ] {
        assert!(keys.contains(&key), "{key}");
    }
    assert_eq!(lines[1]["verdict"], "passed");
    assert_eq!(lines[1]["expected"], true);
    assert_eq!(lines[1]["file"], "a.json");
}

#[test]
fn a_case_that_differs_says_where() {
    let desk = Desk::new();
    desk.file(
        "wrong.json",
        &case("wrong", "console.log(1)", "2").to_string(),
    );
    let judged = desk.polycode(&["judge", "wrong.json"]);
    assert_eq!(judged.status.code(), Some(1));
    let line = out(&judged);
    assert!(
        line.contains("wrong_answer") && line.contains("instead of passed"),
        "{line}"
    );
}

#[test]
fn a_bad_case_is_one_line_and_the_others_are_judged() {
    let desk = Desk::new();
    desk.file(
        "good.json",
        &case("good", "console.log(1)", "1").to_string(),
    );
    desk.file("cut.json", "{\"id\": \"x\", ");
    let mut bad = case("bad", "", "");
    bad["validators"][0]["weight"] = json!(-1);
    desk.file("bad.json", &bad.to_string());
    let mut cobol = case("cobol", "", "");
    cobol["language"] = json!("cobol");
    desk.file("cobol.json", &cobol.to_string());
    let args = [
        "judge",
        "--json",
        "cut.json",
        "bad.json",
        "none.json",
        "cobol.json",
        "good.json",
    ];
    let judged = desk.polycode(&args);
    assert_eq!(judged.status.code(), Some(2));
    let lines: Vec<Value> = out(&judged)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let codes: Vec<_> = lines
        .iter()
        .map(|line| line["error"]["code"].as_str())
        .collect();
    let expected = [
        Some("invalid"),
        Some("invalid"),
        Some("unreadable"),
        Some("unknown_language"),
        None,
    ];
    assert_eq!(codes, expected);
    assert_eq!(lines[4]["verdict"], "passed");
    let complaints: Vec<_> = err(&judged).lines().collect();
    assert_eq!(complaints.len(), 4, "{complaints:?}");
    for (line, file) in complaints
        .iter()
        .zip(["cut.json", "bad.json", "none.json", "cobol.json"])
    {
        assert!(line.starts_with(&format!("{file}: ")), "{line}");
    }
    assert!(complaints[1].contains("validators"), "{}", complaints[1]);
}

#[test]
fn closed_pipes_are_no_reason_to_panic() {
    let desk = Desk::new();
    desk.file("main.js", "console.log('x'.repeat(100000))");
    let files: Vec<_> = (0..40).map(|n| format!("{n}.json")).collect();
    for name in &files {
        desk.file(name, &case(name, "console.log(1)", "1").to_string());
    }
    let judge: Vec<_> = ["judge", "--json"]
        .into_iter()
        .chain(files.iter().map(String::as_str))
        .collect();
    for args in [&["run", "main.js"][..], &["languages"], &judge] {
        let mut command = desk.command(args);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut complaints = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut complaints)
            .unwrap();
        let code = child.wait().unwrap().code();
        assert!(code.is_some() && code != Some(101), "{args:?}: {code:?}");
        assert_eq!(complaints, "", "{args:?}");
    }
}

#[test]
fn an_unknown_language_is_not_installed() {
    let install = Desk::new().polycode(&["install", "cobol"]);
    assert_eq!(install.status.code(), Some(2));
    assert!(err(&install).contains("choose one of"), "{}", err(&install));
}

#[test]
fn the_bad_cases_of_the_conformance_suite_are_refused_in_one_line() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance/invalid");
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let words = std::fs::read_to_string(path.with_extension("error.txt")).unwrap();
        let judged = Desk::new().polycode(&["judge", path.to_str().unwrap()]);
        assert_eq!(judged.status.code(), Some(2), "{}", path.display());
        let line = err(&judged);
        assert_eq!(line.lines().count(), 1, "{line}");
        assert!(line.contains(words.trim()), "{line} does not name {words}");
        count += 1;
    }
    assert!(count >= 40, "only {count} cases were found");
}

#[test]
fn a_receipt_is_judged_again_and_says_where_it_is_not_so() {
    let desk = Desk::new();
    for (name, n) in [("one", 1), ("two", 2)] {
        let program = format!("console.log({n})");
        desk.file(
            &format!("{name}.json"),
            &case(name, &program, "1\n").to_string(),
        );
    }
    let judged = desk.polycode(&["judge", "one.json", "two.json", "--receipt", "receipt.json"]);
    assert_eq!(judged.status.code(), Some(1), "{}", err(&judged));
    let verified = desk.polycode(&["verify", "receipt.json"]);
    assert_eq!(out(&verified), "same     one\nsame     two\n");
    assert_eq!(verified.status.code(), Some(0));

    let text = std::fs::read_to_string(desk.0.path().join("receipt.json")).unwrap();
    let mut receipt: Value = serde_json::from_str(&text).unwrap();
    receipt["cases"][1]["verdict"] = json!("passed");
    receipt["runtimes"]["javascript"] = json!("another");
    desk.file("forged.json", &receipt.to_string());
    let verified = desk.polycode(&["verify", "forged.json", "--json"]);
    let lines: Vec<Value> = out(&verified)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["same"], true);
    assert_eq!(
        lines[1]["differences"],
        json!(["verdict wrong_answer instead of passed"])
    );
    assert!(err(&verified).contains("the runtime of `javascript` is another one"));
    assert_eq!(verified.status.code(), Some(1));

    receipt["format"] = json!(7);
    desk.file("newer.json", &receipt.to_string());
    for (name, words) in [
        ("newer.json", "has the format 7; only 1 is known"),
        ("one.json", "is not a receipt"),
        ("none.json", "No such file"),
    ] {
        let refused = desk.polycode(&["verify", name]);
        assert!(err(&refused).contains(words), "{}", err(&refused));
        assert_eq!(refused.status.code(), Some(2));
    }
}
