//! Documents to fill a store with. Numbers stand for ids, and greater numbers for later ones.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use polycode_core::catalogue::{Content, ContentEvent};
use polycode_core::event::Recorded;
use polycode_core::id::{ContentId, EntryId, EventId, SubmissionId, UserId};
use polycode_core::judging::{
    Answer, Effect, Judgement, Observation, Program, Report, Submission, SubmissionStatus, Verdict,
};
use polycode_core::polypoints::{Account, Entry, EntryReason, Wallet};
use polycode_core::port::Write;
use polycode_core::practice::Progress;
use polycode_core::quantity::{ByteCount, Fuel, Points, Score, Version, Weight};
use serde_json::json;
use uuid::Uuid;

/// The UUID of a number.
pub const fn uuid(number: u64) -> Uuid {
    Uuid::from_u64_pair(0x0197_0000_0000_7000, 0x8000_0000_0000_0000 | number)
}

/// A time, some seconds after a fixed one.
pub fn time(seconds: u32) -> Timestamp {
    let start = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(480_000);
    start + SignedDuration::from_secs(i64::from(seconds))
}

/// The user of this name.
pub fn user(name: &str) -> UserId {
    UserId::new(name).unwrap()
}

/// A content with text to read, code to write and a question, of this text.
pub fn content(number: u64, slug: &str, text: &str) -> Content {
    let draft = json!({
        "slug": slug, "name": text, "description": text, "type": "exercise",
        "tags": ["loops", "größe"], "reward": 100, "passMark": 500_000,
        "root": {"id": "all", "kind": "container", "components": [
            {"id": "intro", "kind": "markdown", "text": text},
            {"id": "code", "kind": "code_editor", "languages": {"python": {
                "files": {"main.py": text}, "fixed": {"lib/grid.py": text}, "entry": "main.py",
            }}, "validators": [
                {"id": "seen", "kind": "output", "stdin": text, "args": [text], "expected": text},
                {"id": "called", "hidden": true, "weight": 3, "kind": "function", "name": "f",
                 "args": [text, {text: [1, -2, 0.1, 1e300, null, true, u64::MAX]}],
                 "expected": {text: 5e-324}, "tolerance": 1e-9},
            ]},
            {"id": "quiz", "kind": "mcq", "question": text, "choose": "many", "weight": 2,
             "options": [{"id": "a", "text": text}, {"id": "b", "text": "b"}],
             "validators": [
                {"id": "right", "kind": "choice", "correct": ["a"], "credit": "partial"},
            ]},
        ]},
    });
    Content {
        id: ContentId(uuid(number)),
        draft: serde_json::from_value(draft).unwrap(),
    }
}

/// A submission that waits to be judged, to the first version of a content.
pub fn submission(number: u64, of: &str, content: u64) -> Submission {
    Submission {
        id: SubmissionId(uuid(number)),
        user: user(of),
        content: ContentId(uuid(content)),
        content_version: Version::FIRST,
        component: "code".parse().unwrap(),
        received_at: time(1),
        status: SubmissionStatus::Pending,
    }
}

/// The same submission with full marks.
pub fn graded(submission: Submission) -> Submission {
    let status = SubmissionStatus::Graded {
        verdict: Verdict::Passed,
        score: Score::FULL,
        fuel: Fuel(1 << 40),
        at: time(2),
    };
    Submission {
        status,
        ..submission
    }
}

/// A program of one file.
pub fn answer(text: &str) -> Answer {
    Answer::Code(Program {
        language: "python".parse().unwrap(),
        files: BTreeMap::from([("main.py".to_owned().try_into().unwrap(), text.to_owned())]),
        entry: None,
    })
}

/// A report on a run that ended well and wrote this text.
pub fn report(text: &str) -> Report {
    let observation = Observation {
        ending: polycode_core::judging::Ending::Exited { code: 0 },
        stdout: text.as_bytes().to_vec(),
        stderr: Vec::new(),
        returned: Some(text.to_owned()),
        files: BTreeMap::new(),
        fuel: Fuel(1 << 40),
        peak_memory: ByteCount(1 << 30),
        wall_us: 1_234,
    };
    let report = Report::of(vec![Judgement {
        validator: "seen".parse().unwrap(),
        verdict: Verdict::Passed,
        score: Score::FULL,
        weight: Weight::default(),
        effect: Effect::default(),
        hidden: true,
        reason: Some(text.to_owned()),
        note: Some(text.to_owned()),
        evidence: Some((&observation).into()),
        tests: Vec::new(),
        marks: Vec::new(),
    }]);
    Report {
        diagnostics: Some(text.to_owned()),
        ..report
    }
}

/// The progress of a user who has full marks for the code and half for the quiz.
pub fn progress(of: &str, content: u64, paid: u64) -> Progress {
    Progress {
        best: BTreeMap::from([
            ("code".parse().unwrap(), Score::FULL),
            ("quiz".parse().unwrap(), Score::ratio(1, 2)),
        ]),
        score: Score::ratio(2, 3),
        completed_at: Some(time(2)),
        paid: Points(paid),
        ..Progress::new(user(of), ContentId(uuid(content)))
    }
}

/// A wallet that holds this much.
pub fn wallet(of: &str, balance: u64) -> Wallet {
    Wallet {
        balance: Points(balance),
        ..Wallet::new(user(of))
    }
}

/// An entry that pays a user for a content.
pub fn entry(number: u64, of: &str, content: u64, points: u64) -> Entry {
    let content = ContentId(uuid(content));
    Entry {
        id: EntryId(uuid(number)),
        debit: Account::Mint,
        credit: Account::Wallet { user: user(of) },
        points: Points(points),
        reason: EntryReason::Award {
            user: user(of),
            content,
            total: Points(points),
        },
        at: time(3),
    }
}

/// An event.
pub fn event(number: u64) -> Recorded {
    let published = ContentEvent::Published {
        content: ContentId(uuid(number)),
        version: Version::FIRST,
    };
    Recorded {
        id: EventId(uuid(number)),
        at: time(4),
        schema: Recorded::SCHEMA,
        event: published.into(),
    }
}

/// Writes a new content.
pub fn new_content(content: Content) -> Write {
    Write::Content {
        expected: None,
        content: Box::new(content),
    }
}

/// Writes a new submission and its answer.
pub fn new_submission(submission: Submission) -> [Write; 2] {
    let id = submission.id;
    [
        Write::Submission {
            expected: None,
            submission,
        },
        Write::Answer {
            submission: id,
            answer: Box::new(answer("print(5)")),
        },
    ]
}

/// Writes a wallet, read at a version or new.
pub const fn write_wallet(expected: Option<Version>, wallet: Wallet) -> Write {
    Write::Wallet { expected, wallet }
}
