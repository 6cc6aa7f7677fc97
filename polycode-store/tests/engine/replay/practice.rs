//! How far everybody has come; what follows from grades, and from nothing else.

use std::collections::BTreeMap;

use polycode_core::id::{ContentId, UserId};
use polycode_core::practice::{Progress, ProgressEvent};

use super::{Scene, USERS, change};
use crate::world::user;

pub(super) type Told = BTreeMap<(UserId, ContentId), Progress>;

pub(super) fn apply(told: &mut Told, event: &ProgressEvent) {
    let (user, content) = event.key();
    change(
        told,
        (user.clone(), content),
        || Some(Progress::new(user.clone(), content).apply(event)),
        |progress| progress.apply(event),
    );
}

pub(super) async fn stored(scene: &Scene) -> Told {
    let mut stored = Told::new();
    for user in USERS.map(user) {
        for content in &scene.contents {
            let progress = scene.world.store.progress(&user, *content).await.unwrap();
            let progress = progress.map(|progress| ((user.clone(), *content), progress.value));
            stored.extend(progress);
        }
    }
    stored
}
