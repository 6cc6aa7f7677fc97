//! What keeps texts under keys, by itself: a store over it can't tell what it was that went wrong.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::task::JoinSet;

use crate::{KeyBatch, KeyScan, KeyValues};

/// Keys in the order of their bytes; other orders have capitals, spaces or signs elsewhere.
const IN_ORDER: [&str; 12] = [
    "!", "0", "10", "9", "A", "Z", "a", "a !", "a b", "a!", "ab", "~",
];
const TASKS: usize = 16;
const TURNS: u32 = 4;

type Pairs<'a, const N: usize> = [(&'a str, Option<&'a str>); N];

fn batch<const N: usize, const M: usize>(
    expected: Pairs<'_, N>,
    changes: Pairs<'_, M>,
) -> KeyBatch {
    let owned = |(key, value): &(&str, Option<&str>)| ((*key).to_owned(), value.map(str::to_owned));
    KeyBatch {
        expected: expected.iter().map(owned).collect(),
        changes: changes.iter().map(owned).collect(),
    }
}

async fn write<const N: usize>(values: &dyn KeyValues, changes: Pairs<'_, N>) {
    let is_done = values.write(batch([], changes)).await.unwrap();
    assert!(is_done, "a write that expects nothing was not made");
}

async fn get(values: &dyn KeyValues, keys: &[&str]) -> BTreeMap<String, String> {
    let keys = keys.iter().map(|key| (*key).to_owned()).collect();
    values.get(keys).await.unwrap()
}

/// Looks what a range of keys gives.
async fn holds(values: &dyn KeyValues, scan: KeyScan, expected: &[(&str, &str)]) {
    let given = values.scan(scan.clone()).await.unwrap();
    let given: Vec<_> = given
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    assert_eq!(given, expected, "{scan:?} gave what is on the left");
}

fn range(first: &str, end: &str) -> KeyScan {
    KeyScan {
        first: first.to_owned(),
        end: end.to_owned(),
        limit: 100,
        is_reversed: false,
    }
}

fn all() -> KeyScan {
    range("!", "~~")
}

pub(super) async fn a_key_that_is_not_there_is_left_out(values: Arc<dyn KeyValues>) {
    assert_eq!(get(&*values, &["a"]).await, BTreeMap::new());
    holds(&*values, all(), &[]).await;
    write(&*values, [("a", Some("1"))]).await;
    let found = get(&*values, &["a", "b"]).await;
    assert_eq!(found, BTreeMap::from([("a".to_owned(), "1".to_owned())]));
    assert_eq!(get(&*values, &[]).await, BTreeMap::new());
}

pub(super) async fn a_text_comes_back_as_it_was(values: Arc<dyn KeyValues>) {
    let large = "größe 🦉 ".repeat(100_000);
    for text in [
        "",
        " ",
        "null",
        "a'b\"c\\d",
        "a\r\nb\tc",
        "größe 🦉",
        &large,
    ] {
        write(&*values, [("a", Some(text))]).await;
        let found = get(&*values, &["a"]).await;
        let is_same = found.get("a").is_some_and(|found| found == text);
        let start: String = text.chars().take(20).collect();
        assert!(
            is_same,
            "`get` gave another text than {start:?} of {} bytes",
            text.len()
        );
        let found = values.scan(all()).await.unwrap();
        let is_same = found == [("a".to_owned(), text.to_owned())];
        assert!(
            is_same,
            "`scan` gave another text than {start:?} of {} bytes",
            text.len()
        );
        // What is expected is compared with it as it was.
        let is_done = values.write(batch([("a", Some(text))], [])).await.unwrap();
        assert!(
            is_done,
            "`write` did not find {start:?} of {} bytes",
            text.len()
        );
    }
}

pub(super) async fn keys_are_in_the_order_of_their_bytes(values: Arc<dyn KeyValues>) {
    for key in IN_ORDER.iter().rev() {
        write(&*values, [(*key, Some(*key))]).await;
    }
    let mut expected = IN_ORDER.map(|key| (key, key));
    holds(&*values, all(), &expected).await;
    expected.reverse();
    let is_reversed = true;
    holds(
        &*values,
        KeyScan {
            is_reversed,
            ..all()
        },
        &expected,
    )
    .await;
}

pub(super) async fn a_range_holds_its_first_key_and_not_its_end(values: Arc<dyn KeyValues>) {
    let [a, b, c] = [("a", "1"), ("b", "2"), ("c", "3")];
    write(&*values, [a, b, c].map(|(key, value)| (key, Some(value)))).await;
    holds(&*values, range("a", "c"), &[a, b]).await;
    holds(&*values, range("a0", "c0"), &[b, c]).await;
    holds(&*values, range("b", "b"), &[]).await;
    holds(&*values, range("d", "e"), &[]).await;
    let is_reversed = true;
    let back = |first, end| KeyScan {
        is_reversed,
        ..range(first, end)
    };
    holds(&*values, back("a", "c"), &[b, a]).await;
}

pub(super) async fn a_range_gives_no_more_than_its_limit(values: Arc<dyn KeyValues>) {
    let [a, b, c] = [("a", "1"), ("b", "2"), ("c", "3")];
    write(&*values, [a, b, c].map(|(key, value)| (key, Some(value)))).await;
    let limit = 2;
    holds(&*values, KeyScan { limit, ..all() }, &[a, b]).await;
    let is_reversed = true;
    let back = KeyScan {
        limit,
        is_reversed,
        ..all()
    };
    holds(&*values, back, &[c, b]).await;
}

pub(super) async fn a_key_that_goes_is_gone(values: Arc<dyn KeyValues>) {
    write(&*values, [("a", Some("1")), ("b", Some("2"))]).await;
    write(&*values, [("a", None), ("never", None)]).await;
    assert_eq!(get(&*values, &["a", "never"]).await, BTreeMap::new());
    holds(&*values, all(), &[("b", "2")]).await;
    let again = values.write(batch([("a", None)], [("a", Some("3"))])).await;
    assert!(
        again.unwrap(),
        "a key that went is expected not to be there"
    );
    holds(&*values, all(), &[("a", "3"), ("b", "2")]).await;
}

pub(super) async fn a_write_that_finds_what_it_expects_is_made(values: Arc<dyn KeyValues>) {
    write(&*values, [("a", Some("1")), ("b", Some("2"))]).await;
    let expected = [("a", Some("1")), ("b", Some("2")), ("c", None)];
    let changes = [("a", Some("4")), ("b", None), ("d", Some("5"))];
    let is_done = values.write(batch(expected, changes)).await.unwrap();
    assert!(
        is_done,
        "everything was as expected, and `write` gave false"
    );
    holds(&*values, all(), &[("a", "4"), ("d", "5")]).await;
}

pub(super) async fn a_write_that_finds_something_else_changes_nothing(values: Arc<dyn KeyValues>) {
    write(&*values, [("a", Some("1")), ("b", Some("2"))]).await;
    for wrong in [
        ("a", Some("2")),
        ("a", Some("")),
        ("a", None),
        ("c", Some("1")),
    ] {
        for expected in [[wrong, ("b", Some("2"))], [("b", Some("2")), wrong]] {
            let changes = [("a", Some("3")), ("b", None), ("d", Some("4"))];
            let is_done = values.write(batch(expected, changes)).await.unwrap();
            assert!(
                !is_done,
                "{wrong:?} was expected and is not so, and `write` gave true"
            );
            holds(&*values, all(), &[("a", "1"), ("b", "2")]).await;
        }
    }
}

pub(super) async fn many_changes_are_made_at_once(values: Arc<dyn KeyValues>) {
    let keys: Vec<_> = (0..1_000)
        .map(|number| format!("key {number:04}"))
        .collect();
    let changes = keys.iter().map(|key| (key.clone(), Some(key.clone())));
    let batch = KeyBatch {
        expected: keys.iter().map(|key| (key.clone(), None)).collect(),
        changes: changes.collect(),
    };
    assert!(values.write(batch.clone()).await.unwrap());
    assert!(!values.write(batch).await.unwrap());
    let limit = 2_000;
    let found = values.scan(KeyScan { limit, ..all() }).await.unwrap();
    assert!(found.iter().map(|(key, _)| key).eq(&keys));
    assert_eq!(values.get(keys).await.unwrap().len(), 1_000);
}

pub(super) async fn one_of_many_that_expect_the_same_wins(values: Arc<dyn KeyValues>) {
    for turn in 0..TURNS {
        let expected = turn.checked_sub(1).map(|last| last.to_string());
        let mut tasks = JoinSet::new();
        for _ in 0..TASKS {
            let values = Arc::clone(&values);
            let key = "a".to_owned();
            let batch = KeyBatch {
                expected: [(key.clone(), expected.clone())].into(),
                changes: [(key, Some(turn.to_string()))].into(),
            };
            tasks.spawn(async move { values.write(batch).await.unwrap() });
        }
        let done = tasks.join_all().await;
        let winners = done.iter().filter(|is_done| **is_done).count();
        assert_eq!(
            winners, 1,
            "{TASKS} writes expected the same at the same time, of which one is made"
        );
    }
}

pub(super) async fn what_is_counted_at_the_same_time_adds_up(values: Arc<dyn KeyValues>) {
    async fn count(values: &dyn KeyValues) {
        loop {
            let counted = get(values, &["a"]).await.remove("a");
            let next = counted.as_deref().unwrap_or("0").parse::<u32>().unwrap() + 1;
            let changes = [("a", Some(next.to_string()))];
            let changes = changes.map(|(key, value)| (key.to_owned(), value));
            let batch = KeyBatch {
                expected: [("a".to_owned(), counted)].into(),
                changes: changes.into(),
            };
            if values.write(batch).await.unwrap() {
                return;
            }
            tokio::task::yield_now().await;
        }
    }
    let mut tasks = JoinSet::new();
    for _ in 0..TASKS {
        let values = Arc::clone(&values);
        tasks.spawn(async move {
            for _ in 0..TURNS {
                count(&*values).await;
            }
        });
    }
    tasks.join_all().await;
    let counted = get(&*values, &["a"]).await.remove("a");
    let all = TASKS * TURNS as usize;
    assert_eq!(
        counted.as_deref(),
        Some(all.to_string().as_str()),
        "{all} writes counted one further each"
    );
}
