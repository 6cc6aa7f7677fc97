//! SY-1, SY-2: sign-in by an OpenID Connect provider, and its access tokens. The provider says
//! who somebody is and what they are; what follows from it is decided here.

mod http;
mod identity;
mod provider;
mod routes;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use polycode_core::permission::Role;
use tokio::sync::Mutex;

use crate::error::ApiError;
pub(crate) use identity::{Grant, Identity};
use provider::{Provider, Refused};
pub(crate) use routes::routes;

/// How a provider is reached, and what is believed of it.
#[derive(Clone)]
pub struct OpenIdSettings {
    /// The provider's own address, such as `https://sso.example.org/realms/school`.
    pub issuer: String,
    /// What the provider knows this server as.
    pub client_id: String,
    /// The secret of the client.
    pub client_secret: String,
    /// The audience of access tokens that are meant for this server's API.
    pub audience: String,
    /// Which of the provider's roles are which of ours; a role that is named like one of ours is
    /// that one when there are none.
    pub roles: BTreeMap<String, Role>,
    /// Where this server is reached, without a slash at the end.
    pub public_url: String,
    /// How long a session goes on before the provider is asked whether it still does.
    pub recheck: SignedDuration,
}

impl OpenIdSettings {
    /// The role of ours with this name, if a provider can give it.
    pub fn role(name: &str) -> Option<Role> {
        identity::ours(name)
    }
}

/// Keeps the secret out of logs.
impl fmt::Debug for OpenIdSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenIdSettings")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// A provider that signs people in. It is asked when it is needed first, so that a server starts
/// while its provider does not answer.
#[derive(Clone)]
pub struct OpenId {
    settings: Arc<OpenIdSettings>,
    agent: ureq::Agent,
    held: Arc<Mutex<Held>>,
}

impl fmt::Debug for OpenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OpenId").field(&self.settings).finish()
    }
}

/// What is known of the provider.
#[derive(Default)]
struct Held {
    provider: Option<(Arc<Provider>, Instant)>,
    /// When it was asked anew.
    asked: Option<Instant>,
}

impl OpenId {
    /// How long what is known of the provider is believed without asking again.
    const KEEP: Duration = Duration::from_mins(10);
    /// How often it is asked at most: anybody can send a token with a key that nobody knows.
    const PAUSE: Duration = Duration::from_mins(1);

    /// A provider with these settings.
    ///
    /// # Errors
    /// When an address is none or is not encrypted, or the audience is the client itself, which
    /// is what ID tokens are for.
    pub fn new(settings: OpenIdSettings) -> anyhow::Result<Self> {
        let issuer = openidconnect::url::Url::parse(&settings.issuer);
        let issuer = issuer.context("the issuer is no address")?;
        let is_near = matches!(issuer.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
        ensure!(
            issuer.scheme() == "https" || is_near,
            "the issuer is reached by https"
        );
        ensure!(
            settings.audience != settings.client_id,
            "the audience is another name than the client's id"
        );
        Ok(Self {
            settings: Arc::new(settings),
            agent: http::agent()?,
            held: Arc::default(),
        })
    }

    /// What an access token says, if it is good now.
    pub(crate) async fn check(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<Identity>, ApiError> {
        let known = self.provider(Asked::IfOld).await?;
        let checked = match known.check(&self.settings, token, now) {
            Err(Refused::UnknownKey) => {
                let anew = self.provider(Asked::Anew).await?;
                anew.check(&self.settings, token, now)
            }
            checked => checked,
        };
        match checked {
            Ok(identity) => Ok(Some(identity)),
            Err(refused) => {
                tracing::debug!(%refused, "an access token is not good");
                Ok(None)
            }
        }
    }

    /// Does something with the provider, apart from what must not wait.
    async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Provider, &OpenIdSettings, &ureq::Agent) -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let provider = self.provider(Asked::IfOld).await?;
        let (settings, agent) = (Arc::clone(&self.settings), self.agent.clone());
        let asked = tokio::task::spawn_blocking(move || work(&provider, &settings, &agent));
        asked.await.map_err(|panic| ApiError::internal(&panic))
    }

    /// What is known of the provider. What was known goes on to hold while it does not answer.
    async fn provider(&self, asked: Asked) -> Result<Arc<Provider>, ApiError> {
        let mut held = self.held.lock().await;
        let is_good = match (&held.provider, asked) {
            (Some((_, since)), Asked::IfOld) => since.elapsed() < Self::KEEP,
            (Some(_), Asked::Anew) | (None, _) => false,
        };
        let is_too_soon = |at: Instant| held.provider.is_some() && at.elapsed() < Self::PAUSE;
        if !is_good && !held.asked.is_some_and(is_too_soon) {
            // Learning of it first is not asking again.
            held.asked = held.provider.is_some().then(Instant::now);
            let (settings, agent) = (Arc::clone(&self.settings), self.agent.clone());
            let discovering =
                tokio::task::spawn_blocking(move || Provider::discover(&settings, &agent));
            match discovering
                .await
                .map_err(|panic| ApiError::internal(&panic))?
            {
                Ok(provider) => held.provider = Some((Arc::new(provider), Instant::now())),
                Err(error) => tracing::warn!(%error, "the OpenID provider did not answer"),
            }
        }
        let provider = held
            .provider
            .as_ref()
            .map(|(provider, _)| Arc::clone(provider));
        provider.ok_or_else(|| {
            let message = "the sign-in service does not answer: try again in a moment";
            ApiError::new(StatusCode::SERVICE_UNAVAILABLE, message)
        })
    }
}

/// When the provider is asked about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// When what is known is old.
    IfOld,
    /// In any case, unless it was just now.
    Anew,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(issuer: &str, audience: &str) -> OpenIdSettings {
        OpenIdSettings {
            issuer: issuer.to_owned(),
            client_id: "polycode".to_owned(),
            client_secret: "secret".to_owned(),
            audience: audience.to_owned(),
            roles: BTreeMap::new(),
            public_url: "https://code.example.org".to_owned(),
            recheck: SignedDuration::from_mins(1),
        }
    }

    #[test]
    fn a_provider_is_reached_in_safety_and_its_id_tokens_open_no_api() {
        let https = "https://sso.example.org/realms/school";
        assert!(OpenId::new(settings(https, "polycode-api")).is_ok());
        assert!(OpenId::new(settings("http://127.0.0.1:3000", "polycode-api")).is_ok());
        let refused = |issuer, audience| OpenId::new(settings(issuer, audience)).unwrap_err();
        assert!(
            refused("http://sso.example.org", "x")
                .to_string()
                .contains("https")
        );
        assert!(
            refused("http://127.0.0.1.example.org", "x")
                .to_string()
                .contains("https")
        );
        assert!(refused("sso", "x").to_string().contains("no address"));
        assert!(refused(https, "polycode").to_string().contains("audience"));
    }

    #[test]
    fn the_secret_stays_out_of_logs() {
        let shown = format!("{:?}", settings("https://sso.example.org", "api"));
        assert!(!shown.contains("\"secret\""), "{shown}");
    }
}
