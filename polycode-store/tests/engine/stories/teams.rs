//! Teams.

use jiff::SignedDuration;
use polycode_core::EngineError;
use polycode_core::id::TeamId;
use polycode_core::people::{Team, TeamProfile};
use polycode_core::permission::{Actor, Role};
use polycode_core::port::PageRequest;
use polycode_core::quantity::Points;
use tokio::task::JoinSet;

use crate::world::{HOST, World, exercise, program, submit, user};

pub(crate) fn actor(name: &str) -> Actor {
    Actor::user(user(name))
}

pub(super) fn profile(name: &str) -> TeamProfile {
    TeamProfile {
        name: name.to_owned(),
        description: String::new(),
    }
}

pub(crate) fn code<T: std::fmt::Debug>(result: Result<T, EngineError>) -> &'static str {
    result.unwrap_err().code()
}

/// A team of these, led by the first.
pub(super) async fn team_of(world: &World, names: &[&str]) -> TeamId {
    let captain = actor(names[0]);
    let team = world.engine.create_team(&captain, profile(names[0])).await;
    let team = team.unwrap().team;
    for name in &names[1..] {
        join(world, team, &captain, name).await;
    }
    team
}

async fn join(world: &World, team: TeamId, captain: &Actor, name: &str) {
    let invited = world
        .engine
        .invite_to_team(captain, team, &user(name))
        .await;
    invited.unwrap();
    let joined = world
        .engine
        .accept_team_invitation(&actor(name), team)
        .await;
    joined.unwrap();
}

/// Lets a user earn 100 polypoints with a content of this name.
pub(crate) async fn earn(world: &World, name: &str, slug: &str) {
    let content = world.publish(exercise(slug)).await.value.id;
    let answer = submit(name, content, program("5 25"));
    assert_eq!(
        world.engine.submit(&HOST, answer).await.unwrap().awarded,
        Points(100)
    );
}

async fn members(world: &World, team: TeamId) -> Vec<String> {
    let admin = actor("root").with(Role::Admin);
    let team = world.engine.team(&admin, team).await.unwrap();
    let names = team.members.into_iter();
    names.map(|member| member.user.to_string()).collect()
}

#[tokio::test]
async fn te_1_a_user_makes_a_team_and_is_its_captain() {
    let world = World::new();
    let card = world
        .engine
        .create_team(&actor("ada"), profile("Owls"))
        .await;
    let card = card.unwrap();
    let team = world.engine.team(&actor("ada"), card.team).await.unwrap();
    assert_eq!(
        (team.captain, team.profile.name),
        (Some(user("ada")), "Owls".to_owned())
    );

    let second = world
        .engine
        .create_team(&actor("ada"), profile("Bats"))
        .await;
    assert_eq!(code(second), "already_done");
    let guest = world
        .engine
        .create_team(&Actor::guest(), profile("Bats"))
        .await;
    assert_eq!(code(guest), "not_allowed");
    let nameless = world.engine.create_team(&actor("bob"), profile(" ")).await;
    assert_eq!(code(nameless), "invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn te_1_te_7_nobody_gets_into_two_teams_at_once() {
    let world = World::new();
    let mut teams = Vec::new();
    for captain in ["a", "b", "c", "d"] {
        let team = team_of(&world, &[captain]).await;
        let invited = world
            .engine
            .invite_to_team(&actor(captain), team, &user("eve"))
            .await;
        invited.unwrap();
        teams.push(team);
    }
    let mut tasks = JoinSet::new();
    for team in teams.clone() {
        let engine = world.engine.clone();
        tasks.spawn(async move { engine.accept_team_invitation(&actor("eve"), team).await });
        let engine = world.engine.clone();
        tasks.spawn(async move {
            let made = engine.create_team(&actor("eve"), profile("Mine")).await;
            made.map(|_| ())
        });
    }
    let done = tasks.join_all().await;
    assert_eq!(done.iter().filter(|result| result.is_ok()).count(), 1);
    for refused in done.into_iter().filter(Result::is_err) {
        assert_eq!(code(refused), "already_done");
    }
    assert!(
        world
            .engine
            .own_team(&actor("eve"))
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn te_2_a_user_sees_the_own_team_and_no_other() {
    let world = World::new();
    let team = team_of(&world, &["ada", "bob"]).await;
    world
        .engine
        .invite_to_team(&actor("ada"), team, &user("cy"))
        .await
        .unwrap();
    earn(&world, "bob", "squares").await;

    let seen = world.engine.own_team(&actor("bob")).await.unwrap().unwrap();
    assert_eq!(
        (seen.team, seen.points, seen.invited),
        (team, Points(100), vec![])
    );
    assert_eq!(members(&world, team).await, ["ada", "bob"]);
    // Who is invited is the captain's to know.
    let seen = world.engine.own_team(&actor("ada")).await.unwrap().unwrap();
    assert_eq!(seen.invited[0].user, user("cy"));

    assert_eq!(world.engine.own_team(&actor("cy")).await.unwrap(), None);
    assert_eq!(
        code(world.engine.team(&actor("cy"), team).await),
        "not_found"
    );
    assert_eq!(
        code(world.engine.own_team(&Actor::guest()).await),
        "not_allowed"
    );
}

#[tokio::test]
async fn te_3_only_the_captain_updates_the_team() {
    let world = World::new();
    let team = team_of(&world, &["ada", "bob"]).await;
    let update = |name: &'static str, profile| {
        let engine = world.engine.clone();
        async move { engine.update_team(&actor(name), team, profile).await }
    };
    update("ada", profile("Night Owls")).await.unwrap();
    let seen = world
        .engine
        .public_team(&Actor::guest(), team)
        .await
        .unwrap();
    assert_eq!(seen.profile.name, "Night Owls");
    assert_eq!(code(update("bob", profile("Bats")).await), "not_allowed");
    assert_eq!(code(update("eve", profile("Bats")).await), "not_found");
    assert_eq!(code(update("ada", profile("")).await), "invalid");
}

#[tokio::test]
async fn te_4_the_captain_dissolves_the_team_and_its_members_are_free() {
    let world = World::new();
    let team = team_of(&world, &["ada", "bob"]).await;
    assert_eq!(
        code(world.engine.dissolve_team(&actor("bob"), team).await),
        "not_allowed"
    );
    assert_eq!(
        code(world.engine.dissolve_team(&actor("eve"), team).await),
        "not_found"
    );
    world
        .engine
        .dissolve_team(&actor("ada"), team)
        .await
        .unwrap();
    assert_eq!(world.engine.own_team(&actor("bob")).await.unwrap(), None);
    let again = world.engine.dissolve_team(&actor("ada"), team).await;
    assert_eq!(code(again), "not_found");
    assert_eq!(
        code(world.engine.public_team(&Actor::guest(), team).await),
        "not_found"
    );
    team_of(&world, &["bob", "ada"]).await;
    // Who runs the platform may end any team.
    let other = team_of(&world, &["eve"]).await;
    let admin = actor("root").with(Role::Admin);
    world.engine.dissolve_team(&admin, other).await.unwrap();
    assert_eq!(world.engine.own_team(&actor("eve")).await.unwrap(), None);
}

#[tokio::test]
async fn te_5_the_captain_invites_and_withdraws() {
    let world = World::new();
    let team = team_of(&world, &["ada", "bob"]).await;
    let invite = |by: &'static str, whom: &'static str| {
        let engine = world.engine.clone();
        async move { engine.invite_to_team(&actor(by), team, &user(whom)).await }
    };
    invite("ada", "cy").await.unwrap();
    assert_eq!(code(invite("ada", "cy").await), "already_done");
    assert_eq!(code(invite("ada", "bob").await), "already_done");
    assert_eq!(code(invite("bob", "dan").await), "not_allowed");
    assert_eq!(code(invite("eve", "eve").await), "not_found");
    let page = PageRequest::default;
    let open = world
        .engine
        .team_invitations(&actor("cy"), page())
        .await
        .unwrap();
    assert_eq!(open.items[0].team, team);

    let withdraw = |by: &'static str| {
        let engine = world.engine.clone();
        async move {
            engine
                .withdraw_team_invitation(&actor(by), team, &user("cy"))
                .await
        }
    };
    assert_eq!(code(withdraw("bob").await), "not_allowed");
    withdraw("ada").await.unwrap();
    assert_eq!(code(withdraw("ada").await), "not_found");
    let open = world
        .engine
        .team_invitations(&actor("cy"), page())
        .await
        .unwrap();
    assert_eq!(open.items, []);
    let late = world
        .engine
        .accept_team_invitation(&actor("cy"), team)
        .await;
    assert_eq!(code(late), "not_found");
}

#[tokio::test]
async fn te_6_the_captain_kicks_a_member() {
    let world = World::new();
    let team = team_of(&world, &["ada", "bob", "cy"]).await;
    let kick = |by: &'static str, whom: &'static str| {
        let engine = world.engine.clone();
        async move { engine.kick_from_team(&actor(by), team, &user(whom)).await }
    };
    assert_eq!(code(kick("bob", "cy").await), "not_allowed");
    assert_eq!(code(kick("eve", "cy").await), "not_found");
    assert_eq!(code(kick("ada", "ada").await), "captain_must_stay");
    assert_eq!(code(kick("ada", "eve").await), "not_found");
    kick("ada", "cy").await.unwrap();
    assert_eq!(members(&world, team).await, ["ada", "bob"]);
    assert_eq!(world.engine.own_team(&actor("cy")).await.unwrap(), None);
}

#[tokio::test]
async fn te_7_an_invited_user_joins_the_team_in_time() {
    let world = World::new();
    let team = team_of(&world, &["ada"]).await;
    let accept = |name: &'static str| {
        let engine = world.engine.clone();
        async move { engine.accept_team_invitation(&actor(name), team).await }
    };
    assert_eq!(code(accept("bob").await), "not_found");
    for name in ["bob", "cy", "dan"] {
        let invited = world
            .engine
            .invite_to_team(&actor("ada"), team, &user(name))
            .await;
        invited.unwrap();
    }
    accept("bob").await.unwrap();
    assert_eq!(code(accept("bob").await), "not_found");
    team_of(&world, &["cy"]).await;
    assert_eq!(code(accept("cy").await), "already_done");
    assert_eq!(members(&world, team).await, ["ada", "bob"]);

    // Time alone decides that an invitation lapsed; the tick only tells of it, once.
    world.clock.advance(Team::INVITATION_LASTS);
    assert_eq!(code(accept("dan").await), "not_found");
    let open = world
        .engine
        .team_invitations(&actor("dan"), PageRequest::default())
        .await;
    assert_eq!(open.unwrap().items, []);
    assert_eq!(world.engine.lapse_team_invitations().await.unwrap(), 2);
    assert_eq!(world.engine.lapse_team_invitations().await.unwrap(), 0);
    let seen = world.engine.own_team(&actor("ada")).await.unwrap().unwrap();
    assert_eq!(seen.invited, []);
}

#[tokio::test]
async fn te_8_an_invited_user_rejects() {
    let world = World::new();
    let team = team_of(&world, &["ada"]).await;
    let reject = |name: &'static str| {
        let engine = world.engine.clone();
        async move { engine.reject_team_invitation(&actor(name), team).await }
    };
    world
        .engine
        .invite_to_team(&actor("ada"), team, &user("bob"))
        .await
        .unwrap();
    assert_eq!(code(reject("eve").await), "not_found");
    reject("bob").await.unwrap();
    assert_eq!(code(reject("bob").await), "not_found");
    assert_eq!(members(&world, team).await, ["ada"]);
    // A captain may ask again, and another time is another answer.
    world.clock.advance(SignedDuration::from_hours(1));
    world
        .engine
        .invite_to_team(&actor("ada"), team, &user("bob"))
        .await
        .unwrap();
    world
        .engine
        .accept_team_invitation(&actor("bob"), team)
        .await
        .unwrap();
}

#[tokio::test]
async fn te_9_a_member_leaves_and_a_captain_does_not() {
    let world = World::new();
    let team = team_of(&world, &["ada", "bob"]).await;
    let leave = |name: &'static str| {
        let engine = world.engine.clone();
        async move { engine.leave_team(&actor(name), team).await }
    };
    assert_eq!(code(leave("ada").await), "captain_must_stay");
    assert_eq!(code(leave("eve").await), "not_found");
    leave("bob").await.unwrap();
    assert_eq!(code(leave("bob").await), "not_found");
    assert_eq!(code(leave("ada").await), "captain_must_stay");
    assert_eq!(members(&world, team).await, ["ada"]);
}

#[tokio::test]
async fn te_10_a_captain_hands_over_and_may_leave_then() {
    let world = World::new();
    let team = team_of(&world, &["ada", "bob"]).await;
    let hand_over = |by: &'static str, to: &'static str| {
        let engine = world.engine.clone();
        async move { engine.hand_team_over(&actor(by), team, &user(to)).await }
    };
    assert_eq!(code(hand_over("bob", "bob").await), "not_allowed");
    assert_eq!(code(hand_over("ada", "eve").await), "not_found");
    assert_eq!(code(hand_over("ada", "ada").await), "already_done");
    hand_over("ada", "bob").await.unwrap();
    assert_eq!(code(hand_over("ada", "ada").await), "not_allowed");
    world.engine.leave_team(&actor("ada"), team).await.unwrap();
    let seen = world.engine.own_team(&actor("bob")).await.unwrap().unwrap();
    assert_eq!(seen.captain, Some(user("bob")));
}

#[tokio::test]
async fn te_11_everybody_sees_a_teams_name_rank_and_points() {
    let world = World::new();
    let owls = team_of(&world, &["ada", "bob"]).await;
    let bats = team_of(&world, &["eve"]).await;
    earn(&world, "ada", "one").await;
    earn(&world, "bob", "two").await;
    earn(&world, "eve", "three").await;
    let seen = world
        .engine
        .public_team(&Actor::guest(), owls)
        .await
        .unwrap();
    assert_eq!((seen.rank, seen.points, seen.members), (1, Points(200), 2));
    assert_eq!(seen.profile.name, "ada");
    let seen = world.engine.public_team(&actor("ada"), bats).await.unwrap();
    assert_eq!((seen.rank, seen.points), (2, Points(100)));
    // Points come and go with the members.
    world.engine.leave_team(&actor("bob"), owls).await.unwrap();
    let seen = world.engine.public_team(&actor("ada"), owls).await.unwrap();
    assert_eq!((seen.rank, seen.points), (1, Points(100)));
    let nothing = TeamId(uuid::Uuid::nil());
    assert_eq!(
        code(world.engine.public_team(&Actor::guest(), nothing).await),
        "not_found"
    );
}

#[tokio::test]
async fn te_12_teams_are_ranked_and_equal_ones_share_a_place() {
    let world = World::new();
    for (index, names) in [&["a", "b"][..], &["c"], &["d"], &["e"]].iter().enumerate() {
        team_of(&world, names).await;
        for name in names.iter().filter(|name| **name != "e") {
            earn(&world, name, &format!("{index}-{name}")).await;
        }
    }
    let mut after = None;
    let mut seen = Vec::new();
    loop {
        let page = PageRequest { after, limit: 3 };
        let page = world
            .engine
            .team_ranking(&Actor::guest(), page)
            .await
            .unwrap();
        let places = page.items.into_iter();
        seen.extend(places.map(|team| (team.rank, team.profile.name, team.points.0)));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let place = |rank, name: &str, points| (rank, name.to_owned(), points);
    assert_eq!(
        seen,
        [
            place(1, "a", 200),
            place(2, "c", 100),
            place(2, "d", 100),
            place(4, "e", 0)
        ]
    );
    let after = Some("nonsense".to_owned());
    let nonsense = PageRequest { after, limit: 3 };
    assert_eq!(
        code(world.engine.team_ranking(&actor("a"), nonsense).await),
        "invalid"
    );
    let none = PageRequest {
        after: None,
        limit: 0,
    };
    assert_eq!(
        code(world.engine.team_ranking(&actor("a"), none).await),
        "invalid"
    );
}
