//! Where an answer was asked for: in practice or in a campaign.

use std::fmt;

use crate::id::{CampaignId, ContentId};

/// Where answers that are looked at together were given. As text it is what they are listed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedIn {
    /// What was answered.
    pub content: ContentId,
    /// The campaign in which it was asked; none for practice.
    pub campaign: Option<CampaignId>,
}

impl AskedIn {
    /// A content that is practised.
    pub const fn practice(content: ContentId) -> Self {
        Self {
            content,
            campaign: None,
        }
    }

    /// A question of a campaign's test.
    pub const fn campaign(campaign: CampaignId, question: ContentId) -> Self {
        Self {
            content: question,
            campaign: Some(campaign),
        }
    }
}

impl fmt::Display for AskedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.campaign {
            None => write!(f, "{}", self.content),
            Some(campaign) => write!(f, "{campaign} {}", self.content),
        }
    }
}
