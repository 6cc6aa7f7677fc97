use uuid::Uuid;

use super::*;
use crate::id::TestId;
use crate::quantity::{Seconds, Version};

fn at(seconds: u64) -> Timestamp {
    Seconds(seconds).after(Timestamp::UNIX_EPOCH)
}

fn scheduled() -> Campaign {
    let plan = CampaignPlan {
        test: TestId(Uuid::nil()),
        test_version: Version::FIRST,
        starts_at: Some(at(100)),
        ends_at: Some(at(200)),
        pass_mark: None,
        grace: Grace::default(),
        reveal: Reveal::default(),
        invitation_valid: Seconds::DAY,
    };
    Campaign {
        id: CampaignId(Uuid::nil()),
        author: UserId::new("ada").unwrap(),
        plan,
        status: CampaignStatus::Scheduled,
    }
}

/// AS-10: it opens and closes by itself, at its dates, however late the tick.
#[test]
fn it_opens_and_closes_at_its_dates() {
    let campaign = scheduled();
    assert_eq!(campaign.decide_tick(at(99)), Vec::new());
    assert!(campaign.check_open(at(100)).is_ok());
    let events = campaign.decide_tick(at(900));
    assert_eq!(events.len(), 2);
    let closed = events.iter().fold(campaign, Campaign::apply);
    assert_eq!(closed.status, CampaignStatus::Closed { at: at(200) });
    assert_eq!(closed.decide_tick(at(901)), Vec::new());
    assert!(closed.decide_cancel(at(901)).is_err());
}

/// AS-8: the rules can't change once it is open, its end can.
#[test]
fn an_open_campaign_keeps_its_rules() {
    let campaign = scheduled();
    let text = CampaignText {
        name: "c".to_owned(),
        ..CampaignText::default()
    };
    let longer = CampaignPlan {
        ends_at: Some(at(300)),
        ..campaign.plan.clone()
    };
    assert!(campaign.decide_edit(&text, longer, at(150)).is_ok());
    let other = CampaignPlan {
        test_version: Version(2),
        ..campaign.plan.clone()
    };
    assert!(campaign.decide_edit(&text, other.clone(), at(50)).is_ok());
    let refused = campaign.decide_edit(&text, other, at(150)).unwrap_err();
    assert_eq!(refused.code(), "invalid");
}
