use uuid::Uuid;

use super::*;
use crate::id::SubmissionId;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;
const ASKED: AskedIn = AskedIn::practice(ContentId(Uuid::from_u128(9)));

fn ada() -> UserId {
    UserId::new("ada").unwrap()
}

fn found(containment: u64) -> Similarity {
    let id = |number| SubmissionId(Uuid::from_u128(number));
    Similarity {
        pair: Pair::of(id(2), id(1)),
        resemblance: Score::ratio(1, 2),
        containment: Score::ratio(containment, 100),
        spans: Vec::new(),
    }
}

fn begun() -> Review {
    let measured = Review::decide_measure(ASKED, None, &found(80), NOW).expect("new");
    Review::begin(&measured).expect("begun")
}

#[test]
fn a_review_is_dismissed_or_confirmed_once() {
    let review = begun();
    assert_eq!(review.status, ReviewStatus::Unreviewed);
    assert_eq!(
        review.decide_reopen(ada(), NOW).unwrap_err().code(),
        "wrong_state"
    );
    for decided in [
        review.decide_dismiss(ada(), NOW),
        review.decide_confirm(ada(), NOW),
    ] {
        let closed = review.clone().apply(&decided.unwrap());
        assert_ne!(closed.status, ReviewStatus::Unreviewed);
        assert_eq!(
            closed.decide_dismiss(ada(), NOW).unwrap_err().code(),
            "wrong_state"
        );
        assert_eq!(
            closed.decide_confirm(ada(), NOW).unwrap_err().code(),
            "wrong_state"
        );
        let reopened = closed.decide_reopen(ada(), NOW).unwrap();
        assert_eq!(closed.apply(&reopened), review);
    }
}

#[test]
fn an_opinion_outlives_a_new_measure() {
    let review = begun();
    let review = review
        .clone()
        .apply(&review.decide_confirm(ada(), NOW).unwrap());
    assert_eq!(
        Review::decide_measure(ASKED, Some(&review), &found(80), NOW),
        None
    );
    let anew = Review::decide_measure(ASKED, Some(&review), &found(90), NOW).expect("changed");
    let review = review.apply(&anew);
    assert_eq!(review.containment, Score::ratio(90, 100));
    assert_eq!(
        review.status,
        ReviewStatus::Confirmed { by: ada(), at: NOW }
    );
}

#[test]
fn its_json_is_read_as_written() {
    let event = begun().decide_dismiss(ada(), NOW).unwrap();
    let wire = serde_json::to_value(&event).unwrap();
    assert_eq!(wire["type"], "dismissed");
    assert_eq!(serde_json::from_value::<ReviewEvent>(wire).unwrap(), event);
}
