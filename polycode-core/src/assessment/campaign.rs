//! A campaign: a test, carried out on a set of candidates between two dates.
//!
//! `draft → scheduled → open → closed`, and from the first three to `cancelled`. It opens and
//! closes by itself: what holds is the plan and the time, and [`Campaign::decide_tick`] only writes
//! down what is so anyway. Nobody gains or loses anything by a tick that comes late.

mod event;
mod plan;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use event::CampaignEvent;
pub use plan::{CampaignPlan, CampaignText, Grace, Reveal};

use crate::id::{CampaignId, UserId};
use crate::refusal::{Problem, Refusal};

/// An assessment carried out on a set of candidates. Its title and description stand in a
/// [`CampaignText`] beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Campaign {
    /// Its id.
    pub id: CampaignId,
    /// Whose it is.
    pub author: UserId,
    /// What is carried out, and when.
    pub plan: CampaignPlan,
    /// How far it has come.
    pub status: CampaignStatus,
}

/// How far a campaign has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum CampaignStatus {
    /// It is being prepared; nobody is invited yet.
    Draft,
    /// Its plan is made: candidates are invited, and it will open by itself.
    Scheduled,
    /// Candidates who accepted can start.
    Open {
        /// Since when.
        at: Timestamp,
    },
    /// Nobody can start any more; who is in the middle of it goes on until their time is up.
    Closed {
        /// Since when.
        at: Timestamp,
    },
    /// It was called off; nothing in it counts.
    Cancelled {
        /// When.
        at: Timestamp,
    },
    /// It was deleted, and what is known about its candidates with it.
    Deleted {
        /// When.
        at: Timestamp,
    },
}

impl Campaign {
    /// Begins a campaign.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that the text or the plan breaks.
    pub fn decide_create(
        id: CampaignId,
        author: UserId,
        text: &CampaignText,
        plan: CampaignPlan,
        now: Timestamp,
    ) -> Result<CampaignEvent, Refusal> {
        check([text.problems(), plan.problems()].concat())?;
        Ok(CampaignEvent::Created {
            campaign: id,
            author,
            plan,
            at: now,
        })
    }

    /// Changes the plan; the new text, if any, is written beside the event.
    ///
    /// All of it can change until the campaign opens. Then only two things can: when it closes,
    /// and how long invitations are good for; anything else would change the rules for some
    /// candidates and not for others. Attempts keep the deadline that they began with.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that is broken, [`Refusal::WrongState`] when the
    /// campaign is over.
    pub fn decide_edit(
        &self,
        text: &CampaignText,
        plan: CampaignPlan,
        now: Timestamp,
    ) -> Result<CampaignEvent, Refusal> {
        let mut problems = [text.problems(), plan.problems()].concat();
        match self.status_at(now) {
            CampaignStatus::Draft => {}
            CampaignStatus::Scheduled => problems.extend(plan.problems_to_schedule(now)),
            CampaignStatus::Open { .. } => {
                problems.extend(self.plan.problems_of_change(&plan));
                problems.extend(plan.problems_of_end(now));
            }
            over => return Err(over.wrong()),
        }
        check(problems)?;
        Ok(CampaignEvent::Edited {
            campaign: self.id,
            plan,
            at: now,
        })
    }

    /// Makes the plan firm: candidates can be invited, and the campaign will open by itself.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when it has no start or an end that is past, [`Refusal::WrongState`]
    /// unless it is a draft.
    pub fn decide_schedule(&self, now: Timestamp) -> Result<CampaignEvent, Refusal> {
        match self.status_at(now) {
            CampaignStatus::Draft => {
                check(self.plan.problems_to_schedule(now))?;
                Ok(CampaignEvent::Scheduled {
                    campaign: self.id,
                    at: now,
                })
            }
            status => Err(status.wrong()),
        }
    }

    /// Closes the campaign before its end.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] unless it is open.
    pub fn decide_close(&self, now: Timestamp) -> Result<CampaignEvent, Refusal> {
        match self.status_at(now) {
            CampaignStatus::Open { .. } => Ok(CampaignEvent::Closed {
                campaign: self.id,
                at: now,
            }),
            status => Err(status.wrong()),
        }
    }

    /// Calls the campaign off. The engine cancels its candidates and their attempts.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when it is over.
    pub fn decide_cancel(&self, now: Timestamp) -> Result<CampaignEvent, Refusal> {
        match self.status_at(now) {
            CampaignStatus::Draft | CampaignStatus::Scheduled | CampaignStatus::Open { .. } => {
                Ok(CampaignEvent::Cancelled {
                    campaign: self.id,
                    at: now,
                })
            }
            status => Err(status.wrong()),
        }
    }

    /// Deletes a campaign that nobody is invited to, or that is over. The engine removes its
    /// candidates.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when it is scheduled or open (cancel it first), or deleted.
    pub fn decide_delete(&self, now: Timestamp) -> Result<CampaignEvent, Refusal> {
        match self.status_at(now) {
            CampaignStatus::Draft
            | CampaignStatus::Closed { .. }
            | CampaignStatus::Cancelled { .. } => Ok(CampaignEvent::Deleted {
                campaign: self.id,
                at: now,
            }),
            status => Err(status.wrong()),
        }
    }

    /// What is due by now: opening, closing, both or nothing. Deciding again after applying it
    /// gives nothing.
    pub fn decide_tick(&self, now: Timestamp) -> Vec<CampaignEvent> {
        let campaign = self.id;
        let mut events = Vec::new();
        let status = self.status_at(now);
        if self.status == CampaignStatus::Scheduled && status != self.status {
            let at = self.plan.starts_at.unwrap_or(now);
            events.push(CampaignEvent::Opened { campaign, at });
        }
        if let CampaignStatus::Closed { at } = status
            && status != self.status
        {
            events.push(CampaignEvent::Closed { campaign, at });
        }
        events
    }

    /// When [`Campaign::decide_tick`] will next have something to say.
    pub const fn next_due(&self) -> Option<Timestamp> {
        match self.status {
            CampaignStatus::Scheduled => self.plan.starts_at,
            CampaignStatus::Open { .. } => self.plan.ends_at,
            _ => None,
        }
    }

    /// The status by the clock, whether or not it was written down yet.
    pub fn status_at(&self, now: Timestamp) -> CampaignStatus {
        let ends_at = self.plan.ends_at.filter(|end| *end <= now);
        let opened_at = match self.status {
            CampaignStatus::Scheduled => self.plan.starts_at.filter(|start| *start <= now),
            CampaignStatus::Open { at } => Some(at),
            _ => None,
        };
        match (opened_at, ends_at) {
            (Some(_), Some(at)) => CampaignStatus::Closed { at },
            (Some(at), None) => CampaignStatus::Open { at },
            (None, _) => self.status,
        }
    }

    /// Whether it was deleted.
    pub const fn is_deleted(&self) -> bool {
        matches!(self.status, CampaignStatus::Deleted { .. })
    }

    /// Checks that a test can be started now.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when the campaign is not open.
    pub fn check_open(&self, now: Timestamp) -> Result<(), Refusal> {
        match self.status_at(now) {
            CampaignStatus::Open { .. } => Ok(()),
            status => Err(status.wrong()),
        }
    }

    /// Checks that candidates can be added, changed and removed.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when the campaign is over.
    pub fn check_not_over(&self, now: Timestamp) -> Result<(), Refusal> {
        match self.status_at(now) {
            status if status.is_over() => Err(status.wrong()),
            _ => Ok(()),
        }
    }

    /// Checks that candidates can be invited, and can accept.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when the campaign is not scheduled yet, or over.
    pub fn check_inviting(&self, now: Timestamp) -> Result<(), Refusal> {
        match self.status_at(now) {
            CampaignStatus::Scheduled | CampaignStatus::Open { .. } => Ok(()),
            status => Err(status.wrong()),
        }
    }
}

impl CampaignStatus {
    /// Whether nothing can happen in the campaign any more but its deletion.
    pub const fn is_over(self) -> bool {
        matches!(
            self,
            Self::Closed { .. } | Self::Cancelled { .. } | Self::Deleted { .. }
        )
    }

    /// The status in words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "a draft",
            Self::Scheduled => "scheduled",
            Self::Open { .. } => "open",
            Self::Closed { .. } => "closed",
            Self::Cancelled { .. } => "cancelled",
            Self::Deleted { .. } => "deleted",
        }
    }

    const fn wrong(self) -> Refusal {
        Refusal::WrongState {
            what: "the campaign",
            state: self.name(),
        }
    }
}

fn check(problems: Vec<Problem>) -> Result<(), Refusal> {
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Invalid(problems))
    }
}

#[cfg(test)]
mod tests;
