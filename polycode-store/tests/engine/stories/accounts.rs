//! Accounts, profiles, and the ranking of users.

use polycode_core::engine::Registration;
use polycode_core::integrity::Timeline;
use polycode_core::people::{ProfileVisibility, Settings, Team, User, UserCard, UserProfile};
use polycode_core::permission::{Actor, Role};
use polycode_core::port::{Commit, Document, DocumentWrite, PageRequest, Write};
use polycode_core::quantity::{Cursor, Points, Score};

use crate::stories::assessment::{Exam, candidate};
use crate::stories::teams::{actor, code, earn, team_of};
use crate::world::{HOST, World, exercise, program, user};

pub(super) fn registration(name: &str) -> Registration {
    let profile = UserProfile {
        name: format!("{name} Lovelace"),
        email: Some(format!("{name}@example.org")),
        about: "likes engines".to_owned(),
    };
    Registration {
        user: user(name),
        profile,
        settings: Settings::default(),
    }
}

pub(super) async fn register(world: &World, name: &str) {
    let registered = world
        .engine
        .register(&Actor::guest(), registration(name))
        .await;
    assert_eq!(registered.unwrap().user, user(name));
}

async fn hide(world: &World, name: &str, visibility: ProfileVisibility) {
    let settings = Settings {
        visibility,
        ..Settings::default()
    };
    let updated = world
        .engine
        .update_settings(&actor(name), &user(name), settings.clone())
        .await;
    assert_eq!(updated.unwrap().settings, settings);
}

#[tokio::test]
async fn ac_1_a_guest_makes_an_account_once() {
    let world = World::new();
    register(&world, "ada").await;
    let again = world
        .engine
        .register(&Actor::guest(), registration("ada"))
        .await;
    assert_eq!(code(again), "already_done");
    let mut nameless = registration("bob");
    nameless.profile.name = String::new();
    nameless.profile.email = Some("nowhere".to_owned());
    let refused = world
        .engine
        .register(&Actor::guest(), nameless)
        .await
        .unwrap_err();
    assert_eq!(refused.problems().len(), 2);
    // Nothing of it was kept.
    let admin = actor("root").with(Role::Admin);
    assert_eq!(
        code(world.engine.account(&admin, &user("bob")).await),
        "not_found"
    );
}

#[tokio::test]
async fn ac_2_a_user_sees_the_own_account_and_settings() {
    let world = World::new();
    register(&world, "ada").await;
    let own = world
        .engine
        .account(&actor("ada"), &user("ada"))
        .await
        .unwrap();
    assert_eq!((own.profile, own.settings), {
        let made = registration("ada");
        (made.profile, made.settings)
    });
    for stranger in [actor("eve"), Actor::guest()] {
        assert_eq!(
            code(world.engine.account(&stranger, &user("ada")).await),
            "not_found"
        );
    }
    assert_eq!(
        code(world.engine.account(&actor("bob"), &user("bob")).await),
        "not_found"
    );
}

#[tokio::test]
async fn ac_3_a_user_updates_the_own_account_and_settings() {
    let world = World::new();
    register(&world, "ada").await;
    let profile = UserProfile {
        name: "Ada King".to_owned(),
        ..UserProfile::default()
    };
    let updated = world
        .engine
        .update_profile(&actor("ada"), &user("ada"), profile.clone())
        .await;
    assert_eq!(updated.unwrap().profile, profile);
    hide(&world, "ada", ProfileVisibility::Nobody).await;
    let own = world
        .engine
        .account(&actor("ada"), &user("ada"))
        .await
        .unwrap();
    assert_eq!(
        (own.profile.name.as_str(), own.settings.visibility),
        ("Ada King", ProfileVisibility::Nobody)
    );

    // Not even who runs the platform writes in somebody's name.
    for (other, wanted) in [
        (actor("eve"), "not_found"),
        (actor("root").with(Role::Admin), "not_allowed"),
    ] {
        let update = world
            .engine
            .update_profile(&other, &user("ada"), profile.clone())
            .await;
        assert_eq!(code(update), wanted);
    }
    let broken = UserProfile::default();
    let update = world
        .engine
        .update_profile(&actor("ada"), &user("ada"), broken)
        .await;
    assert_eq!(code(update), "invalid");
}

/// How ada typed an answer, as she agreed to have it recorded.
async fn typed_by_ada(world: &World) -> Timeline {
    let timeline = Timeline {
        user: user("ada"),
        content: world.publish(exercise("typed")).await.value.id,
        since: world.clock.reads(),
        facts: Vec::new(),
    };
    let write = DocumentWrite::put(&timeline, None).unwrap();
    let commit = Commit {
        writes: vec![Write::Document(write)],
        events: Vec::new(),
    };
    world.store.commit(commit).await.unwrap();
    timeline
}

async fn assert_the_log_tells_whom_to_forget(world: &World, before: usize) {
    // The log tells who else has to forget them, by the host's id only.
    let events = world.store.events(Cursor(0), 1_000).await.unwrap();
    let told = serde_json::to_string(&events[before..]).unwrap();
    for what in [
        "\"deleted\"",
        "\"captaincy_handed_over\"",
        "\"left\"",
        "\"withdrawn\"",
    ] {
        assert!(told.contains(what), "{what} in {told}");
    }
    let told = serde_json::to_string(&events).unwrap();
    assert!(
        !told.contains("Lovelace") && !told.contains('@') && !told.contains("engines"),
        "{told}"
    );
}

#[tokio::test]
async fn ac_4_a_deleted_account_leaves_nothing_of_the_person() {
    let world = World::new();
    for name in ["ada", "bob"] {
        register(&world, name).await;
        earn(&world, name, name).await;
    }
    let team = team_of(&world, &["ada", "bob"]).await;
    let other = team_of(&world, &["eve"]).await;
    let timeline = typed_by_ada(&world).await;

    assert_eq!(
        code(
            world
                .engine
                .delete_account(&actor("eve"), &user("ada"))
                .await
        ),
        "not_found"
    );
    let before = world.store.events(Cursor(0), 1_000).await.unwrap().len();
    world
        .engine
        .delete_account(&actor("ada"), &user("ada"))
        .await
        .unwrap();
    let again = world
        .engine
        .delete_account(&actor("ada"), &user("ada"))
        .await;
    assert_eq!(code(again), "wrong_state");

    // What the person wrote is gone, and so is how they typed.
    let card = world.store.document(UserCard::KIND, "ada").await.unwrap();
    assert_eq!(card, None);
    let typed = world
        .store
        .document(Timeline::KIND, &timeline.key())
        .await
        .unwrap();
    assert_eq!(typed, None);
    let account = world
        .store
        .document(User::KIND, "ada")
        .await
        .unwrap()
        .unwrap();
    assert!(
        !account.body.contains("Lovelace") && !account.body.contains('@'),
        "{}",
        account.body
    );
    assert_eq!(
        code(world.engine.account(&actor("ada"), &user("ada")).await),
        "not_found"
    );
    // The team goes on under another captain; the points stay where they were earned.
    let left = world.engine.own_team(&actor("bob")).await.unwrap().unwrap();
    assert_eq!(
        (left.team, left.captain, left.members.len()),
        (team, Some(user("bob")), 1)
    );
    let page = PageRequest::default();
    let entries = world
        .engine
        .entries(&HOST, &user("ada"), page)
        .await
        .unwrap()
        .items;
    let wallet = world.engine.wallet(&HOST, &user("ada")).await.unwrap();
    assert_eq!(
        (entries.len(), entries[0].points, wallet.balance),
        (1, Points(100), Points(100))
    );
    let seen = world
        .engine
        .public_user(&actor("bob"), &user("ada"))
        .await
        .unwrap();
    assert_eq!(
        (seen.name, seen.about.as_str(), seen.points),
        (None, "", Points(100))
    );
    assert_the_log_tells_whom_to_forget(&world, before).await;
    // Nobody signs up in their place or invites them.
    let again = world
        .engine
        .register(&Actor::guest(), registration("ada"))
        .await;
    assert_eq!(code(again), "already_done");
    let invited = world
        .engine
        .invite_to_team(&actor("eve"), other, &user("ada"))
        .await;
    assert_eq!(code(invited), "not_found");
}

#[tokio::test]
async fn ac_4_a_team_of_one_ends_and_invitations_are_withdrawn() {
    let world = World::new();
    // An account is the host's alone here: it is forgotten all the same.
    let alone = team_of(&world, &["ada"]).await;
    let other = team_of(&world, &["eve"]).await;
    world
        .engine
        .invite_to_team(&actor("eve"), other, &user("ada"))
        .await
        .unwrap();
    let admin = actor("root").with(Role::Admin);
    world
        .engine
        .delete_account(&admin, &user("ada"))
        .await
        .unwrap();
    let ended = world.engine.team(&admin, alone).await.unwrap();
    assert!(ended.dissolved_at.is_some() && ended.profile.name.is_empty());
    let seen = world.engine.own_team(&actor("eve")).await.unwrap().unwrap();
    assert_eq!(seen.invited, []);
    let stored = world
        .store
        .document(Team::KIND, &other.to_string())
        .await
        .unwrap()
        .unwrap();
    assert!(!stored.body.contains("ada"), "{}", stored.body);
}

#[tokio::test]
async fn ac_4_results_stay_sound_and_do_not_name_who_went() {
    let exam = Exam::new().await;
    let engine = &exam.world.engine;
    let view = exam.started("ada").await;
    let (ada, seat) = (actor("ada"), view.seat.unwrap());
    let to = exam.to(view.id, seat, program("5 25"));
    engine.answer_question(&ada, to, None).await.unwrap();
    engine.submit_attempt(&ada, view.id, seat).await.unwrap();
    exam.tick().await;
    engine.delete_account(&ada, &user("ada")).await.unwrap();

    let (author, campaign) = (&exam.author, exam.campaign.id);
    let page = PageRequest::default();
    let candidates = engine.candidates(author, campaign, None, page).await;
    let candidates = candidates.unwrap().items;
    assert_eq!(
        (candidates.len(), candidates[0].profile.name.as_str()),
        (1, "")
    );
    let report = engine.detailed_report(author, campaign).await.unwrap();
    let row = &report.candidates[0].row;
    assert_eq!(
        (row.name.as_str(), row.score),
        ("", Some(Score::ratio(3, 4)))
    );
    let told = serde_json::to_string(&(&candidates, &report)).unwrap();
    assert!(!told.contains("ada@"), "{told}");
    // The address is free for whoever it belongs to next.
    let again = vec![candidate("ada")];
    let intake = engine.add_candidates(author, campaign, again).await;
    assert_eq!(intake.unwrap().added, 1);
}

#[tokio::test]
async fn ac_8_a_profile_is_seen_by_those_it_is_for() {
    let world = World::new();
    for name in ["ada", "bob", "eve"] {
        register(&world, name).await;
    }
    team_of(&world, &["ada", "bob"]).await;
    earn(&world, "bob", "one").await;
    let see = |viewer: Actor| {
        let engine = world.engine.clone();
        async move { engine.public_user(&viewer, &user("ada")).await }
    };
    let seen = see(Actor::guest()).await.unwrap();
    assert_eq!(
        (seen.name.as_deref(), seen.rank, seen.points),
        (Some("ada Lovelace"), 2, Points(0))
    );
    assert!(!serde_json::to_string(&seen).unwrap().contains('@'));

    hide(&world, "ada", ProfileVisibility::Team).await;
    assert_eq!(code(see(actor("eve")).await), "not_found");
    assert_eq!(code(see(Actor::guest()).await), "not_found");
    assert!(see(actor("bob")).await.is_ok());
    hide(&world, "ada", ProfileVisibility::Nobody).await;
    assert_eq!(code(see(actor("bob")).await), "not_found");
    assert!(see(actor("ada")).await.is_ok());
    let team = world.engine.own_team(&actor("bob")).await.unwrap().unwrap();
    assert_eq!(team.members[0].name, None);
    assert_eq!(team.members[1].name.as_deref(), Some("bob Lovelace"));

    // A host may keep its users to itself: they have points and no name.
    earn(&world, "hosted", "two").await;
    let seen = world
        .engine
        .public_user(&actor("eve"), &user("hosted"))
        .await
        .unwrap();
    assert_eq!((seen.name, seen.rank, seen.points), (None, 1, Points(100)));
    let nobody = world
        .engine
        .public_user(&actor("eve"), &user("nobody"))
        .await;
    let hidden = see(actor("eve")).await;
    assert_eq!(code(nobody), code(hidden));
}

#[tokio::test]
async fn ac_9_users_are_ranked_and_equal_ones_share_a_place() {
    let world = World::new();
    register(&world, "dan").await;
    for (name, contents) in [
        ("ada", 3),
        ("bob", 2),
        ("cy", 2),
        ("dan", 2),
        ("eve", 1),
        ("fay", 1),
    ] {
        for number in 0..contents {
            earn(&world, name, &format!("{name}-{number}")).await;
        }
    }
    let ranking = |viewer: Actor, limit| {
        let engine = world.engine.clone();
        async move {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let page = engine
                    .user_ranking(&viewer, PageRequest { after, limit })
                    .await
                    .unwrap();
                let places = page.items.into_iter();
                seen.extend(places.map(|one| (one.rank, one.user.to_string(), one.points.0)));
                after = page.next;
                if after.is_none() {
                    return seen;
                }
            }
        }
    };
    let place = |rank, name: &str, points| (rank, name.to_owned(), points);
    let all = [
        place(1, "ada", 300),
        place(2, "bob", 200),
        place(2, "cy", 200),
        place(2, "dan", 200),
        place(5, "eve", 100),
        place(5, "fay", 100),
    ];
    for limit in 1..8 {
        assert_eq!(ranking(Actor::guest(), limit).await, all, "{limit}");
    }
    // Who hides keeps the place, and sees it.
    hide(&world, "dan", ProfileVisibility::Nobody).await;
    let without: Vec<_> = all.iter().filter(|one| one.1 != "dan").cloned().collect();
    for limit in 1..8 {
        assert_eq!(ranking(actor("eve"), limit).await, without, "{limit}");
        assert_eq!(ranking(actor("dan"), limit).await, all, "{limit}");
    }
    for after in ["nonsense", "x/ada", "5/"] {
        let after = Some(after.to_owned());
        let page = PageRequest { after, limit: 1 };
        assert_eq!(
            code(world.engine.user_ranking(&Actor::guest(), page).await),
            "invalid"
        );
    }
}
