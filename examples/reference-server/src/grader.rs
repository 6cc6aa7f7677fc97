//! Judging that goes on when the caller has left.

use std::sync::Arc;
use std::time::Duration;

use polycode_core::engine::Outcome;
use polycode_core::id::SubmissionId;
use polycode_core::{Engine, EngineError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// Judges submissions, each in a task of its own: a caller who hangs up cancels nothing. What is
/// temporary is tried again; what is still pending when the process ends is judged by the next.
#[derive(Debug, Clone)]
pub(crate) struct Grader {
    engine: Engine,
    places: Arc<Semaphore>,
}

/// A place among the submissions that wait to be judged.
#[derive(Debug)]
pub(crate) struct Place(OwnedSemaphorePermit);

impl Grader {
    const PLACES: u32 = 512;
    const TRIES: u32 = 10;
    const FIRST_PAUSE: Duration = Duration::from_millis(100);
    const LEFT_BEHIND: u32 = 100;

    pub(crate) fn new(engine: Engine) -> Self {
        Self {
            engine,
            places: Arc::new(Semaphore::new(Self::PLACES as usize)),
        }
    }

    /// A place for one more submission; none when too many wait already.
    pub(crate) fn admit(&self) -> Option<Place> {
        let permit = Arc::clone(&self.places).try_acquire_owned();
        permit.ok().map(Place)
    }

    /// Starts to judge a submission.
    pub(crate) fn start(
        &self,
        Place(permit): Place,
        id: SubmissionId,
    ) -> JoinHandle<Result<Outcome, EngineError>> {
        let engine = self.engine.clone();
        tokio::spawn(async move {
            let graded = grade(&engine, id).await;
            drop(permit);
            graded
        })
    }

    /// Judges what an earlier process received and did not judge.
    pub(crate) async fn recover(&self) {
        loop {
            match self.engine.grade_pending(Self::LEFT_BEHIND).await {
                Ok(0) => return,
                Ok(count) => tracing::info!(count, "graded submissions left behind"),
                Err(error) => {
                    tracing::error!(%error, "submissions left behind could not be graded");
                    return;
                }
            }
        }
    }

    /// Waits until everything that was started is judged, or patience ends.
    pub(crate) async fn drain(&self, patience: Duration) {
        let all = self.places.acquire_many(Self::PLACES);
        if timeout(patience, all).await.is_err() {
            tracing::warn!("submissions are still pending: they are judged after the next start");
        }
    }
}

async fn grade(engine: &Engine, id: SubmissionId) -> Result<Outcome, EngineError> {
    let mut pause = Grader::FIRST_PAUSE;
    for _ in 1..Grader::TRIES {
        match engine.grade(id).await {
            Err(error) if error.is_temporary() => {
                tracing::warn!(submission = %id, %error, "judging is tried again");
                sleep(pause).await;
                pause *= 2;
            }
            Err(error) => {
                tracing::error!(submission = %id, %error, "a submission could not be judged");
                return Err(error);
            }
            graded => return graded,
        }
    }
    engine.grade(id).await
}
