//! Lists: their order, their pages, the log of events.
#![expect(clippy::indexing_slicing, reason = "a rule is a test")]

use std::sync::Arc;

use polycode_core::id::{ContentId, Slug, SubmissionId};
use polycode_core::port::{Commit, Page, PageRequest, Store, Write};
use polycode_core::quantity::{Cursor, Points, Version};

use crate::testkit::sample::{self, uuid};
use crate::testkit::{is_conflict, write, write_content};

/// Follows `next` from page to page; returns the items of each page.
pub(super) async fn pages<T, Fut>(limit: u32, read: impl Fn(PageRequest) -> Fut) -> Vec<Vec<T>>
where
    Fut: Future<Output = Page<T>>,
{
    let mut pages = Vec::new();
    let mut after = None;
    loop {
        let page = read(PageRequest { after, limit }).await;
        pages.push(page.items);
        after = page.next;
        if after.is_none() {
            return pages;
        }
        assert!(pages.len() < 1_000, "the list does not end");
    }
}

pub(super) fn sizes<T>(pages: &[Vec<T>]) -> Vec<usize> {
    pages.iter().map(Vec::len).collect()
}

pub(super) async fn contents_are_paged_by_slug(store: Arc<dyn Store>) {
    let store = &*store;
    let slugs = ["b", "a-1", "a", "b-2", "0", "a1", "-", "z"];
    for (number, slug) in (1..).zip(slugs) {
        let content = sample::content(number, slug, "text");
        write(store, vec![sample::new_content(content)])
            .await
            .unwrap();
    }
    let mut sorted = slugs;
    sorted.sort_unstable();
    for (limit, wanted) in [
        (1, vec![1; 8]),
        (3, vec![3, 3, 2]),
        (4, vec![4, 4]),
        (100, vec![8]),
    ] {
        let read = |page| async { store.contents(page).await.unwrap() };
        let pages = pages(limit, read).await;
        assert_eq!(sizes(&pages), wanted);
        let listed: Vec<_> = pages
            .into_iter()
            .flatten()
            .map(|c| c.value.draft.slug)
            .collect();
        assert_eq!(listed.iter().map(Slug::as_str).collect::<Vec<_>>(), sorted);
    }
    // A page may start after a slug that is no more, and after any text.
    for (after, first) in [("a-0", "a-1"), ("a1", "b"), ("B'; --\0", "a")] {
        let after = Some(after.to_owned());
        let page = store
            .contents(PageRequest { after, limit: 1 })
            .await
            .unwrap();
        assert_eq!(page.items[0].value.draft.slug.as_str(), first);
    }
}

pub(super) async fn submissions_are_paged_newest_first(store: Arc<dyn Store>) {
    let store = &*store;
    let contents = [1, 2].map(|n| sample::new_content(sample::content(n, &format!("c{n}"), "")));
    write(store, contents.to_vec()).await.unwrap();
    // Neither the order of arrival nor another user's may show.
    for number in [14, 11, 17, 12, 15, 13, 16] {
        let content = 1 + number % 2;
        let own = sample::submission(number, "ada", content);
        let other = sample::submission(number + 100, "ada2", content);
        let writes = [sample::new_submission(own), sample::new_submission(other)].concat();
        write(store, writes).await.unwrap();
    }
    let ada = sample::user("ada");
    let cases = [
        (None, vec![17, 16, 15, 14, 13, 12, 11]),
        (Some(2), vec![17, 15, 13, 11]),
        (Some(1), vec![16, 14, 12]),
        (Some(3), vec![]),
    ];
    for (content, wanted) in cases {
        let content = content.map(|number| ContentId(uuid(number)));
        for limit in [1, 2, 3, 4, 7, 100] {
            let read = |page| async { store.submissions(&ada, content, page).await.unwrap() };
            let pages = pages(limit, read).await;
            let whole = pages.len() - 1;
            assert!(
                pages[..whole]
                    .iter()
                    .all(|page| page.len() == limit as usize)
            );
            assert!(whole == 0 || !pages[whole].is_empty(), "an empty last page");
            let listed: Vec<_> = pages.into_iter().flatten().map(|s| s.id).collect();
            let wanted: Vec<_> = wanted.iter().map(|n| SubmissionId(uuid(*n))).collect();
            assert_eq!(listed, wanted);
        }
    }
    let after = Some("not an id".to_owned());
    let nonsense = store.submissions(&ada, None, PageRequest { after, limit: 1 });
    assert!(nonsense.await.is_err());
}

pub(super) async fn entries_are_paged_newest_first(store: Arc<dyn Store>) {
    let store = &*store;
    let wallets = ["ada", "bob"].map(|name| sample::write_wallet(None, sample::wallet(name, 99)));
    write(store, wallets.to_vec()).await.unwrap();
    for number in [3, 1, 5, 2, 4] {
        let own = sample::entry(number, "ada", 100 + number, 7);
        let other = sample::entry(number + 50, "bob", 100 + number, 7);
        write(store, vec![Write::Entry(own), Write::Entry(other)])
            .await
            .unwrap();
    }
    let ada = sample::user("ada");
    for (limit, wanted) in [
        (1, vec![1; 5]),
        (2, vec![2, 2, 1]),
        (5, vec![5]),
        (100, vec![5]),
    ] {
        let read = |page| async { store.entries(&ada, page).await.unwrap() };
        let pages = pages(limit, read).await;
        assert_eq!(sizes(&pages), wanted);
        let listed: Vec<_> = pages.into_iter().flatten().collect();
        let wanted = [5, 4, 3, 2, 1].map(|n| sample::entry(n, "ada", 100 + n, 7));
        assert_eq!(listed, wanted);
    }
}

pub(super) async fn a_page_stays_where_it_was_while_others_write(store: Arc<dyn Store>) {
    let store = &*store;
    write_content(store, "m", "text").await;
    for number in [10, 20, 30] {
        let submission = sample::submission(number, "ada", 1);
        write(store, sample::new_submission(submission).to_vec())
            .await
            .unwrap();
    }
    let ada = sample::user("ada");
    let page = |after| {
        let request = PageRequest { after, limit: 2 };
        async { store.submissions(&ada, None, request).await.unwrap() }
    };
    let first = page(None).await;
    write(
        store,
        sample::new_submission(sample::submission(40, "ada", 1)).to_vec(),
    )
    .await
    .unwrap();
    let graded = Write::Submission {
        expected: Some(Version::FIRST),
        submission: sample::graded(sample::submission(20, "ada", 1)),
    };
    write(store, vec![graded]).await.unwrap();
    let second = page(first.next).await;
    let ids: Vec<_> = first
        .items
        .iter()
        .chain(&second.items)
        .map(|s| s.id)
        .collect();
    assert_eq!(ids, [30, 20, 10].map(|number| SubmissionId(uuid(number))));
}

pub(super) async fn wallets_are_paged_fullest_first(store: Arc<dyn Store>) {
    let store = &*store;
    let most = i64::MAX.cast_unsigned();
    let held = [
        ("b", 5),
        ("a", 5),
        ("c", 0),
        ("d", most),
        ("e/5", 5),
        ("A", 7),
        ("größe", 7),
    ];
    let mut sorted = held.map(|(user, balance)| (std::cmp::Reverse(balance), user));
    sorted.sort_unstable();
    let sorted = sorted.map(|(_, user)| user.to_owned());
    for (user, balance) in held {
        // Written twice, so that an order that does not follow is found out.
        let first = sample::write_wallet(None, sample::wallet(user, 6));
        write(store, vec![first]).await.unwrap();
        let second = sample::write_wallet(Some(Version::FIRST), sample::wallet(user, balance));
        write(store, vec![second]).await.unwrap();
    }
    for (limit, wanted) in [
        (1, vec![1; 7]),
        (2, vec![2, 2, 2, 1]),
        (7, vec![7]),
        (100, vec![7]),
    ] {
        let read = |page| async { store.wallets(page).await.unwrap() };
        let pages = pages(limit, read).await;
        assert_eq!(sizes(&pages), wanted);
        let listed = pages.into_iter().flatten();
        let listed: Vec<_> = listed.map(|wallet| wallet.user.to_string()).collect();
        assert_eq!(listed, sorted);
    }
    for (balance, above) in [
        (0, 6),
        (4, 6),
        (5, 3),
        (6, 3),
        (7, 1),
        (most - 1, 1),
        (most, 0),
        (u64::MAX, 0),
    ] {
        let counted = store.wallets_above(Points(balance)).await.unwrap();
        assert_eq!(counted, above, "above {balance}");
    }
    for after in ["nonsense", "x/a", "5/"] {
        let after = Some(after.to_owned());
        let page = store.wallets(PageRequest { after, limit: 1 }).await;
        assert!(page.is_err());
    }
}

pub(super) async fn a_rank_counts_the_wallets_that_hold_more(store: Arc<dyn Store>) {
    let store = &*store;
    let most = i64::MAX.cast_unsigned();
    // Where the numbers of a store's own counts may change their length.
    let edges = [1, 1 << 10, 1 << 20, 1 << 40, 1 << 60, most].into_iter();
    let edges: Vec<_> = edges.flat_map(|edge| [edge - 1, edge]).collect();
    let mut held = Vec::new();
    let balances = edges.iter().chain(&edges).chain(&[7, 7, 1_000_000]);
    for (number, balance) in balances.enumerate() {
        let name = format!("user {number}");
        let wallet = sample::write_wallet(None, sample::wallet(&name, *balance));
        write(store, vec![wallet]).await.unwrap();
        held.push(*balance);
    }
    for round in 0..3 {
        for balance in edges.iter().chain(&[0, 7, 8, 999, 5_000, u64::MAX]) {
            let fuller = held.iter().filter(|other| *other > balance).count();
            let counted = store.wallets_above(Points(*balance)).await.unwrap();
            assert_eq!(counted, fuller as u64, "above {balance} in round {round}");
        }
        // Everybody holds what the next one held.
        held.rotate_left(1);
        let writes = held.iter().enumerate().map(|(number, balance)| {
            let wallet = sample::wallet(&format!("user {number}"), *balance);
            sample::write_wallet(Some(Version(round + 1)), wallet)
        });
        let mut writes: Vec<_> = writes.collect();
        let mut refused = writes.clone();
        refused.push(sample::write_wallet(None, sample::wallet("user 0", 5)));
        assert!(is_conflict(&write(store, refused).await));
        writes.reverse();
        write(store, writes).await.unwrap();
    }
}

pub(super) async fn progress_is_paged_by_content(store: Arc<dyn Store>) {
    let store = &*store;
    for number in [3, 1, 5, 2, 4] {
        let content = sample::content(number, &format!("c{number}"), "text");
        let own = Write::Progress {
            expected: None,
            progress: sample::progress("ada", number, number),
        };
        let other = Write::Progress {
            expected: None,
            progress: sample::progress("ada2", number, 99),
        };
        write(store, vec![sample::new_content(content), own, other])
            .await
            .unwrap();
    }
    let ada = sample::user("ada");
    for (limit, wanted) in [(1, vec![1; 5]), (2, vec![2, 2, 1]), (5, vec![5])] {
        let read = |page| async { store.progress_of(&ada, page).await.unwrap() };
        let pages = pages(limit, read).await;
        assert_eq!(sizes(&pages), wanted);
        let listed: Vec<_> = pages.into_iter().flatten().collect();
        assert_eq!(
            listed,
            [1, 2, 3, 4, 5].map(|n| sample::progress("ada", n, n))
        );
    }
    let nobody = store
        .progress_of(&sample::user("nobody"), PageRequest::default())
        .await;
    assert_eq!(nobody.unwrap().items, []);
    let after = Some("not an id".to_owned());
    let nonsense = store
        .progress_of(&ada, PageRequest { after, limit: 1 })
        .await;
    assert!(nonsense.is_err());
}

pub(super) async fn submissions_to_a_content_are_paged_oldest_first(store: Arc<dyn Store>) {
    let store = &*store;
    let contents = [1, 2].map(|n| sample::new_content(sample::content(n, &format!("c{n}"), "")));
    write(store, contents.to_vec()).await.unwrap();
    for (number, user) in [(14, "ada"), (11, "bob"), (13, "ada"), (12, "cy")] {
        let one = sample::new_submission(sample::submission(number, user, 1));
        let other = sample::new_submission(sample::submission(number + 100, user, 2));
        write(store, [one, other].concat()).await.unwrap();
    }
    let graded = Write::Submission {
        expected: Some(Version::FIRST),
        submission: sample::graded(sample::submission(12, "cy", 1)),
    };
    write(store, vec![graded]).await.unwrap();
    let content = ContentId(uuid(1));
    for (limit, wanted) in [(1, vec![1; 4]), (3, vec![3, 1]), (4, vec![4])] {
        let read = |page| async { store.submissions_to(content, page).await.unwrap() };
        let pages = pages(limit, read).await;
        assert_eq!(sizes(&pages), wanted);
        let listed: Vec<_> = pages.into_iter().flatten().map(|one| one.id).collect();
        assert_eq!(
            listed,
            [11, 12, 13, 14].map(|number| SubmissionId(uuid(number)))
        );
    }
    let none = store
        .submissions_to(ContentId(uuid(9)), PageRequest::default())
        .await;
    assert_eq!(none.unwrap().items, []);
}

pub(super) async fn the_oldest_pending_submissions_come_first(store: Arc<dyn Store>) {
    let store = &*store;
    write_content(store, "one", "text").await;
    for number in [13, 11, 15, 12, 14] {
        let submission = sample::submission(number, &format!("user {number}"), 1);
        write(store, sample::new_submission(submission).to_vec())
            .await
            .unwrap();
    }
    let graded = Write::Submission {
        expected: Some(Version::FIRST),
        submission: sample::graded(sample::submission(12, "user 12", 1)),
    };
    write(store, vec![graded]).await.unwrap();
    let waiting = [11, 13, 14, 15].map(|number| SubmissionId(uuid(number)));
    assert_eq!(store.pending(100).await.unwrap(), waiting);
    assert_eq!(store.pending(2).await.unwrap(), waiting[..2]);
    assert_eq!(store.pending(0).await.unwrap(), []);
}

pub(super) async fn events_keep_their_order(store: Arc<dyn Store>) {
    let numbers = [5, 2, 9, 1, 7];
    for pair in numbers.chunks(2) {
        let events = pair.iter().map(|number| sample::event(*number)).collect();
        let writes = Vec::new();
        store.commit(Commit { writes, events }).await.unwrap();
    }
    let all = store.events(Cursor(0), 100).await.unwrap();
    let recorded: Vec<_> = all.iter().map(|event| event.recorded.clone()).collect();
    assert_eq!(recorded, numbers.map(sample::event));
    assert!(all.is_sorted_by(|a, b| a.cursor < b.cursor));
    assert!(all[0].cursor > Cursor(0));
    for (index, event) in all.iter().enumerate() {
        let rest = store.events(event.cursor, 100).await.unwrap();
        assert_eq!(rest, all[index + 1..]);
        let next = store.events(event.cursor, 1).await.unwrap();
        assert_eq!(next, rest[..rest.len().min(1)]);
    }
    assert_eq!(store.events(Cursor(u64::MAX), 100).await.unwrap(), []);
    assert_eq!(store.events(Cursor(0), 0).await.unwrap(), []);
}
