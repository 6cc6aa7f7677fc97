//! What happens to candidates, and what it makes of them.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::candidate::{Candidate, CandidateStatus};
use crate::assessment::{ExtraTime, Invitation};
use crate::id::{AttemptId, CampaignId, CandidateId, UserId};

/// What happened to a candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum CandidateEvent {
    /// They were added to a campaign.
    Added {
        /// The candidate.
        candidate: CandidateId,
        /// The campaign.
        campaign: CampaignId,
        /// What they get on top of the limits that hold for all.
        extra_time: ExtraTime,
        /// When.
        at: Timestamp,
    },
    /// Their profile was changed.
    Edited {
        /// The candidate.
        candidate: CandidateId,
        /// When.
        at: Timestamp,
    },
    /// Their extra time was changed.
    ExtraTimeGranted {
        /// The candidate.
        candidate: CandidateId,
        /// What they get from now on.
        extra_time: ExtraTime,
        /// Who answers for it.
        by: UserId,
        /// When.
        at: Timestamp,
    },
    /// They were sent an invitation, in place of any before.
    Invited {
        /// The candidate.
        candidate: CandidateId,
        /// What is kept of it.
        invitation: Invitation,
        /// How many they were sent, with this one.
        sent: u32,
    },
    /// Their invitation expired unanswered.
    InvitationLapsed {
        /// The candidate.
        candidate: CandidateId,
        /// When it was due.
        at: Timestamp,
    },
    /// They accepted.
    Confirmed {
        /// The candidate.
        candidate: CandidateId,
        /// Who they are.
        user: UserId,
        /// When.
        at: Timestamp,
    },
    /// They said no.
    Declined {
        /// The candidate.
        candidate: CandidateId,
        /// When.
        at: Timestamp,
    },
    /// Their invitation was taken back.
    Cancelled {
        /// The candidate.
        candidate: CandidateId,
        /// When.
        at: Timestamp,
    },
    /// The campaign is open to them.
    TestSent {
        /// The candidate.
        candidate: CandidateId,
        /// When.
        at: Timestamp,
    },
    /// They have read what the test is about.
    TestOpened {
        /// The candidate.
        candidate: CandidateId,
        /// When.
        at: Timestamp,
    },
    /// They began to sit it.
    TestStarted {
        /// The candidate.
        candidate: CandidateId,
        /// Their attempt.
        attempt: AttemptId,
        /// When.
        at: Timestamp,
    },
    /// Their attempt is over.
    TestFinished {
        /// The candidate.
        candidate: CandidateId,
        /// When.
        at: Timestamp,
    },
    /// They were removed.
    Removed {
        /// The candidate.
        candidate: CandidateId,
        /// When.
        at: Timestamp,
    },
}

impl Candidate {
    /// The candidate that a [`CandidateEvent::Added`] begins; none for any other event.
    pub const fn begin(event: &CandidateEvent) -> Option<Self> {
        let CandidateEvent::Added {
            candidate,
            campaign,
            extra_time,
            ..
        } = event
        else {
            return None;
        };
        Some(Self {
            id: *candidate,
            campaign: *campaign,
            extra_time: *extra_time,
            status: CandidateStatus::ConfirmationPending {
                invitation: None,
                sent: 0,
            },
        })
    }

    /// The candidate after an event.
    #[must_use]
    pub fn apply(mut self, event: &CandidateEvent) -> Self {
        match event {
            CandidateEvent::Added { .. } | CandidateEvent::Edited { .. } => {}
            CandidateEvent::ExtraTimeGranted { extra_time, .. } => self.extra_time = *extra_time,
            CandidateEvent::Invited {
                invitation, sent, ..
            } => {
                let invitation = Some(*invitation);
                self.status = CandidateStatus::ConfirmationPending {
                    invitation,
                    sent: *sent,
                };
            }
            CandidateEvent::InvitationLapsed { .. } => {
                if let CandidateStatus::ConfirmationPending { invitation, .. } = &mut self.status {
                    *invitation = None;
                }
            }
            CandidateEvent::Confirmed { user, at, .. } => {
                self.status = CandidateStatus::Confirmed {
                    user: user.clone(),
                    at: *at,
                };
            }
            CandidateEvent::Declined { at, .. } => {
                self.status = CandidateStatus::Declined { at: *at }
            }
            CandidateEvent::Cancelled { at, .. } => {
                self.status = CandidateStatus::Cancelled { at: *at }
            }
            CandidateEvent::Removed { at, .. } => {
                self.status = CandidateStatus::Removed { at: *at }
            }
            CandidateEvent::TestSent { at, .. } => {
                self.go_on(|user| CandidateStatus::TestSent { user, at: *at });
            }
            CandidateEvent::TestOpened { at, .. } => {
                self.go_on(|user| CandidateStatus::TestOpened { user, at: *at });
            }
            CandidateEvent::TestStarted { attempt, at, .. } => {
                let attempt = *attempt;
                self.go_on(|user| CandidateStatus::TestInProgress {
                    user,
                    attempt,
                    at: *at,
                });
            }
            CandidateEvent::TestFinished { at, .. } => {
                if let Some(attempt) = self.status.attempt() {
                    self.go_on(|user| CandidateStatus::TestFinished {
                        user,
                        attempt,
                        at: *at,
                    });
                }
            }
        }
        self
    }

    /// The next status of a candidate who is a user by now.
    fn go_on(&mut self, next: impl FnOnce(UserId) -> CandidateStatus) {
        if let Some(user) = self.status.user().cloned() {
            self.status = next(user);
        }
    }
}
