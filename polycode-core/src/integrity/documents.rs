//! How timelines are stored and found.

use crate::integrity::Timeline;
use crate::port::{Document, Term};

impl Timeline {
    /// The list of a user's timelines.
    pub(crate) const OF_USER: &str = "user";
}

impl Document for Timeline {
    const KIND: &'static str = "timeline";

    fn key(&self) -> String {
        format!("{}/{}", self.content, self.user)
    }

    fn terms(&self) -> Vec<Term> {
        vec![Term::listed(Self::OF_USER, &self.user, &self.content)]
    }
}
