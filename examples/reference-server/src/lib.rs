//! A server that shows how to embed PolyCode: REST, an OpenAPI document made from the same
//! types, and one page to solve exercises in. There are no accounts yet: every browser is a
//! guest of its own.
//!
//! [`app`] turns an engine into a router that can be merged into any axum application; [`serve`]
//! also grades what an earlier process left behind and stops gracefully.
#![forbid(unsafe_code)]

mod api;
mod content_ref;
mod docs;
mod error;
mod extract;
mod grader;
mod guest;
mod markdown;
mod page;
mod serving;
mod shell;
mod view;

pub use content_ref::ContentRef;
pub use error::{ApiError, ErrorBody, ErrorItem};
pub use serving::{app, asked_to_stop, serve, serve_until};
pub use view::{ContentEntry, ContentPage, Html, SubmissionDetails};
