//! How purchases are stored and found.

use crate::id::{ItemId, UserId};
use crate::polypoints::Purchase;
use crate::port::{Document, Term, sortable};

impl Purchase {
    /// The list of a user's purchases, oldest first.
    pub(crate) const OF_USER: &str = "user";

    /// What the purchase of an item by a user is known by: there is one at most.
    pub(crate) fn key_of(item: ItemId, user: &UserId) -> String {
        format!("{item}/{user}")
    }
}

impl Document for Purchase {
    const KIND: &'static str = "purchase";

    fn key(&self) -> String {
        Self::key_of(self.item, &self.user)
    }

    fn terms(&self) -> Vec<Term> {
        vec![Term::listed(Self::OF_USER, &self.user, &sortable(self.at))]
    }
}
