use serde_json::json;

use super::*;
use crate::quantity::{ByteCount, Fuel};

fn check(convention: &str) -> CheckerCheck {
    let wire = json!({
        "checker": {"language": "python", "files": {"main.py": "pass"}},
        "convention": convention, "input": "3\n", "answer": "9\n",
    });
    serde_json::from_value(wire).unwrap()
}

fn validator(kind: &str) -> Validator {
    let wire = json!({
        "id": "v", "kind": kind,
        "checker": {"language": "python", "files": {"main.py": "pass"}},
    });
    serde_json::from_value(wire).unwrap()
}

fn seen(ending: Ending) -> Observation {
    Observation {
        ending,
        stdout: b"said".to_vec(),
        stderr: Vec::new(),
        returned: None,
        files: [].into(),
        fuel: Fuel(1),
        peak_memory: ByteCount(1),
        wall_us: 1,
    }
}

const fn exit(code: i32) -> Ending {
    Ending::Exited { code }
}

fn with_file(code: i32, name: &str, text: &str) -> Observation {
    let name = FileName::new(name).unwrap();
    Observation {
        files: [(name, text.as_bytes().to_vec())].into(),
        ..seen(exit(code))
    }
}

fn checked(
    convention: &str,
    checker: &Observation,
) -> (Verdict, u32, Option<String>, Option<String>) {
    let judgement = judge_checked(
        &validator("checker"),
        &check(convention),
        &seen(exit(0)),
        checker,
    );
    assert_eq!(judgement.evidence.unwrap().stdout.text, "said");
    (
        judgement.verdict,
        judgement.score.millionths(),
        judgement.reason,
        judgement.note,
    )
}

#[test]
fn a_kattis_checker_says_it_by_42_and_43() {
    let of = |code| checked("kattis", &seen(exit(code)));
    assert_eq!(of(42), (Verdict::Passed, 1_000_000, None, None));
    assert_eq!(of(43), (Verdict::WrongAnswer, 0, None, None));
}

#[test]
fn a_checker_that_gives_no_opinion_is_never_the_learners_failure() {
    for ending in [
        exit(0),
        exit(1),
        Ending::TimeExhausted,
        Ending::MemoryExhausted,
        Ending::OutputExhausted,
    ] {
        let (verdict, score, reason, note) = checked("kattis", &seen(ending.clone()));
        assert_eq!(
            (verdict, score, reason),
            (Verdict::SystemError, 0, None),
            "{ending:?}"
        );
        assert!(
            note.unwrap().starts_with("the checker gave no opinion: "),
            "{ending:?}"
        );
    }
    for ending in [exit(3), exit(42), exit(7), Ending::TimeExhausted] {
        let (verdict, ..) = checked("testlib", &seen(ending));
        assert_eq!(verdict, Verdict::SystemError);
    }
}

#[test]
fn a_score_is_an_exact_share() {
    let of = |text: &str| {
        let (verdict, score, ..) = checked("kattis", &with_file(42, SCORE, text));
        (verdict, score)
    };
    assert_eq!(of("0.3333333\n"), (Verdict::WrongAnswer, 333_333));
    assert_eq!(of("0.9999999"), (Verdict::WrongAnswer, 999_999));
    assert_eq!(of("1"), (Verdict::Passed, 1_000_000));
    assert_eq!(of("1.0"), (Verdict::Passed, 1_000_000));
    assert_eq!(of("0"), (Verdict::WrongAnswer, 0));
    for wrong in [
        "1.1",
        "2",
        "-0.5",
        "NaN",
        "1e-1",
        "half",
        "0.5.5",
        "+1",
        "4294967296",
    ] {
        assert_eq!(of(wrong), (Verdict::SystemError, 0), "{wrong}");
    }
}

#[test]
fn words_for_the_author_and_for_the_learner_are_kept_apart() {
    let (_, _, reason, note) = checked("kattis", &with_file(43, FOR_AUTHOR, "secret"));
    assert_eq!((reason, note), (None, Some("secret".to_owned())));
    let (_, _, reason, note) = checked("kattis", &with_file(43, FOR_LEARNER, "a hint"));
    assert_eq!((reason, note), (Some("a hint".to_owned()), None));
    let long = checked("kattis", &with_file(43, FOR_AUTHOR, &"x".repeat(9_999)));
    assert_eq!(long.3.unwrap().len(), CheckerCheck::MAX_WORDS);
}

#[test]
fn testlib_says_it_by_its_own_codes() {
    let said = |code, stderr: &str| {
        let checker = Observation {
            stderr: stderr.as_bytes().to_vec(),
            ..seen(exit(code))
        };
        let (verdict, score, reason, note) = checked("testlib", &checker);
        assert_eq!(reason, None);
        (verdict, score, note)
    };
    let words = |words: &str| Some(words.to_owned());
    assert_eq!(
        said(0, "ok 3 numbers"),
        (Verdict::Passed, 1_000_000, words("ok 3 numbers"))
    );
    for code in [1, 2, 4, 8] {
        assert_eq!(
            said(code, "wrong"),
            (Verdict::WrongAnswer, 0, words("wrong"))
        );
    }
    assert_eq!(
        said(7, "points 0.25 near"),
        (Verdict::WrongAnswer, 250_000, words("points 0.25 near"))
    );
    assert_eq!(said(7, "points many").0, Verdict::SystemError);
}

#[test]
fn what_a_judging_program_is_given_follows_the_convention() {
    let names = |run: &Run| {
        run.files
            .keys()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    let kattis = check("kattis").checks(b"out".to_vec());
    assert_eq!(kattis.args, ["input.txt", "answer.txt", "feedback/"]);
    assert_eq!(kattis.stdin, b"out");
    assert_eq!(
        names(&kattis),
        ["answer.txt", FOR_AUTHOR, SCORE, FOR_LEARNER, "input.txt"]
    );
    let testlib = check("testlib").checks(b"out".to_vec());
    assert_eq!(testlib.args, ["input.txt", "output.txt", "answer.txt"]);
    assert!(testlib.stdin.is_empty());
    assert_eq!(
        testlib.files.get(&FileName::new(OUTPUT).unwrap()).unwrap(),
        b"out"
    );
    assert_eq!(
        testlib.files.get(&FileName::new(ANSWER).unwrap()).unwrap(),
        b"9\n"
    );
}

#[test]
fn who_leaves_a_talk_first_decides() {
    let verdict = |program: Ending, interactor: Ending, program_left_first| {
        let talk = Talk {
            program: seen(program),
            interactor: seen(interactor),
            program_left_first,
        };
        judge_talk(&validator("interactive"), &check("kattis"), &talk).verdict
    };
    assert_eq!(verdict(exit(0), exit(42), false), Verdict::Passed);
    assert_eq!(verdict(exit(0), exit(43), true), Verdict::WrongAnswer);
    // It crashed, and the interactor could only see that nothing more came.
    assert_eq!(verdict(exit(1), exit(43), true), Verdict::RuntimeError);
    assert_eq!(verdict(exit(1), exit(1), true), Verdict::RuntimeError);
    assert_eq!(
        verdict(Ending::TimeExhausted, exit(1), true),
        Verdict::TimeLimit
    );
    // The interactor had refused before.
    assert_eq!(verdict(exit(1), exit(43), false), Verdict::WrongAnswer);
    // Accepted, but it crashed after.
    assert_eq!(verdict(exit(1), exit(42), false), Verdict::RuntimeError);
    // The interactor itself failed.
    assert_eq!(verdict(exit(1), exit(1), false), Verdict::SystemError);
    assert_eq!(verdict(exit(0), exit(1), true), Verdict::SystemError);
    assert_eq!(
        verdict(Ending::Idle, Ending::Idle, false),
        Verdict::TimeLimit
    );
}

#[test]
fn names_that_a_judging_program_is_given_are_refused() {
    let mut check = check("kattis");
    let text = String::new();
    check
        .checker
        .files
        .insert(FileName::new("Input.txt").unwrap(), text.clone());
    check
        .checker
        .files
        .insert(FileName::new("feedback/x.txt").unwrap(), text);
    check.limits.time_ms = 0;
    let problems = check.problems("validators[0]");
    let fields: Vec<_> = problems
        .iter()
        .map(|problem| problem.field.as_str())
        .collect();
    let files = "validators[0].checker.files";
    assert_eq!(fields, ["validators[0].limits.timeMs", files, files]);
}
