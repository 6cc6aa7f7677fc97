//! What takes spans to the collector.

use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};

use crate::http;

/// Sends, and says in the log when that fails or works again, but not each time.
#[derive(Debug)]
pub(super) struct Sender {
    agent: ureq::Agent,
    fails: AtomicBool,
}

impl Sender {
    pub(super) fn new() -> anyhow::Result<Self> {
        Ok(Self {
            agent: http::agent()?,
            fails: AtomicBool::new(false),
        })
    }

    fn note(&self, failure: Option<String>) {
        let failed_before = self.fails.swap(failure.is_some(), Ordering::Relaxed);
        match (failed_before, failure) {
            (false, Some(error)) => tracing::warn!(error, "traces can't be sent"),
            (true, None) => tracing::info!("traces are sent again"),
            _ => {}
        }
    }
}

#[async_trait]
impl HttpClient for Sender {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        // The thread that calls does nothing but this: it can wait.
        let answered = http::ask(&self.agent, request.map(Vec::from));
        self.note(match &answered {
            Ok(answer) if answer.status().is_success() => None,
            Ok(answer) => Some(format!("the collector answers {}", answer.status())),
            Err(error) => Some(error.to_string()),
        });
        Ok(answered?.map(Bytes::from))
    }
}
