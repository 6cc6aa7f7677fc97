//! What candidates do themselves: they accept or decline, and take the test.

use jiff::Timestamp;

use super::{Candidate, CandidateEvent, CandidateProfile, CandidateStatus};
use crate::assessment::{Attempt, Bearer, Campaign};
use crate::id::{AttemptId, UserId};
use crate::refusal::Refusal;

impl Candidate {
    /// Accepts the invitation: from now on the candidate is this user.
    ///
    /// # Errors
    /// [`Refusal::InvitationNotValid`] for every reason for which the invitation can't be used,
    /// [`Refusal::WrongState`] when the campaign is over.
    pub fn decide_accept(
        &self,
        campaign: &Campaign,
        profile: &CandidateProfile,
        bearer: Bearer<'_>,
        user: UserId,
        now: Timestamp,
    ) -> Result<CandidateEvent, Refusal> {
        self.check_invitation(profile, bearer, now)?;
        self.check_in(campaign)?;
        campaign.check_inviting(now)?;
        Ok(CandidateEvent::Confirmed {
            candidate: self.id,
            user,
            at: now,
        })
    }

    /// Declines with the link in the mail.
    ///
    /// # Errors
    /// [`Refusal::InvitationNotValid`] for every reason for which the invitation can't be used.
    pub fn decide_decline(
        &self,
        profile: &CandidateProfile,
        bearer: Bearer<'_>,
        now: Timestamp,
    ) -> Result<CandidateEvent, Refusal> {
        self.check_invitation(profile, bearer, now)?;
        Ok(CandidateEvent::Declined {
            candidate: self.id,
            at: now,
        })
    }

    /// Declines after having accepted, as long as the test was not started.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for anybody but the candidate, [`Refusal::WrongState`] when the test
    /// was started or will never be.
    pub fn decide_withdraw(
        &self,
        user: &UserId,
        now: Timestamp,
    ) -> Result<CandidateEvent, Refusal> {
        self.check_is(user)?;
        self.check_before_test()?;
        Ok(CandidateEvent::Declined {
            candidate: self.id,
            at: now,
        })
    }

    /// Reads the description of the test for the first time; nothing happens later on.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for anybody but the candidate, [`Refusal::WrongState`] when the
    /// campaign is not open or the candidate does not take part in it.
    pub fn decide_open_test(
        &self,
        campaign: &Campaign,
        user: &UserId,
        now: Timestamp,
    ) -> Result<Option<CandidateEvent>, Refusal> {
        self.check_is(user)?;
        self.check_in(campaign)?;
        match &self.status {
            CandidateStatus::Confirmed { .. } | CandidateStatus::TestSent { .. } => {
                campaign.check_open(now)?;
                Ok(Some(CandidateEvent::TestOpened {
                    candidate: self.id,
                    at: now,
                }))
            }
            CandidateStatus::TestOpened { .. }
            | CandidateStatus::TestInProgress { .. }
            | CandidateStatus::TestFinished { .. } => Ok(None),
            status => Err(status.wrong()),
        }
    }

    /// Takes note that the candidate's attempt began.
    ///
    /// # Errors
    /// [`Refusal::AlreadyDone`] when one has begun before, [`Refusal::WrongState`] when they have
    /// not accepted, or the campaign is not open.
    pub fn decide_start(
        &self,
        campaign: &Campaign,
        attempt: AttemptId,
        now: Timestamp,
    ) -> Result<CandidateEvent, Refusal> {
        self.check_may_start(campaign, now)?;
        Ok(CandidateEvent::TestStarted {
            candidate: self.id,
            attempt,
            at: now,
        })
    }

    /// Takes note that the candidate's attempt is over; nothing happens when that is known.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when it is not their attempt, or it is not over.
    pub fn decide_finish(&self, attempt: &Attempt) -> Result<Option<CandidateEvent>, Refusal> {
        match (&self.status, attempt.finished_at()) {
            (CandidateStatus::TestInProgress { attempt: own, .. }, Some(at))
                if *own == attempt.id =>
            {
                Ok(Some(CandidateEvent::TestFinished {
                    candidate: self.id,
                    at,
                }))
            }
            (CandidateStatus::TestFinished { attempt: own, .. }, _) if *own == attempt.id => {
                Ok(None)
            }
            (status, _) => Err(status.wrong()),
        }
    }

    /// Checks that the candidate could start the test now.
    ///
    /// # Errors
    /// [`Refusal::AlreadyDone`] when it was started before, [`Refusal::WrongState`] when they have
    /// not accepted, or the campaign is not open.
    pub fn check_may_start(&self, campaign: &Campaign, now: Timestamp) -> Result<(), Refusal> {
        self.check_in(campaign)?;
        match &self.status {
            CandidateStatus::TestInProgress { .. } | CandidateStatus::TestFinished { .. } => {
                Err(Refusal::AlreadyDone {
                    what: "the test was started",
                })
            }
            CandidateStatus::Confirmed { .. }
            | CandidateStatus::TestSent { .. }
            | CandidateStatus::TestOpened { .. } => campaign.check_open(now),
            status => Err(status.wrong()),
        }
    }

    fn check_invitation(
        &self,
        profile: &CandidateProfile,
        bearer: Bearer<'_>,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        match &self.status {
            CandidateStatus::ConfirmationPending {
                invitation: Some(invitation),
                ..
            } => invitation.check(bearer, &profile.address, now),
            _ => Err(Refusal::InvitationNotValid),
        }
    }

    fn check_is(&self, user: &UserId) -> Result<(), Refusal> {
        if self.status.user() == Some(user) {
            Ok(())
        } else {
            Err(self.not_found())
        }
    }
}
