//! Keyset paging: a page ends with the key of its last item, and the next one starts after it.

use polycode_core::port::{Page, PageRequest, PortError};
use uuid::Uuid;

/// How many rows to read for a page: one more than wanted, to see whether there is a next one.
pub(crate) fn rows_for(page: &PageRequest) -> u32 {
    page.limit.max(1).saturating_add(1)
}

/// The id that a page of a list ordered by id starts after.
pub(crate) fn after_id(page: &PageRequest) -> Result<Option<Uuid>, PortError> {
    let parse = |after: &String| {
        Uuid::parse_str(after)
            .map_err(|_| PortError::permanent("`after` is not what a page gave as `next`"))
    };
    page.after.as_ref().map(parse).transpose()
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
