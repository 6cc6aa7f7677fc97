//! A submission and everything that follows from it.

use insta::assert_json_snapshot;
use polycode_core::catalogue::ContentEvent;
use polycode_core::event::{Event, Logged, Recorded};
use polycode_core::id::{
    CampaignId, ComponentId, ContentId, EntryId, EventId, RegradeId, SubmissionId,
};
use polycode_core::judging::submission::SubmissionEvent;
use polycode_core::judging::{
    Answer, Regrade, RegradeCounts, RegradeEvent, RegradeOutcome, RegradeStatus, Submission,
    SubmissionStatus, Verdict,
};
use polycode_core::polypoints::{Account, Entry, EntryReason, WalletEvent};
use polycode_core::practice::{Progress, ProgressEvent};
use polycode_core::quantity::{Cursor, Fuel, Points, Score, Version};
use serde_json::json;
use uuid::Uuid;

use crate::{NOW, round_trip, user, wire};

fn content() -> ContentId {
    ContentId(Uuid::from_u128(1))
}

fn submission() -> Submission {
    Submission {
        id: SubmissionId(Uuid::from_u128(2)),
        user: user("ada"),
        content: content(),
        content_version: Version(3),
        component: ComponentId::new("editor").unwrap(),
        received_at: NOW,
        status: SubmissionStatus::Pending,
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a line for each event")]
fn events_keep_their_shape() {
    let component = ComponentId::new("editor").unwrap();
    let (id, at, score) = (submission().id, NOW, Score::ratio(1, 3));
    let entry = EntryId(Uuid::from_u128(4));
    let (points, total) = (Points(7), Points(10));
    let regrade = Regrade {
        id: RegradeId(Uuid::from_u128(5)),
        content: content(),
        campaign: None,
        from: Version(3),
        to: Version(4),
        by: Some(user("ada")),
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
            by: user("ada"),
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
        RegradeEvent::Started {
            regrade: Regrade {
                campaign: Some(CampaignId(Uuid::from_u128(6))),
                ..regrade.clone()
            },
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
            user: user("ada"),
            content: content(),
            component,
            best: score,
            score,
        }
        .into(),
        ProgressEvent::Completed {
            user: user("ada"),
            content: content(),
            at,
        }
        .into(),
        ProgressEvent::Rewarded {
            user: user("ada"),
            content: content(),
            points,
            total,
        }
        .into(),
        WalletEvent::Credited {
            user: user("ada"),
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
    assert_json_snapshot!(wire(&log));
}

#[test]
fn documents_keep_their_shape() {
    let progress = Progress {
        best: [(ComponentId::new("editor").unwrap(), Score::FULL)].into(),
        score: Score::FULL,
        completed_at: Some(NOW),
        paid: Points(10),
        ..Progress::new(user("ada"), content())
    };
    let entry = Entry {
        id: EntryId(Uuid::from_u128(4)),
        debit: Account::Mint,
        credit: Account::Wallet { user: user("ada") },
        points: Points(10),
        reason: EntryReason::Award {
            user: user("ada"),
            content: content(),
            total: Points(10),
        },
        at: NOW,
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
