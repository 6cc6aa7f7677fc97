//! Judging that goes on when the caller has left.

use std::sync::Arc;
use std::time::Duration;

use polycode_core::engine::Outcome;
use polycode_core::id::SubmissionId;
use polycode_core::{Engine, EngineError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, broadcast, watch};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tracing::Instrument;

use crate::traces;

/// Judges submissions, each in a task of its own: a caller who hangs up cancels nothing. What is
/// temporary is tried again; what is still pending when the process ends is judged by the next.
#[derive(Debug, Clone)]
pub(crate) struct Grader {
    engine: Engine,
    places: Arc<Semaphore>,
    listeners: Arc<Semaphore>,
    judged: broadcast::Sender<SubmissionId>,
    is_stopping: watch::Sender<bool>,
}

/// A place among the submissions that wait to be judged.
#[derive(Debug)]
pub(crate) struct Place(OwnedSemaphorePermit);

/// Somebody who is told what this process has judged.
#[derive(Debug)]
pub(crate) struct Listener {
    judged: broadcast::Receiver<SubmissionId>,
    is_stopping: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
}

impl Grader {
    const PLACES: u32 = 512;
    const LISTENERS: usize = 1_024;
    const NEWS: usize = 256;
    const TRIES: u32 = 10;
    const FIRST_PAUSE: Duration = Duration::from_millis(100);
    const LEFT_BEHIND: u32 = 100;

    pub(crate) fn new(engine: Engine) -> Self {
        Self {
            engine,
            places: Arc::new(Semaphore::new(Self::PLACES as usize)),
            listeners: Arc::new(Semaphore::new(Self::LISTENERS)),
            judged: broadcast::Sender::new(Self::NEWS),
            is_stopping: watch::Sender::new(false),
        }
    }

    /// A listener to what is judged from now on; none when too many listen already, or the
    /// server stops.
    pub(crate) fn listen(&self) -> Option<Listener> {
        let is_stopping = self.is_stopping.subscribe();
        if *is_stopping.borrow() {
            return None;
        }
        Some(Listener {
            _place: Arc::clone(&self.listeners).try_acquire_owned().ok()?,
            judged: self.judged.subscribe(),
            is_stopping,
        })
    }

    /// Lets all listeners go, for the server stops.
    pub(crate) fn dismiss(&self) {
        self.is_stopping.send_replace(true);
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
        let (engine, judged) = (self.engine.clone(), self.judged.clone());
        let span = traces::judging(id);
        let judging = async move {
            let graded = grade(&engine, id).instrument(span.clone()).await;
            if let Ok(outcome) = &graded {
                span.record("polycode.verdict", outcome.feedback.verdict.as_str());
            }
            // An error says that nobody listens.
            let _ = judged.send(id);
            drop(permit);
            graded
        };
        tokio::spawn(judging.in_current_span())
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

impl Listener {
    /// Waits until a submission may have been judged, and says whether to go on listening.
    pub(crate) async fn hear(&mut self, id: SubmissionId) -> bool {
        loop {
            tokio::select! {
                _ = self.is_stopping.changed() => return false,
                judged = self.judged.recv() => match judged {
                    Ok(other) if other != id => {}
                    // Whoever has missed some may have missed this one.
                    Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return true,
                    Err(broadcast::error::RecvError::Closed) => return false,
                },
            }
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
            // It was judged before, and is sent again.
            Err(error @ EngineError::Refused(_)) => return Err(error),
            Err(error) => {
                tracing::error!(submission = %id, %error, "a submission could not be judged");
                return Err(error);
            }
            graded => return graded,
        }
    }
    engine.grade(id).await
}
