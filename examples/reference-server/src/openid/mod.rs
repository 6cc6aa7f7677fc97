//! SY-1, SY-2: sign-in by an OpenID Connect provider, and its access tokens. The provider says
//! who somebody is and what they are; what follows from it is decided here.

mod belief;
mod identity;
mod known;
mod provider;
mod renewal;
mod routes;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use anyhow::{Context, ensure};
use jiff::{SignedDuration, Timestamp};
use polycode_core::permission::Role;

use crate::error::ApiError;
use crate::http;
pub(crate) use identity::{Departure, Grant, Identity};
use known::Known;
use provider::{Refused, Token};
pub(crate) use routes::{is_step, routes};

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
    known: Arc<Known>,
}

impl fmt::Debug for OpenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OpenId").field(&self.settings).finish()
    }
}

impl OpenId {
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
            known: Arc::default(),
        })
    }

    /// What an access token says, if it is good now.
    pub(crate) async fn check(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<Identity>, ApiError> {
        // What is no token at all is not worth asking the provider about itself.
        let Ok(token) = token.parse::<Token>() else {
            return Ok(None);
        };
        let checked = self.read(|provider, settings| provider.check(settings, &token, now));
        match checked.await {
            Ok(identity) => Ok(Some(identity)),
            Err(silent @ Refused::Silent(_)) => Err(silent.into()),
            Err(refused) => {
                tracing::debug!(%refused, "an access token is not good");
                Ok(None)
            }
        }
    }
}

#[cfg(test)]
mod tests;
