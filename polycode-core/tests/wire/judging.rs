//! Cases, reports and answers.

use insta::assert_json_snapshot;
use polycode_core::judging::{Answer, Case, Feedback, Report};
use polycode_core::practice::Edit;
use serde_json::json;

use crate::round_trip;

#[test]
fn a_case_and_its_report_keep_their_shape() {
    let wire = json!({
        "id": "case", "language": "javascript", "files": {"main.js": "1"}, "entry": "main.js",
        "args": ["a"],
        "limits": {"timeMs": 500, "memoryBytes": 67_108_864, "outputBytes": 1, "fileBytes": 2, "fileCount": 3},
        "validators": [{"id": "v", "weight": 1, "kind": "output", "stdin": "", "comparison": "tokens"}],
        "expect": {"verdict": "passed", "score": 1_000_000, "validators": {"v": "passed"}},
    });
    assert_eq!(round_trip::<Case>(&wire), wire);
    let report = json!({
        "verdict": "runtime_error", "score": 0,
        "judgements": [{
            "validator": "v", "verdict": "runtime_error", "score": 0, "weight": 1, "hidden": false,
            "reason": "ended with exit code 3",
            "evidence": {
                "ending": {"kind": "exited", "code": 3}, "stdout": {"text": "a", "bytes": 1},
                "stderr": {"text": "", "bytes": 0}, "returned": {"text": "1", "bytes": 1},
                "fuel": 10, "peakMemory": 20, "wallUs": 30,
            },
        }],
    });
    assert_eq!(round_trip::<Report>(&report), report);
    let report: Report = serde_json::from_value(report).unwrap();
    assert_json_snapshot!(Feedback::from(&report));
}

#[test]
fn the_least_case_gets_its_defaults() {
    let wire = json!({
        "id": "least", "language": "python", "files": {"main.py": ""},
        "validators": [{"id": "v", "kind": "output"}],
    });
    assert_json_snapshot!(round_trip::<Case>(&wire));
}

#[test]
fn answers_and_edits_keep_their_shape() {
    let answers = [
        json!({"kind": "text", "text": "Bern"}),
        json!({"kind": "number", "value": "1.10"}),
        json!({"kind": "quiz", "answers": {"q": {"kind": "choice", "selected": ["a"]}}}),
    ];
    for answer in answers {
        assert_eq!(round_trip::<Answer>(&answer), answer);
    }
    let edits = [
        json!({"kind": "add", "file": "a.py", "text": ""}),
        json!({"kind": "write", "file": "a.py", "text": "x"}),
        json!({"kind": "rename", "file": "a.py", "to": "b.py"}),
        json!({"kind": "remove", "file": "a.py"}),
        json!({"kind": "reset"}),
    ];
    for edit in edits {
        assert_eq!(round_trip::<Edit>(&edit), edit);
    }
}
