//! How much one caller may ask for: by who they are, and by where they come from.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::caller::Caller;
use crate::error::ApiError;
use crate::openid;
use crate::service::Service;

/// How many requests a minute one caller may make; as many can come at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Those that read.
    pub reads: NonZeroU32,
    /// Those that change something.
    pub writes: NonZeroU32,
    /// Those by which somebody without a session could guess or flood: signing up and in,
    /// asking for mails. They are counted by the address that they come from.
    pub attempts: NonZeroU32,
    /// Tries at the password of one account, and mails to one address.
    pub attempts_on_account: NonZeroU32,
}

impl Default for Rates {
    fn default() -> Self {
        let rate = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        Self {
            reads: rate(1_200),
            writes: rate(300),
            attempts: rate(60),
            attempts_on_account: rate(10),
        }
    }
}

type Keyed = DefaultKeyedRateLimiter<String>;

/// What has been asked for.
#[derive(Debug)]
pub(crate) struct Limiter {
    reads: Keyed,
    writes: Keyed,
    attempts: Keyed,
    attempts_on_account: Keyed,
}

impl Limiter {
    pub(crate) fn new(rates: Rates) -> Self {
        let limiter = |rate| RateLimiter::keyed(Quota::per_minute(rate));
        Self {
            reads: limiter(rates.reads),
            writes: limiter(rates.writes),
            attempts: limiter(rates.attempts),
            attempts_on_account: limiter(rates.attempts_on_account),
        }
    }

    /// Counts a try at a password or a mail, by the address or the user that it is about.
    pub(crate) fn attempt_on(&self, account: &str) -> Result<(), ApiError> {
        take(&self.attempts_on_account, &account.to_owned())
    }

    /// Forgets callers who have been quiet. To be called now and then.
    pub(crate) fn forget_idle(&self) {
        let all = [
            &self.reads,
            &self.writes,
            &self.attempts,
            &self.attempts_on_account,
        ];
        for limiter in all {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

fn take(limiter: &Keyed, key: &String) -> Result<(), ApiError> {
    limiter.check_key(key).map_err(|early| {
        let wait = early.wait_time_from(DefaultClock::default().now());
        ApiError::too_many(wait)
    })
}

/// Refuses what is too much. Runs once it is known who calls.
pub(crate) async fn limit(
    State(service): State<Service>,
    request: Request,
    next: Next,
) -> Response {
    match admit(&service.limiter, &request) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

fn admit(limiter: &Limiter, request: &Request) -> Result<(), ApiError> {
    let address = || address_of(request).map_or_else(String::new, |address| address.to_string());
    if is_attempt(request) {
        take(&limiter.attempts, &address())?;
    }
    let caller = request.extensions().get::<Caller>();
    // A guest could be a new one each time: they are told apart by where they come from.
    let key = match caller {
        Some(caller) if !caller.is_guest() => caller.name().to_owned(),
        _ => address(),
    };
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let limiter = if is_read {
        &limiter.reads
    } else {
        &limiter.writes
    };
    take(limiter, &key)
}

fn is_attempt(request: &Request) -> bool {
    const PATHS: [&str; 6] = [
        "/accounts",
        "/session",
        "/account/confirmation",
        "/password-resets",
        "/password",
        "/links/",
    ];
    let path = request.uri().path();
    let is_own = || {
        PATHS
            .iter()
            .any(|one| path == *one || (one.ends_with('/') && path.starts_with(one)))
    };
    openid::is_step(path) || (*request.method() == Method::POST && is_own())
}

fn address_of(request: &Request) -> Option<IpAddr> {
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>();
    connection.map(|ConnectInfo(address)| address.ip())
}
