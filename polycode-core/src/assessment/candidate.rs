//! A candidate: from being added to a campaign to having finished its test.
//!
//! `confirmation_pending → confirmed → test_sent → test_opened → test_in_progress →
//! test_finished`; before the test is in progress a candidate can decline or be cancelled, and be
//! removed at any time. The names are those of the first PolyCode.

mod event;
mod participation;
mod profile;
mod status;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use event::CandidateEvent;
pub use profile::CandidateProfile;
pub use status::{CandidateStatus, StatusName};

use crate::assessment::{Campaign, CampaignStatus, ExtraTime, Invitation, TokenHash};
use crate::id::{CampaignId, CandidateId, UserId};
use crate::refusal::Refusal;

/// Someone invited to a campaign. Their name, address and tags stand in a [`CandidateProfile`]
/// beside it, which goes when they are removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Candidate {
    /// Its id.
    pub id: CandidateId,
    /// The campaign.
    pub campaign: CampaignId,
    /// What they get on top of the limits that hold for all.
    pub extra_time: ExtraTime,
    /// How far they have come.
    pub status: CandidateStatus,
}

impl Candidate {
    /// Adds a candidate to a campaign.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that is broken, [`Refusal::WrongState`] when the
    /// campaign is over.
    pub fn decide_add(
        id: CandidateId,
        campaign: &Campaign,
        profile: &CandidateProfile,
        extra_time: ExtraTime,
        now: Timestamp,
    ) -> Result<CandidateEvent, Refusal> {
        campaign.check_not_over(now)?;
        profile.check()?;
        check_extra_time(extra_time)?;
        Ok(CandidateEvent::Added {
            candidate: id,
            campaign: campaign.id,
            extra_time,
            at: now,
        })
    }

    /// Changes the profile, which is written beside the event.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that is broken, [`Refusal::WrongState`] when they
    /// were removed.
    pub fn decide_edit(
        &self,
        profile: &CandidateProfile,
        now: Timestamp,
    ) -> Result<CandidateEvent, Refusal> {
        self.check_not_removed()?;
        profile.check()?;
        Ok(CandidateEvent::Edited {
            candidate: self.id,
            at: now,
        })
    }

    /// Grants extra time, in place of what was granted before. `by` stands in the log, since it
    /// is an accommodation that somebody answers for. Once the test is in progress its
    /// deadline is extended instead: [`Attempt::decide_extend`].
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when it is too much, [`Refusal::WrongState`] when the test was
    /// started or will never be.
    ///
    /// [`Attempt::decide_extend`]: crate::assessment::Attempt::decide_extend
    pub fn decide_grant(
        &self,
        extra_time: ExtraTime,
        by: UserId,
        now: Timestamp,
    ) -> Result<CandidateEvent, Refusal> {
        self.check_before_test()?;
        check_extra_time(extra_time)?;
        Ok(CandidateEvent::ExtraTimeGranted {
            candidate: self.id,
            extra_time,
            by,
            at: now,
        })
    }

    /// Sends an invitation, or another one: the one before can't be used any more.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when they have answered already, were cancelled or removed, or the
    /// campaign is not scheduled yet or over.
    pub fn decide_invite(
        &self,
        campaign: &Campaign,
        token: TokenHash,
        now: Timestamp,
    ) -> Result<CandidateEvent, Refusal> {
        self.check_in(campaign)?;
        campaign.check_inviting(now)?;
        let CandidateStatus::ConfirmationPending { invitation, sent } = &self.status else {
            return Err(self.status.wrong());
        };
        if invitation.is_some_and(|invitation| invitation.token == token) {
            return Err(Refusal::invalid(
                "token",
                "is a new one for each invitation",
            ));
        }
        let expires_at = campaign.plan.invitation_valid.after(now);
        let expires_at = campaign
            .plan
            .ends_at
            .map_or(expires_at, |end| end.min(expires_at));
        Ok(CandidateEvent::Invited {
            candidate: self.id,
            invitation: Invitation {
                token,
                sent_at: now,
                expires_at,
            },
            sent: sent.saturating_add(1),
        })
    }

    /// Takes the invitation back.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when the test was started or will never be.
    pub fn decide_cancel(&self, now: Timestamp) -> Result<CandidateEvent, Refusal> {
        self.check_before_test()?;
        Ok(CandidateEvent::Cancelled {
            candidate: self.id,
            at: now,
        })
    }

    /// Takes the candidate out because their campaign was called off, also from the middle of the
    /// test; nothing happens to who is done anyway.
    pub fn decide_call_off(&self, campaign: &Campaign, now: Timestamp) -> Option<CandidateEvent> {
        let is_off = matches!(campaign.status, CampaignStatus::Cancelled { .. });
        let is_concerned = campaign.id == self.campaign && !self.status.is_final();
        (is_off && is_concerned).then_some(CandidateEvent::Cancelled {
            candidate: self.id,
            at: now,
        })
    }

    /// Removes the candidate from the campaign; the engine deletes the profile, and cancels an
    /// attempt that is not over.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when they were removed before.
    pub fn decide_remove(&self, now: Timestamp) -> Result<CandidateEvent, Refusal> {
        self.check_not_removed()?;
        Ok(CandidateEvent::Removed {
            candidate: self.id,
            at: now,
        })
    }

    /// What is due by now: an invitation that has expired lapses, and whoever has accepted is sent
    /// the test when the campaign opens. Deciding again after applying it gives nothing.
    pub fn decide_tick(&self, campaign: &Campaign, now: Timestamp) -> Option<CandidateEvent> {
        let candidate = self.id;
        match &self.status {
            CandidateStatus::ConfirmationPending {
                invitation: Some(invitation),
                ..
            } => {
                let at = invitation.expires_at;
                (at <= now).then_some(CandidateEvent::InvitationLapsed { candidate, at })
            }
            CandidateStatus::Confirmed { .. } if campaign.check_open(now).is_ok() => {
                Some(CandidateEvent::TestSent { candidate, at: now })
            }
            _ => None,
        }
    }

    fn check_in(&self, campaign: &Campaign) -> Result<(), Refusal> {
        if campaign.id == self.campaign {
            Ok(())
        } else {
            Err(self.not_found())
        }
    }

    fn not_found(&self) -> Refusal {
        Refusal::NotFound {
            what: "candidate",
            id: self.id.to_string(),
        }
    }

    const fn check_before_test(&self) -> Result<(), Refusal> {
        if self.status.is_before_test() {
            Ok(())
        } else {
            Err(self.status.wrong())
        }
    }

    const fn check_not_removed(&self) -> Result<(), Refusal> {
        match self.status {
            CandidateStatus::Removed { .. } => Err(self.status.wrong()),
            _ => Ok(()),
        }
    }
}

fn check_extra_time(extra_time: ExtraTime) -> Result<(), Refusal> {
    if extra_time.is_allowed() {
        Ok(())
    } else {
        Err(Refusal::invalid(
            "extraTime",
            "is at most 300 percent and a day",
        ))
    }
}

#[cfg(test)]
mod tests;
