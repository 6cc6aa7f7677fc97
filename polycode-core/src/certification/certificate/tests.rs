use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::certification::{Achievement, Addresses, Issuer};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn naming() -> Naming {
    Naming {
        id: CertificateId(Uuid::from_u128(1)),
        number: CertificateNumber::new(2026, 42).unwrap(),
        code: VerificationCode::new([0xAB; 16]),
    }
}

fn pass(score: u64) -> Pass {
    Pass {
        user: UserId::new("ada").unwrap(),
        module: ModuleId(Uuid::from_u128(2)),
        module_version: Version(3),
        score: Score::ratio(score, 100),
        pass_mark: Score::ratio(80, 100),
        at: at(5),
    }
}

fn issued(lasts: Option<i64>) -> Certificate {
    let lasts = lasts.map(SignedDuration::from_secs);
    let event = Certificate::decide_issue(naming(), pass(90), None, lasts, at(10)).unwrap();
    Certificate::begin(&event).unwrap()
}

#[test]
fn passing_is_certified_once() {
    let issue = |score, held: Option<&Certificate>, now| {
        Certificate::decide_issue(naming(), pass(score), held, None, at(now))
            .map(|_| ())
            .map_err(|refusal| refusal.code())
    };
    assert_eq!(issue(79, None, 10), Err("invalid"));
    assert_eq!(issue(80, None, 10), Ok(()));
    let held = issued(Some(100));
    assert_eq!(issue(90, Some(&held), 109), Err("already_done"));
    assert_eq!(issue(90, Some(&held), 110), Ok(()));
}

#[test]
fn a_certificate_is_good_until_it_expires_or_is_revoked() {
    assert_eq!(issued(None).validity(Timestamp::MAX), Validity::Good);
    let certificate = issued(Some(100));
    assert_eq!(certificate.validity(at(109)), Validity::Good);
    assert_eq!(certificate.validity(at(110)), Validity::Expired);
    let revoked = certificate
        .decide_revoke(RevocationReason::Misconduct, at(20))
        .unwrap();
    let certificate = certificate.apply(&revoked);
    assert_eq!(certificate.validity(at(110)), Validity::Revoked);
    let again = certificate.decide_revoke(RevocationReason::HolderAsked, at(30));
    assert_eq!(again.unwrap_err().code(), "already_done");
}

#[test]
fn a_certificate_becomes_an_open_badge() {
    let badge = |certificate: &Certificate| {
        let text = str::to_owned;
        certificate.open_badge(
            Issuer {
                id: text("urn:school"),
                name: text("School"),
            },
            Achievement {
                id: text("urn:module:2"),
                name: text("Python"),
                description: text("The language."),
                criteria: text("Pass with 80 %."),
            },
            Addresses {
                credential: text("urn:certificate:1"),
                holder: text("urn:holder:1"),
                revocations: text("urn:revoked"),
            },
        )
    };
    let certificate = issued(Some(100));
    insta::assert_json_snapshot!(badge(&certificate).unwrap());
    let revoked = certificate
        .decide_revoke(RevocationReason::Regraded, at(20))
        .unwrap();
    assert_eq!(badge(&certificate.apply(&revoked)), None);
}

#[test]
fn its_json_keeps_its_shape() {
    let certificate = issued(Some(100));
    let wire = serde_json::to_value(CertificateEvent::Issued { certificate }).unwrap();
    let wanted = json!({
        "type": "issued",
        "certificate": {
            "id": "00000000-0000-0000-0000-000000000001",
            "number": "2026-000042",
            "code": "5BNENTQAXBNENTQAXBNENTQAXB",
            "pass": {
                "user": "ada", "module": "00000000-0000-0000-0000-000000000002", "moduleVersion": 3,
                "score": 900_000, "passMark": 800_000, "at": "1970-01-01T00:00:05Z",
            },
            "issuedOn": "1970-01-01T00:00:10Z",
            "expiresAt": "1970-01-01T00:01:50Z",
            "status": {"kind": "issued"},
        },
    });
    assert_eq!(wire, wanted);
    let read: CertificateEvent = serde_json::from_value(wanted).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), wire);
}

#[test]
fn a_code_is_read_as_people_type_it() {
    let code = VerificationCode::new([0; 16]);
    assert_eq!("oooo-OOOO 0000000000000000 o0".parse(), Ok(code));
    for wrong in [
        "",
        "0",
        "U0000000000000000000000000",
        "80000000000000000000000000",
    ] {
        assert!(wrong.parse::<VerificationCode>().is_err(), "{wrong}");
    }
    assert!("0".repeat(27).parse::<VerificationCode>().is_err());
}

#[test]
fn a_number_has_one_spelling() {
    let number = |text: &str| {
        text.parse::<CertificateNumber>()
            .map(|number| number.to_string())
    };
    for good in ["2026-000042", "2026-1234567"] {
        assert_eq!(number(good).unwrap(), good);
    }
    for bad in [
        "2026-42",
        "26-000042",
        "2026-000000",
        "2026",
        "2026-00x042",
        "+026-000042",
    ] {
        assert!(number(bad).is_err(), "{bad}");
    }
}

proptest! {
    #[test]
    fn codes_are_read_as_written(random in any::<[u8; 16]>()) {
        let code = VerificationCode::new(random);
        prop_assert_eq!(code.to_string().len(), 26);
        prop_assert_eq!(code.to_string().parse(), Ok(code));
    }
}
