use uuid::Uuid;

use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn fact(second: i64, kind: EditKind) -> EditFact {
    EditFact {
        at: at(second),
        kind,
    }
}

fn begun() -> Timeline {
    let (user, content) = (UserId::new("ada").unwrap(), ContentId(Uuid::nil()));
    Timeline::begin(&Timeline::decide_agree(user, content, at(10))).expect("begun")
}

fn recorded(timeline: Timeline, facts: &[EditFact], now: i64) -> Timeline {
    let event = timeline
        .decide_record(facts.iter().copied(), at(now))
        .unwrap();
    timeline.apply(&event).expect("agreed")
}

#[test]
fn facts_are_summed_up() {
    let facts = [
        fact(11, EditKind::Typed { characters: 5 }),
        fact(12, EditKind::FocusLost),
        fact(13, EditKind::FocusLost),
        fact(42, EditKind::FocusGained),
        fact(42, EditKind::Pasted { characters: 300 }),
        fact(43, EditKind::Pasted { characters: 20 }),
        fact(44, EditKind::FocusLost),
    ];
    let wanted = TimelineSummary {
        typed_characters: 5,
        pastes: 2,
        pasted_characters: 320,
        largest_paste: 300,
        focus_losses: 2,
        away: Seconds(30),
    };
    assert_eq!(recorded(begun(), &facts, 50).summary(), wanted);
}

/// A wrong clock of the user neither puts facts before the agreement nor into the future.
#[test]
fn times_are_moved_into_what_can_be() {
    let kind = EditKind::FocusGained;
    let timeline = recorded(begun(), &[fact(99, kind), fact(1, EditKind::FocusLost)], 20);
    assert_eq!(
        timeline.facts,
        [fact(10, EditKind::FocusLost), fact(20, kind)]
    );
    let timeline = recorded(timeline, &[fact(15, kind)], 30);
    assert!(timeline.facts.is_sorted_by_key(|fact| fact.at));
}

#[test]
fn a_user_who_withdraws_leaves_nothing() {
    let timeline = recorded(begun(), &[fact(11, EditKind::FocusLost)], 20);
    let withdrawn = timeline.decide_withdraw(at(21));
    assert_eq!(timeline.apply(&withdrawn), None);
}

#[test]
fn facts_have_a_limit() {
    let many = |count| std::iter::repeat_n(fact(11, EditKind::FocusLost), count);
    let full = begun()
        .decide_record(many(Timeline::MOST_FACTS), at(20))
        .unwrap();
    let full = begun().apply(&full).unwrap();
    assert_eq!(
        full.decide_record(many(1), at(20)).unwrap_err().code(),
        "limit_reached"
    );
    assert!(full.decide_record(many(0), at(20)).is_ok());
}

#[test]
fn its_json_is_read_as_written() {
    let facts = [fact(11, EditKind::Pasted { characters: 3 })];
    let event = begun().decide_record(facts, at(20)).unwrap();
    let wire = serde_json::to_value(&event).unwrap();
    assert_eq!(wire["facts"][0]["kind"], "pasted");
    assert_eq!(
        serde_json::from_value::<TimelineEvent>(wire).unwrap(),
        event
    );
}
