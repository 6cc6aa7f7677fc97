//! What is believed of what a provider has signed: only what is meant for us, and good now.

use chrono::{DateTime, TimeDelta, Utc};
use jiff::Timestamp;
use openidconnect::core::{CoreGenderClaim, CoreJsonWebKey};
use openidconnect::{
    AccessTokenHash, ClaimsVerificationError, ClientId, IdTokenClaims, IdTokenVerifier,
    JsonWebTokenType, Nonce, OAuth2TokenResponse, SignatureVerificationError, TokenResponse,
};
use polycode_core::assessment::Address;
use polycode_core::permission::Role;

use super::OpenIdSettings;
use super::identity::{Claims, Grant, Identity, name_of};
use super::provider::{Algorithm, Given, Provider, Refused, Token};

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

impl Provider {
    /// What the provider grants with what it gave; none where there is no ID token, which a
    /// renewal may do without: then nothing has changed.
    pub(super) fn believe(
        &self,
        settings: &OpenIdSettings,
        given: &Given,
        now: Timestamp,
    ) -> Result<Option<Grant>, Refused> {
        let Some(token) = given.tokens.id_token() else {
            return Ok(None);
        };
        let verifier = self.verifier(&settings.client_id, &["JWT"], now);
        let claims = match &given.nonce {
            Some(nonce) => token.claims(&verifier, nonce),
            None => token.claims(&verifier, |_: Option<&Nonce>| Ok(())),
        };
        let claims = claims.map_err(of_claims)?;
        if let Some(expected) = claims.access_token_hash() {
            let algorithm = token.signing_alg().map_err(Refused::not_good)?;
            let key = token.signing_key(&verifier).map_err(Refused::not_good)?;
            let hash = AccessTokenHash::from_token(given.tokens.access_token(), algorithm, key);
            if hash.map_err(Refused::not_good)? != *expected {
                return Err(Refused::not_good("the access token is another one"));
            }
        }
        let lasts = given.tokens.expires_in();
        let until = lasts.and_then(|lasts| now.checked_add(lasts).ok());
        Ok(Some(Grant {
            identity: self.identity(settings, claims, now)?,
            id_token: token.to_string(),
            refresh_token: given.refresh_token().map(str::to_owned),
            until: until.unwrap_or_else(|| timestamp(claims.expiration())),
        }))
    }

    /// What an access token (RFC 9068) says, if it is good now. It may be meant for others too.
    pub(super) fn check(
        &self,
        settings: &OpenIdSettings,
        token: &Token,
        now: Timestamp,
    ) -> Result<Identity, Refused> {
        let verifier = self
            .verifier(&settings.audience, &["JWT", "at+jwt"], now)
            .set_other_audience_verifier_fn(|_| true);
        let any = |_: Option<&Nonce>| Ok(());
        let claims = token.claims(&verifier, any).map_err(of_claims)?;
        match claims.additional_claims().typ.as_deref() {
            None | Some("Bearer") => self.identity(settings, claims, now),
            Some(_) => Err(Refused::not_good("it is no access token")),
        }
    }

    fn verifier(
        &self,
        audience: &str,
        kinds: &[&str],
        now: Timestamp,
    ) -> IdTokenVerifier<'static, CoreJsonWebKey> {
        let kinds = kinds
            .iter()
            .map(|kind| JsonWebTokenType::new((*kind).to_owned()));
        let kinds: Vec<_> = kinds.filter_map(|kind| kind.normalize().ok()).collect();
        let now = instant(now);
        IdTokenVerifier::new_public_client(
            ClientId::new(audience.to_owned()),
            self.metadata.issuer().clone(),
            self.metadata.jwks().clone(),
        )
        .set_allowed_algs(ALGORITHMS)
        .set_allowed_jose_types(kinds)
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
            return Err(Refused::not_good("it is not good yet"));
        }
        let is_verified = claims.email_verified() == Some(true);
        let address = claims.email().filter(|_| is_verified);
        let name = claims.name().and_then(|names| names.get(None));
        let name = name.map(|name| name.as_str());
        let short = claims.preferred_username().map(|name| name.as_str());
        let clients = [settings.client_id.as_str(), settings.audience.as_str()];
        let mut roles = more.roles(&settings.roles, clients);
        if !more.are_of_a_client(claims.subject().as_str(), short) {
            roles.remove(&Role::Service);
        }
        Ok(Identity {
            issuer: self.metadata.issuer().to_string(),
            subject: claims.subject().to_string(),
            address: address.and_then(|address| Address::new(address.as_str()).ok()),
            name: name_of([name, short]),
            roles,
        })
    }
}

fn instant(at: Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at.as_millisecond()).unwrap_or_default()
}

fn timestamp(at: DateTime<Utc>) -> Timestamp {
    Timestamp::from_millisecond(at.timestamp_millis()).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A key without an id is not told from a new one until a signature does not fit it.
fn of_claims(error: ClaimsVerificationError) -> Refused {
    match error {
        ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::NoMatchingKey | SignatureVerificationError::CryptoError(_),
        ) => Refused::UnknownKey,
        other => Refused::not_good(other),
    }
}
