use serde_json::json;

use super::*;
use crate::judging::{Check, Feedback, Report};
use crate::quantity::ByteCount;

const PASSED: &str = "\"passed\"";

fn validator(hidden: bool) -> Validator {
    let wire = json!({
        "id": "v", "kind": "tests", "hidden": hidden,
        "files": {"test_main.py": "def test_one(): pass"}, "entry": "test_main.py",
    });
    serde_json::from_value(wire).unwrap()
}

fn seen(ending: Ending, returned: Option<&str>) -> Observation {
    Observation {
        ending,
        stdout: b"said".to_vec(),
        stderr: b"why".to_vec(),
        returned: returned.map(str::to_owned),
        files: [].into(),
        fuel: Fuel(10),
        peak_memory: ByteCount(1),
        wall_us: 1,
    }
}

const fn exit(code: i32) -> Ending {
    Ending::Exited { code }
}

fn judged(talks: &[(Ending, Ending, Option<&str>)], hidden: bool) -> Judgement {
    let mut run = SuiteRun::default();
    for (number, (program, test, returned)) in talks.iter().enumerate() {
        let talk = Talk {
            program: seen(program.clone(), None),
            interactor: seen(test.clone(), *returned),
            program_left_first: false,
        };
        run.add(format!("test_{number}"), &talk);
    }
    run.judge(&validator(hidden))
}

#[test]
fn each_test_earns_its_share() {
    let failed = "{\"failed\": \"1 != 2\"}";
    let judgement = judged(
        &[
            (exit(0), exit(0), Some(PASSED)),
            (exit(0), exit(0), Some(failed)),
            (Ending::TimeExhausted, exit(0), Some(failed)),
        ],
        false,
    );
    assert_eq!(judgement.verdict, Verdict::WrongAnswer);
    assert_eq!(judgement.score.millionths(), 333_333);
    assert_eq!(judgement.reason.as_deref(), Some("test_1: 1 != 2"));
    let verdicts: Vec<_> = judgement.tests.iter().map(|test| test.verdict).collect();
    assert_eq!(
        verdicts,
        [Verdict::Passed, Verdict::WrongAnswer, Verdict::TimeLimit]
    );
    // The work of all three.
    assert_eq!(judgement.evidence.unwrap().fuel, Fuel(30));
}

#[test]
fn only_what_the_test_itself_says_at_a_good_end_counts_as_passed() {
    let verdict = |program, test, returned| judged(&[(program, test, returned)], false).verdict;
    assert_eq!(verdict(exit(0), exit(0), Some(PASSED)), Verdict::Passed);
    for (test, returned) in [
        (exit(0), None),
        (exit(0), Some("")),
        (exit(0), Some("true")),
        (exit(0), Some("\"passed\" \"passed\"")),
        (exit(1), Some(PASSED)),
        (Ending::MemoryExhausted, Some(PASSED)),
        (Ending::Idle, None),
    ] {
        let judgement = judged(&[(exit(0), test, returned)], false);
        assert_eq!(judgement.verdict, Verdict::WrongAnswer, "{returned:?}");
        assert!(judgement.note.unwrap().contains("test_0"), "{returned:?}");
    }
    assert_eq!(
        verdict(exit(1), exit(0), Some(PASSED)),
        Verdict::RuntimeError
    );
    assert_eq!(
        verdict(Ending::OutputExhausted, exit(0), Some(PASSED)),
        Verdict::OutputLimit
    );
}

#[test]
fn names_are_those_of_the_author_s_file() {
    let names = |returned: &str| TestsCheck::names(&seen(exit(0), Some(returned)));
    assert_eq!(names("[\"a\", \"b\"]").unwrap(), ["a", "b"]);
    for (wrong, why) in [
        ("[]", "1 to 200 tests, not 0"),
        ("[\"a\", \"a\"]", "the same name"),
        ("[\"\"]", "1 to 200 bytes"),
        ("{}", "can't be listed"),
    ] {
        assert!(names(wrong).unwrap_err().contains(why), "{wrong}");
    }
    let failed = TestsCheck::names(&seen(exit(1), Some("[\"a\"]"))).unwrap_err();
    assert_eq!(failed, "the tests can't be listed: runtime_error: why");
}

#[test]
fn tests_that_are_hidden_have_no_names() {
    let talks = [(exit(0), exit(0), Some("{\"failed\": \"secret\"}"))];
    let told = |hidden| {
        let report = Report::of(vec![judged(&talks, hidden)]);
        serde_json::to_string(&Feedback::from(&report)).unwrap()
    };
    assert!(told(false).contains("test_0") && told(false).contains("secret"));
    assert!(!told(true).contains("test_0") && !told(true).contains("secret"));
}

#[test]
fn the_rules_of_a_program_hold_for_tests() {
    let mut broken = validator(false);
    assert_eq!(broken.problems("validators[0]"), []);
    if let Check::Tests(check) = &mut broken.check {
        check.entry = FileName::new("other.py").unwrap();
        check.limits.time_ms = 0;
    }
    let problems = broken.problems("validators[0]");
    let fields: Vec<_> = problems.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(
        fields,
        ["validators[0].entry", "validators[0].limits.timeMs"]
    );
}

#[test]
fn tests_that_can_t_be_run_are_never_the_learner_s_failure() {
    let judgement = judge_without_tests(&validator(false), "the tests are not valid: main.py:1");
    assert_eq!(judgement.verdict, Verdict::SystemError);
    assert!(judgement.reason.is_none() && judgement.note.is_some());
}
