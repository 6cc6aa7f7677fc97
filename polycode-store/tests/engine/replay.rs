//! The log tells the whole story: what is stored is what replaying the log gives.

use std::collections::BTreeMap;

use polycode_core::catalogue::ContentDraft;
use polycode_core::engine::ReviewSubmission;
use polycode_core::event::Event;
use polycode_core::id::{ContentId, RegradeId, SubmissionId, UserId};
use polycode_core::judging::{Mark, Marks, Regrade, RegradeEvent, Submission};
use polycode_core::permission::{Actor, Role};
use polycode_core::polypoints::{Wallet, WalletEvent};
use polycode_core::port::PageRequest;
use polycode_core::practice::Progress;
use polycode_core::quantity::{Cursor, Points, Version};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;

use crate::world::{
    HOST, Trouble, World, choice, draft, exercise, program, question, submit, user,
};

const USERS: [&str; 3] = ["ada", "bob", "cleo"];
const SCRIPTS: [&str; 5] = ["5 25", "0 25", "5 0", "0 0", "rejected"];
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
    Review {
        index: usize,
        points: u32,
    },
    Regrade {
        content: usize,
        limit: u32,
    },
}

fn deed() -> impl Strategy<Value = Deed> {
    let who = (0..USERS.len(), 0..4_usize, 0..5_usize);
    prop_oneof![
        6 => who.clone().prop_map(|(user, content, answer)| Deed::Submit { user, content, answer }),
        3 => who.prop_map(|(user, content, answer)| Deed::Receive { user, content, answer }),
        2 => (0..4_u32).prop_map(|limit| Deed::GradePending { limit }),
        2 => (0..40_usize).prop_map(|index| Deed::Grade { index }),
        2 => (0..4_usize).prop_map(|kind| Deed::Trouble { kind }),
        1 => (0..4_usize, 0..=1_000_000_u32)
            .prop_map(|(content, pass_mark)| Deed::Edit { content, pass_mark }),
        2 => (0..40_usize, 0..=4_u32).prop_map(|(index, points)| Deed::Review { index, points }),
        1 => (0..4_usize, 0..40_u32)
            .prop_map(|(content, limit)| Deed::Regrade { content, limit }),
    ]
}

fn teacher() -> Actor {
    Actor::user(user("grace")).with(Role::ContentCreator)
}

/// A program that writes 5, and that a person marks; it may be answered five times.
fn marked() -> ContentDraft {
    draft(
        "marked",
        &json!([{"id": "code", "kind": "code_editor", "languages": {"python": {}},
            "rules": {"maxAttempts": 5}, "validators": [
            {"id": "writes", "kind": "output", "expected": "5"},
            {"id": "style", "kind": "manual", "weight": 2,
             "criteria": [{"id": "clear", "text": "?", "points": 4}]},
        ]}]),
    )
}

/// What a log comes to.
#[derive(Debug, Default, PartialEq)]
struct Told {
    versions: BTreeMap<ContentId, Version>,
    submissions: BTreeMap<SubmissionId, Submission>,
    progress: BTreeMap<(UserId, ContentId), Progress>,
    wallets: BTreeMap<UserId, Wallet>,
    regrades: BTreeMap<RegradeId, Regrade>,
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
                let id = event.submission();
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
            Event::Wallet(event @ WalletEvent::Credited { user, .. }) => {
                let before = self.wallets.remove(user);
                let before = before.unwrap_or_else(|| Wallet::new(user.clone()));
                self.wallets.insert(user.clone(), before.apply(event));
            }
            Event::Regrade(event) => {
                let id = match event {
                    RegradeEvent::Started { regrade } => regrade.id,
                    RegradeEvent::Passed { regrade, .. }
                    | RegradeEvent::Finished { regrade, .. } => *regrade,
                    other => panic!("unknown event {other:?}"),
                };
                let after = match self.regrades.remove(&id) {
                    Some(regrade) => regrade.apply(event),
                    None => Regrade::begin(event).unwrap(),
                };
                self.regrades.insert(id, after);
            }
            other => panic!("unknown event {other:?}"),
        }
    }
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
async fn stored(world: &World, contents: &[ContentId]) -> Told {
    let mut stored = Told::default();
    for id in contents {
        let content = world.store.content(*id).await.unwrap().unwrap();
        stored.versions.insert(*id, content.version);
    }
    for id in contents {
        let page = PageRequest {
            after: None,
            limit: 100,
        };
        let regrades = world.engine.regrades(&teacher(), *id, page).await;
        let regrades = regrades.unwrap().items.into_iter();
        stored
            .regrades
            .extend(regrades.map(|regrade| (regrade.id, regrade)));
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
        for id in contents {
            if let Some(progress) = world.store.progress(&user, *id).await.unwrap() {
                stored.progress.insert((user.clone(), *id), progress.value);
            }
        }
    }
    stored
}

/// The ledger adds up to the wallets, and to what each progress says it has paid.
async fn assert_balanced(world: &World, stored: &Told) {
    for name in USERS {
        let user = user(name);
        let page = PageRequest {
            after: None,
            limit: 1_000,
        };
        let entries = world.store.entries(&user, page).await.unwrap().items;
        let ledger = Points(entries.iter().map(|entry| entry.points.0).sum());
        let wallet = stored
            .wallets
            .get(&user)
            .map_or(Points(0), |wallet| wallet.balance);
        let own = stored
            .progress
            .iter()
            .filter(|((owner, _), _)| *owner == user);
        let paid = Points(own.map(|(_, progress)| progress.paid.0).sum());
        assert_eq!((wallet, paid), (ledger, ledger), "{name}");
    }
}

async fn act(world: &World, contents: &[ContentId], received: &mut Vec<SubmissionId>, deed: Deed) {
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
            let answer = answer(user, content, given);
            received.extend(world.engine.receive(&HOST, answer).await.ok());
        }
        Deed::GradePending { limit } => {
            world.engine.grade_pending(limit).await.unwrap();
        }
        Deed::Grade { index } => {
            if let Some(id) = received.get(index) {
                drop(world.engine.grade(*id).await);
            }
        }
        Deed::Trouble { kind } => {
            let kinds = [None, None, Some(Trouble::Busy), Some(Trouble::Broken)];
            world.sandbox.has(kinds[kind]);
        }
        Deed::Review { index, points } => {
            if let Some(submission) = received.get(index) {
                let marks = Marks {
                    validator: "style".parse().unwrap(),
                    marks: vec![Mark {
                        criterion: "clear".parse().unwrap(),
                        points,
                    }],
                };
                let review = ReviewSubmission {
                    submission: *submission,
                    marks: vec![marks],
                    comment: String::new(),
                    remarks: Vec::new(),
                };
                drop(world.engine.review(&teacher(), review).await);
            }
        }
        Deed::Regrade { content, limit } => {
            let content = contents[content];
            drop(world.engine.regrade(&teacher(), content, Version(1)).await);
            drop(world.engine.continue_regrades(limit).await);
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
    fn the_log_gives_what_is_stored(deeds in vec(deed(), 1..80)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let world = World::new();
            let mut contents = Vec::new();
            for draft in [question("quiz"), exercise("one"), exercise("two"), marked()] {
                contents.push(world.publish(draft).await.value.id);
            }
            let mut received = Vec::new();
            for deed in deeds {
                act(&world, &contents, &mut received, deed).await;
            }
            let stored = stored(&world, &contents).await;
            assert_eq!(told(&world).await, stored);
            assert_balanced(&world, &stored).await;
        });
    }
}
