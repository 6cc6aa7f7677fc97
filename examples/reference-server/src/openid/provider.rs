//! What is asked of the provider. Everything here that is handed an agent waits for the network and
//! is called apart.

use std::borrow::Cow;

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType,
    CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
    CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::url::Url;
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, IdToken, IdTokenFields, IssuerUrl, LogoutRequest, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl,
    ProviderMetadataWithLogout, RedirectUrl, RefreshToken, RequestTokenError, Scope,
    StandardErrorResponse, StandardTokenResponse,
};

use super::OpenIdSettings;
use super::identity::{Claims, Departure};
use crate::error::{ApiError, ErrorCode};
use crate::http;

pub(super) type Algorithm = CoreJwsSigningAlgorithm;
/// A token that the provider has signed.
pub(super) type Token =
    IdToken<Claims, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, Algorithm>;
type Fields = IdTokenFields<
    Claims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    Algorithm,
>;
type Tokens = StandardTokenResponse<Fields, CoreTokenType>;
type Client = openidconnect::Client<
    Claims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What is known of a provider.
pub(super) struct Provider {
    pub(super) metadata: ProviderMetadataWithLogout,
    client: Client,
}

/// Why something is not believed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    /// The provider may have a new key.
    #[error("it is signed with a key that is not known")]
    UnknownKey,
    /// It is not good.
    #[error("{0}")]
    NotGood(String),
    /// The provider did not answer, or not in a way that can be understood.
    #[error("the provider did not answer: {0}")]
    Silent(String),
}

/// Somebody who is sent to the provider.
pub(super) struct Sent {
    /// Where to.
    pub(super) url: Url,
    /// What they come back with.
    pub(super) state: String,
    pub(super) departure: Departure,
}

/// What the provider gave. It is not believed yet, but can't be asked for again.
pub(super) struct Given {
    pub(super) tokens: Tokens,
    /// What its ID token has in it, if it was given at a sign-in.
    pub(super) nonce: Option<Nonce>,
}

impl Provider {
    /// Asks the provider about itself and its keys.
    pub(super) fn discover(
        settings: &OpenIdSettings,
        agent: &ureq::Agent,
    ) -> Result<Self, Refused> {
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(Refused::not_good)?;
        let ask = |request| http::ask(agent, request);
        let metadata =
            ProviderMetadataWithLogout::discover(&issuer, &ask).map_err(Refused::silent)?;
        let client = Client::from_provider_metadata(
            metadata.clone(),
            ClientId::new(settings.client_id.clone()),
            Some(ClientSecret::new(settings.client_secret.clone())),
        );
        Ok(Self { metadata, client })
    }

    /// Where to send somebody, with a proof key (RFC 7636). They come back to an address of the
    /// server, and go on to a path of it.
    pub(super) fn depart(&self, back: &RedirectUrl, next: String) -> Sent {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let request = self
            .client
            .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
            .add_scopes(["email", "profile"].map(|scope| Scope::new(scope.to_owned())))
            .set_redirect_uri(Cow::Borrowed(back))
            .set_pkce_challenge(challenge);
        let (url, state, nonce) = request.url();
        let departure = Departure {
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
            next,
        };
        Sent {
            url,
            state: state.into_secret(),
            departure,
        }
    }

    /// Takes the code that somebody comes back with for what the provider says of them.
    pub(super) fn exchange(
        &self,
        agent: &ureq::Agent,
        code: String,
        back: &RedirectUrl,
        departure: Departure,
    ) -> Result<Given, Refused> {
        let ask = |request| http::ask(agent, request);
        let code = AuthorizationCode::new(code);
        let exchange = self.client.exchange_code(code).map_err(Refused::not_good)?;
        let exchange = exchange
            .set_redirect_uri(Cow::Borrowed(back))
            .set_pkce_verifier(PkceCodeVerifier::new(departure.verifier));
        Ok(Given {
            tokens: exchange.request(&ask).map_err(of_request)?,
            nonce: Some(Nonce::new(departure.nonce)),
        })
    }

    /// Asks for what the provider says now of somebody who has signed in.
    pub(super) fn renew(
        &self,
        agent: &ureq::Agent,
        refresh_token: String,
    ) -> Result<Given, Refused> {
        let ask = |request| http::ask(agent, request);
        let old = RefreshToken::new(refresh_token);
        let exchange = self.client.exchange_refresh_token(&old);
        let exchange = exchange.map_err(Refused::not_good)?;
        Ok(Given {
            tokens: exchange.request(&ask).map_err(of_request)?,
            nonce: None,
        })
    }

    /// Where to send somebody who signs out, to sign out there too.
    pub(super) fn farewell(
        &self,
        settings: &OpenIdSettings,
        id_token: &str,
        back: &str,
    ) -> Option<Url> {
        let endpoint = self
            .metadata
            .additional_metadata()
            .end_session_endpoint
            .clone()?;
        let token: Token = id_token.parse().ok()?;
        let back = PostLogoutRedirectUrl::new(back.to_owned()).ok()?;
        let request = LogoutRequest::from(endpoint)
            .set_id_token_hint(&token)
            .set_client_id(ClientId::new(settings.client_id.clone()))
            .set_post_logout_redirect_uri(back);
        Some(request.http_get_url())
    }
}

impl Given {
    /// What the next renewal is asked for with, if the provider has changed it.
    pub(super) fn refresh_token(&self) -> Option<&str> {
        let token = self.tokens.refresh_token();
        token.map(|token| token.secret().as_str())
    }
}

impl Refused {
    #[expect(clippy::needless_pass_by_value, reason = "errors are handed on to it")]
    pub(super) fn not_good(error: impl ToString) -> Self {
        Self::NotGood(error.to_string())
    }

    #[expect(clippy::needless_pass_by_value, reason = "errors are handed on to it")]
    pub(super) fn silent(error: impl ToString) -> Self {
        Self::Silent(error.to_string())
    }
}

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotGood(_) | Refused::UnknownKey => {
                Self::new(ErrorCode::SignInFailed, "the sign-in was not completed")
            }
            Refused::Silent(_) => {
                let message = "the sign-in service does not answer: try again in a moment";
                Self::new(ErrorCode::SignInUnavailable, message)
            }
        }
    }
}

/// Only what was granted can be at an end; whatever else the provider says is its own trouble, or
/// that of this server's settings.
fn of_request(
    error: RequestTokenError<ureq::Error, StandardErrorResponse<CoreErrorResponseType>>,
) -> Refused {
    match error {
        RequestTokenError::ServerResponse(answer)
            if *answer.error() == CoreErrorResponseType::InvalidGrant =>
        {
            Refused::not_good(answer)
        }
        RequestTokenError::Request(error) => Refused::silent(error),
        other => Refused::silent(other),
    }
}
