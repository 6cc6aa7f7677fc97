//! Joint purses: what the wallets of those whom a document names as holders come to together.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::id::UserId;
use crate::port::{Page, PageRequest, PortError, Store, Term};
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

/// All purses of a kind, the fullest first, read document by document: for stores that do not keep
/// them in this order.
pub(super) async fn all(
    store: &(impl Store + ?Sized),
    kind: &'static str,
) -> Result<Vec<Purse>, PortError> {
    let mut purses = BTreeSet::new();
    let mut after = None;
    loop {
        let limit = PageRequest::MAX;
        let page = PageRequest { after, limit };
        let Page { items, next } = store.documents_of(kind, page).await?;
        for placed in items {
            let holders = placed.terms.iter().filter(|term| term.name == Term::HOLDER);
            let mut points = None;
            for holder in holders {
                let held = points.get_or_insert(0_u64);
                if let Ok(user) = UserId::new(&holder.value) {
                    let wallet = store.wallet(&user).await?;
                    let balance = wallet.map_or(0, |wallet| wallet.value.balance.0);
                    *held = held.saturating_add(balance);
                }
            }
            purses.extend(points.map(|points| (Reverse(Points(points)), placed.document.key)));
        }
        after = next;
        if after.is_none() {
            break;
        }
    }
    let purse = |(Reverse(points), key)| Purse { key, points };
    Ok(purses.into_iter().map(purse).collect())
}

/// A page of purses that are in their order.
pub(super) fn page(purses: Vec<Purse>, page: &PageRequest) -> Result<Page<Purse>, PortError> {
    let after = page.after.as_deref().map(|after| {
        let purse = Purse::at(after)
            .ok_or_else(|| PortError::permanent("`after` is not what a page gave as `next`"))?;
        Ok::<_, PortError>((Reverse(purse.points), purse.key))
    });
    let after = after.transpose()?;
    let is_next = |purse: &Purse| match &after {
        Some((points, key)) => (Reverse(purse.points), &purse.key) > (*points, key),
        None => true,
    };
    let limit = usize::try_from(page.limit.max(1)).unwrap_or(usize::MAX);
    let mut rest = purses.into_iter().filter(is_next);
    let items: Vec<_> = rest.by_ref().take(limit).collect();
    let next = items
        .last()
        .filter(|_| rest.next().is_some())
        .map(Purse::place);
    Ok(Page { items, next })
}
