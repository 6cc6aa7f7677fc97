use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::quantity::Weight;

const QUESTION: ContentId = ContentId(Uuid::nil());
const SEAT: SeatId = SeatId(Uuid::nil());
const LIMIT: u64 = 600;
const QUESTION_LIMIT: u64 = 120;

fn at(seconds: u64) -> Timestamp {
    Seconds(seconds).after(Timestamp::UNIX_EPOCH)
}

fn call(seconds: u64) -> Call {
    Call {
        seat: SEAT,
        at: at(seconds),
    }
}

fn part() -> ComponentId {
    ComponentId::new("a").unwrap()
}

fn id(number: u128) -> SubmissionId {
    SubmissionId(Uuid::from_u128(number))
}

fn user() -> UserId {
    UserId::new("ada").unwrap()
}

fn begun(network: u64) -> Attempt {
    let question = Question {
        content: QUESTION,
        version: Version::FIRST,
        points: Weight::default(),
        time_limit: Some(Seconds(QUESTION_LIMIT)),
    };
    Attempt {
        id: AttemptId(Uuid::nil()),
        campaign: CampaignId(Uuid::nil()),
        candidate: CandidateId(Uuid::nil()),
        user: user(),
        test: TestId(Uuid::nil()),
        test_version: Version::FIRST,
        seed: Seed(1),
        paper: vec![question],
        extra_time: ExtraTime::NONE,
        arrival_grace: Seconds(2),
        grace_left: Seconds(network),
        pass_mark: None,
        started_at: at(0),
        deadline: Some(at(LIMIT)),
        seat: SEAT,
        opened: BTreeMap::new(),
        status: AttemptStatus::InProgress,
    }
}

fn opened(network: u64) -> Attempt {
    let attempt = begun(network);
    let event = attempt.decide_open(QUESTION, call(0)).unwrap().unwrap();
    attempt.apply(&event)
}

/// AS-5: a question is over at its own limit, decided by arrival.
#[test]
fn an_answer_counts_until_the_arrival_grace_is_over() {
    let attempt = opened(0);
    assert!(attempt.decide_save(QUESTION, &part(), 0, call(121)).is_ok());
    let late = attempt.decide_save(QUESTION, &part(), 0, call(122));
    assert_eq!(
        late,
        Err(Refusal::TimeUp {
            what: "the question"
        })
    );
}

/// AS-4: the test closes by itself, ended at its deadline, with what was saved.
#[test]
fn a_tick_ends_it_at_the_deadline_and_once() {
    let attempt = opened(0);
    let saved = attempt.decide_save(QUESTION, &part(), 0, call(60)).unwrap();
    let attempt = attempt.apply(&saved);
    assert_eq!(attempt.decide_tick(at(606), || id(1)), Vec::new());
    let events = attempt.decide_tick(at(9_000), || id(1));
    assert_eq!(events.len(), 2);
    let attempt = events.iter().fold(attempt, Attempt::apply);
    assert_eq!(attempt.finished_at(), Some(at(LIMIT)));
    assert_eq!(
        attempt
            .part(QUESTION, &part())
            .submitted
            .unwrap()
            .submission,
        id(1)
    );
    assert_eq!(attempt.decide_tick(at(9_001), || id(2)), Vec::new());
}

/// AS-23: coming back leaves the clock as it was, and only the newest seat may answer.
#[test]
fn a_resumed_attempt_goes_on_at_its_new_seat_only() {
    let attempt = opened(0);
    let seat = SeatId(Uuid::from_u128(9));
    let event = attempt.decide_resume(&user(), seat, at(50)).unwrap();
    let attempt = attempt.apply(&event);
    assert_eq!(attempt.deadline, Some(at(LIMIT)));
    let old = attempt.decide_save(QUESTION, &part(), 0, call(51));
    assert_eq!(old, Err(Refusal::TakenOver));
    let new = Call { seat, at: at(51) };
    assert!(attempt.decide_save(QUESTION, &part(), 0, new).is_ok());
}

#[test]
fn an_answer_saved_elsewhere_is_not_overwritten() {
    let attempt = opened(0);
    let event = attempt.decide_save(QUESTION, &part(), 0, call(1)).unwrap();
    let attempt = attempt.apply(&event);
    let stale = attempt.decide_save(QUESTION, &part(), 0, call(2));
    assert_eq!(stale, Err(Refusal::Stale { what: "the answer" }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    /// AS-4, AS-5, AS-23: whatever is done in whatever order, no answer counts later than the
    /// limits, what the grace gave back and what the author granted allow.
    #[test]
    fn no_order_of_commands_gains_time_or_leaves_the_end(
        network in 0_u64..100,
        steps in prop::collection::vec((0_u8..8, 0_u64..120), 1..60),
    ) {
        let first = begun(network);
        let (mut attempt, mut log, mut now, mut over) = (first.clone(), Vec::new(), 0, false);
        let mut granted = 0;
        for (command, passed) in steps {
            now += passed;
            let revision = attempt.part(QUESTION, &part()).revision;
            let events: Vec<AttemptEvent> = match command {
                0 => attempt.decide_open(QUESTION, call(now)).ok().flatten().into_iter().collect(),
                1 => attempt.decide_save(QUESTION, &part(), revision, call(now)).into_iter().collect(),
                2 => attempt.decide_pause(at(now)).ok().flatten().into_iter().collect(),
                3 => attempt.decide_resume(&user(), SEAT, at(now)).into_iter().collect(),
                4 => attempt.decide_tick(at(now), || id(1)),
                6 => attempt.decide_submit(call(now), || id(1)).unwrap_or_default(),
                7 => attempt.decide_extend(Seconds(7), user(), at(now)).into_iter().collect(),
                _ => attempt.decide_answer(QUESTION, &part(), id(u128::from(now)), call(now)).into_iter().collect(),
            };
            if matches!(command, 1 | 5) && !events.is_empty() {
                prop_assert!(now < LIMIT + granted + network + 2);
                let opened_at = attempt.opened[&QUESTION].at;
                prop_assert!(at(now) < Seconds(QUESTION_LIMIT + network + 2).after(opened_at));
            }
            prop_assert!(!over || events.is_empty());
            granted += if command == 7 && !events.is_empty() { 7 } else { 0 };
            let end = attempt.deadline.unwrap();
            prop_assert!(end <= at(LIMIT + granted + network));
            attempt = events.iter().fold(attempt, Attempt::apply);
            log.extend(events);
            over = attempt.status.is_over();
            if let Some(finished_at) = attempt.finished_at() {
                prop_assert!(finished_at <= at(LIMIT + granted + network));
            }
        }
        prop_assert_eq!(log.iter().fold(first, Attempt::apply), attempt);
    }
}
