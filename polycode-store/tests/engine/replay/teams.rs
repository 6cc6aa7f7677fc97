//! Teams, who is in them and who is asked to be.

use std::collections::BTreeMap;

use polycode_core::id::TeamId;
use polycode_core::people::{Team, TeamEvent, TeamProfile};
use proptest::prelude::*;

use super::{Scene, USERS, actor, change, document, somebody};
use crate::world::{World, user};

/// What somebody does in a team, maybe to somebody.
#[derive(Debug, Clone)]
pub(super) struct Deed {
    by: &'static str,
    whom: &'static str,
    team: usize,
    act: Act,
}

#[derive(Debug, Clone, Copy)]
enum Act {
    Create,
    Update,
    Dissolve,
    Invite,
    Withdraw,
    Accept,
    Kick,
    Leave,
    HandOver,
}

pub(super) fn deed() -> impl Strategy<Value = Deed> {
    let act = prop_oneof![
        2 => Just(Act::Create),
        1 => Just(Act::Update),
        1 => Just(Act::Dissolve),
        3 => Just(Act::Invite),
        1 => Just(Act::Withdraw),
        2 => Just(Act::Accept),
        1 => Just(Act::Kick),
        1 => Just(Act::Leave),
        1 => Just(Act::HandOver),
    ];
    (somebody(), somebody(), 0..8_usize, act).prop_map(|(by, whom, team, act)| Deed {
        by,
        whom,
        team,
        act,
    })
}

/// Makes the team that is there from the beginning.
pub(super) async fn first(world: &World) -> TeamId {
    let created = world.engine.create_team(&actor(USERS[0]), profile()).await;
    created.unwrap().team
}

fn profile() -> TeamProfile {
    TeamProfile {
        name: "Owls".to_owned(),
        ..TeamProfile::default()
    }
}

pub(super) async fn carry_out(scene: &mut Scene, deed: Deed) {
    let (actor, whom) = (actor(deed.by), user(deed.whom));
    let engine = &scene.world.engine;
    let id = scene.teams[deed.team % scene.teams.len()];
    match deed.act {
        Act::Create => {
            let created = engine.create_team(&actor, profile()).await;
            scene.teams.extend(created.ok().map(|card| card.team));
        }
        Act::Update => drop(engine.update_team(&actor, id, profile()).await),
        Act::Dissolve => drop(engine.dissolve_team(&actor, id).await),
        Act::Invite => drop(engine.invite_to_team(&actor, id, &whom).await),
        Act::Withdraw => drop(engine.withdraw_team_invitation(&actor, id, &whom).await),
        Act::Accept => drop(engine.accept_team_invitation(&actor, id).await),
        Act::Kick => drop(engine.kick_from_team(&actor, id, &whom).await),
        Act::Leave => drop(engine.leave_team(&actor, id).await),
        Act::HandOver => drop(engine.hand_team_over(&actor, id, &whom).await),
    }
}

pub(super) type Told = BTreeMap<TeamId, Team>;

pub(super) fn apply(told: &mut Told, event: &TeamEvent) {
    change(
        told,
        team_of(event),
        || Team::begin(event),
        |team| team.apply(event),
    );
}

/// The team that an event is about, as any consumer reads it.
fn team_of(event: &TeamEvent) -> TeamId {
    let wire = serde_json::to_value(event).unwrap();
    let id = match event {
        TeamEvent::Created { .. } => &wire["team"]["id"],
        _ => &wire["team"],
    };
    serde_json::from_value(id.clone()).unwrap()
}

pub(super) async fn stored(scene: &Scene) -> Told {
    let mut stored = Told::new();
    for id in &scene.teams {
        let team = document::<Team>(&scene.world, &id.to_string()).await;
        stored.insert(*id, team.unwrap());
    }
    stored
}

/// Nobody is in two teams, and a team's captain is in it.
pub(super) fn assert_sound(teams: &Told) {
    let mut members = Vec::new();
    for roster in teams.values().filter_map(Team::roster) {
        assert!(roster.has(&roster.captain), "{roster:?}");
        members.extend(roster.members.keys());
    }
    members.sort_unstable();
    assert!(members.is_sorted_by(|a, b| a < b), "{members:?}");
}
