//! A server that shows how to embed PolyCode, and that a school can run: REST over every use case
//! of the engine, an OpenAPI document made from the same types, accounts, mails, and one page to
//! solve exercises in.
//!
//! [`app`] turns a [`Server`] into a router that can be merged into any axum application;
//! [`serve_until`] also does what is due, sends mails, grades what an earlier process left behind
//! and stops gracefully.
#![forbid(unsafe_code)]

pub mod accounts;
mod api;
mod audit;
mod caller;
mod chart;
mod clockwork;
mod content_ref;
mod docs;
mod error;
mod extract;
mod grader;
mod guard;
mod http;
mod idempotency;
mod limit;
mod links;
mod log;
pub mod mail;
mod markdown;
mod metrics;
mod openid;
mod page;
mod readiness;
mod report;
mod service;
mod serving;
mod shell;
mod traces;
mod upload;
mod view;
mod workbook;
mod workshop;

pub use content_ref::ContentRef;
pub use error::{ApiError, ErrorBody, ErrorCode, ErrorItem};
pub use limit::Rates;
pub use log::{LogFormat, begin_log};
pub use openid::{OpenId, OpenIdSettings};
pub use report::{ReportFonts, ReportFontsError};
pub use service::{Guests, Server, Settings};
pub use serving::{app, asked_to_stop, serve, serve_until};
pub use traces::Traces;
pub use view::{ContentEntry, ContentPage, Html, SubmissionDetails};
