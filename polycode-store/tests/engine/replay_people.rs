//! The log tells the whole story: what is stored is what replaying the log gives.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use polycode_core::engine::{BuyItem, Registration};
use polycode_core::event::Event;
use polycode_core::id::{ContentId, ItemId, SubmissionId, TeamId, UserId};
use polycode_core::judging::Submission;
use polycode_core::judging::submission::SubmissionEvent;
use polycode_core::people::{Settings, Team, TeamEvent, TeamProfile, User, UserEvent, UserProfile};
use polycode_core::permission::Actor;
use polycode_core::polypoints::{Account, Purchase, PurchaseEvent, Wallet, WalletEvent};
use polycode_core::port::{Document, PageRequest};
use polycode_core::practice::Progress;
use polycode_core::quantity::{Cursor, Points, Version};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::stories::shop::offer;
use crate::world::{HOST, Trouble, World, choice, exercise, program, question, submit, user};

const USERS: [&str; 3] = ["ada", "bob", "cleo"];
const SCRIPTS: [&str; 5] = ["5 25", "0 25", "5 0", "0 0", "rejected"];
const PRICES: [u64; 3] = [0, 40, 70];
const OPTIONS: [&[&str]; 4] = [&[], &["a"], &["a", "b"], &["a", "b", "c"]];

/// Something that somebody does.
#[derive(Debug, Clone)]
enum Deed {
    Submit {
        user: usize,
        content: usize,
        answer: usize,
    },
    Receive {
        user: usize,
        content: usize,
        answer: usize,
    },
    GradePending {
        limit: u32,
    },
    Grade {
        index: usize,
    },
    Trouble {
        kind: usize,
    },
    Edit {
        content: usize,
        pass_mark: u32,
    },
    Buy {
        user: usize,
        item: usize,
    },
    Account {
        user: usize,
        act: usize,
    },
    Team {
        by: usize,
        whom: usize,
        team: usize,
        act: usize,
    },
    Wait {
        days: i64,
    },
}

fn deed() -> impl Strategy<Value = Deed> {
    let who = (0..USERS.len(), 0..3_usize, 0..5_usize);
    prop_oneof![
        6 => who.clone().prop_map(|(user, content, answer)| Deed::Submit { user, content, answer }),
        3 => who.prop_map(|(user, content, answer)| Deed::Receive { user, content, answer }),
        2 => (0..4_u32).prop_map(|limit| Deed::GradePending { limit }),
        2 => (0..40_usize).prop_map(|index| Deed::Grade { index }),
        2 => (0..4_usize).prop_map(|kind| Deed::Trouble { kind }),
        1 => (0..3_usize, 0..=1_000_000_u32)
            .prop_map(|(content, pass_mark)| Deed::Edit { content, pass_mark }),
        4 => (0..USERS.len(), 0..PRICES.len()).prop_map(|(user, item)| Deed::Buy { user, item }),
        2 => (0..USERS.len(), 0..8_usize).prop_map(|(user, act)| Deed::Account { user, act }),
        9 => (0..USERS.len(), 0..USERS.len(), 0..8_usize, 0..12_usize)
            .prop_map(|(by, whom, team, act)| Deed::Team { by, whom, team, act }),
        1 => (0..40_i64).prop_map(|days| Deed::Wait { days }),
    ]
}

/// What a log comes to.
#[derive(Debug, Default, PartialEq)]
struct Told {
    versions: BTreeMap<ContentId, Version>,
    submissions: BTreeMap<SubmissionId, Submission>,
    progress: BTreeMap<(UserId, ContentId), Progress>,
    wallets: BTreeMap<UserId, Wallet>,
    users: BTreeMap<UserId, User>,
    teams: BTreeMap<TeamId, Team>,
    purchases: BTreeMap<String, Purchase>,
}

/// What the deeds are done to.
#[derive(Debug, Default)]
struct Scene {
    contents: Vec<ContentId>,
    items: Vec<ItemId>,
    received: Vec<SubmissionId>,
    teams: Vec<TeamId>,
}

impl Told {
    fn apply(&mut self, event: &Event) {
        match event {
            Event::Content(polycode_core::catalogue::ContentEvent::Published {
                content,
                version,
            }) => {
                self.versions.insert(*content, *version);
            }
            Event::Submission(event) => {
                let id = match event {
                    SubmissionEvent::Received { submission } => submission.id,
                    SubmissionEvent::Graded { submission, .. }
                    | SubmissionEvent::FoundUngradable { submission, .. } => *submission,
                    other => panic!("unknown event {other:?}"),
                };
                let before = self.submissions.remove(&id);
                let after = match before {
                    Some(submission) => submission.apply(event),
                    None => Submission::begin(event).unwrap(),
                };
                self.submissions.insert(id, after);
            }
            Event::Progress(event) => {
                let (user, content) = event.key();
                let key = (user.clone(), content);
                let before = self.progress.remove(&key);
                let before = before.unwrap_or_else(|| Progress::new(key.0.clone(), key.1));
                self.progress.insert(key, before.apply(event));
            }
            Event::Item(_) => {}
            Event::Purchase(event @ PurchaseEvent::Purchased { .. }) => {
                let purchase = Purchase::begin(event);
                let before = self.purchases.insert(purchase.key(), purchase);
                assert_eq!(before, None, "an item is bought once");
            }
            Event::User(event) => {
                let (UserEvent::Registered { user, .. }
                | UserEvent::ProfileUpdated { user, .. }
                | UserEvent::SettingsUpdated { user, .. }
                | UserEvent::Deleted { user, .. }) = event
                else {
                    panic!("unknown event {event:?}");
                };
                let before = self.users.remove(user);
                let after = match before {
                    Some(account) => account.apply(event),
                    None => User::begin(event).unwrap(),
                };
                self.users.insert(user.clone(), after);
            }
            Event::Team(event) => {
                let id = team_of(event);
                let after = match self.teams.remove(&id) {
                    Some(team) => team.apply(event),
                    None => Team::begin(event).unwrap(),
                };
                self.teams.insert(id, after);
            }
            Event::Wallet(
                event @ (WalletEvent::Credited { user, .. } | WalletEvent::Debited { user, .. }),
            ) => {
                let before = self.wallets.remove(user);
                let before = before.unwrap_or_else(|| Wallet::new(user.clone()));
                self.wallets.insert(user.clone(), before.apply(event));
            }
            other => panic!("unknown event {other:?}"),
        }
    }
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

async fn document<D: Document>(world: &World, key: &str) -> Option<D> {
    let stored = world.store.document(D::KIND, key).await.unwrap()?;
    Some(serde_json::from_str(&stored.body).unwrap())
}

async fn told(world: &World) -> Told {
    let mut told = Told::default();
    let mut after = Cursor(0);
    loop {
        let events = world.store.events(after, 7).await.unwrap();
        for logged in &events {
            told.apply(&logged.recorded.event);
        }
        match events.last() {
            Some(last) => after = last.cursor,
            None => return told,
        }
    }
}

/// What is stored of everything that the log could tell of.
async fn stored(world: &World, scene: &Scene) -> Told {
    let mut stored = Told::default();
    let contents = &scene.contents;
    for id in &scene.teams {
        let team = document::<Team>(world, &id.to_string()).await.unwrap();
        stored.teams.insert(*id, team);
    }
    for id in contents {
        let content = world.store.content(*id).await.unwrap().unwrap();
        stored.versions.insert(*id, content.version);
    }
    for name in USERS {
        let user = user(name);
        let page = PageRequest {
            after: None,
            limit: 1_000,
        };
        let submissions = world.store.submissions(&user, None, page).await.unwrap();
        stored
            .submissions
            .extend(submissions.items.into_iter().map(|s| (s.id, s)));
        if let Some(wallet) = world.store.wallet(&user).await.unwrap() {
            stored.wallets.insert(user.clone(), wallet.value);
        }
        if let Some(account) = document::<User>(world, name).await {
            stored.users.insert(user.clone(), account);
        }
        for item in &scene.items {
            let key = format!("{item}/{name}");
            if let Some(purchase) = document::<Purchase>(world, &key).await {
                stored.purchases.insert(key, purchase);
            }
        }
        for id in contents {
            if let Some(progress) = world.store.progress(&user, *id).await.unwrap() {
                stored.progress.insert((user.clone(), *id), progress.value);
            }
        }
    }
    stored
}

/// The ledger adds up to the wallets, to what each progress says it has paid, and to what each
/// purchase says it cost.
async fn assert_balanced(world: &World, stored: &Told) {
    for name in USERS {
        let user = user(name);
        let page = PageRequest {
            after: None,
            limit: 1_000,
        };
        let entries = world.store.entries(&user, page).await.unwrap().items;
        let own = Account::Wallet { user: user.clone() };
        let sum = |of_own: fn(&polycode_core::polypoints::Entry) -> &Account| {
            let lines = entries.iter().filter(|entry| *of_own(entry) == own);
            Points(lines.map(|entry| entry.points.0).sum())
        };
        let (earned, spent) = (sum(|entry| &entry.credit), sum(|entry| &entry.debit));
        let wallet = stored
            .wallets
            .get(&user)
            .map_or(Points(0), |wallet| wallet.balance);
        let progress = stored
            .progress
            .iter()
            .filter(|((owner, _), _)| *owner == user);
        let paid = Points(progress.map(|(_, progress)| progress.paid.0).sum());
        let purchases = stored.purchases.values().filter(|one| one.user == user);
        let cost = Points(purchases.map(|purchase| purchase.price.0).sum());
        assert_eq!((paid, cost), (earned, spent), "{name}");
        assert_eq!(wallet.0 + spent.0, earned.0, "{name}");
    }
}

/// Nobody is in two teams, and a team's captain is in it.
fn assert_teams_are_sound(stored: &Told) {
    let mut members = Vec::new();
    for roster in stored.teams.values().filter_map(Team::roster) {
        assert!(roster.has(&roster.captain), "{roster:?}");
        members.extend(roster.members.keys());
    }
    members.sort_unstable();
    assert!(members.is_sorted_by(|a, b| a < b), "{members:?}");
}

async fn act_in_team(world: &World, scene: &mut Scene, deed: [usize; 4]) {
    let [by, whom, team, act] = deed;
    let (actor, whom) = (Actor::user(user(USERS[by])), user(USERS[whom]));
    let engine = &world.engine;
    let profile = TeamProfile {
        name: "Owls".to_owned(),
        ..TeamProfile::default()
    };
    if act == 0 || scene.teams.is_empty() {
        if let Ok(card) = engine.create_team(&actor, profile).await {
            scene.teams.push(card.team);
        }
        return;
    }
    let id = scene.teams[team % scene.teams.len()];
    match act {
        1 => drop(engine.update_team(&actor, id, profile).await),
        2 => drop(engine.dissolve_team(&actor, id).await),
        3..=5 => drop(engine.invite_to_team(&actor, id, &whom).await),
        6 => drop(engine.withdraw_team_invitation(&actor, id, &whom).await),
        7 => drop(engine.kick_from_team(&actor, id, &whom).await),
        8 | 9 => drop(engine.accept_team_invitation(&actor, id).await),
        10 => drop(engine.leave_team(&actor, id).await),
        _ => drop(engine.hand_team_over(&actor, id, &whom).await),
    }
}

async fn act_on_account(world: &World, name: &str, act: usize) {
    let (actor, user) = (Actor::user(user(name)), user(name));
    let profile = UserProfile {
        name: name.to_owned(),
        ..UserProfile::default()
    };
    let settings = Settings::default();
    let engine = &world.engine;
    match act {
        0 => drop(engine.delete_account(&actor, &user).await),
        1 | 2 => drop(engine.update_profile(&actor, &user, profile).await),
        3 => drop(engine.update_settings(&actor, &user, settings).await),
        _ => {
            let registration = Registration {
                user,
                profile,
                settings,
            };
            drop(engine.register(&actor, registration).await);
        }
    }
}

async fn act(world: &World, scene: &mut Scene, deed: Deed) {
    let contents = scene.contents.clone();
    let answer = |user: usize, content: usize, answer: usize| {
        let given = match content {
            0 => choice(OPTIONS[answer % OPTIONS.len()]),
            _ => program(SCRIPTS[answer]),
        };
        submit(USERS[user], contents[content], given)
    };
    // What is refused or fails is part of the story: the log must not tell of it.
    match deed {
        Deed::Submit {
            user,
            content,
            answer: given,
        } => {
            drop(
                world
                    .engine
                    .submit(&HOST, answer(user, content, given))
                    .await,
            );
        }
        Deed::Receive {
            user,
            content,
            answer: given,
        } => {
            scene.received.push(
                world
                    .engine
                    .receive(&HOST, answer(user, content, given))
                    .await
                    .unwrap(),
            );
        }
        Deed::GradePending { limit } => {
            world.engine.grade_pending(limit).await.unwrap();
        }
        Deed::Grade { index } => {
            if let Some(id) = scene.received.get(index) {
                drop(world.engine.grade(*id).await);
            }
        }
        Deed::Trouble { kind } => {
            let kinds = [None, None, Some(Trouble::Busy), Some(Trouble::Broken)];
            world.sandbox.has(kinds[kind]);
        }
        Deed::Buy { user, item } => {
            let actor = Actor::user(self::user(USERS[user]));
            let (item, price) = (scene.items[item], Points(PRICES[item]));
            drop(world.engine.buy_item(&actor, BuyItem { item, price }).await);
        }
        Deed::Account { user, act } => act_on_account(world, USERS[user], act).await,
        Deed::Team {
            by,
            whom,
            team,
            act,
        } => act_in_team(world, scene, [by, whom, team, act]).await,
        Deed::Wait { days } => {
            world.clock.advance(SignedDuration::from_hours(24 * days));
            world.engine.lapse_team_invitations().await.unwrap();
        }
        Deed::Edit { content, pass_mark } => {
            let stored = world.newest(contents[content]).await;
            let mut draft = stored.value.draft;
            draft.pass_mark = pass_mark.try_into().unwrap();
            let id = contents[content];
            world
                .engine
                .update_content(&HOST, id, stored.version, draft)
                .await
                .unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_log_gives_what_is_stored(deeds in vec(deed(), 1..160)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let world = World::new();
            let mut scene = Scene::default();
            for draft in [question("quiz"), exercise("one"), exercise("two")] {
                scene.contents.push(world.publish(draft).await.value.id);
            }
            for price in PRICES {
                scene.items.push(offer(&world, scene.contents[1], price).await);
            }
            for deed in deeds {
                act(&world, &mut scene, deed).await;
            }
            let stored = stored(&world, &scene).await;
            assert_eq!(told(&world).await, stored);
            assert_balanced(&world, &stored).await;
            assert_teams_are_sound(&stored);
        });
    }
}
