//! SU-1: passing a certification module issues a certificate that anybody can verify.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use polycode_core::catalogue::{ModuleDraft, ModuleKind};
use polycode_core::certification::{
    Achievement, Addresses, Certificate, CertificateEvent, Issuer, Pass, RevocationReason, Validity,
};
use polycode_core::event::Event;
use polycode_core::id::{CertificateId, ModuleId};
use polycode_core::permission::{Actor, Role};
use polycode_core::port::PageRequest;
use polycode_core::quantity::{Cursor, Score, Seconds, Version};
use uuid::Uuid;

use crate::stories::catalogue::{creator, module, published, shown};
use crate::world::{HOST, World, exercise, program, submit, user};

pub(crate) fn pass(world: &World, name: &str, score: u64) -> Pass {
    Pass {
        user: user(name),
        module: ModuleId(Uuid::from_u128(1)),
        module_version: Version(3),
        score: Score::ratio(score, 100),
        pass_mark: Score::ratio(80, 100),
        at: world.clock.reads(),
    }
}

fn admin() -> Actor {
    Actor::user(user("root")).with(Role::Admin)
}

/// The certificates that the log tells of.
pub(crate) async fn told(world: &World) -> BTreeMap<CertificateId, Certificate> {
    let mut told: BTreeMap<CertificateId, Certificate> = BTreeMap::new();
    for logged in world.engine.events(&HOST, Cursor(0), 1_000).await.unwrap() {
        match logged.recorded.event {
            Event::Certificate(event @ CertificateEvent::Issued { .. }) => {
                let certificate = Certificate::begin(&event).unwrap();
                told.insert(certificate.id, certificate);
            }
            Event::Certificate(event @ CertificateEvent::Revoked { certificate, .. }) => {
                let before = told.remove(&certificate).unwrap();
                told.insert(certificate, before.apply(&event));
            }
            other => panic!("unknown event {other:?}"),
        }
    }
    told
}

#[tokio::test]
async fn su_1_passing_a_module_issues_a_certificate_that_anybody_can_verify() {
    let world = World::new();
    world.clock.advance(SignedDuration::from_hours(24 * 400));
    let failed = world
        .engine
        .certify(&HOST, pass(&world, "ada", 79), None)
        .await;
    assert_eq!(failed.unwrap_err().code(), "invalid");
    let issued = world
        .engine
        .certify(&HOST, pass(&world, "ada", 90), None)
        .await;
    let issued = issued.unwrap();
    assert_eq!(issued.number.to_string(), "1971-000001");
    let twice = world
        .engine
        .certify(&HOST, pass(&world, "ada", 95), None)
        .await;
    assert_eq!(twice.unwrap_err().code(), "already_done");

    let guest = Actor::guest();
    let typed = issued.code.to_string().to_lowercase();
    let seen = world
        .engine
        .verify_certificate(&guest, &typed)
        .await
        .unwrap();
    assert_eq!(
        (seen.number, seen.validity),
        (issued.number, Validity::Good)
    );
    assert_eq!(seen.pass, issued.pass);
    for wrong in ["", "7", &"0".repeat(26)] {
        let error = world.engine.verify_certificate(&guest, wrong).await;
        let error = error.unwrap_err();
        assert_eq!(error.to_string(), "certificate `…` was not found");
    }
    let badge = world.engine.open_badge(
        &guest,
        &typed,
        Issuer {
            id: "https://school.example".to_owned(),
            name: "School".to_owned(),
        },
        Achievement {
            id: "https://school.example/m/1".to_owned(),
            name: "Sums".to_owned(),
            description: "Sums of all kinds".to_owned(),
            criteria: "Pass".to_owned(),
        },
        Addresses {
            credential: "https://school.example/c/1".to_owned(),
            holder: "https://school.example/u/1".to_owned(),
            revocations: "https://school.example/revoked".to_owned(),
        },
    );
    let badge = serde_json::to_value(badge.await.unwrap()).unwrap();
    assert_eq!(badge["type"][1], "AchievementCredential");
    assert_eq!(badge["credentialSubject"]["result"][0]["value"], "90 %");
}

#[tokio::test]
async fn su_1_a_certificate_expires_or_is_taken_back() {
    let world = World::new();
    let (guest, ada) = (Actor::guest(), Actor::user(user("ada")));
    let lasts = Some(Seconds::DAY);
    let first = world
        .engine
        .certify(&HOST, pass(&world, "ada", 90), lasts)
        .await;
    let first = first.unwrap();
    world.clock.advance(SignedDuration::from_hours(25));
    let seen = world
        .engine
        .verify_certificate(&guest, &first.code.to_string())
        .await;
    assert_eq!(seen.unwrap().validity, Validity::Expired);
    let second = world
        .engine
        .certify(&HOST, pass(&world, "ada", 90), None)
        .await;
    let second = second.unwrap();
    assert_eq!(second.number.to_string(), "1970-000002");

    let reason = RevocationReason::Misconduct;
    for actor in [&guest, &ada] {
        let refused = world.engine.revoke_certificate(actor, second.id, reason);
        let code = refused.await.unwrap_err().code();
        assert_eq!(code, "not_found");
    }
    let revoked = world
        .engine
        .revoke_certificate(&admin(), second.id, reason)
        .await;
    revoked.unwrap();
    let again = world
        .engine
        .revoke_certificate(&admin(), second.id, reason)
        .await;
    assert_eq!(again.unwrap_err().code(), "already_done");
    let seen = world
        .engine
        .verify_certificate(&guest, &second.code.to_string())
        .await;
    assert_eq!(seen.unwrap().validity, Validity::Revoked);

    let page = PageRequest::default();
    let own = world
        .engine
        .certificates(&ada, &user("ada"), page.clone())
        .await;
    let own = own.unwrap().items;
    let ids: Vec<_> = own.iter().map(|certificate| certificate.id).collect();
    assert_eq!(ids, [second.id, first.id]);
    assert_eq!(
        told(&world).await,
        own.into_iter().map(|c| (c.id, c)).collect()
    );
    let bob = Actor::user(user("bob"));
    let others = world.engine.certificates(&bob, &user("ada"), page).await;
    assert_eq!(others.unwrap_err().code(), "not_found");
}

#[tokio::test]
async fn su_1_whoever_passes_a_certification_is_certified_with_it() {
    let world = World::new();
    let (engine, ada) = (&world.engine, user("ada"));
    let one = published(engine, "grace", exercise("one")).await;
    let two = published(engine, "grace", exercise("two")).await;
    // One that stands in another: both are passed by the same answer.
    let inner = ModuleDraft {
        certificate_lasts: Some(Seconds::DAY),
        ..module("inner", ModuleKind::Certification)
    };
    let inner = shown(engine, "grace", inner, &[one, two]).await;
    let outer = module("outer", ModuleKind::Certification);
    let outer = shown(engine, "grace", outer, &[]).await;
    let grace = creator("grace");
    engine
        .place_module(&grace, outer, inner, None)
        .await
        .unwrap();

    let page = PageRequest::default;
    engine
        .submit(&HOST, submit("ada", one, program("5 25")))
        .await
        .unwrap();
    let none = engine.certificates(&HOST, &ada, page()).await.unwrap();
    assert_eq!(none.items, []);
    let passed = engine
        .submit(&HOST, submit("ada", two, program("5 25")))
        .await;
    assert!(passed.unwrap().progress.is_completed());
    // What comes later issues nothing more.
    engine
        .submit(&HOST, submit("ada", two, program("5 25")))
        .await
        .unwrap();
    let found = engine
        .certificates(&HOST, &ada, page())
        .await
        .unwrap()
        .items;
    let modules: BTreeSet<_> = found.iter().map(|it| it.pass.module).collect();
    assert_eq!((found.len(), modules), (2, BTreeSet::from([inner, outer])));
    let numbers: BTreeSet<_> = found.iter().map(|it| it.number.to_string()).collect();
    let expected = ["1970-000001", "1970-000002"].map(str::to_owned);
    assert_eq!(numbers, BTreeSet::from(expected));
    for certificate in &found {
        assert_eq!(certificate.pass.score, Score::FULL);
        let lasts = certificate.pass.module == inner;
        assert_eq!(certificate.expires_at.is_some(), lasts);
    }
    // The author of the module takes back what it gave, and nobody else's author does.
    let (id, reason) = (found[0].id, RevocationReason::IssuedInError);
    let other = engine.revoke_certificate(&creator("eve"), id, reason).await;
    assert_eq!(other.unwrap_err().code(), "not_found");
    let revoked = engine.revoke_certificate(&grace, id, reason).await.unwrap();
    assert_eq!(revoked.id, id);
}

#[tokio::test]
async fn su_1_only_the_host_issues_a_certificate_by_itself() {
    let world = World::new();
    for actor in [Actor::guest(), creator("grace"), admin()] {
        let refused = world.engine.certify(&actor, pass(&world, "ada", 90), None);
        assert_eq!(refused.await.unwrap_err().code(), "not_allowed");
    }
}
