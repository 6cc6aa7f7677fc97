use super::*;
use crate::people::{Locale, Notices, TeamProfile};

fn ada() -> UserId {
    UserId::new("ada").expect("an id")
}

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn profile() -> UserProfile {
    UserProfile {
        name: "Ada".to_owned(),
        email: Some("ada@example.org".to_owned()),
        about: "Engines.".to_owned(),
    }
}

fn registered() -> User {
    let event = User::decide_register(ada(), &profile(), NOW).expect("allowed");
    User::begin(&event).expect("begun")
}

fn fields(checked: Result<(), Refusal>) -> Vec<String> {
    match checked {
        Err(Refusal::Invalid(problems)) => problems.into_iter().map(|p| p.field).collect(),
        other => panic!("{other:?}"),
    }
}

/// AC-1: every rule that a profile breaks is listed.
#[test]
fn a_profile_has_rules() {
    assert_eq!(profile().check(), Ok(()));
    let broken = UserProfile {
        name: " Ada".to_owned(),
        email: Some("ada@example.org\r\nbcc: eve@example.org".to_owned()),
        about: "x".repeat(2_001),
    };
    assert_eq!(fields(broken.check()), ["name", "about", "email"]);
    assert!(User::decide_register(ada(), &broken, NOW).is_err());
    assert_eq!(fields(TeamProfile::default().check()), ["name"]);
    for email in ["ada", "@example.org", "ada@", "a da@example.org"] {
        let broken = UserProfile {
            email: Some(email.to_owned()),
            ..profile()
        };
        assert_eq!(fields(broken.check()), ["email"], "{email}");
    }
}

/// AC-2, AC-3: only the user changes the account.
#[test]
fn an_account_is_changed_by_its_user() {
    let (user, eve) = (registered(), UserId::new("eve").expect("an id"));
    let other = user.decide_update_profile(&eve, (&profile(), &profile()), NOW);
    assert_eq!(other.expect_err("refused").code(), "not_allowed");
    let other = user.decide_update_settings(&eve, NOW);
    assert_eq!(other.expect_err("refused").code(), "not_allowed");
    let event = user
        .decide_update_profile(&ada(), (&profile(), &profile()), NOW)
        .expect("allowed");
    let (id, at) = (ada(), NOW);
    assert_eq!(event, [UserEvent::ProfileUpdated { user: id, at }]);
    assert_eq!(user.clone().apply(&event[0]), user);
}

/// MA-2: another address is to be confirmed again; the same one, or none, is not.
#[test]
fn a_new_address_is_told() {
    let with = |email: Option<&str>| UserProfile {
        email: email.map(str::to_owned),
        ..profile()
    };
    let one = Some("ada@example.org");
    let other = Some("ada@example.com");
    let cases = [
        (one, one, 1),
        (one, other, 2),
        (None, one, 2),
        (one, None, 1),
    ];
    for (before, after, told) in cases {
        let profiles = (&with(before), &with(after));
        let events = registered().decide_update_profile(&ada(), profiles, NOW);
        assert_eq!(events.expect("allowed").len(), told, "{before:?} {after:?}");
    }
}

/// AC-4: a deleted account keeps its id, shows no name, and can't be used or deleted again.
#[test]
fn a_deleted_account_is_anonymous() {
    let user = registered();
    let gone = user.decide_delete(NOW).expect("allowed");
    let user = user.apply(&gone);
    let seen = user
        .public(
            Some(&profile()),
            &Settings::default(),
            Viewer::Stranger,
            (3, Points(40)),
        )
        .expect("visible");
    assert_eq!(
        (seen.name, seen.about, seen.points),
        (None, String::new(), Points(40))
    );
    assert_eq!(
        user.decide_delete(NOW).expect_err("refused").code(),
        "wrong_state"
    );
    let changed = user.decide_update_profile(&ada(), (&profile(), &profile()), NOW);
    assert_eq!(changed.expect_err("refused").code(), "wrong_state");
}

/// No event of an account holds anything that the person wrote.
#[test]
fn events_hold_no_personal_data() {
    let user = registered();
    let before = UserProfile {
        email: None,
        ..profile()
    };
    let updated = user.decide_update_profile(&ada(), (&before, &profile()), NOW);
    let mut events = updated.expect("allowed");
    assert_eq!(events.len(), 2);
    let others = [
        User::decide_register(ada(), &profile(), NOW),
        user.decide_update_settings(&ada(), NOW),
        user.decide_delete(NOW),
    ];
    events.extend(others.map(|event| event.expect("allowed")));
    for event in events {
        let wire = serde_json::to_value(event).expect("writable");
        let mut fields: Vec<_> = wire
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect();
        fields.sort();
        assert_eq!(fields, ["at", "type", "user"]);
    }
}

/// AC-8: who does not want to be seen looks like nobody.
#[test]
fn a_hidden_profile_is_not_found() {
    let seen_by = |visibility, viewer| {
        let settings = Settings {
            visibility,
            notices: Notices::Needed,
            ..Settings::default()
        };
        let seen = registered().public(Some(&profile()), &settings, viewer, (1, Points(1)));
        seen.map_err(|refusal| refusal.code())
            .map(|seen| seen.name.expect("a name"))
    };
    assert_eq!(
        seen_by(ProfileVisibility::Everybody, Viewer::Stranger),
        Ok("Ada".to_owned())
    );
    assert_eq!(
        seen_by(ProfileVisibility::Team, Viewer::Teammate),
        Ok("Ada".to_owned())
    );
    assert_eq!(
        seen_by(ProfileVisibility::Team, Viewer::Stranger),
        Err("not_found")
    );
    assert_eq!(
        seen_by(ProfileVisibility::Nobody, Viewer::Teammate),
        Err("not_found")
    );
    assert_eq!(
        seen_by(ProfileVisibility::Nobody, Viewer::Own),
        Ok("Ada".to_owned())
    );
}

/// AC-8: the address is not part of what others see.
#[test]
fn the_address_is_never_public() {
    let seen = registered()
        .public(
            Some(&profile()),
            &Settings::default(),
            Viewer::Own,
            (1, Points(1)),
        )
        .expect("visible");
    assert!(
        !serde_json::to_string(&seen)
            .expect("writable")
            .contains('@')
    );
}

#[test]
fn a_locale_is_a_language_tag() {
    let read = |text: &str| serde_json::from_value::<Locale>(text.into());
    for good in ["fr", "pt-BR", "zh-Hant-TW", "es-419"] {
        assert_eq!(read(good).expect("a locale").as_str(), good);
    }
    for bad in ["", "f", "fr_FR", "fr-", "123", "../etc", "fr-toolongtag"] {
        assert!(read(bad).is_err(), "{bad}");
    }
}
