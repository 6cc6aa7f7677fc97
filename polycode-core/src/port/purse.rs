//! Joint purses: what the wallets of those whom a document names as holders come to together.

use crate::quantity::Points;

/// The joint purse of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purse {
    /// What the document is known by.
    pub key: String,
    /// What its holders' wallets hold together.
    pub points: Points,
}

impl Purse {
    /// Its place among those of its kind, as a page of them gives it as `next`.
    pub fn place(&self) -> String {
        format!("{}/{}", self.points, self.key)
    }

    /// The purse that a place tells of, if it is one.
    pub fn at(place: &str) -> Option<Self> {
        let (points, key) = place.split_once('/')?;
        Some(Self {
            key: key.to_owned(),
            points: Points(points.parse().ok()?),
        })
    }
}
