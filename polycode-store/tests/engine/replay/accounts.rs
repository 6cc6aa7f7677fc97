//! Accounts, what people say about themselves, and how it is erased.

use std::collections::BTreeMap;

use polycode_core::engine::Registration;
use polycode_core::id::UserId;
use polycode_core::people::{Settings, User, UserEvent, UserProfile};
use proptest::prelude::*;

use super::{USERS, actor, change, document, somebody};
use crate::world::{World, user};

/// What a person does to the own account.
#[derive(Debug, Clone)]
pub(super) struct Deed {
    user: &'static str,
    act: Act,
}

#[derive(Debug, Clone, Copy)]
enum Act {
    Register,
    UpdateProfile,
    UpdateSettings,
    Delete,
}

pub(super) fn deed() -> impl Strategy<Value = Deed> {
    let act = prop_oneof![
        4 => Just(Act::Register),
        2 => Just(Act::UpdateProfile),
        1 => Just(Act::UpdateSettings),
        1 => Just(Act::Delete),
    ];
    (somebody(), act).prop_map(|(user, act)| Deed { user, act })
}

pub(super) async fn carry_out(world: &World, Deed { user: name, act }: Deed) {
    let (actor, user, engine) = (actor(name), user(name), &world.engine);
    let settings = Settings::default();
    let profile = UserProfile {
        name: name.to_owned(),
        ..UserProfile::default()
    };
    match act {
        Act::Register => {
            let registration = Registration {
                user,
                profile,
                settings,
            };
            drop(engine.register(&actor, registration).await);
        }
        Act::UpdateProfile => drop(engine.update_profile(&actor, &user, profile).await),
        Act::UpdateSettings => drop(engine.update_settings(&actor, &user, settings).await),
        Act::Delete => drop(engine.delete_account(&actor, &user).await),
    }
}

pub(super) type Told = BTreeMap<UserId, User>;

pub(super) fn apply(told: &mut Told, event: &UserEvent) {
    let (UserEvent::Registered { user, .. }
    | UserEvent::ProfileUpdated { user, .. }
    | UserEvent::SettingsUpdated { user, .. }
    | UserEvent::Deleted { user, .. }) = event
    else {
        panic!("unknown event {event:?}");
    };
    change(
        told,
        user.clone(),
        || User::begin(event),
        |account| account.apply(event),
    );
}

pub(super) async fn stored(world: &World) -> Told {
    let mut stored = Told::new();
    for name in USERS {
        let account = document::<User>(world, name).await;
        stored.extend(account.map(|account| (user(name), account)));
    }
    stored
}
