//! How reviews and timelines are stored and found.

use crate::id::{ContentId, UserId};
use crate::integrity::{Pair, Review, Timeline};
use crate::port::{Document, Term};

impl Pair {
    /// What a review of the pair is stored under.
    pub(crate) fn key(&self) -> String {
        format!("{} {}", self.one, self.other)
    }
}

impl Review {
    /// The list of the pairs of a content in practice, the least alike first.
    pub(crate) const CONTENT: &str = "content";
    /// The list of the pairs of a campaign, the least alike first.
    pub(crate) const CAMPAIGN: &str = "campaign";
}

impl Timeline {
    /// The list of a user's timelines.
    pub(crate) const OF_USER: &str = "user";

    /// What the timeline of a user in a content is stored under.
    pub(crate) fn key_of(user: &UserId, content: ContentId) -> String {
        format!("{content} {user}")
    }
}

impl Document for Review {
    const KIND: &'static str = "review of a pair";

    fn key(&self) -> String {
        self.pair.key()
    }

    fn terms(&self) -> Vec<Term> {
        let likeness = format!("{:07}", self.resemblance.millionths());
        vec![match &self.campaign {
            None => Term::listed(Self::CONTENT, &self.content, &likeness),
            Some(campaign) => Term::listed(Self::CAMPAIGN, campaign, &likeness),
        }]
    }
}

impl Document for Timeline {
    const KIND: &'static str = "timeline";

    fn key(&self) -> String {
        Self::key_of(&self.user, self.content)
    }

    fn terms(&self) -> Vec<Term> {
        vec![Term::listed(Self::OF_USER, &self.user, &self.content)]
    }
}
