//! Reviews of what is alike, and timelines.

use insta::assert_json_snapshot;
use polycode_core::id::{CampaignId, ContentId, SubmissionId};
use polycode_core::integrity::{
    EditFact, EditKind, Pair, Review, ReviewEvent, Similarity, Timeline, TimelineEvent,
};
use polycode_core::judging::AskedIn;
use polycode_core::quantity::Score;
use serde_json::json;
use uuid::Uuid;

use crate::{NOW, user, wire};

#[test]
fn reviews_and_timelines_keep_their_shape() {
    let id = |number| SubmissionId(Uuid::from_u128(number));
    let found = Similarity {
        pair: Pair::of(id(5), id(4)),
        resemblance: Score::ratio(1, 2),
        containment: Score::ratio(3, 4),
        spans: Vec::new(),
    };
    let campaign = CampaignId(Uuid::from_u128(7));
    let asked = AskedIn::campaign(campaign, ContentId(Uuid::from_u128(6)));
    let measured = Review::decide_measure(asked, None, &found, NOW).unwrap();
    let review = Review::begin(&measured).unwrap();
    let dismissed = review.decide_dismiss(user("ada"), NOW).unwrap();
    let closed = review.clone().apply(&dismissed);
    let reviews = vec![
        measured,
        dismissed,
        review.decide_confirm(user("ada"), NOW).unwrap(),
        closed.decide_reopen(user("ada"), NOW).unwrap(),
    ];

    let agreed = Timeline::decide_agree(user("ada"), ContentId(Uuid::from_u128(6)), NOW);
    let timeline = Timeline::begin(&agreed).unwrap();
    let kinds = [
        EditKind::Typed { characters: 1 },
        EditKind::Pasted { characters: 2 },
        EditKind::FocusLost,
        EditKind::FocusGained,
    ];
    let facts = kinds.map(|kind| EditFact { at: NOW, kind });
    let timelines = vec![
        agreed,
        timeline.decide_record(facts, NOW).unwrap(),
        timeline.decide_withdraw(NOW),
    ];
    assert_json_snapshot!(json!({
        "reviews": wire::<Vec<ReviewEvent>>(&reviews), "review": wire(&closed),
        "timelines": wire::<Vec<TimelineEvent>>(&timelines), "timeline": wire(&timeline),
    }));
}
