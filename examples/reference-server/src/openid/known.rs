//! What is known of the provider, and when it is asked about itself.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Mutex, OwnedMutexGuard, watch};
use tokio::task::spawn_blocking;

use super::provider::{Provider, Refused};
use super::{OpenId, OpenIdSettings};

/// How long what is known of the provider is believed without asking again.
const KEEP: Duration = Duration::from_mins(10);
/// How often it is asked at most before that: anybody can send a token with a key that nobody
/// knows.
const PAUSE: Duration = Duration::from_mins(1);
/// The same while nothing is known of it.
const FIRST_PAUSE: Duration = Duration::from_secs(5);

/// What is known of the provider.
#[derive(Default)]
pub(super) struct Known {
    provider: watch::Sender<Option<(Arc<Provider>, Instant)>>,
    /// Held by the one who asks: when the provider was asked out of turn, or did not answer.
    asked: Arc<Mutex<Option<Instant>>>,
}

/// When the provider is asked about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// When what is known is old.
    IfOld,
    /// In any case, unless it was just now.
    Anew,
}

impl Known {
    fn get(&self) -> Option<(Arc<Provider>, Instant)> {
        self.provider.borrow().clone()
    }
}

impl OpenId {
    /// What is known of the provider. What was known goes on to hold while it does not answer.
    pub(super) async fn provider(&self, asked: Asked) -> Result<Arc<Provider>, Refused> {
        let known = self.known.get();
        let turn = Arc::clone(&self.known.asked);
        let turn = match known {
            Some((provider, since)) if asked == Asked::IfOld => {
                if since.elapsed() < KEEP {
                    return Ok(provider);
                }
                // Who has something to go on with does not wait for another who asks.
                match turn.try_lock_owned() {
                    Ok(turn) => turn,
                    Err(_) => return Ok(provider),
                }
            }
            _ => turn.lock_owned().await,
        };
        // It is asked to the end when the caller hangs up: otherwise the next would ask again.
        let learning = tokio::spawn(self.clone().learn(turn, asked));
        learning.await.map_err(Refused::silent)?;
        let known = self.known.get();
        let unknown = || Refused::silent("nothing is known of it yet");
        known.map(|(provider, _)| provider).ok_or_else(unknown)
    }

    /// Asks the provider about itself, unless somebody has done so just now.
    async fn learn(self, mut last: OwnedMutexGuard<Option<Instant>>, asked: Asked) {
        let known = self.known.get();
        let is_young = known
            .as_ref()
            .is_some_and(|(_, since)| since.elapsed() < KEEP);
        let pause = if known.is_some() { PAUSE } else { FIRST_PAUSE };
        let is_too_soon = last.is_some_and(|at| at.elapsed() < pause);
        if is_too_soon || (is_young && asked == Asked::IfOld) {
            return;
        }
        let (settings, agent) = (Arc::clone(&self.settings), self.agent.clone());
        let discovering = spawn_blocking(move || Provider::discover(&settings, &agent));
        let found = discovering.await.map_err(Refused::silent).flatten();
        let is_in_turn = found.is_ok() && asked == Asked::IfOld;
        match found {
            Ok(provider) => {
                let found = Some((Arc::new(provider), Instant::now()));
                self.known.provider.send_replace(found);
            }
            Err(error) => tracing::warn!(%error, "the OpenID provider can't be used"),
        }
        *last = (!is_in_turn).then(Instant::now);
    }

    /// Asks the provider for something, apart from what must not wait.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Provider, &ureq::Agent) -> Result<T, Refused> + Send + 'static,
    ) -> Result<T, Refused> {
        let provider = self.provider(Asked::IfOld).await?;
        let agent = self.agent.clone();
        let asked = spawn_blocking(move || work(&provider, &agent));
        asked.await.map_err(Refused::silent)?
    }

    /// Reads what the provider has signed; by its new keys, where those that are known don't fit.
    pub(super) async fn read<T: Send>(
        &self,
        read: impl Fn(&Provider, &OpenIdSettings) -> Result<T, Refused> + Send,
    ) -> Result<T, Refused> {
        let known = self.provider(Asked::IfOld).await?;
        match read(&known, &self.settings) {
            Err(Refused::UnknownKey) => {}
            done => return done,
        }
        let anew = self.provider(Asked::Anew).await?;
        read(&anew, &self.settings)
    }
}
