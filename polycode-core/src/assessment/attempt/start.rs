//! How an attempt begins.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::assessment::attempt::{Attempt, AttemptEvent, AttemptStatus};
use crate::assessment::{Campaign, Candidate, ExtraTime, Seed, Test};
use crate::id::{AttemptId, SeatId, UserId};
use crate::quantity::{Seconds, Version};
use crate::refusal::Refusal;

/// What an attempt is begun with.
#[derive(Debug, Clone, Copy)]
pub struct Start<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// The candidate.
    pub candidate: &'a Candidate,
    /// The campaign's test, at the version that its plan pins.
    pub test: &'a Test,
    /// That version.
    pub test_version: Version,
    /// Who starts.
    pub user: &'a UserId,
    /// Where.
    pub seat: SeatId,
    /// 64 random bits.
    pub seed: Seed,
}

impl Attempt {
    /// Starts the test of a campaign.
    ///
    /// Starting is idempotent: when `candidate.status.attempt()` is there already, the engine
    /// resumes that attempt, and does not come here.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for anybody but the candidate, [`Refusal::AlreadyDone`] when it was
    /// started before, [`Refusal::WrongState`] when the candidate has not accepted or the campaign
    /// is not open, [`Refusal::Stale`] when this is not the test that the campaign pins.
    pub fn decide_start(
        id: AttemptId,
        start: Start<'_>,
        now: Timestamp,
    ) -> Result<AttemptEvent, Refusal> {
        let Start {
            campaign,
            candidate,
            test,
            test_version,
            user,
            seat,
            seed,
        } = start;
        if candidate.status.user().is_some_and(|own| own != user) {
            return Err(Refusal::NotFound {
                what: "candidate",
                id: candidate.id.to_string(),
            });
        }
        candidate.check_may_start(campaign, now)?;
        if (test.id, test_version) != (campaign.plan.test, campaign.plan.test_version) {
            return Err(Refusal::Stale { what: "the test" });
        }
        let extra_time = candidate.extra_time;
        let attempt = Self {
            id,
            campaign: campaign.id,
            candidate: candidate.id,
            user: user.clone(),
            test: test.id,
            test_version,
            seed,
            paper: test.draft.draw(seed),
            extra_time,
            arrival_grace: campaign.plan.grace.arrival,
            grace_left: campaign.plan.grace.network,
            pass_mark: campaign.plan.pass_mark,
            started_at: now,
            deadline: deadline(
                test.draft.time_limit,
                campaign.plan.ends_at,
                extra_time,
                now,
            ),
            seat,
            opened: BTreeMap::new(),
            status: AttemptStatus::InProgress,
        };
        Ok(AttemptEvent::Started {
            attempt: Box::new(attempt),
        })
    }
}

/// The end of an attempt that begins now: the limit of the test with the extra time, but not after
/// the campaign, which for this candidate ends later by the same extra time.
fn deadline(
    limit: Option<Seconds>,
    campaign_ends_at: Option<Timestamp>,
    extra: ExtraTime,
    now: Timestamp,
) -> Option<Timestamp> {
    let limit_end = limit.map(|limit| extra.of_test(limit).after(now));
    let longer_by = limit.map_or(extra.fixed, |limit| extra.of_test(limit).minus(limit));
    let campaign_end = campaign_ends_at.map(|end| longer_by.after(end));
    match (limit_end, campaign_end) {
        (Some(limit_end), Some(campaign_end)) => Some(limit_end.min(campaign_end)),
        (limit_end, campaign_end) => limit_end.or(campaign_end),
    }
}
