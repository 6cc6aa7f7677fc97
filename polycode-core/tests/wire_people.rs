//! The events and documents of teams, accounts, the shop, reviews and timelines are promises
//! too: each type's JSON is compared with a snapshot.
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

use insta::assert_json_snapshot;
use jiff::Timestamp;
use polycode_core::id::{CampaignId, ContentId, EntryId, ItemId, SubmissionId, TeamId, UserId};
use polycode_core::integrity::{
    AskedIn, EditFact, EditKind, Pair, Review, ReviewEvent, Similarity, Timeline, TimelineEvent,
};
use polycode_core::people::{
    Membership, Settings, Team, TeamEvent, TeamProfile, User, UserEvent, UserProfile,
};
use polycode_core::polypoints::{Account, Offer, Purchase, Wallet};
use polycode_core::quantity::{Points, Score};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn user(name: &str) -> UserId {
    UserId::new(name).unwrap()
}

/// A value's JSON, after reading it and writing it again: nothing may be lost on the way.
fn wire<T: Serialize + DeserializeOwned>(value: &T) -> Value {
    let wire = serde_json::to_value(value).unwrap();
    let again: T = serde_json::from_value(wire.clone()).unwrap();
    assert_eq!(serde_json::to_value(again).unwrap(), wire);
    wire
}

/// TE-1 to TE-10: every event of a team.
#[test]
fn teams_keep_their_shape() {
    let id = TeamId(Uuid::from_u128(1));
    let (ada, bob) = (user("ada"), user("bob"));
    let created = Team::decide_create(id, ada.clone(), Membership::Free, 5, NOW).unwrap();
    let empty = Team::begin(&created).unwrap();
    let invited = empty.decide_invite(&ada, bob.clone(), NOW).unwrap();
    let inviting = empty.clone().apply(&invited);
    let joined = inviting.decide_accept(&bob, Membership::Free, NOW).unwrap();
    let both = inviting.clone().apply(&joined);
    let lapse = inviting.next_tick().unwrap();
    let mut events = vec![
        created,
        empty.decide_update(&ada, NOW).unwrap(),
        invited,
        inviting.decide_withdraw(&ada, &bob).unwrap(),
        inviting.decide_reject(&bob, NOW).unwrap(),
        joined,
        both.decide_kick(&ada, &bob).unwrap(),
        both.decide_leave(&bob).unwrap(),
        both.decide_hand_over(&ada, &bob).unwrap(),
        both.decide_dissolve(&ada, NOW).unwrap(),
    ];
    events.extend(inviting.decide_tick(lapse));
    let dissolved = both.clone().apply(&events[9]);
    let profile = TeamProfile {
        name: "Engines".to_owned(),
        description: "We compute.".to_owned(),
    };
    assert_json_snapshot!(json!({
        "events": wire::<Vec<TeamEvent>>(&events), "active": wire(&both), "dissolved": wire(&dissolved),
        "profile": wire(&profile),
    }));
}

/// AC-1 to AC-4: every event of an account, and what is erased with it.
#[test]
fn accounts_keep_their_shape() {
    let profile = UserProfile {
        name: "Ada".to_owned(),
        email: Some("ada@example.org".to_owned()),
        about: "Engines.".to_owned(),
    };
    let registered = User::decide_register(user("ada"), &profile, NOW).unwrap();
    let account = User::begin(&registered).unwrap();
    let before = UserProfile::default();
    let updated = account.decide_update_profile(&user("ada"), (&before, &profile), NOW);
    let mut events = vec![registered];
    events.extend(updated.unwrap());
    events.push(account.decide_update_settings(&user("ada"), NOW).unwrap());
    let deletes = account.decide_delete(NOW).unwrap();
    let deleted = account.clone().apply(&deletes);
    events.push(deletes);
    assert_json_snapshot!(json!({
        "events": wire::<Vec<UserEvent>>(&events), "active": wire(&account), "deleted": wire(&deleted),
        "profile": wire(&profile), "settings": wire(&Settings::default()),
    }));
}

/// SH-1: a sale, its line of the ledger and what it does to the wallet.
#[test]
fn sales_keep_their_shape() {
    let wallet = Wallet {
        balance: Points(10),
        ..Wallet::new(user("ada"))
    };
    let offer = Offer {
        item: ItemId(Uuid::from_u128(2)),
        price: Points(4),
    };
    let entry = EntryId(Uuid::from_u128(3));
    let sale = Purchase::decide(&wallet, None, offer, entry, NOW).unwrap();
    let payment = sale.payment.unwrap();
    assert_eq!(payment.entry.credit, Account::Shop);
    assert_json_snapshot!(json!({
        "purchased": wire(&sale.purchased), "entry": wire(&payment.entry), "paid": wire(&payment.paid),
    }));
}

#[test]
fn reviews_and_timelines_keep_their_shape() {
    let id = |number| SubmissionId(Uuid::from_u128(number));
    let found = Similarity {
        pair: Pair::of(id(5), id(4)),
        resemblance: Score::ratio(1, 2),
        containment: Score::ratio(3, 4),
        spans: Vec::new(),
    };
    let asked = AskedIn {
        content: ContentId(Uuid::from_u128(6)),
        campaign: Some(CampaignId(Uuid::from_u128(7))),
    };
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
