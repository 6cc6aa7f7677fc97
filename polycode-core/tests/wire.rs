//! What is written to databases, event feeds and clients is a promise: each type's JSON is
//! compared with a snapshot. A new field is fine, a changed or missing one is not.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "helpers of tests, too"
)]

use insta::assert_json_snapshot;
use jiff::Timestamp;
use polycode_core::catalogue::{Content, ContentEvent, ContentView};
use polycode_core::event::{Event, Logged, Recorded};
use polycode_core::id::{
    ComponentId, ContentId, EntryId, EventId, RegradeId, SubmissionId, UserId,
};
use polycode_core::judging::submission::SubmissionEvent;
use polycode_core::judging::{
    Answer, Case, Feedback, Regrade, RegradeCounts, RegradeEvent, RegradeOutcome, RegradeStatus,
    Report, Submission, SubmissionStatus, Verdict,
};
use polycode_core::polypoints::{Account, Entry, EntryReason, WalletEvent};
use polycode_core::port::Versioned;
use polycode_core::practice::{Progress, ProgressEvent};
use polycode_core::quantity::{Cursor, Fuel, Points, Score, Version};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

fn user() -> UserId {
    UserId::new("ada").unwrap()
}

fn content() -> ContentId {
    ContentId(Uuid::from_u128(1))
}

fn submission() -> Submission {
    Submission {
        id: SubmissionId(Uuid::from_u128(2)),
        user: user(),
        content: content(),
        content_version: Version(3),
        component: ComponentId::new("editor").unwrap(),
        received_at: Timestamp::UNIX_EPOCH,
        status: SubmissionStatus::Pending,
    }
}

/// Reads a value and writes it again: nothing may be lost on the way.
fn round_trip<T: Serialize + DeserializeOwned>(wire: &Value) -> Value {
    let value: T = serde_json::from_value(wire.clone()).expect("readable");
    serde_json::to_value(&value).expect("writable")
}

#[test]
#[expect(clippy::too_many_lines, reason = "a line for each event")]
fn events_keep_their_shape() {
    let component = ComponentId::new("editor").unwrap();
    let (id, at, score) = (submission().id, Timestamp::UNIX_EPOCH, Score::ratio(1, 3));
    let entry = EntryId(Uuid::from_u128(4));
    let (points, total) = (Points(7), Points(10));
    let regrade = Regrade {
        id: RegradeId(Uuid::from_u128(5)),
        content: content(),
        from: Version(3),
        to: Version(4),
        by: Some(user()),
        status: RegradeStatus::Running { after: Some(id) },
        counts: RegradeCounts::default(),
    };
    let events: Vec<Event> = vec![
        ContentEvent::Published {
            content: content(),
            version: Version(3),
        }
        .into(),
        SubmissionEvent::Received {
            submission: submission(),
        }
        .into(),
        SubmissionEvent::Graded {
            submission: id,
            verdict: Verdict::WrongAnswer,
            score,
            fuel: Fuel(12_345),
            at,
        }
        .into(),
        SubmissionEvent::FoundUngradable { submission: id, at }.into(),
        SubmissionEvent::SentToReview { submission: id, at }.into(),
        SubmissionEvent::Reviewed {
            submission: id,
            by: user(),
            at,
        }
        .into(),
        SubmissionEvent::Regraded {
            submission: id,
            regrade: regrade.id,
            content_version: Version(4),
            verdict: Verdict::Passed,
            score: Score::FULL,
            fuel: Fuel(12_345),
            at,
        }
        .into(),
        RegradeEvent::Started {
            regrade: regrade.clone(),
        }
        .into(),
        RegradeEvent::Passed {
            regrade: regrade.id,
            submission: id,
            outcome: RegradeOutcome::Raised,
        }
        .into(),
        RegradeEvent::Finished {
            regrade: regrade.id,
            at,
        }
        .into(),
        ProgressEvent::Advanced {
            user: user(),
            content: content(),
            component,
            best: score,
            score,
        }
        .into(),
        ProgressEvent::Completed {
            user: user(),
            content: content(),
            at,
        }
        .into(),
        ProgressEvent::Rewarded {
            user: user(),
            content: content(),
            points,
            total,
        }
        .into(),
        WalletEvent::Credited {
            user: user(),
            entry,
            points,
            balance: total,
        }
        .into(),
    ];
    let log: Vec<_> = (1_u64..)
        .zip(events)
        .map(|(place, event)| Logged {
            cursor: Cursor(place),
            recorded: Recorded {
                id: EventId(Uuid::from_u128(u128::from(place))),
                at,
                schema: Recorded::SCHEMA,
                event,
            },
        })
        .collect();
    let wire = serde_json::to_value(&log).unwrap();
    assert_eq!(round_trip::<Vec<Logged>>(&wire), wire);
    assert_json_snapshot!(wire);
}

#[test]
fn documents_keep_their_shape() {
    let progress = Progress {
        best: [(ComponentId::new("editor").unwrap(), Score::FULL)].into(),
        score: Score::FULL,
        completed_at: Some(Timestamp::UNIX_EPOCH),
        paid: Points(10),
        ..Progress::new(user(), content())
    };
    let entry = Entry {
        id: EntryId(Uuid::from_u128(4)),
        debit: Account::Mint,
        credit: Account::Wallet { user: user() },
        points: Points(10),
        reason: EntryReason::Award {
            user: user(),
            content: content(),
            total: Points(10),
        },
        at: Timestamp::UNIX_EPOCH,
    };
    let answers = json!([
        {"kind": "code", "language": "python", "files": {"main.py": "print(1)"}, "entry": "main.py"},
        {"kind": "choice", "selected": ["a", "b"]},
    ]);
    assert_eq!(round_trip::<Vec<Answer>>(&answers), answers);
    assert_eq!(
        entry.reason.to_string(),
        format!("award/{}/10/ada", content())
    );
    assert_json_snapshot!(json!({
        "submission": submission(), "progress": progress, "entry": entry, "answers": answers,
    }));
}

#[test]
fn a_content_and_its_view_keep_their_shape() {
    let wire = json!({
        "id": content(), "slug": "sum", "name": "Sum", "description": "Add.", "type": "exercise",
        "tags": ["maths"], "reward": 10, "passMark": 1_000_000,
        "root": {"id": "root", "kind": "container", "orientation": "horizontal", "components": [
            {"id": "text", "kind": "markdown", "text": "# Sum"},
            {"id": "editor", "kind": "code_editor", "weight": 2,
             "languages": {"python": {"files": {"main.py": ""}, "fixed": {"lib.py": ""}, "entry": "main.py"}},
             "limits": {"timeMs": 1000, "memoryBytes": 67_108_864, "outputBytes": 1024, "fileBytes": 0,
                        "fileCount": 0, "fuel": 5},
             "validators": [
                {"id": "a", "weight": 1, "kind": "output", "stdin": "1 2", "args": ["x"],
                 "files": {"in.txt": "1"}, "expected": "3", "expectedFiles": {"out.txt": "3"},
                 "comparison": {"numbers": {"tolerance": 0.5}}},
                {"id": "b", "hidden": true, "weight": 3, "kind": "function", "name": "add",
                 "args": [1, [2], null], "expected": {"sum": 3}, "tolerance": 0.1},
            ]},
            {"id": "quiz", "kind": "mcq", "question": "?", "choose": "many", "weight": 1,
             "options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}],
             "validators": [{"id": "v", "weight": 1, "kind": "choice", "correct": ["a"], "credit": "partial"}]},
        ]},
    });
    assert_eq!(round_trip::<Content>(&wire), wire);
    let content: Content = serde_json::from_value(wire).unwrap();
    content.draft.check().unwrap();
    let view = ContentView::from(&Versioned {
        version: Version(3),
        value: content,
    });
    assert_json_snapshot!(view);
}

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
