//! Modules, how far everybody has come in them, and what passing them certifies.

use std::collections::{BTreeMap, BTreeSet};

use polycode_core::catalogue::{Module, ModuleDraft, ModuleEvent, ModuleKind};
use polycode_core::certification::{Certificate, CertificateEvent, RevocationReason};
use polycode_core::id::{CertificateId, ContentId, ModuleId, UserId};
use polycode_core::permission::{Actor, Role};
use polycode_core::practice::{ModuleProgress, ModuleProgressEvent};
use polycode_core::quantity::{Points, Score};
use proptest::prelude::*;
use proptest::sample::select;

use super::{Scene, USERS, actor, change, document, somebody};
use crate::stories::catalogue::{creator, module, shown};
use crate::world::{HOST, World, page, user};

const KINDS: [ModuleKind; 3] = [
    ModuleKind::Practice,
    ModuleKind::Certification,
    ModuleKind::Submodule,
];

/// What an author does to a module, maybe with another module or a content.
#[derive(Debug, Clone)]
pub(super) struct Deed {
    by: &'static str,
    module: usize,
    other: usize,
    act: Act,
}

#[derive(Debug, Clone, Copy)]
enum Act {
    Create { kind: ModuleKind },
    Edit { kind: ModuleKind, reward: u64 },
    Publish,
    Share { with: &'static str },
    Retire,
    PlaceModule { at: Option<u32> },
    RemoveModule,
    PlaceContent { at: Option<u32> },
    RemoveContent,
    Revoke,
}

pub(super) fn deed() -> impl Strategy<Value = Deed> {
    let at = prop::option::of(0..3_u32);
    let kind = || select(&KINDS[..]);
    let act = prop_oneof![
        2 => kind().prop_map(|kind| Act::Create { kind }),
        2 => (kind(), 0..60_u64).prop_map(|(kind, reward)| Act::Edit { kind, reward }),
        2 => Just(Act::Publish),
        1 => somebody().prop_map(|with| Act::Share { with }),
        1 => Just(Act::Retire),
        2 => at.clone().prop_map(|at| Act::PlaceModule { at }),
        1 => Just(Act::RemoveModule),
        4 => at.prop_map(|at| Act::PlaceContent { at }),
        2 => Just(Act::RemoveContent),
        1 => Just(Act::Revoke),
    ];
    (somebody(), 0..6_usize, 0..6_usize, act).prop_map(|(by, module, other, act)| Deed {
        by,
        module,
        other,
        act,
    })
}

fn draft(number: usize, kind: ModuleKind, reward: u64) -> ModuleDraft {
    ModuleDraft {
        reward: Points(reward),
        pass_mark: Score::ratio(1, 2),
        ..module(&format!("module-{number}"), kind)
    }
}

/// Shows the module that is there from the beginning.
pub(super) async fn first(world: &World, contents: &[ContentId]) -> ModuleId {
    let draft = draft(0, ModuleKind::Certification, 30);
    shown(&world.engine, USERS[0], draft, &contents[..2]).await
}

pub(super) async fn carry_out(scene: &mut Scene, deed: Deed) {
    let engine = &scene.world.engine;
    let author = creator(deed.by);
    let count = scene.modules.len();
    let id = scene.modules[deed.module % count];
    let other = scene.modules[deed.other % count];
    let content = scene.contents[deed.other % scene.contents.len()];
    match deed.act {
        Act::Create { kind } => {
            let made = engine.create_module(&author, draft(count, kind, 20)).await;
            scene.modules.extend(made.ok().map(|made| made.value.id));
        }
        Act::Edit { kind, reward } => {
            if let Ok(read) = engine.authored_module(&author, id).await {
                let draft = draft(deed.module % count, kind, reward);
                drop(engine.edit_module(&author, id, read.version, draft).await);
            }
        }
        Act::Publish => drop(engine.publish_module(&author, id).await),
        Act::Share { with } => {
            let with = BTreeSet::from([user(with)]);
            drop(engine.share_module(&author, id, with).await);
        }
        Act::Retire => drop(engine.retire_module(&author, id).await),
        Act::PlaceModule { at } => drop(engine.place_module(&author, id, other, at).await),
        Act::RemoveModule => drop(engine.remove_module(&author, id, other).await),
        Act::PlaceContent { at } => drop(engine.place_content(&author, id, content, at).await),
        Act::RemoveContent => drop(engine.remove_content(&author, id, content).await),
        Act::Revoke => {
            for certificate in certificates_of(scene, deed.by).await {
                let why = RevocationReason::IssuedInError;
                drop(
                    engine
                        .revoke_certificate(&admin(), certificate.id, why)
                        .await,
                );
            }
        }
    }
}

fn admin() -> Actor {
    actor("root").with(Role::Admin)
}

async fn certificates_of(scene: &Scene, name: &str) -> Vec<Certificate> {
    let (engine, holder) = (&scene.world.engine, user(name));
    let found = engine.certificates(&HOST, &holder, page()).await;
    found.unwrap().items
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct Told {
    modules: BTreeMap<ModuleId, Module>,
    pub(super) progress: BTreeMap<(UserId, ModuleId), ModuleProgress>,
    certificates: BTreeMap<CertificateId, Certificate>,
}

impl Told {
    pub(super) fn apply_module(&mut self, event: &ModuleEvent) {
        let wire = serde_json::to_value(event).unwrap();
        let id: ModuleId = serde_json::from_value(wire["module"].clone()).unwrap();
        change(
            &mut self.modules,
            id,
            || Module::begin(event),
            |module| module.apply(event),
        );
    }

    pub(super) fn apply_progress(&mut self, event: &ModuleProgressEvent) {
        let (ModuleProgressEvent::Advanced { user, module, .. }
        | ModuleProgressEvent::Completed { user, module, .. }
        | ModuleProgressEvent::Rewarded { user, module, .. }) = event
        else {
            panic!("unknown event {event:?}");
        };
        change(
            &mut self.progress,
            (user.clone(), *module),
            || Some(ModuleProgress::new(user.clone(), *module).apply(event)),
            |progress| progress.apply(event),
        );
    }

    pub(super) fn apply_certificate(&mut self, event: &CertificateEvent) {
        let id = match event {
            CertificateEvent::Issued { certificate } => certificate.id,
            CertificateEvent::Revoked { certificate, .. } => *certificate,
            other => panic!("unknown event {other:?}"),
        };
        change(
            &mut self.certificates,
            id,
            || Certificate::begin(event),
            |certificate| certificate.apply(event),
        );
    }
}

pub(super) async fn stored(scene: &Scene) -> Told {
    let mut stored = Told::default();
    for id in &scene.modules {
        let module = document::<Module>(&scene.world, &id.to_string()).await;
        stored.modules.insert(*id, module.unwrap());
        for name in USERS {
            let progress = document::<ModuleProgress>(&scene.world, &format!("{id}/{name}")).await;
            // Nothing is told of a module that was looked at and did not change.
            let progress = progress.filter(|one| *one != ModuleProgress::new(user(name), *id));
            let progress = progress.map(|one| ((user(name), *id), one));
            stored.progress.extend(progress);
        }
    }
    for name in USERS {
        let certificates = certificates_of(scene, name).await.into_iter();
        stored
            .certificates
            .extend(certificates.map(|one| (one.id, one)));
    }
    stored
}
