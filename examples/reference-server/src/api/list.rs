//! What all lists have in common.

use polycode_core::port::PageRequest;

/// A page as a list's parameters ask for it.
pub(super) fn page(after: Option<String>, limit: Option<u32>) -> PageRequest {
    let usual = PageRequest::default();
    PageRequest {
        after,
        limit: limit.unwrap_or(usual.limit),
    }
}
