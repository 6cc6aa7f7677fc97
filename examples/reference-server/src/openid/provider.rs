//! What is asked of the provider, and how its tokens are checked. Everything here waits for the
//! network and is called apart.

use chrono::{DateTime, TimeDelta, Utc};
use jiff::Timestamp;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType,
    CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
    CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::url::Url;
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdToken, IdTokenClaims,
    IdTokenFields, IdTokenVerifier, IssuerUrl, JsonWebTokenType, LogoutRequest, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl,
    ProviderMetadataWithLogout, RedirectUrl, RefreshToken, RequestTokenError, Scope,
    SignatureVerificationError, StandardErrorResponse, StandardTokenResponse, TokenResponse,
};

use super::OpenIdSettings;
use super::http;
use super::identity::{Claims, Grant, Identity};

type Algorithm = CoreJwsSigningAlgorithm;
type Token = IdToken<Claims, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, Algorithm>;
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

/// How tokens may be signed: by keys of which only the provider has the secret half.
const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RsaSsaPkcs1V15Sha256,
    Algorithm::RsaSsaPkcs1V15Sha384,
    Algorithm::RsaSsaPkcs1V15Sha512,
    Algorithm::RsaSsaPssSha256,
    Algorithm::RsaSsaPssSha384,
    Algorithm::RsaSsaPssSha512,
    Algorithm::EcdsaP256Sha256,
    Algorithm::EcdsaP384Sha384,
    Algorithm::EdDsa,
];
/// How far the provider's clock may be ahead.
const LEEWAY: TimeDelta = TimeDelta::seconds(30);

/// What is known of a provider.
pub(super) struct Provider {
    metadata: ProviderMetadataWithLogout,
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
pub(super) struct Departure {
    pub(super) url: Url,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
}

/// Somebody who comes back.
pub(super) struct Return {
    pub(super) code: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
}

impl Provider {
    /// Asks the provider about itself and its keys.
    pub(super) fn discover(
        settings: &OpenIdSettings,
        agent: &ureq::Agent,
    ) -> Result<Self, Refused> {
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(not_good)?;
        let ask = |request| http::ask(agent, request);
        let metadata = ProviderMetadataWithLogout::discover(&issuer, &ask).map_err(silent)?;
        let redirect = format!("{}/openid/callback", settings.public_url);
        let client = Client::from_provider_metadata(
            metadata.clone(),
            ClientId::new(settings.client_id.clone()),
            Some(ClientSecret::new(settings.client_secret.clone())),
        )
        .set_redirect_uri(RedirectUrl::new(redirect).map_err(not_good)?);
        Ok(Self { metadata, client })
    }

    /// Where to send somebody, with a proof key (RFC 7636).
    pub(super) fn depart(&self) -> Departure {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let request = self
            .client
            .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
            .add_scopes(["email", "profile"].map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(challenge);
        let (url, state, nonce) = request.url();
        Departure {
            url,
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        }
    }

    /// Takes the code that somebody comes back with for what the provider says of them.
    pub(super) fn arrive(
        &self,
        settings: &OpenIdSettings,
        agent: &ureq::Agent,
        back: Return,
        now: Timestamp,
    ) -> Result<Grant, Refused> {
        let ask = |request| http::ask(agent, request);
        let code = AuthorizationCode::new(back.code);
        let exchange = self.client.exchange_code(code).map_err(not_good)?;
        let exchange = exchange.set_pkce_verifier(PkceCodeVerifier::new(back.verifier));
        let tokens = exchange.request(&ask).map_err(of_request)?;
        let token = tokens.id_token().ok_or_else(|| not_good("no ID token"))?;
        let verifier = self.verifier(&settings.client_id, now);
        let claims = token.claims(&verifier, &Nonce::new(back.nonce));
        let claims = claims.map_err(of_claims)?;
        if let Some(expected) = claims.access_token_hash() {
            let algorithm = token.signing_alg().map_err(not_good)?;
            let key = token.signing_key(&verifier).map_err(not_good)?;
            let hash = AccessTokenHash::from_token(tokens.access_token(), algorithm, key);
            if hash.map_err(not_good)? != *expected {
                return Err(not_good("the access token is another one"));
            }
        }
        let identity = self.identity(settings, claims, now)?;
        Ok(grant(identity, token, &tokens))
    }

    /// Asks for what the provider says now of somebody who has signed in.
    pub(super) fn refresh(
        &self,
        settings: &OpenIdSettings,
        agent: &ureq::Agent,
        refresh_token: String,
        now: Timestamp,
    ) -> Result<Option<Grant>, Refused> {
        let ask = |request| http::ask(agent, request);
        let old = RefreshToken::new(refresh_token);
        let exchange = self.client.exchange_refresh_token(&old).map_err(not_good)?;
        let tokens = exchange.request(&ask).map_err(of_request)?;
        // A provider need not send another ID token: then nothing has changed.
        let Some(token) = tokens.id_token() else {
            return Ok(None);
        };
        let verifier = self.verifier(&settings.client_id, now);
        let any = |_: Option<&Nonce>| Ok(());
        let claims = token.claims(&verifier, any).map_err(of_claims)?;
        let identity = self.identity(settings, claims, now)?;
        let mut grant = grant(identity, token, &tokens);
        grant.refresh_token.get_or_insert_with(|| old.into_secret());
        Ok(Some(grant))
    }

    /// What an access token (RFC 9068) says, if it is good now.
    pub(super) fn check(
        &self,
        settings: &OpenIdSettings,
        token: &str,
        now: Timestamp,
    ) -> Result<Identity, Refused> {
        let token: Token = token.parse().map_err(not_good)?;
        let verifier = self.verifier(&settings.audience, now);
        let any = |_: Option<&Nonce>| Ok(());
        let claims = token.claims(&verifier, any).map_err(of_claims)?;
        match claims.additional_claims().typ.as_deref() {
            None | Some("Bearer") => self.identity(settings, claims, now),
            Some(_) => Err(not_good("it is no access token")),
        }
    }

    /// Where to send somebody who signs out, to sign out there too.
    pub(super) fn farewell(&self, settings: &OpenIdSettings, id_token: &str) -> Option<Url> {
        let endpoint = self
            .metadata
            .additional_metadata()
            .end_session_endpoint
            .clone()?;
        let token: Token = id_token.parse().ok()?;
        let back = PostLogoutRedirectUrl::new(format!("{}/", settings.public_url)).ok()?;
        let request = LogoutRequest::from(endpoint)
            .set_id_token_hint(&token)
            .set_client_id(ClientId::new(settings.client_id.clone()))
            .set_post_logout_redirect_uri(back);
        Some(request.http_get_url())
    }

    fn verifier(&self, audience: &str, now: Timestamp) -> IdTokenVerifier<'static, CoreJsonWebKey> {
        let kinds = ["JWT", "at+jwt"].map(|kind| JsonWebTokenType::new(kind.to_owned()));
        let kinds = kinds.iter().filter_map(|kind| kind.normalize().ok());
        let now = instant(now);
        IdTokenVerifier::new_public_client(
            ClientId::new(audience.to_owned()),
            self.metadata.issuer().clone(),
            self.metadata.jwks().clone(),
        )
        .set_allowed_algs(ALGORITHMS)
        .set_allowed_jose_types(kinds)
        .set_other_audience_verifier_fn(|_| true)
        .set_time_fn(move || now)
        .set_issue_time_verifier_fn(move |issued| {
            let is_past = issued <= now + LEEWAY;
            is_past
                .then_some(())
                .ok_or_else(|| "it is of the future".to_owned())
        })
    }

    fn identity(
        &self,
        settings: &OpenIdSettings,
        claims: &IdTokenClaims<Claims, CoreGenderClaim>,
        now: Timestamp,
    ) -> Result<Identity, Refused> {
        let more = claims.additional_claims();
        #[expect(clippy::cast_precision_loss, reason = "seconds are few")]
        let latest = (instant(now) + LEEWAY).timestamp() as f64;
        if more.nbf.is_some_and(|begin| begin > latest) {
            return Err(not_good("it is not good yet"));
        }
        let is_verified = claims.email_verified() == Some(true);
        let address = claims.email().filter(|_| is_verified);
        let name = claims.name().and_then(|names| names.get(None));
        let name = name.map(|name| name.as_str());
        let short = claims.preferred_username().map(|name| name.as_str());
        let clients = [settings.client_id.as_str(), settings.audience.as_str()];
        Ok(Identity {
            issuer: self.metadata.issuer().to_string(),
            subject: claims.subject().to_string(),
            address: address.map(|address| address.as_str().to_owned()),
            name: name.or(short).unwrap_or("Somebody").to_owned(),
            roles: more.roles(&settings.roles, clients),
        })
    }
}

fn grant(identity: Identity, token: &Token, tokens: &Tokens) -> Grant {
    let refresh_token = tokens.refresh_token().map(|token| token.secret().clone());
    let lasts = tokens.expires_in().map(|lasts| lasts.as_secs());
    Grant {
        identity,
        id_token: token.to_string(),
        refresh_token,
        seconds: lasts
            .and_then(|lasts| i64::try_from(lasts).ok())
            .unwrap_or(0),
    }
}

fn instant(at: Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at.as_millisecond()).unwrap_or_default()
}

#[expect(clippy::needless_pass_by_value, reason = "errors are handed on to it")]
fn not_good(error: impl ToString) -> Refused {
    Refused::NotGood(error.to_string())
}

#[expect(clippy::needless_pass_by_value, reason = "errors are handed on to it")]
fn silent(error: impl ToString) -> Refused {
    Refused::Silent(error.to_string())
}

fn of_request(
    error: RequestTokenError<ureq::Error, StandardErrorResponse<CoreErrorResponseType>>,
) -> Refused {
    match error {
        RequestTokenError::ServerResponse(answer) => not_good(answer),
        other => silent(other),
    }
}

fn of_claims(error: ClaimsVerificationError) -> Refused {
    match error {
        ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::NoMatchingKey,
        ) => Refused::UnknownKey,
        other => not_good(other),
    }
}
