//! Teams and accounts.

use insta::assert_json_snapshot;
use polycode_core::id::TeamId;
use polycode_core::people::{
    Membership, Settings, Team, TeamEvent, TeamProfile, User, UserEvent, UserProfile,
};
use serde_json::json;
use uuid::Uuid;

use crate::{NOW, user, wire};

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
    let gone = account.decide_delete(NOW).unwrap();
    let deleted = account.clone().apply(&gone);
    events.push(gone);
    assert_json_snapshot!(json!({
        "events": wire::<Vec<UserEvent>>(&events), "active": wire(&account), "deleted": wire(&deleted),
        "profile": wire(&profile), "settings": wire(&Settings::default()),
    }));
}
