//! Work that is called off before its end.

use std::future::Future;

use napi_derive::napi;
use polycode_bindings::{Failure, Json};
use tokio::sync::watch;

/// Calls work off that it was handed to.
#[napi]
#[derive(Debug)]
pub struct Cancel {
    is_cancelled: watch::Sender<bool>,
}

#[napi]
impl Cancel {
    /// Nothing is called off yet.
    #[napi(constructor)]
    pub fn new() -> Self {
        Self {
            is_cancelled: watch::Sender::new(false),
        }
    }

    /// Calls off what it was handed to, and what it will be handed to.
    #[napi]
    pub fn cancel(&self) {
        self.is_cancelled.send_replace(true);
    }

    /// Does work to its end, or until it is called off: the work is dropped then.
    pub(crate) fn unless<W: Future<Output = Result<Json, Failure>> + Send>(
        cancel: Option<&Self>,
        work: W,
    ) -> impl Future<Output = W::Output> + Send + use<W> {
        let is_cancelled = cancel.map(|cancel| cancel.is_cancelled.subscribe());
        async move {
            let Some(mut is_cancelled) = is_cancelled else {
                return work.await;
            };
            tokio::select! {
                done = work => done,
                _ = is_cancelled.wait_for(|is_cancelled| *is_cancelled) => {
                    Err(Failure::of_ours("the call was called off"))
                }
            }
        }
    }
}
