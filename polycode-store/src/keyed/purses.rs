//! Joint purses, added up as they are asked for: all documents of the kind are read.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use polycode_core::id::UserId;
use polycode_core::port::{Page, PageRequest, PortError, Purse, Store, Term};
use polycode_core::quantity::Points;

use crate::page::{page_of, purse_place};

/// All purses of a kind, the fullest first.
pub(super) async fn all(store: &impl Store, kind: &'static str) -> Result<Vec<Purse>, PortError> {
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

/// A page of them.
pub(super) fn page(purses: Vec<Purse>, page: &PageRequest) -> Result<Page<Purse>, PortError> {
    let after = purse_place(page)?.map(|purse| (Reverse(purse.points), purse.key));
    let is_next = |purse: &Purse| match &after {
        Some((points, key)) => (Reverse(purse.points), &purse.key) > (*points, key),
        None => true,
    };
    let rest = purses.into_iter().filter(is_next).collect();
    Ok(page_of(rest, page, Purse::place))
}
