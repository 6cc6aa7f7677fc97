//! Work that takes a while, done apart from what must not wait, and a few pieces at a time.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;

use crate::error::ApiError;

/// Places where work is done.
#[derive(Debug, Clone)]
pub(crate) struct Workshop(Arc<Semaphore>);

/// A place where one piece of work is done.
#[derive(Debug)]
pub(crate) struct Workplace(OwnedSemaphorePermit);

impl Workshop {
    /// So many places.
    pub(crate) fn new(places: usize) -> Self {
        Self(Arc::new(Semaphore::new(places)))
    }

    /// Waits for a place. Who needs much memory for the work gathers it only then.
    pub(crate) async fn enter(&self) -> Result<Workplace, ApiError> {
        let place = Arc::clone(&self.0).acquire_owned().await;
        place
            .map(Workplace)
            .map_err(|error| ApiError::internal(&error))
    }
}

impl Workplace {
    /// Does a piece of work. Until it is done the place is taken, even when the caller hangs up.
    pub(crate) async fn work<T: Send + 'static>(
        self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let Self(place) = self;
        let work = move || {
            let done = work();
            drop(place);
            done
        };
        let done = spawn_blocking(work).await;
        done.map_err(|panic| ApiError::internal(&panic))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn given_a_caller_who_hangs_up_when_the_work_goes_on_then_its_place_is_taken() {
        let workshop = Workshop::new(1);
        let (finish, told_to_finish) = std::sync::mpsc::channel::<()>();
        let place = workshop.enter().await.unwrap();
        let working = tokio::spawn(place.work(move || told_to_finish.recv()));
        tokio::task::yield_now().await;
        working.abort();
        assert!(working.await.unwrap_err().is_cancelled());
        assert_eq!(workshop.0.available_permits(), 0);
        finish.send(()).unwrap();
        assert!(workshop.enter().await.is_ok());
    }
}
