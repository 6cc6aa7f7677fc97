//! The log tells the whole story: whatever people do, replaying the events of the log gives what
//! is stored.
//!
//! Each part of the product has a file with what can be done in it (`Deed`), what its events come
//! to (`Told`), and how the same is read from the store. A new part adds its file, and a line to
//! [`Deed`], [`deed`], [`Scene::carry_out`], [`Told`], [`Told::apply`] and [`Scene::stored`].

mod accounts;
mod integrity;
mod judging;
mod modules;
mod polypoints;
mod practice;
mod teams;

use std::collections::BTreeMap;

use jiff::SignedDuration;
use polycode_core::event::Event;
use polycode_core::id::{ContentId, ItemId, ModuleId, SubmissionId, TeamId};
use polycode_core::permission::Actor;
use polycode_core::port::{Document, PageRequest};
use polycode_core::quantity::Cursor;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::world::{World, user};

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn the_log_gives_what_is_stored(deeds in vec(deed(), 1..160)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut scene = Scene::new().await;
            for deed in deeds {
                scene.carry_out(deed).await;
            }
            let stored = scene.stored().await;
            assert_eq!(scene.told().await, stored);
            polypoints::assert_balanced(&scene.world, &stored).await;
            teams::assert_sound(&stored.teams);
        });
    }
}

const USERS: [&str; 3] = ["ada", "bob", "cleo"];

/// Something that somebody does. What it is done to is said by a place in the lists of the
/// [`Scene`]; to what is not there, nothing is done.
#[derive(Debug, Clone)]
enum Deed {
    Judging(judging::Deed),
    Polypoints(polypoints::Deed),
    Account(accounts::Deed),
    Team(teams::Deed),
    Module(modules::Deed),
    Integrity(integrity::Deed),
    Wait { days: i64 },
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        19 => judging::deed().prop_map(Deed::Judging),
        4 => polypoints::deed().prop_map(Deed::Polypoints),
        2 => accounts::deed().prop_map(Deed::Account),
        9 => teams::deed().prop_map(Deed::Team),
        6 => modules::deed().prop_map(Deed::Module),
        4 => integrity::deed().prop_map(Deed::Integrity),
        1 => (0..40_i64).prop_map(|days| Deed::Wait { days }),
    ]
}

fn somebody() -> impl Strategy<Value = &'static str> {
    select(&USERS[..])
}

fn actor(name: &str) -> Actor {
    Actor::user(user(name))
}

/// A world, and what the deeds are done to in it.
#[derive(Debug)]
struct Scene {
    world: World,
    contents: Vec<ContentId>,
    items: Vec<ItemId>,
    received: Vec<SubmissionId>,
    teams: Vec<TeamId>,
    modules: Vec<ModuleId>,
}

impl Scene {
    async fn new() -> Self {
        let world = World::new();
        let contents = judging::contents(&world).await;
        let items = polypoints::items(&world, contents[1]).await;
        let teams = vec![teams::first(&world).await];
        let modules = vec![modules::first(&world, &contents).await];
        Self {
            world,
            contents,
            items,
            received: Vec::new(),
            teams,
            modules,
        }
    }

    /// Does it. What is refused or fails is part of the story: the log must not tell of it.
    async fn carry_out(&mut self, deed: Deed) {
        match deed {
            Deed::Judging(deed) => judging::carry_out(self, deed).await,
            Deed::Polypoints(deed) => polypoints::carry_out(self, deed).await,
            Deed::Account(deed) => accounts::carry_out(&self.world, deed).await,
            Deed::Team(deed) => teams::carry_out(self, deed).await,
            Deed::Module(deed) => modules::carry_out(self, deed).await,
            Deed::Integrity(deed) => integrity::carry_out(self, deed).await,
            Deed::Wait { days } => {
                self.world
                    .clock
                    .advance(SignedDuration::from_hours(24 * days));
                self.world.engine.lapse_team_invitations().await.unwrap();
            }
        }
    }

    /// What the log comes to.
    async fn told(&self) -> Told {
        let mut told = Told::default();
        let mut after = Cursor(0);
        loop {
            let events = self.world.store.events(after, 7).await.unwrap();
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
    async fn stored(&self) -> Told {
        Told {
            judging: judging::stored(self).await,
            progress: practice::stored(self).await,
            polypoints: polypoints::stored(self).await,
            accounts: accounts::stored(&self.world).await,
            teams: teams::stored(self).await,
            modules: modules::stored(self).await,
            integrity: integrity::stored(self).await,
        }
    }
}

/// Everything that the log could tell of.
#[derive(Debug, Default, PartialEq)]
struct Told {
    judging: judging::Told,
    progress: practice::Told,
    polypoints: polypoints::Told,
    accounts: accounts::Told,
    teams: teams::Told,
    modules: modules::Told,
    integrity: integrity::Told,
}

impl Told {
    fn apply(&mut self, event: &Event) {
        match event {
            Event::Content(event) => self.judging.apply_content(event),
            Event::Submission(event) => self.judging.apply_submission(event),
            Event::Regrade(event) => self.judging.apply_regrade(event),
            Event::Progress(event) => practice::apply(&mut self.progress, event),
            Event::Wallet(event) => self.polypoints.apply_wallet(event),
            Event::Purchase(event) => self.polypoints.apply_purchase(event),
            Event::Item(_) => {}
            Event::User(event) => accounts::apply(&mut self.accounts, event),
            Event::Team(event) => teams::apply(&mut self.teams, event),
            Event::Module(event) => self.modules.apply_module(event),
            Event::ModuleProgress(event) => self.modules.apply_progress(event),
            Event::Certificate(event) => self.modules.apply_certificate(event),
            Event::Timeline(event) => self.integrity.apply_timeline(event),
            Event::Review(event) => self.integrity.apply_review(event),
            other => panic!("unknown event {other:?}"),
        }
    }
}

/// Changes what has this key, or makes it of its first event.
fn change<K: Ord, V>(
    all: &mut BTreeMap<K, V>,
    key: K,
    begin: impl FnOnce() -> Option<V>,
    apply: impl FnOnce(V) -> V,
) {
    let after = match all.remove(&key) {
        Some(before) => apply(before),
        None => begin().unwrap(),
    };
    all.insert(key, after);
}

/// A page that holds everything.
fn everything() -> PageRequest {
    PageRequest {
        after: None,
        limit: 1_000,
    }
}

async fn document<D: Document>(world: &World, key: &str) -> Option<D> {
    let stored = world.store.document(D::KIND, key).await.unwrap()?;
    Some(serde_json::from_str(&stored.body).unwrap())
}
