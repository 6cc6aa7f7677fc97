//! What a provider can't be asked to do when it is a real one: be in trouble, and change its mind.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreEdDsaPrivateSigningKey, CoreGenderClaim, CoreJsonWebKey, CoreJwsSigningAlgorithm,
};
use openidconnect::{IdTokenClaims, JsonWebKeyId, PrivateSigningKey};
use polycode_core::assessment::Address;
use polycode_core::permission::Role;
use polycode_store::testkit::HandClock;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::time::timeout;

use super::identity::Claims;
use super::provider::{Refused, Token};
use super::{Grant, Identity, OpenId, OpenIdSettings};
use crate::accounts::testkit::accounts;
use crate::accounts::{Accounts, digest};

/// The example of RFC 8410, 10.3.
const FIRST: &str = "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC";
/// The first test of RFC 8032, 7.1.
const SECOND: &str = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g";
const MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// Of what does not happen the test gives up waiting.
const PATIENCE: Duration = Duration::from_secs(30);

/// A provider that answers as it is told to.
struct StandIn {
    issuer: String,
    mind: Arc<Mind>,
}

#[derive(Default)]
struct Mind {
    issuer: Mutex<String>,
    /// How often it was asked about itself.
    discoveries: Mutex<u32>,
    is_down: Mutex<bool>,
    key: Mutex<Option<CoreJsonWebKey>>,
    /// What it answers whoever asks for tokens.
    answer: Mutex<(u16, String)>,
    /// The refresh tokens that it was shown.
    shown: Mutex<Vec<String>>,
    /// Nobody gets tokens while somebody holds it.
    door: tokio::sync::Mutex<()>,
}

fn key(text: &str, name: &str) -> CoreEdDsaPrivateSigningKey {
    let pem = format!(
        "-----BEGIN {0}-----\n{text}\n-----END {0}-----\n",
        "PRIVATE KEY"
    );
    let name = JsonWebKeyId::new(name.to_owned());
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(name)).unwrap()
}

impl StandIn {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let mind = Arc::<Mind>::default();
        mind.issuer.lock().unwrap().clone_from(&issuer);
        let app = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(keys))
            .route("/token", post(tokens))
            .with_state(Arc::clone(&mind));
        // It ends with the test, as everything that runs in it.
        tokio::spawn(axum::serve(listener, app).into_future());
        let provider = Self { issuer, mind };
        provider.sign_by(&key(FIRST, "first"));
        provider
    }

    fn sign_by(&self, key: &CoreEdDsaPrivateSigningKey) {
        *self.mind.key.lock().unwrap() = Some(key.as_verification_key());
    }

    fn answer(&self, status: u16, body: &Value) {
        let text = body
            .as_str()
            .map_or_else(|| body.to_string(), str::to_owned);
        *self.mind.answer.lock().unwrap() = (status, text);
    }

    /// An ID token about somebody who has these roles.
    fn id_token(&self, by: &CoreEdDsaPrivateSigningKey, changes: &Value) -> Token {
        let mut claims = json!({
            "iss": self.issuer, "aud": "polycode", "sub": "ada", "name": "Ada",
            "iat": seconds("2030-01-01T12:00:00Z"), "exp": seconds("2030-01-01T13:00:00Z"),
        });
        let changes = changes.as_object().unwrap().clone();
        claims.as_object_mut().unwrap().extend(changes);
        let claims: IdTokenClaims<Claims, CoreGenderClaim> =
            serde_json::from_value(claims).unwrap();
        Token::new(claims, by, CoreJwsSigningAlgorithm::EdDsa, None, None).unwrap()
    }

    /// Gives whoever asks for tokens one that says these roles.
    fn grant(&self, by: &CoreEdDsaPrivateSigningKey, roles: &[&str]) {
        let id_token = self.id_token(by, &json!({ "roles": roles }));
        let body = json!({"access_token": "a", "token_type": "bearer", "id_token": id_token});
        self.answer(200, &body);
    }

    fn openid(&self) -> OpenId {
        let settings = settings(&self.issuer, "polycode-api");
        OpenId::new(settings).unwrap()
    }
}

async fn discovery(State(mind): State<Arc<Mind>>) -> Response {
    *mind.discoveries.lock().unwrap() += 1;
    if *mind.is_down.lock().unwrap() {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let issuer = mind.issuer.lock().unwrap().clone();
    let document = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/auth"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
    });
    Json(document).into_response()
}

async fn keys(State(mind): State<Arc<Mind>>) -> Json<Value> {
    Json(json!({ "keys": [mind.key.lock().unwrap().clone()] }))
}

async fn tokens(
    State(mind): State<Arc<Mind>>,
    Form(form): Form<BTreeMap<String, String>>,
) -> Response {
    let shown = form["refresh_token"].clone();
    mind.shown.lock().unwrap().push(shown);
    drop(mind.door.lock().await);
    let (status, body) = mind.answer.lock().unwrap().clone();
    let json = [("content-type", "application/json")];
    (StatusCode::from_u16(status).unwrap(), json, body).into_response()
}

fn seconds(at: &str) -> i64 {
    at.parse::<Timestamp>().unwrap().as_second()
}

fn settings(issuer: &str, audience: &str) -> OpenIdSettings {
    OpenIdSettings {
        issuer: issuer.to_owned(),
        client_id: "polycode".to_owned(),
        client_secret: "secret".to_owned(),
        audience: audience.to_owned(),
        roles: BTreeMap::new(),
        recheck: MINUTE,
    }
}

/// Somebody who has signed in by a provider, with the refresh token `first`.
struct SignedIn {
    provider: StandIn,
    openid: OpenId,
    accounts: Accounts,
    clock: Arc<HandClock>,
    secret: String,
}

impl SignedIn {
    async fn new() -> Self {
        let provider = StandIn::start().await;
        let (accounts, clock) = accounts().await;
        let grant = Grant {
            identity: Identity {
                issuer: provider.issuer.clone(),
                subject: "ada".to_owned(),
                address: Some(Address::new("ada@example.org").unwrap()),
                name: "Ada".to_owned(),
                roles: BTreeSet::new(),
            },
            id_token: "of the sign-in".to_owned(),
            refresh_token: Some("first".to_owned()),
            until: clock_at("2030-01-01T13:00:00Z"),
        };
        let secret = accounts.sign_in_by_provider(&grant, MINUTE).await.unwrap();
        Self {
            openid: provider.openid(),
            provider,
            accounts,
            clock,
            secret,
        }
    }

    /// What they are after another minute; none when their session has ended.
    async fn roles(&self) -> Option<BTreeSet<Role>> {
        self.clock.pass(MINUTE);
        let digest = digest(&self.secret);
        let kept = self.openid.keep_fresh(&self.accounts, &digest);
        kept.await.unwrap();
        let session = self.accounts.session(&self.secret).await.unwrap();
        session.map(|session| session.roles)
    }

    fn shown(&self) -> Vec<String> {
        self.provider.mind.shown.lock().unwrap().clone()
    }
}

fn clock_at(at: &str) -> Timestamp {
    at.parse().unwrap()
}

#[tokio::test]
async fn given_a_new_key_when_a_session_is_renewed_then_it_goes_on_by_it() {
    let ada = SignedIn::new().await;
    let (first, second) = (key(FIRST, "first"), key(SECOND, "second"));
    ada.provider.grant(&first, &["admin"]);
    assert_eq!(ada.roles().await, Some([Role::Admin].into()));
    ada.provider.sign_by(&second);
    ada.provider.grant(&second, &["content_creator"]);
    assert_eq!(ada.roles().await, Some([Role::ContentCreator].into()));
    // It is not asked for its keys again so soon: the session goes on as it was.
    let third = key(FIRST, "third");
    ada.provider.sign_by(&third);
    ada.provider.grant(&third, &[]);
    assert_eq!(ada.roles().await, Some([Role::ContentCreator].into()));
    assert_eq!(*ada.provider.mind.discoveries.lock().unwrap(), 2);
}

#[tokio::test]
async fn given_a_new_key_of_the_same_name_when_a_session_is_renewed_then_it_goes_on_by_it() {
    let ada = SignedIn::new().await;
    ada.provider.grant(&key(FIRST, "only"), &[]);
    ada.provider.sign_by(&key(FIRST, "only"));
    assert_eq!(ada.roles().await, Some([].into()));
    ada.provider.sign_by(&key(SECOND, "only"));
    ada.provider.grant(&key(SECOND, "only"), &["admin"]);
    assert_eq!(ada.roles().await, Some([Role::Admin].into()));
}

#[tokio::test]
async fn given_a_provider_in_trouble_when_a_session_is_renewed_then_only_its_own_end_ends_it() {
    let ada = SignedIn::new().await;
    for (status, body) in [
        (500, json!("oops")),
        (503, json!({"error": "temporarily_unavailable"})),
        (429, json!("slow down")),
        (401, json!({"error": "invalid_client"})),
        (400, json!({"error": "unauthorized_client"})),
        (200, json!({})),
    ] {
        ada.provider.answer(status, &body);
        assert!(ada.roles().await.is_some(), "{status} {body}");
    }
    assert_eq!(ada.shown(), ["first"; 6]);
    let ended = json!({"error": "invalid_grant"});
    ada.provider.answer(400, &ended);
    assert_eq!(ada.roles().await, None);
}

#[tokio::test]
async fn given_no_id_token_when_a_session_is_renewed_then_the_next_time_is_by_the_new_token() {
    let ada = SignedIn::new().await;
    let body = json!({"access_token": "a", "token_type": "bearer", "refresh_token": "second"});
    ada.provider.answer(200, &body);
    assert!(ada.roles().await.is_some());
    assert!(ada.roles().await.is_some());
    assert_eq!(ada.shown(), ["first", "second"]);
}

#[tokio::test]
async fn given_a_caller_who_hangs_up_when_the_provider_answers_then_its_answer_is_kept() {
    let ada = SignedIn::new().await;
    let body = json!({"access_token": "a", "token_type": "bearer", "refresh_token": "second"});
    ada.provider.answer(200, &body);
    ada.clock.pass(MINUTE);
    let held = ada.provider.mind.door.lock().await;
    let (openid, accounts) = (ada.openid.clone(), ada.accounts.clone());
    let digest = digest(&ada.secret);
    let asking = tokio::spawn(async move { openid.keep_fresh(&accounts, &digest).await });
    let asked = async {
        while ada.shown().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, asked).await.unwrap();
    asking.abort();
    assert!(asking.await.unwrap_err().is_cancelled());
    drop(held);
    let kept = async {
        let kept = "SELECT count(*) FROM provider_sessions WHERE refresh_token = 'second'";
        while sqlx::query_scalar::<_, i64>(kept)
            .fetch_one(&ada.accounts.pool)
            .await
            .unwrap()
            == 0
        {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, kept).await.unwrap();
}

#[tokio::test]
async fn given_what_a_provider_grants_when_it_is_believed_then_it_says_until_when() {
    let provider = StandIn::start().await;
    let openid = provider.openid();
    let now = clock_at("2030-01-01T12:00:00Z");
    let believed = async |changes: Value, lasts: Option<u32>| {
        let id_token = provider.id_token(&key(FIRST, "first"), &changes);
        let mut body = json!({"access_token": "a", "token_type": "bearer", "id_token": id_token});
        if let Some(lasts) = lasts {
            body["expires_in"] = json!(lasts);
        }
        provider.answer(200, &body);
        let given = openid.ask(|provider, agent| provider.renew(agent, "x".to_owned()));
        let given = given.await.unwrap();
        let believed = openid.read(|provider, settings| provider.believe(settings, &given, now));
        believed.await
    };
    let short = believed(json!({}), Some(60)).await.unwrap().unwrap();
    assert_eq!(short.until, clock_at("2030-01-01T12:01:00Z"));
    let unsaid = believed(json!({}), None).await.unwrap().unwrap();
    assert_eq!(unsaid.until, clock_at("2030-01-01T13:00:00Z"));
    // An ID token is for nobody else; an access token may be.
    let others = json!({"aud": ["polycode", "somebody-else"]});
    let refused = believed(others, None).await.unwrap_err();
    assert!(matches!(refused, Refused::NotGood(_)), "{refused}");
    let others = json!({"aud": ["polycode-api", "somebody-else"]});
    let token = provider.id_token(&key(FIRST, "first"), &others);
    let checked = openid.check(&token.to_string(), now).await.unwrap();
    assert_eq!(checked.unwrap().subject, "ada");
}

#[tokio::test]
async fn given_a_person_with_the_role_of_a_service_when_they_show_a_token_then_they_are_none() {
    let provider = StandIn::start().await;
    let openid = provider.openid();
    let roles = async |changes: Value| {
        let mut claims = json!({"aud": "polycode-api", "roles": ["service"]});
        let changes = changes.as_object().unwrap().clone();
        claims.as_object_mut().unwrap().extend(changes);
        let token = provider.id_token(&key(FIRST, "first"), &claims).to_string();
        let checked = openid.check(&token, clock_at("2030-01-01T12:00:00Z"));
        checked.await.unwrap().unwrap().roles
    };
    assert_eq!(roles(json!({})).await, [].into());
    let by_client = json!({"client_id": "page"});
    assert_eq!(roles(by_client).await, [].into());
    let client = json!({"client_id": "ada"});
    assert_eq!(roles(client).await, [Role::Service].into());
}

#[tokio::test]
async fn given_a_provider_that_does_not_answer_when_many_ask_then_it_is_asked_once() {
    let provider = StandIn::start().await;
    *provider.mind.is_down.lock().unwrap() = true;
    let openid = provider.openid();
    let now = clock_at("2030-01-01T12:00:00Z");
    for garbage in ["", "x", "a.b.c", "e30.e30."] {
        let checked = openid.check(garbage, now).await.unwrap();
        assert_eq!(checked, None, "{garbage}");
    }
    assert_eq!(*provider.mind.discoveries.lock().unwrap(), 0);
    let token = provider.id_token(&key(FIRST, "first"), &json!({}));
    let token = token.to_string();
    let all = (0..20).map(|_| openid.check(&token, now));
    for checked in futures_util::future::join_all(all).await {
        let status = checked.unwrap_err().status();
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    }
    assert_eq!(*provider.mind.discoveries.lock().unwrap(), 1);
}

#[test]
fn a_provider_is_reached_in_safety_and_its_id_tokens_open_no_api() {
    let https = "https://sso.example.org/realms/school";
    assert!(OpenId::new(settings(https, "polycode-api")).is_ok());
    assert!(OpenId::new(settings("http://127.0.0.1:3000", "polycode-api")).is_ok());
    let refused = |issuer, audience| {
        let refused = OpenId::new(settings(issuer, audience));
        refused.unwrap_err().to_string()
    };
    assert!(refused("http://sso.example.org", "x").contains("https"));
    assert!(refused("http://127.0.0.1.example.org", "x").contains("https"));
    assert!(refused("sso", "x").contains("no address"));
    assert!(refused(https, "polycode").contains("audience"));
}

#[test]
fn the_secret_stays_out_of_logs() {
    let shown = format!("{:?}", settings("https://sso.example.org", "api"));
    assert!(!shown.contains("\"secret\""), "{shown}");
}
