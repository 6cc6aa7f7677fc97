use uuid::Uuid;

use super::*;
use crate::refusal::Problem;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn question(number: u128, points: u32) -> Question {
    Question {
        content: ContentId(Uuid::from_u128(number)),
        version: Version::FIRST,
        points: points.try_into().unwrap(),
        time_limit: None,
    }
}

fn draft(pools: Vec<Pool>) -> TestDraft {
    TestDraft {
        name: "t".to_owned(),
        description: String::new(),
        tags: BTreeSet::new(),
        time_limit: None,
        order: Order::Authored,
        pools,
    }
}

fn pool(draw: Draw, questions: Vec<Question>) -> Pool {
    Pool { draw, questions }
}

fn fields(draft: &TestDraft) -> Vec<String> {
    match draft.check() {
        Err(Refusal::Invalid(problems)) => problems.into_iter().map(field).collect(),
        other => panic!("{other:?}"),
    }
}

fn field(problem: Problem) -> String {
    problem.field
}

fn test() -> Test {
    Test {
        id: TestId(Uuid::nil()),
        author: UserId::new("ada").unwrap(),
        draft: draft(vec![pool(Draw::All, vec![question(1, 3), question(2, 1)])]),
        deleted_at: None,
    }
}

/// AS-1: every broken rule is named.
#[test]
fn a_test_asks_something_that_counts() {
    let rules: [(TestDraft, &[&str]); 7] = [
        (draft(vec![]), &["pools"]),
        (
            draft(vec![pool(Draw::All, vec![])]),
            &["pools[0].questions"],
        ),
        (
            draft(vec![pool(Draw::All, vec![question(1, 0)])]),
            &["pools"],
        ),
        (
            draft(vec![
                pool(Draw::All, vec![question(1, 1)]),
                pool(Draw::All, vec![question(2, 1), question(1, 1)]),
            ]),
            &["pools[1].questions[1].content"],
        ),
        (
            draft(vec![pool(
                Draw::Random { count: 3 },
                vec![question(1, 1), question(2, 1)],
            )]),
            &["pools[0].draw.count"],
        ),
        (
            draft(vec![pool(
                Draw::Random { count: 1 },
                vec![question(1, 1), question(2, 2)],
            )]),
            &["pools[0].questions"],
        ),
        (
            TestDraft {
                name: String::new(),
                description: "x".repeat(20_001),
                ..test().draft
            },
            &["name", "description"],
        ),
    ];
    for (draft, wanted) in rules {
        assert_eq!(fields(&draft), wanted);
    }
    assert_eq!(test().draft.check(), Ok(()));
    // Drawing all of them is no draw: their points may differ.
    let all = pool(
        Draw::Random { count: 2 },
        vec![question(1, 1), question(2, 2)],
    );
    assert_eq!(draft(vec![all]).check(), Ok(()));
}

#[test]
fn a_test_has_an_end() {
    let many = |count| {
        draft(vec![pool(
            Draw::All,
            (0..count).map(|n| question(n, 1)).collect(),
        )])
    };
    assert_eq!(many(500).check(), Ok(()));
    assert_eq!(fields(&many(501)), ["pools"]);
    let pools = |count| {
        draft(
            (0..count)
                .map(|n| pool(Draw::All, vec![question(n, 1)]))
                .collect(),
        )
    };
    assert_eq!(pools(50).check(), Ok(()));
    assert_eq!(fields(&pools(51)), ["pools"]);
}

/// AS-4, AS-5: limits are neither too short to be met nor without end.
#[test]
fn limits_are_bounded() {
    for (limit, is_right) in [(9, false), (10, true), (604_800, true), (604_801, false)] {
        let mut draft = test().draft;
        draft.time_limit = Some(Seconds(limit));
        assert_eq!(draft.check().is_ok(), is_right, "{limit}");
    }
    for (limit, is_right) in [(4, false), (5, true), (604_801, false)] {
        let mut draft = test().draft;
        draft.pools[0].questions[1].time_limit = Some(Seconds(limit));
        assert_eq!(draft.check().is_ok(), is_right, "{limit}");
    }
    let mut draft = test().draft;
    draft.pools[0].questions[1].version = Version(0);
    assert_eq!(fields(&draft), ["pools[0].questions[1].version"]);
}

/// AS-6: the grade is the average of the questions' grades, weighted by their points.
#[test]
fn points_weigh_the_grade() {
    let paper = [question(1, 3), question(2, 1)];
    let half = Score::ratio(1, 2);
    let grades = |one, other| {
        let of = |question: &Question, score| (question.content, score);
        grade(
            &paper,
            &BTreeMap::from([of(&paper[0], one), of(&paper[1], other)]),
        )
    };
    assert_eq!(grades(Score::FULL, Score::FULL), Score::FULL);
    assert_eq!(grades(Score::FULL, Score::ZERO), Score::ratio(3, 4));
    assert_eq!(grades(half, Score::FULL), Score::ratio(5, 8));
    assert_eq!(grade(&paper, &BTreeMap::new()), Score::ZERO);
}

/// AS-21: the cover counts what each candidate gets, and names no question.
#[test]
fn a_cover_tells_no_question() {
    let mut test = test();
    let drawn = pool(
        Draw::Random { count: 1 },
        vec![question(7, 5), question(8, 5)],
    );
    test.draft.pools.push(drawn);
    let cover = test.cover();
    assert_eq!((cover.questions, cover.points), (3, 9));
    let wire = serde_json::to_string(&cover).unwrap();
    assert!(!wire.contains(&question(7, 5).content.to_string()));
}

/// AS-3: once.
#[test]
fn a_test_is_deleted_once_and_edited_never_again() {
    let used = test().decide_delete(Usage::InCampaign, NOW);
    assert_eq!(used.unwrap_err().code(), "wrong_state");
    let deleted = test().decide_delete(Usage::Free, NOW).unwrap();
    let gone = test().apply(&deleted);
    assert_eq!(gone.deleted_at, Some(NOW));
    assert!(gone.decide_delete(Usage::Free, NOW).is_err());
    assert!(gone.decide_edit(&gone.draft, Version::FIRST).is_err());
    let edited = test().decide_edit(&test().draft, Version(4)).unwrap();
    assert!(matches!(
        edited,
        TestEvent::Published {
            version: Version(5),
            ..
        }
    ));
}
