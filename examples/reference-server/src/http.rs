//! How this server asks others: by HTTP without redirects, with limits on time and size.

use std::sync::Arc;
use std::time::Duration;

use anyhow::ensure;
use axum::http::{Request, Response};
use rustls::crypto::ring;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

const PATIENCE: Duration = Duration::from_secs(5);
/// The most bytes of an answer.
const MOST: u64 = 1 << 20;

/// What asks, with the certificates that this machine trusts.
pub(crate) fn agent() -> anyhow::Result<ureq::Agent> {
    let found = rustls_native_certs::load_native_certs();
    let trusted = found.certs.iter();
    let trusted: Vec<_> = trusted
        .map(|certificate| Certificate::from_der(certificate).to_owned())
        .collect();
    ensure!(
        !trusted.is_empty() || found.errors.is_empty(),
        "the certificates that this machine trusts can't be read: {:?}",
        found.errors
    );
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::new(trusted)))
        .unversioned_rustls_crypto_provider(Arc::new(ring::default_provider()))
        .build();
    let config = ureq::Agent::config_builder()
        .tls_config(tls)
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .http_status_as_error(false)
        .build();
    Ok(config.into())
}

/// Asks once.
pub(crate) fn ask(
    agent: &ureq::Agent,
    request: Request<Vec<u8>>,
) -> Result<Response<Vec<u8>>, ureq::Error> {
    let (parts, mut body) = agent.run(request)?.into_parts();
    let bytes = body.with_config().limit(MOST).read_to_vec()?;
    Ok(Response::from_parts(parts, bytes))
}
