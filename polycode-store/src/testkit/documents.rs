//! Documents: all or nothing, versions, names, references.

use std::sync::Arc;

use polycode_core::id::{ContentId, SubmissionId};
use polycode_core::judging::{Submission, SubmissionStatus, Verdict};
use polycode_core::port::{Commit, PageRequest, Store, Versioned, Write};
use polycode_core::quantity::{Cursor, Fuel, Score, Version};

use crate::testkit::sample::{self, uuid};
use crate::testkit::{is_conflict, is_duplicate, is_refused, write, write_content};

const SECOND: Version = Version(2);

pub(super) async fn a_commit_that_fails_writes_nothing(store: Arc<dyn Store>) {
    let store = &*store;
    write_content(store, "one", "old").await;
    let mut writes = vec![
        sample::new_content(sample::content(2, "two", "new")),
        Write::Content {
            expected: Some(Version::FIRST),
            content: Box::new(sample::content(1, "renamed", "new")),
        },
    ];
    writes.extend(sample::new_submission(sample::submission(3, "ada", 2)));
    writes.extend([
        Write::Report {
            submission: SubmissionId(uuid(3)),
            report: Box::new(sample::report("new")),
        },
        Write::Progress {
            expected: None,
            progress: sample::progress("ada", 2, 5),
        },
        sample::write_wallet(None, sample::wallet("ada", 5)),
        Write::Entry(sample::entry(4, "ada", 2, 5)),
    ]);
    let good = Commit {
        writes,
        events: vec![sample::event(5), sample::event(6)],
    };

    let mut last_write_fails = good.clone();
    let never_read = sample::write_wallet(Some(Version(7)), sample::wallet("bob", 1));
    last_write_fails.writes.push(never_read);
    assert!(is_conflict(&store.commit(last_write_fails).await));
    assert_untouched(store).await;

    let mut last_event_fails = good.clone();
    last_event_fails.events.push(sample::event(5));
    assert!(is_duplicate(&store.commit(last_event_fails).await));
    assert_untouched(store).await;

    // What failed before leaves nothing in the way.
    store.commit(good).await.unwrap();
    assert_eq!(store.events(Cursor(0), 10).await.unwrap().len(), 2);
    assert!(store.report(SubmissionId(uuid(3))).await.unwrap().is_some());
}

async fn assert_untouched(store: &dyn Store) {
    let all = PageRequest::default;
    let ada = sample::user("ada");
    let contents = store.contents(all()).await.unwrap().items;
    let old = Versioned {
        version: Version::FIRST,
        value: sample::content(1, "one", "old"),
    };
    assert_eq!(contents, [old]);
    let renamed = "renamed".parse().unwrap();
    assert_eq!(store.content_by_slug(&renamed).await.unwrap(), None);
    let second = store.content_at(ContentId(uuid(1)), SECOND).await.unwrap();
    assert_eq!(second, None);
    let submissions = store.submissions(&ada, None, all()).await.unwrap();
    assert_eq!(submissions.items, []);
    let of_content = store.submissions(&ada, Some(ContentId(uuid(2))), all());
    assert_eq!(of_content.await.unwrap().items, []);
    assert_eq!(store.pending(10).await.unwrap(), []);
    let id = SubmissionId(uuid(3));
    assert_eq!(store.submission(id).await.unwrap(), None);
    assert_eq!(store.answer(id).await.unwrap(), None);
    assert_eq!(store.report(id).await.unwrap(), None);
    let progress = store.progress(&ada, ContentId(uuid(2))).await.unwrap();
    assert_eq!(progress, None);
    assert_eq!(store.wallet(&ada).await.unwrap(), None);
    assert_eq!(store.entries(&ada, all()).await.unwrap().items, []);
    assert_eq!(store.events(Cursor(0), 10).await.unwrap(), []);
}

pub(super) async fn a_document_is_written_only_at_the_version_that_was_read(store: Arc<dyn Store>) {
    let store = &*store;
    let content = |expected| Write::Content {
        expected,
        content: Box::new(sample::content(1, "one", "text")),
    };
    let submission = |expected| Write::Submission {
        expected,
        submission: sample::submission(2, "ada", 1),
    };
    let progress = |expected| Write::Progress {
        expected,
        progress: sample::progress("ada", 1, 0),
    };
    let wallet = |expected| sample::write_wallet(expected, sample::wallet("ada", 0));
    // A submission and a progress refer to the content, so that one comes first.
    let writes: [&(dyn Fn(Option<Version>) -> Write + Sync); 4] =
        [&content, &submission, &progress, &wallet];
    for document in writes {
        let stale = [
            Some(Version(0)),
            Some(Version::FIRST),
            Some(Version(u64::MAX)),
        ];
        for expected in stale {
            let result = write(store, vec![document(expected)]).await;
            assert!(is_conflict(&result), "{expected:?} of nothing: {result:?}");
        }
        write(store, vec![document(None)]).await.unwrap();
        for expected in [None, Some(SECOND)] {
            let result = write(store, vec![document(expected)]).await;
            assert!(
                is_conflict(&result),
                "{expected:?} of version 1: {result:?}"
            );
        }
        let first = Some(Version::FIRST);
        write(store, vec![document(first)]).await.unwrap();
        let again = write(store, vec![document(first)]).await;
        assert!(is_conflict(&again), "version 1 again: {again:?}");
        // Two writes of one commit follow each other.
        let twice = vec![document(Some(SECOND)), document(Some(Version(3)))];
        write(store, twice).await.unwrap();
    }
    let ada = sample::user("ada");
    let id = ContentId(uuid(1));
    let versions = [
        store.content(id).await.unwrap().unwrap().version,
        store
            .submission(SubmissionId(uuid(2)))
            .await
            .unwrap()
            .unwrap()
            .version,
        store.progress(&ada, id).await.unwrap().unwrap().version,
        store.wallet(&ada).await.unwrap().unwrap().version,
    ];
    assert_eq!(versions, [Version(4); 4]);
}

pub(super) async fn a_slug_belongs_to_one_content(store: Arc<dyn Store>) {
    let store = &*store;
    let update = |number, slug, read| Write::Content {
        expected: Some(Version(read)),
        content: Box::new(sample::content(number, slug, "text")),
    };
    let create = |number, slug| sample::new_content(sample::content(number, slug, "text"));
    write(store, vec![create(1, "one"), create(2, "two")])
        .await
        .unwrap();

    assert!(is_duplicate(&write(store, vec![create(3, "one")]).await));
    assert!(is_duplicate(&write(store, vec![update(2, "one", 1)]).await));
    // The same content may keep its name, and a name that was given up is free again.
    write(store, vec![update(1, "one", 1)]).await.unwrap();
    write(store, vec![update(1, "uno", 2)]).await.unwrap();
    write(store, vec![update(2, "one", 1)]).await.unwrap();

    let by_slug = async |slug: &str| {
        let content = store.content_by_slug(&slug.parse().unwrap()).await.unwrap();
        content.map(|content| (content.value.id, content.version))
    };
    assert_eq!(by_slug("uno").await, Some((ContentId(uuid(1)), Version(3))));
    assert_eq!(by_slug("one").await, Some((ContentId(uuid(2)), SECOND)));
    assert_eq!(by_slug("two").await, None);
}

pub(super) async fn every_version_of_a_content_is_kept(store: Arc<dyn Store>) {
    let store = &*store;
    let texts = ["first", "second", "third"];
    let mut expected = None;
    for text in texts {
        let content = Box::new(sample::content(1, text, text));
        write(store, vec![Write::Content { expected, content }])
            .await
            .unwrap();
        expected = Some(expected.map_or(Version::FIRST, Version::next));
    }
    let id = ContentId(uuid(1));
    for (version, text) in (1..).map(Version).zip(texts) {
        let kept = store.content_at(id, version).await.unwrap();
        assert_eq!(kept, Some(sample::content(1, text, text)));
    }
    for version in [0, 4, u64::MAX].map(Version) {
        assert_eq!(store.content_at(id, version).await.unwrap(), None);
    }
    let newest = store.content(id).await.unwrap().unwrap();
    assert_eq!(newest.version, Version(3));
    assert_eq!(newest.value, sample::content(1, "third", "third"));
}

pub(super) async fn an_answer_is_written_once_and_a_report_is_replaced(store: Arc<dyn Store>) {
    let store = &*store;
    let id = SubmissionId(uuid(2));
    let mut writes = vec![sample::new_content(sample::content(1, "one", "text"))];
    writes.extend(sample::new_submission(sample::submission(2, "ada", 1)));
    write(store, writes).await.unwrap();
    let second_answer = Write::Answer {
        submission: id,
        answer: Box::new(sample::answer("print(6)")),
    };
    assert!(is_duplicate(&write(store, vec![second_answer]).await));
    for text in ["first", "second"] {
        let report = Box::new(sample::report(text));
        let submission = id;
        write(store, vec![Write::Report { submission, report }])
            .await
            .unwrap();
    }
    let answer = store.answer(id).await.unwrap();
    assert_eq!(answer, Some(sample::answer("print(5)")));
    let report = store.report(id).await.unwrap();
    assert_eq!(report, Some(sample::report("second")));
}

pub(super) async fn what_a_document_refers_to_is_there(store: Arc<dyn Store>) {
    let store = &*store;
    write_content(store, "one", "text").await;
    let later_version = Submission {
        content_version: SECOND,
        ..sample::submission(2, "ada", 1)
    };
    let absent = SubmissionId(uuid(2));
    let dangling = [
        Write::Submission {
            expected: None,
            submission: sample::submission(2, "ada", 9),
        },
        Write::Submission {
            expected: None,
            submission: later_version,
        },
        Write::Answer {
            submission: absent,
            answer: Box::new(sample::answer("5")),
        },
        Write::Report {
            submission: absent,
            report: Box::new(sample::report("5")),
        },
        Write::Progress {
            expected: None,
            progress: sample::progress("ada", 9, 0),
        },
        Write::Entry(sample::entry(3, "ada", 1, 5)),
    ];
    for document in dangling {
        let result = write(store, vec![document.clone()]).await;
        assert!(is_refused(&result), "{document:?}: {result:?}");
    }
}

pub(super) async fn what_is_not_there_is_none(store: Arc<dyn Store>) {
    let (user, slug) = (sample::user("nobody"), "nothing".parse().unwrap());
    let (content, submission) = (ContentId(uuid(1)), SubmissionId(uuid(1)));
    assert_eq!(store.content(content).await.unwrap(), None);
    assert_eq!(store.content_by_slug(&slug).await.unwrap(), None);
    assert_eq!(
        store.content_at(content, Version::FIRST).await.unwrap(),
        None
    );
    assert_eq!(store.submission(submission).await.unwrap(), None);
    assert_eq!(store.answer(submission).await.unwrap(), None);
    assert_eq!(store.report(submission).await.unwrap(), None);
    assert_eq!(store.progress(&user, content).await.unwrap(), None);
    assert_eq!(store.wallet(&user).await.unwrap(), None);
    let page = store.contents(PageRequest::default()).await.unwrap();
    assert_eq!((page.items.len(), page.next), (0, None));
    store.commit(Commit::default()).await.unwrap();
}

pub(super) async fn every_status_comes_back(store: Arc<dyn Store>) {
    let store = &*store;
    write_content(store, "one", "text").await;
    let at = sample::time(9);
    let grades = Verdict::ALL.map(|verdict| SubmissionStatus::Graded {
        verdict,
        score: Score::ratio(1, 3),
        fuel: Fuel(i64::MAX.cast_unsigned()),
        at,
    });
    let others = [
        SubmissionStatus::Ungradable { at },
        SubmissionStatus::AwaitingReview { at },
        SubmissionStatus::Pending,
    ];
    let id = SubmissionId(uuid(2));
    let mut expected = None;
    for status in grades.into_iter().chain(others) {
        let submission = Submission {
            status,
            ..sample::submission(2, "ada", 1)
        };
        let document = Write::Submission {
            expected,
            submission: submission.clone(),
        };
        write(store, vec![document]).await.unwrap();
        let stored = store.submission(id).await.unwrap().unwrap();
        assert_eq!(stored.value, submission);
        let waits = submission.status == SubmissionStatus::Pending;
        assert_eq!(store.pending(1).await.unwrap().contains(&id), waits);
        expected = Some(stored.version);
    }
}
