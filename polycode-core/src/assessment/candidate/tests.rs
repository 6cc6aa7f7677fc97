use uuid::Uuid;

use super::*;

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
