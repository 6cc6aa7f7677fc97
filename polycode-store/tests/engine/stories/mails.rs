//! Mails, as the events that a mailer acts on: each has ids only, and with them everything that
//! the mail needs can be read.

use polycode_core::event::Event;
use polycode_core::people::{TeamEvent, UserEvent, UserProfile};
use polycode_core::permission::Actor;
use polycode_core::quantity::Cursor;

use crate::stories::accounts::{register, registration};
use crate::stories::teams::{actor, team_of};
use crate::world::{World, user};

async fn last_event(world: &World) -> Event {
    let events = world.store.events(Cursor(0), 1_000).await.unwrap();
    let event = events.last().unwrap().recorded.event.clone();
    let told = serde_json::to_string(&event).unwrap();
    assert!(!told.contains('@') && !told.contains("Lovelace"), "{told}");
    event
}

/// What a mailer reads of whoever gets the mail.
async fn address(world: &World, name: &str) -> String {
    let account = world
        .engine
        .account(&Actor::service(), &user(name))
        .await
        .unwrap();
    assert_eq!(account.settings.locale.as_str(), "en");
    account.profile.email.unwrap()
}

#[tokio::test]
async fn ma_1_ma_2_a_registration_tells_whom_to_welcome() {
    let world = World::new();
    register(&world, "ada").await;
    let Event::User(UserEvent::Registered { user, .. }) = last_event(&world).await else {
        panic!("another event");
    };
    assert_eq!(address(&world, user.as_str()).await, "ada@example.org");
}

#[tokio::test]
async fn ma_2_a_new_address_is_to_be_confirmed_again() {
    let world = World::new();
    register(&world, "ada").await;
    let profile = UserProfile {
        email: Some("ada@example.com".to_owned()),
        ..registration("ada").profile
    };
    let (ada, actor) = (user("ada"), actor("ada"));
    let changed = world.engine.update_profile(&actor, &ada, profile.clone());
    changed.await.unwrap();
    let Event::User(UserEvent::AddressChanged { user, .. }) = last_event(&world).await else {
        panic!("another event");
    };
    assert_eq!(address(&world, user.as_str()).await, "ada@example.com");
    // The same address asks for nothing.
    world
        .engine
        .update_profile(&actor, &ada, profile)
        .await
        .unwrap();
    let last = last_event(&world).await;
    assert!(matches!(
        last,
        Event::User(UserEvent::ProfileUpdated { .. })
    ));
}

#[tokio::test]
async fn ma_3_an_invitation_tells_whom_to_ask_and_until_when() {
    let world = World::new();
    register(&world, "bob").await;
    let made = team_of(&world, &["ada"]).await;
    world
        .engine
        .invite_to_team(&actor("ada"), made, &user("bob"))
        .await
        .unwrap();
    let Event::Team(TeamEvent::Invited {
        team,
        user,
        at,
        lapses_at,
    }) = last_event(&world).await
    else {
        panic!("another event");
    };
    assert!(at < lapses_at);
    assert_eq!(address(&world, user.as_str()).await, "bob@example.org");
    let named = world.engine.team(&Actor::service(), team).await.unwrap();
    assert_eq!(named.profile.name, "ada");
    // The links of the mail do this, as that user.
    let invited = Actor::user(user);
    world
        .engine
        .accept_team_invitation(&invited, team)
        .await
        .unwrap();
}

#[tokio::test]
async fn ma_4_a_kick_tells_whom_and_from_where() {
    let world = World::new();
    register(&world, "bob").await;
    let made = team_of(&world, &["ada", "bob"]).await;
    world
        .engine
        .kick_from_team(&actor("ada"), made, &user("bob"))
        .await
        .unwrap();
    let Event::Team(TeamEvent::Kicked { team, user }) = last_event(&world).await else {
        panic!("another event");
    };
    assert_eq!(address(&world, user.as_str()).await, "bob@example.org");
    let named = world.engine.team(&Actor::service(), team).await.unwrap();
    assert_eq!(named.profile.name, "ada");
}

#[tokio::test]
async fn ma_5_a_dissolved_team_tells_who_was_in_it() {
    let world = World::new();
    for name in ["ada", "bob"] {
        register(&world, name).await;
    }
    let made = team_of(&world, &["ada", "bob"]).await;
    world
        .engine
        .dissolve_team(&actor("ada"), made)
        .await
        .unwrap();
    let Event::Team(TeamEvent::Dissolved { team, members, .. }) = last_event(&world).await else {
        panic!("another event");
    };
    let members: Vec<_> = members.into_iter().collect();
    assert_eq!(members, [user("ada"), user("bob")]);
    for member in members {
        address(&world, member.as_str()).await;
    }
    // The name is still there for the mail, though the team is not.
    let named = world.engine.team(&Actor::service(), team).await.unwrap();
    assert_eq!(
        (named.profile.name.as_str(), named.dissolved_at.is_some()),
        ("ada", true)
    );
}
