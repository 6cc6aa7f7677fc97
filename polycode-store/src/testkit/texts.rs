//! What goes in comes out: odd texts, large ones, exact times.

use std::sync::Arc;

use jiff::Timestamp;
use polycode_core::event::Recorded;
use polycode_core::id::{ContentId, SubmissionId};
use polycode_core::judging::Submission;
use polycode_core::polypoints::Entry;
use polycode_core::port::{Commit, PageRequest, Store, Write};
use polycode_core::practice::Progress;
use polycode_core::quantity::Cursor;

use crate::testkit::sample::{self, uuid};
use crate::testkit::{write, write_content};

const ODD: [&str; 7] = [
    "",
    "\0",
    "a\0b\0",
    "\u{1}\u{8}\t\r\n\u{1b}[31m\u{7f}\u{85}\u{2028}\u{feff}\u{fffd}\u{fffe}",
    "👩‍👩‍👧‍👦 é e\u{301} \u{202e}abc ٥ 漢字 \u{10ffff}",
    r#"'; DROP TABLE entries; -- " \ \u0000 \ud800 %s ?1 $1"#,
    "<script>&amp;{{7*7}}</script>",
];

async fn comes_back(store: &dyn Store, number: u64, text: &str, user: &str) {
    let content = sample::content(number, &format!("c{number}"), text);
    let submission = sample::submission(number, user, number);
    let id = submission.id;
    let writes = vec![
        sample::new_content(content.clone()),
        Write::Submission {
            expected: None,
            submission: submission.clone(),
        },
        Write::Answer {
            submission: id,
            answer: Box::new(sample::answer(text)),
        },
        Write::Report {
            submission: id,
            report: Box::new(sample::report(text)),
        },
    ];
    write(store, writes).await.unwrap();
    let stored = store.content(content.id).await.unwrap().unwrap();
    assert_eq!(stored.value, content);
    assert_eq!(store.answer(id).await.unwrap(), Some(sample::answer(text)));
    assert_eq!(store.report(id).await.unwrap(), Some(sample::report(text)));
    let page = store.submissions(&submission.user, None, PageRequest::default());
    assert_eq!(page.await.unwrap().items, [submission]);
}

pub(super) async fn odd_texts_come_back_as_they_were(store: Arc<dyn Store>) {
    let users = [
        "ada",
        "Ada",
        "ADA ",
        " ada",
        "адa",
        "a'; --",
        "👩‍👩‍👧‍👦\u{202e}\u{feff}",
    ];
    for ((number, text), user) in (1..).zip(ODD).zip(users) {
        comes_back(&*store, number, text, user).await;
        let wallet = sample::write_wallet(None, sample::wallet(user, number));
        let entry = Write::Entry(sample::entry(number, user, number, number));
        let progress = Write::Progress {
            expected: None,
            progress: sample::progress(user, number, number),
        };
        write(&*store, vec![wallet, entry, progress]).await.unwrap();
    }
    for (number, user) in (1..).zip(users) {
        let id = sample::user(user);
        let wallet = store.wallet(&id).await.unwrap().unwrap().value;
        assert_eq!(wallet, sample::wallet(user, number));
        let entries = store.entries(&id, PageRequest::default()).await.unwrap();
        assert_eq!(entries.items, [sample::entry(number, user, number, number)]);
        let progress = store.progress(&id, ContentId(uuid(number))).await.unwrap();
        assert_eq!(
            progress.unwrap().value,
            sample::progress(user, number, number)
        );
    }
}

pub(super) async fn large_texts_come_back_as_they_were(store: Arc<dyn Store>) {
    let texts = [
        "x".repeat(1 << 20),
        "\0".repeat(1 << 17),
        "💥\n".repeat(1 << 17),
    ];
    for (number, text) in (1..).zip(texts) {
        comes_back(&*store, number, &text, &format!("user {number}")).await;
    }
}

pub(super) async fn times_come_back_to_the_nanosecond(store: Arc<dyn Store>) {
    let store = &*store;
    let times = [
        Timestamp::MIN,
        Timestamp::new(-1, 0).unwrap(),
        Timestamp::UNIX_EPOCH,
        Timestamp::new(1_700_000_000, 1).unwrap(),
        Timestamp::new(1_700_000_000, 123_456_789).unwrap(),
        Timestamp::MAX,
    ];
    write_content(store, "one", "text").await;
    for (number, at) in (1..).zip(times) {
        let name = format!("user {number}");
        let submission = Submission {
            received_at: at,
            ..sample::submission(number, &name, 1)
        };
        let progress = Progress {
            completed_at: Some(at),
            ..sample::progress(&name, 1, 0)
        };
        let entry = Entry {
            at,
            ..sample::entry(number, &name, 1, 1)
        };
        let event = Recorded {
            at,
            ..sample::event(number)
        };
        let writes = vec![
            Write::Submission {
                expected: None,
                submission: submission.clone(),
            },
            Write::Progress {
                expected: None,
                progress: progress.clone(),
            },
            sample::write_wallet(None, sample::wallet(&name, 1)),
            Write::Entry(entry.clone()),
        ];
        let events = vec![event.clone()];
        store.commit(Commit { writes, events }).await.unwrap();

        let user = sample::user(&name);
        let stored = store.submission(SubmissionId(uuid(number))).await.unwrap();
        assert_eq!(stored.unwrap().value, submission);
        let stored = store.progress(&user, ContentId(uuid(1))).await.unwrap();
        assert_eq!(stored.unwrap().value, progress);
        let entries = store.entries(&user, PageRequest::default()).await.unwrap();
        assert_eq!(entries.items, [entry]);
        let events = store.events(Cursor(0), 100).await.unwrap();
        assert_eq!(events.last().unwrap().recorded, event);
    }
}
