//! What happens to campaigns, and what it makes of them.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::campaign::{Campaign, CampaignPlan, CampaignStatus};
use crate::id::{CampaignId, UserId};

/// What happened to a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum CampaignEvent {
    /// It was begun.
    Created {
        /// The campaign.
        campaign: CampaignId,
        /// Whose it is.
        author: UserId,
        /// Its first plan.
        plan: CampaignPlan,
        /// When.
        at: Timestamp,
    },
    /// Its plan or its text was changed.
    Edited {
        /// The campaign.
        campaign: CampaignId,
        /// Its plan from now on.
        plan: CampaignPlan,
        /// When.
        at: Timestamp,
    },
    /// Its plan was made firm.
    Scheduled {
        /// The campaign.
        campaign: CampaignId,
        /// When.
        at: Timestamp,
    },
    /// It opened.
    Opened {
        /// The campaign.
        campaign: CampaignId,
        /// When it was due.
        at: Timestamp,
    },
    /// It closed.
    Closed {
        /// The campaign.
        campaign: CampaignId,
        /// When it was due, or its author closed it.
        at: Timestamp,
    },
    /// It was called off.
    Cancelled {
        /// The campaign.
        campaign: CampaignId,
        /// When.
        at: Timestamp,
    },
    /// It was deleted.
    Deleted {
        /// The campaign.
        campaign: CampaignId,
        /// When.
        at: Timestamp,
    },
}

impl Campaign {
    /// The campaign that a [`CampaignEvent::Created`] begins; none for any other event.
    pub fn begin(event: &CampaignEvent) -> Option<Self> {
        let CampaignEvent::Created {
            campaign,
            author,
            plan,
            ..
        } = event
        else {
            return None;
        };
        Some(Self {
            id: *campaign,
            author: author.clone(),
            plan: plan.clone(),
            status: CampaignStatus::Draft,
        })
    }

    /// The campaign after an event.
    #[must_use]
    pub fn apply(self, event: &CampaignEvent) -> Self {
        let status = match event {
            CampaignEvent::Created { .. } => self.status,
            CampaignEvent::Edited { plan, .. } => {
                return Self {
                    plan: plan.clone(),
                    ..self
                };
            }
            CampaignEvent::Scheduled { .. } => CampaignStatus::Scheduled,
            CampaignEvent::Opened { at, .. } => CampaignStatus::Open { at: *at },
            CampaignEvent::Closed { at, .. } => CampaignStatus::Closed { at: *at },
            CampaignEvent::Cancelled { at, .. } => CampaignStatus::Cancelled { at: *at },
            CampaignEvent::Deleted { at, .. } => CampaignStatus::Deleted { at: *at },
        };
        Self { status, ..self }
    }
}
