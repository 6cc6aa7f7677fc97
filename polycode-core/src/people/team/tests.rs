use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn user(name: &str) -> UserId {
    UserId::new(name).expect("an id")
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("in range")
}

fn team_id() -> TeamId {
    TeamId(Uuid::from_u128(7))
}

/// Ada's team of at most three.
fn founded() -> Team {
    let created = Team::decide_create(team_id(), user("ada"), Membership::Free, 3, at(0));
    Team::begin(&created.expect("created")).expect("begun")
}

fn then(team: &Team, event: Result<TeamEvent, Refusal>) -> Team {
    team.clone().apply(&event.expect("allowed"))
}

/// Ada's team after these joined, one second after the other.
fn with(names: &[&str]) -> Team {
    let join = |team: Team, (second, name): (i64, &&str)| {
        let team = then(
            &team,
            team.decide_invite(&user("ada"), user(name), at(second)),
        );
        then(
            &team,
            team.decide_accept(&user(name), Membership::Free, at(second)),
        )
    };
    (1..).zip(names).fold(founded(), join)
}

fn code(decided: Result<TeamEvent, Refusal>) -> &'static str {
    decided.expect_err("a refusal").code()
}

/// TE-1: whoever founds a team is its captain, and is in no other.
#[test]
fn the_founder_becomes_captain() {
    let team = founded();
    let roster = team.roster().expect("active");
    assert_eq!((&roster.captain, roster.members.len()), (&user("ada"), 1));
    let found =
        |membership, cap| Team::decide_create(team_id(), user("ada"), membership, cap, at(0));
    assert_eq!(
        code(found(Membership::In(TeamId(Uuid::nil())), 3)),
        "already_done"
    );
    assert_eq!(code(found(Membership::Free, 0)), "invalid");
    assert_eq!(
        code(found(Membership::Free, Team::MOST_MEMBERS + 1)),
        "invalid"
    );
}

/// TE-3: only the captain updates the team.
#[test]
fn only_the_captain_leads() {
    let team = with(&["bob"]);
    for other in [user("bob"), user("eve")] {
        let tries = [
            team.decide_update(&other, at(9)),
            team.decide_dissolve(&other, at(9)),
            team.decide_invite(&other, user("cy"), at(9)),
            team.decide_withdraw(&other, &user("cy")),
            team.decide_kick(&other, &user("ada")),
            team.decide_hand_over(&other, &other),
        ];
        assert!(
            tries
                .into_iter()
                .all(|decided| code(decided) == "not_allowed")
        );
    }
    assert_eq!(
        team.clone(),
        then(&team, team.decide_update(&user("ada"), at(9)))
    );
}

/// TE-4, MA-5: a dissolved team names who is to be told, and takes nothing more.
#[test]
fn a_dissolved_team_is_over() {
    let team = with(&["bob"]);
    let dissolved = team.decide_dissolve(&user("ada"), at(9)).expect("allowed");
    let members = [user("ada"), user("bob")].into();
    assert_eq!(
        dissolved,
        TeamEvent::Dissolved {
            team: team_id(),
            members,
            at: at(9)
        }
    );
    let team = team.apply(&dissolved);
    let (ada, bob) = (user("ada"), user("bob"));
    let tries = [
        team.decide_update(&ada, at(10)),
        team.decide_dissolve(&ada, at(10)),
        team.decide_invite(&ada, user("cy"), at(10)),
        team.decide_accept(&user("cy"), Membership::Free, at(10)),
        team.decide_reject(&user("cy"), at(10)),
        team.decide_leave(&bob),
        team.decide_kick(&ada, &bob),
        team.decide_hand_over(&ada, &bob),
    ];
    assert!(
        tries
            .into_iter()
            .all(|decided| code(decided) == "wrong_state")
    );
    assert_eq!(team.decide_forget(&ada, at(10)), []);
}

/// TE-5, MA-3: nobody is invited twice, but again after the invitation lapsed.
#[test]
fn an_invitation_is_given_once() {
    let team = founded();
    let team = then(&team, team.decide_invite(&user("ada"), user("bob"), at(0)));
    let lapses = team.next_tick().expect("an invitation");
    assert_eq!(lapses, at(30 * 24 * 3600));
    let again = |now| team.decide_invite(&user("ada"), user("bob"), now);
    assert_eq!(code(again(at(5))), "already_done");
    assert!(again(lapses).is_ok());
    assert_eq!(
        code(team.decide_invite(&user("ada"), user("ada"), at(5))),
        "already_done"
    );
    let late = team.decide_accept(&user("bob"), Membership::Free, lapses);
    assert_eq!(code(late), "not_found");
}

/// TE-5: an invitation that was not answered lapses, once.
#[test]
fn a_tick_lets_invitations_lapse_once() {
    let team = founded();
    let team = then(&team, team.decide_invite(&user("ada"), user("bob"), at(0)));
    let lapses = team.next_tick().expect("an invitation");
    assert_eq!(team.decide_tick(at(1)), []);
    let events = team.decide_tick(lapses);
    assert_eq!(
        events,
        [TeamEvent::InvitationLapsed {
            team: team_id(),
            user: user("bob")
        }]
    );
    let team = events.iter().fold(team, Team::apply);
    assert_eq!(
        (team.decide_tick(lapses), team.next_tick()),
        (Vec::new(), None)
    );
}

/// TE-6, MA-4: the captain kicks a member, but neither a stranger nor the captain.
#[test]
fn a_captain_kicks_members() {
    let team = with(&["bob"]);
    let ada = user("ada");
    assert_eq!(code(team.decide_kick(&ada, &user("eve"))), "not_found");
    assert_eq!(code(team.decide_kick(&ada, &ada)), "captain_must_stay");
    let team = then(&team, team.decide_kick(&ada, &user("bob")));
    assert!(!team.roster().expect("active").has(&user("bob")));
}

/// TE-7: an invitation is accepted once, while there is room, by somebody in no team.
#[test]
fn an_invitation_is_accepted_once() {
    let team = with(&["bob"]);
    let bob = user("bob");
    assert_eq!(
        code(team.decide_accept(&bob, Membership::In(team_id()), at(9))),
        "not_found"
    );
    assert_eq!(
        code(team.decide_accept(&user("eve"), Membership::Free, at(9))),
        "not_found"
    );
    let full = with(&["bob", "cy"]);
    let full = then(&full, full.decide_invite(&user("ada"), user("dan"), at(9)));
    assert_eq!(
        code(full.decide_accept(&user("dan"), Membership::Free, at(9))),
        "limit_reached"
    );
    let other = Membership::In(TeamId(Uuid::nil()));
    assert_eq!(
        code(full.decide_accept(&user("dan"), other, at(9))),
        "already_done"
    );
    let room = then(&full, full.decide_leave(&user("cy")));
    assert!(
        room.decide_accept(&user("dan"), Membership::Free, at(9))
            .is_ok()
    );
}

/// TE-8: a rejected invitation is gone.
#[test]
fn a_rejected_invitation_is_gone() {
    let team = founded();
    let team = then(&team, team.decide_invite(&user("ada"), user("bob"), at(0)));
    let team = then(&team, team.decide_reject(&user("bob"), at(1)));
    assert_eq!(team, founded());
    assert_eq!(code(team.decide_reject(&user("bob"), at(1))), "not_found");
}

/// TE-9: members leave; the captain does not.
#[test]
fn a_captain_can_not_leave() {
    let team = with(&["bob"]);
    assert_eq!(code(team.decide_leave(&user("ada"))), "captain_must_stay");
    assert_eq!(code(team.decide_leave(&user("eve"))), "not_found");
    assert_eq!(then(&team, team.decide_leave(&user("bob"))), founded());
}

/// TE-10: after the hand-over the old captain is a member like any other.
#[test]
fn the_captaincy_is_handed_over() {
    let team = with(&["bob"]);
    assert_eq!(
        code(team.decide_hand_over(&user("ada"), &user("eve"))),
        "not_found"
    );
    assert_eq!(
        code(team.decide_hand_over(&user("ada"), &user("ada"))),
        "already_done"
    );
    let team = then(&team, team.decide_hand_over(&user("ada"), &user("bob")));
    assert!(team.decide_leave(&user("ada")).is_ok());
    assert_eq!(code(team.decide_leave(&user("bob"))), "captain_must_stay");
}

/// AC-4: the team of a deleted account goes on under its longest-standing member.
#[test]
fn a_deleted_captain_has_an_heir() {
    let forget = |team: Team, name: &str| {
        let events = team.decide_forget(&user(name), at(9));
        events.iter().fold(team, Team::apply)
    };
    let team = forget(with(&["zoe", "bob"]), "ada");
    let roster = team.roster().expect("active");
    assert_eq!((&roster.captain, roster.members.len()), (&user("zoe"), 2));
    assert_eq!(
        forget(founded(), "ada").state,
        TeamState::Dissolved { at: at(9) }
    );
    assert_eq!(forget(with(&["bob"]), "bob"), founded());
    assert_eq!(forget(founded(), "eve"), founded());
}

#[test]
fn its_json_is_read_as_written() {
    let team = with(&["bob"]);
    let team = then(&team, team.decide_invite(&user("ada"), user("cy"), at(2)));
    let wire = serde_json::to_value(&team).expect("writable");
    assert_eq!(wire["state"]["members"]["bob"], "1970-01-01T00:00:01Z");
    assert_eq!(
        serde_json::from_value::<Team>(wire).expect("readable"),
        team
    );
}

#[derive(Debug, Clone)]
enum Step {
    Invite(usize, usize),
    Withdraw(usize, usize),
    Accept(usize),
    Reject(usize),
    Kick(usize, usize),
    Leave(usize),
    HandOver(usize, usize),
    Forget(usize),
    Dissolve(usize),
    Tick,
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..6_usize;
    let pair = (who.clone(), who.clone());
    prop_oneof![
        6 => pair.clone().prop_map(|(by, user)| Step::Invite(by, user)),
        1 => pair.clone().prop_map(|(by, user)| Step::Withdraw(by, user)),
        6 => who.clone().prop_map(Step::Accept),
        1 => who.clone().prop_map(Step::Reject),
        2 => pair.clone().prop_map(|(by, user)| Step::Kick(by, user)),
        2 => who.clone().prop_map(Step::Leave),
        2 => pair.prop_map(|(by, to)| Step::HandOver(by, to)),
        1 => who.clone().prop_map(Step::Forget),
        1 => (0..40_usize).prop_map(Step::Dissolve),
        1 => Just(Step::Tick),
    ]
}

fn decide(team: &Team, step: &Step, now: Timestamp) -> Vec<TeamEvent> {
    let id = |number: usize| user(&format!("user{number}"));
    let free = |user: &UserId| match team.roster() {
        Some(roster) if roster.has(user) => Membership::In(team.id),
        _ => Membership::Free,
    };
    let one = match *step {
        Step::Invite(by, user) => team.decide_invite(&id(by), id(user), now),
        Step::Withdraw(by, user) => team.decide_withdraw(&id(by), &id(user)),
        Step::Accept(user) => team.decide_accept(&id(user), free(&id(user)), now),
        Step::Reject(user) => team.decide_reject(&id(user), now),
        Step::Kick(by, user) => team.decide_kick(&id(by), &id(user)),
        Step::Leave(user) => team.decide_leave(&id(user)),
        Step::HandOver(by, to) => team.decide_hand_over(&id(by), &id(to)),
        Step::Dissolve(by) => team.decide_dissolve(&id(by), now),
        Step::Forget(user) => return team.decide_forget(&id(user), now),
        Step::Tick => return team.decide_tick(now),
    };
    one.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever is asked in whatever order: exactly one captain, who is a member, never more
    /// members than allowed, nobody both in and invited, nothing after the end, and the log
    /// written as JSON gives the same team.
    #[test]
    fn a_team_stays_sound(
        cap in 1_u32..5,
        steps in prop::collection::vec((step(), 0_i64..1_000_000), 0..60),
    ) {
        let created = Team::decide_create(team_id(), user("user0"), Membership::Free, cap, at(0));
        let mut log = vec![created.expect("created")];
        let mut team = Team::begin(&log[0]).expect("begun");
        let mut now = 0;
        for (step, pause) in &steps {
            now += pause;
            let events = decide(&team, step, at(now));
            prop_assert!(team.roster().is_some() || events.is_empty());
            team = events.iter().fold(team, Team::apply);
            log.extend(events);
            if let Some(roster) = team.roster() {
                prop_assert!(roster.has(&roster.captain));
                prop_assert!(roster.members.len() <= cap as usize);
                prop_assert!(roster.invited.keys().all(|user| !roster.has(user)));
            }
        }
        let wire = serde_json::to_string(&log).expect("writable");
        let log: Vec<TeamEvent> = serde_json::from_str(&wire).expect("readable");
        let replayed = log.iter().skip(1).fold(Team::begin(&log[0]).expect("begun"), Team::apply);
        prop_assert_eq!(replayed, team);
    }
}
