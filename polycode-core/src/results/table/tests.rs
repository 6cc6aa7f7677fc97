use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::id::CandidateId;
use crate::results::tests::{finished, pending, percent, question, table, tagged};

fn numbers<'a>(rows: impl IntoIterator<Item = &'a ResultRow>) -> Vec<u128> {
    rows.into_iter()
        .map(|row| row.candidate.0.as_u128())
        .collect()
}

fn mixed() -> Table {
    let mut rows = vec![
        tagged(finished(1, &[50, 50]), &["rome"]),
        tagged(pending(2, StatusName::Confirmed), &["paris", "rome"]),
        finished(3, &[100, 0]),
        tagged(finished(4, &[90, 90]), &["paris"]),
        pending(5, StatusName::Declined),
    ];
    rows[0].name = "Zoe".to_owned();
    rows[2].time_used = Some(Seconds(9));
    rows[4].name = String::new();
    table(rows)
}

/// ST-3: any column sorts; ties go by id, and who has nothing there comes last either way.
#[test]
fn every_column_sorts() {
    use Direction::{Ascending, Descending};
    let sorted =
        |by, direction| numbers(mixed().sorted(&Filter::default(), RowOrder { by, direction }));
    assert_eq!(sorted(Column::Score, Descending), [4, 1, 3, 2, 5]);
    assert_eq!(sorted(Column::Score, Ascending), [1, 3, 4, 2, 5]);
    assert_eq!(sorted(Column::Name, Ascending), [2, 3, 4, 1, 5]);
    assert_eq!(sorted(Column::Tags, Ascending), [4, 2, 1, 3, 5]);
    assert_eq!(sorted(Column::Status, Ascending), [2, 5, 1, 3, 4]);
    assert_eq!(sorted(Column::TimeUsed, Ascending), [3, 1, 4, 2, 5]);
    assert_eq!(sorted(Column::StartedAt, Descending), [1, 3, 4, 2, 5]);
    assert_eq!(sorted(Column::FinishedAt, Ascending), [1, 3, 4, 2, 5]);
    assert_eq!(
        sorted(Column::Question(question(1)), Ascending),
        [3, 1, 4, 2, 5]
    );
    assert_eq!(
        sorted(Column::QuestionTime(question(0)), Descending),
        [3, 4, 1, 2, 5]
    );
    assert_eq!(sorted(Column::Candidate, Descending), [5, 4, 3, 2, 1]);
}

/// ST-3: filters hold together.
#[test]
fn every_filter_narrows() {
    let found = |filter: &Filter| numbers(mixed().matching(filter));
    let none = Filter::default;
    let tag = |tag| [Tag::new(tag).unwrap()].into();
    assert_eq!(found(&none()), [1, 2, 3, 4, 5]);
    assert_eq!(
        found(&Filter {
            tags: tag("rome"),
            ..none()
        }),
        [1, 2]
    );
    assert_eq!(
        found(&Filter {
            name: Some("ZO".to_owned()),
            ..none()
        }),
        [1]
    );
    assert_eq!(
        found(&Filter {
            statuses: [StatusName::Declined].into(),
            ..none()
        }),
        [5]
    );
    let half = Bounds {
        min: Some(percent(50)),
        max: None,
    };
    assert_eq!(
        found(&Filter {
            score: half,
            ..none()
        }),
        [1, 3, 4]
    );
    assert_eq!(
        found(&Filter {
            score: half,
            tags: tag("rome"),
            ..none()
        }),
        [1]
    );
    let least = Bounds {
        min: None,
        max: Some(Seconds(9)),
    };
    assert_eq!(
        found(&Filter {
            time_used: least,
            ..none()
        }),
        [3]
    );
    let later = Bounds {
        min: Some(Timestamp::from_second(1).unwrap()),
        max: None,
    };
    assert_eq!(
        found(&Filter {
            started_at: later,
            ..none()
        }),
        []
    );
    assert_eq!(
        found(&Filter {
            finished_at: later,
            ..none()
        }),
        [1, 3, 4]
    );
    assert_eq!(
        found(&Filter {
            questions: [(question(1), half)].into(),
            ..none()
        }),
        [1, 4]
    );
}

#[test]
fn a_page_does_not_go_on_in_another_order() {
    let (table, request) = (
        mixed(),
        PageRequest {
            after: None,
            limit: 2,
        },
    );
    let by_score = RowOrder {
        by: Column::Score,
        ..RowOrder::default()
    };
    let page = table.page(&Filter::default(), by_score, &request).unwrap();
    for after in [page.next, Some("nonsense".to_owned())] {
        let request = PageRequest { after, limit: 2 };
        let refused = table.page(&Filter::default(), RowOrder::default(), &request);
        assert_eq!(refused.expect_err("refused").code(), "invalid");
    }
}

fn any_row() -> impl Strategy<Value = ResultRow> {
    let grade = prop::option::of(0_u64..4);
    let tags = prop::sample::subsequence(vec!["a", "b", "c"], 0..3);
    (grade, tags, 0_usize..8, prop::option::of(0_u64..3)).prop_map(|(grade, tags, at, time)| {
        let score = grade.map(|grade| percent(grade * 25));
        let time_used = time.map(Seconds);
        tagged(
            ResultRow {
                score,
                time_used,
                ..pending(0, StatusName::ALL[at])
            },
            &tags,
        )
    })
}

fn any_order() -> impl Strategy<Value = RowOrder> {
    let columns = vec![
        Column::Candidate,
        Column::Name,
        Column::Tags,
        Column::Status,
        Column::Score,
        Column::TimeUsed,
    ];
    let directions = vec![Direction::Ascending, Direction::Descending];
    (
        prop::sample::select(columns),
        prop::sample::select(directions),
    )
        .prop_map(|(by, direction)| RowOrder { by, direction })
}

proptest! {
    /// Pages put together are the whole, each row once, whatever the order and the size; and a
    /// row that goes between two pages moves no other.
    #[test]
    fn pages_make_up_the_table(
        mut rows in prop::collection::vec(any_row(), 0..30),
        order in any_order(),
        limit in 1_u32..8,
        gone in any::<prop::sample::Index>(),
    ) {
        for (number, row) in rows.iter_mut().enumerate() {
            row.candidate = CandidateId(Uuid::from_u128(number as u128));
        }
        let table = table(rows);
        let filter = Filter::default();
        let whole = numbers(table.sorted(&filter, order));
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = table.page(&filter, order, &PageRequest { after, limit }).unwrap();
            seen.extend(numbers(page.items));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        prop_assert_eq!(&seen, &whole);

        let first = table.page(&filter, order, &PageRequest { after: None, limit }).unwrap();
        if let Some(after) = first.next {
            let rest = whole.split_at(limit as usize).1;
            let gone = whole[gone.index(whole.len())];
            let mut fewer = table.clone();
            fewer.rows.retain(|row| row.candidate.0.as_u128() != gone);
            let request = PageRequest { after: Some(after), limit: PageRequest::MAX };
            let page = numbers(fewer.page(&filter, order, &request).unwrap().items);
            let wanted: Vec<_> = rest.iter().copied().filter(|number| *number != gone).collect();
            prop_assert_eq!(page, wanted);
        }
    }
}
