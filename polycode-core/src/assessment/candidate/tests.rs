use uuid::Uuid;

use super::*;
use crate::assessment::{Address, Bearer, CampaignPlan, Grace, Reveal};
use crate::id::{AttemptId, TestId};
use crate::quantity::{Seconds, Version};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn confirmed() -> Candidate {
    let user = UserId::new("ada").unwrap();
    Candidate {
        id: CandidateId(Uuid::nil()),
        campaign: CampaignId(Uuid::nil()),
        extra_time: ExtraTime::NONE,
        status: CandidateStatus::Confirmed { user, at: NOW },
    }
}

#[test]
fn nothing_but_removal_follows_a_cancellation() {
    let candidate = confirmed();
    let cancelled = candidate.decide_cancel(NOW).unwrap();
    let candidate = candidate.apply(&cancelled);
    assert_eq!(candidate.status.name(), StatusName::Cancelled);
    assert!(candidate.decide_cancel(NOW).is_err());
    assert!(
        candidate
            .decide_withdraw(&UserId::new("ada").unwrap(), NOW)
            .is_err()
    );
    let removed = candidate.decide_remove(NOW).unwrap();
    assert!(candidate.apply(&removed).decide_remove(NOW).is_err());
}

/// AS-19: nobody else can decline for a candidate.
#[test]
fn only_the_candidate_declines() {
    let eve = UserId::new("eve").unwrap();
    let refused = confirmed().decide_withdraw(&eve, NOW).unwrap_err();
    assert_eq!(refused.code(), "not_found");
}

#[test]
fn the_names_are_those_of_the_first_polycode() {
    for name in StatusName::ALL {
        assert_eq!(serde_json::to_value(name).unwrap(), name.as_str());
    }
}

fn at(seconds: u64) -> Timestamp {
    Seconds(seconds).after(NOW)
}

/// Scheduled, open from 100 to 200.
fn campaign() -> Campaign {
    Campaign {
        id: CampaignId(Uuid::nil()),
        author: UserId::new("grace").unwrap(),
        plan: CampaignPlan {
            test: TestId(Uuid::nil()),
            test_version: Version::FIRST,
            starts_at: Some(at(100)),
            ends_at: Some(at(200)),
            pass_mark: None,
            grace: Grace::default(),
            reveal: Reveal::default(),
            invitation_valid: Seconds::HOUR,
        },
        status: CampaignStatus::Scheduled,
    }
}

fn profile(name: &str) -> CandidateProfile {
    CandidateProfile {
        name: name.to_owned(),
        address: Address::new("ada@example.org").unwrap(),
        tags: [].into(),
    }
}

fn added() -> Candidate {
    let id = CandidateId(Uuid::nil());
    let added = Candidate::decide_add(id, &campaign(), &profile("Ada"), ExtraTime::NONE, NOW);
    Candidate::begin(&added.unwrap()).unwrap()
}

fn token(byte: u8) -> TokenHash {
    TokenHash::new([byte; 32])
}

fn bearer(byte: u8) -> Bearer<'static> {
    Bearer {
        token: token(byte),
        verified: None,
    }
}

/// AS-11: what a candidate is must keep the rules, in a campaign that is not over.
#[test]
fn candidates_keep_the_rules() {
    let add = |name: &str, extra, now| {
        let id = CandidateId(Uuid::nil());
        Candidate::decide_add(id, &campaign(), &profile(name), extra, now)
    };
    assert!(add("", ExtraTime::NONE, NOW).is_ok());
    for name in ["a\nb", "  ", &"x".repeat(201)] {
        assert_eq!(
            add(name, ExtraTime::NONE, NOW).unwrap_err().code(),
            "invalid"
        );
    }
    let much = ExtraTime {
        percent: 301,
        fixed: Seconds(0),
    };
    assert_eq!(add("Ada", much, NOW).unwrap_err().code(), "invalid");
    let late = add("Ada", ExtraTime::NONE, at(200));
    assert_eq!(late.unwrap_err().code(), "wrong_state");
}

/// AS-18, MA-7: only the newest invitation is good, and none outlives the campaign.
#[test]
fn a_new_invitation_replaces_the_one_before() {
    let invite = |candidate: &Candidate, byte| {
        let invited = candidate.decide_invite(&campaign(), token(byte), NOW)?;
        Ok::<_, Refusal>(candidate.clone().apply(&invited))
    };
    let candidate = invite(&added(), 1).unwrap();
    assert!(invite(&candidate, 1).is_err());
    let candidate = invite(&candidate, 2).unwrap();
    let CandidateStatus::ConfirmationPending {
        invitation: Some(invitation),
        sent: 2,
    } = candidate.status
    else {
        panic!("{candidate:?}");
    };
    assert_eq!(invitation.expires_at, at(200));
    let accept = |byte, now| {
        let user = UserId::new("ada").unwrap();
        candidate.decide_accept(&campaign(), &profile("Ada"), bearer(byte), user, now)
    };
    assert_eq!(accept(1, NOW), Err(Refusal::InvitationNotValid));
    assert!(accept(2, at(199)).is_ok());
    assert_eq!(accept(2, at(200)), Err(Refusal::InvitationNotValid));
    let confirmed = candidate.clone().apply(&accept(2, NOW).unwrap());
    assert!(invite(&confirmed, 3).is_err());
    let again = confirmed.decide_decline(&profile("Ada"), bearer(2), NOW);
    assert_eq!(again, Err(Refusal::InvitationNotValid));
}

/// AS-10: the test is sent when the campaign opens, and nothing happens twice.
#[test]
fn what_is_due_happens_once() {
    let candidate = confirmed();
    assert_eq!(candidate.decide_tick(&campaign(), at(99)), None);
    let sent = candidate.decide_tick(&campaign(), at(100)).unwrap();
    let candidate = candidate.apply(&sent);
    assert_eq!(candidate.status.name(), StatusName::TestSent);
    assert_eq!(candidate.decide_tick(&campaign(), at(101)), None);

    let invited = added().decide_invite(&campaign(), token(1), NOW).unwrap();
    let candidate = added().apply(&invited);
    assert_eq!(candidate.decide_tick(&campaign(), at(199)), None);
    let lapsed = candidate.decide_tick(&campaign(), at(900)).unwrap();
    assert!(matches!(lapsed, CandidateEvent::InvitationLapsed { at: due, .. } if due == at(200)));
    assert_eq!(
        candidate.apply(&lapsed).decide_tick(&campaign(), at(901)),
        None
    );
}

/// AS-8: calling a campaign off reaches who is in the middle of the test, and nobody who is done.
#[test]
fn a_called_off_campaign_takes_everybody_out_once() {
    let mut off = campaign();
    assert_eq!(confirmed().decide_call_off(&off, NOW), None);
    off.status = CampaignStatus::Cancelled { at: NOW };
    let attempt = AttemptId(Uuid::nil());
    let user = UserId::new("ada").unwrap();
    let sitting = Candidate {
        status: CandidateStatus::TestInProgress {
            user: user.clone(),
            attempt,
            at: NOW,
        },
        ..confirmed()
    };
    for candidate in [added(), confirmed(), sitting] {
        let cancelled = candidate.decide_call_off(&off, NOW).unwrap();
        let candidate = candidate.apply(&cancelled);
        assert_eq!(candidate.status.name(), StatusName::Cancelled);
        assert_eq!(candidate.decide_call_off(&off, NOW), None);
    }
    let done = Candidate {
        status: CandidateStatus::TestFinished {
            user,
            attempt,
            at: NOW,
        },
        ..confirmed()
    };
    assert_eq!(done.decide_call_off(&off, NOW), None);
}

/// AS-22: nobody starts before the campaign is open, after it is closed, or in another one.
#[test]
fn a_test_is_started_while_the_campaign_is_open() {
    let candidate = confirmed();
    let attempt = AttemptId(Uuid::nil());
    let start = |candidate: &Candidate, now| candidate.decide_start(&campaign(), attempt, now);
    assert_eq!(start(&candidate, at(99)).unwrap_err().code(), "wrong_state");
    assert_eq!(
        start(&candidate, at(200)).unwrap_err().code(),
        "wrong_state"
    );
    assert_eq!(start(&added(), at(100)).unwrap_err().code(), "wrong_state");
    let started = start(&candidate, at(100)).unwrap();
    let sitting = candidate.clone().apply(&started);
    assert_eq!(start(&sitting, at(101)).unwrap_err().code(), "already_done");
    let mut other = campaign();
    other.id = CampaignId(Uuid::from_u128(1));
    let elsewhere = candidate.check_may_start(&other, at(100));
    assert_eq!(elsewhere.unwrap_err().code(), "not_found");
}
