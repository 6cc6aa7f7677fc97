//! How answers were typed, and which of them are alike.

use std::collections::BTreeMap;

use polycode_core::id::{ContentId, UserId};
use polycode_core::integrity::{
    EditFact, EditKind, Pair, Review, ReviewEvent, SimilaritySearch, Timeline, TimelineEvent,
    Winnowing,
};
use polycode_core::permission::{Actor, Role};
use polycode_core::quantity::Score;
use proptest::prelude::*;

use super::{Scene, USERS, actor, change, document, somebody};
use crate::world::{page, user};

#[derive(Debug, Clone)]
pub(super) enum Deed {
    Agree {
        user: &'static str,
        content: usize,
    },
    Type {
        user: &'static str,
        content: usize,
        characters: u32,
    },
    Withdraw {
        user: &'static str,
        content: usize,
    },
    Compare {
        content: usize,
    },
    Opine {
        content: usize,
        pair: usize,
        act: u8,
    },
}

pub(super) fn deed() -> impl Strategy<Value = Deed> {
    let content = || 0..4_usize;
    prop_oneof![
        3 => (somebody(), content()).prop_map(|(user, content)| Deed::Agree { user, content }),
        4 => (somebody(), content(), 0..9_u32).prop_map(|(user, content, characters)|
            Deed::Type { user, content, characters }),
        1 => (somebody(), content()).prop_map(|(user, content)| Deed::Withdraw { user, content }),
        3 => content().prop_map(|content| Deed::Compare { content }),
        3 => (content(), 0..3_usize, 0..3_u8).prop_map(|(content, pair, act)|
            Deed::Opine { content, pair, act }),
    ]
}

fn teacher() -> Actor {
    actor("grace").with(Role::ContentCreator)
}

pub(super) async fn carry_out(scene: &Scene, deed: Deed) {
    let (engine, contents) = (&scene.world.engine, &scene.contents);
    match deed {
        Deed::Agree { user, content } => {
            drop(
                engine
                    .agree_to_timeline(&actor(user), contents[content])
                    .await,
            );
        }
        Deed::Type {
            user,
            content,
            characters,
        } => {
            let at = scene.world.clock.reads();
            let kind = match characters {
                0 => EditKind::FocusLost,
                1..5 => EditKind::Typed { characters },
                _ => EditKind::Pasted { characters },
            };
            let facts = vec![EditFact { at, kind }];
            drop(
                engine
                    .record_edits(&actor(user), contents[content], facts)
                    .await,
            );
        }
        Deed::Withdraw { user, content } => {
            drop(
                engine
                    .withdraw_timeline(&actor(user), contents[content])
                    .await,
            );
        }
        Deed::Compare { content } => {
            let search = SimilaritySearch {
                winnowing: Winnowing { gram: 2, window: 1 },
                least: Score::ZERO,
                least_tokens: 1,
                ..SimilaritySearch::default()
            };
            let teacher = teacher();
            let compared = engine.compare_answers(&teacher, contents[content], search);
            compared.await.unwrap();
        }
        Deed::Opine { content, pair, act } => {
            let pairs = pairs(scene, contents[content]).await;
            let Some(review) = pairs.get(pair) else {
                return;
            };
            drop(match act {
                0 => engine.dismiss_pair(&teacher(), review.pair).await,
                1 => engine.confirm_pair(&teacher(), review.pair).await,
                _ => engine.reopen_pair(&teacher(), review.pair).await,
            });
        }
    }
}

async fn pairs(scene: &Scene, content: ContentId) -> Vec<Review> {
    let engine = &scene.world.engine;
    let page = engine.similar_pairs(&teacher(), content, page()).await;
    page.unwrap().items
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct Told {
    timelines: BTreeMap<(UserId, ContentId), Timeline>,
    reviews: BTreeMap<Pair, Review>,
}

impl Told {
    pub(super) fn apply_timeline(&mut self, event: &TimelineEvent) {
        let (TimelineEvent::Agreed { user, content, .. }
        | TimelineEvent::Recorded { user, content, .. }
        | TimelineEvent::Withdrawn { user, content, .. }) = event
        else {
            panic!("unknown event {event:?}");
        };
        let key = (user.clone(), *content);
        let after = match self.timelines.remove(&key) {
            Some(before) => before.apply(event),
            None => Timeline::begin(event),
        };
        self.timelines.extend(after.map(|after| (key, after)));
    }

    pub(super) fn apply_review(&mut self, event: &ReviewEvent) {
        let (ReviewEvent::Measured { pair, .. }
        | ReviewEvent::Dismissed { pair, .. }
        | ReviewEvent::Confirmed { pair, .. }
        | ReviewEvent::Reopened { pair, .. }) = event
        else {
            panic!("unknown event {event:?}");
        };
        change(
            &mut self.reviews,
            *pair,
            || Review::begin(event),
            |review| review.apply(event),
        );
    }
}

pub(super) async fn stored(scene: &Scene) -> Told {
    let mut stored = Told::default();
    for content in &scene.contents {
        for name in USERS {
            let timeline = document::<Timeline>(&scene.world, &format!("{content} {name}")).await;
            let timeline = timeline.map(|one| ((user(name), *content), one));
            stored.timelines.extend(timeline);
        }
        let reviews = pairs(scene, *content).await.into_iter();
        stored.reviews.extend(reviews.map(|one| (one.pair, one)));
    }
    stored
}
