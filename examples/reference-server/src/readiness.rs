//! Whether requests should be sent to this process.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use polycode_core::Engine;
use polycode_core::catalogue::ContentQuery;
use polycode_core::engine::{RunProgram, run_program};
use polycode_core::permission::Actor;
use polycode_core::port::{PageRequest, SandboxError};
use serde_json::json;
use tokio::sync::Mutex;
use tokio::time::timeout;

use crate::accounts::Accounts;

/// Whether this process can do what it is for. Looking takes a query and a run of a program, so that
/// what was found holds for some seconds.
#[derive(Debug, Default)]
pub(crate) struct Readiness {
    is_leaving: AtomicBool,
    last: Mutex<Option<(Timestamp, Found)>>,
}

/// What is wrong, in words, if something is.
type Found = Result<(), &'static str>;

impl Readiness {
    const HOLDS: SignedDuration = SignedDuration::from_secs(5);
    const PATIENCE: Duration = Duration::from_secs(5);

    /// From now on requests are better sent elsewhere.
    pub(crate) fn leave(&self) {
        self.is_leaving.store(true, Ordering::Relaxed);
    }

    /// Looks whether everything answers that requests need.
    pub(crate) async fn check(&self, engine: &Engine, accounts: &Accounts) -> Found {
        if self.is_leaving.load(Ordering::Relaxed) {
            return Err("the server stops");
        }
        // Who asks meanwhile waits for what is found now.
        let mut last = self.last.lock().await;
        let now = accounts.time();
        if let Some((at, found)) = *last
            && now.duration_since(at) < Self::HOLDS
        {
            return found;
        }
        let looking = timeout(Self::PATIENCE, look(engine, accounts));
        let found = looking.await.unwrap_or(Err("it takes too long to answer"));
        if let Err(what) = found {
            tracing::error!(what, "the server is not ready");
        }
        *last = Some((now, found));
        found
    }
}

async fn look(engine: &Engine, accounts: &Accounts) -> Found {
    let page = PageRequest {
        limit: 1,
        ..PageRequest::default()
    };
    let (nobody, query) = (Actor::guest(), ContentQuery::default());
    let listed = engine.contents(&nobody, &query, page).await;
    listed.map_err(|_| "the store does not answer")?;
    let reached = accounts.reach().await;
    reached.map_err(|_| "the accounts do not answer")?;
    let files = json!({ "main.js": "0" });
    let program = json!({ "program": { "language": "javascript", "files": files } });
    let program: RunProgram = serde_json::from_value(program).map_err(|_| "no program to run")?;
    match run_program(engine.sandbox(), &program).await {
        // It may be busy, or have other languages: both say that it works.
        Err(SandboxError::Failed(error)) => {
            tracing::error!(%error, "nothing can be run");
            Err("programs can't be run")
        }
        _ => Ok(()),
    }
}
