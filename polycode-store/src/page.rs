//! Keyset paging: a page ends with the key of its last item, and the next one starts after it.

use polycode_core::id::UserId;
use polycode_core::port::{ListPlace, Page, PageRequest, PortError, Purse};
use polycode_core::quantity::Points;
use uuid::Uuid;

/// How many rows to read for a page: one more than wanted, to see whether there is a next one.
pub(crate) fn rows_for(page: &PageRequest) -> u32 {
    page.limit.max(1).saturating_add(1)
}

/// The id that a page of a list ordered by id starts after.
pub(crate) fn after_id(page: &PageRequest) -> Result<Option<Uuid>, PortError> {
    let parse = |after: &String| Uuid::parse_str(after).map_err(|_| not_a_place());
    page.after.as_ref().map(parse).transpose()
}

/// The place that a page of a list of documents starts after.
pub(crate) fn list_place(page: &PageRequest) -> Result<Option<ListPlace>, PortError> {
    let read = |after: &String| ListPlace::read(after).ok_or_else(not_a_place);
    page.after.as_ref().map(read).transpose()
}

/// The wallet that a page of wallets starts after.
pub(crate) fn wallet_place(page: &PageRequest) -> Result<Option<(Points, UserId)>, PortError> {
    let read = |after: &String| {
        let (balance, user) = after.split_once('/').ok_or_else(not_a_place)?;
        let balance = balance.parse().map_err(|_| not_a_place())?;
        let user = UserId::new(user).map_err(|_| not_a_place())?;
        Ok((Points(balance), user))
    };
    page.after.as_ref().map(read).transpose()
}

/// The purse that a page of purses starts after.
pub(crate) fn purse_place(page: &PageRequest) -> Result<Option<Purse>, PortError> {
    let read = |after: &String| Purse::at(after).ok_or_else(not_a_place);
    page.after.as_ref().map(read).transpose()
}

fn not_a_place() -> PortError {
    PortError::permanent("`after` is not what a page gave as `next`")
}

/// The page of what was read for it by [`rows_for`].
pub(crate) fn page_of<T>(
    mut rows: Vec<T>,
    page: &PageRequest,
    key: impl Fn(&T) -> String,
) -> Page<T> {
    let limit = usize::try_from(page.limit.max(1)).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(key);
    Page { items: rows, next }
}
