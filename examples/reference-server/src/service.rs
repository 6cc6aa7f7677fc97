//! What every handler works with.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRef;
use polycode_core::Engine;

use crate::accounts::Accounts;
use crate::grader::Grader;
use crate::limit::{Limiter, Rates};
use crate::mail::Mailer;
use crate::metrics::Metrics;
use crate::openid::OpenId;
use crate::readiness::Readiness;
use crate::report::ReportFonts;
use crate::workshop::Workshop;

/// How many exports are written at the same time.
const EXPORTS_AT_ONCE: usize = 2;

/// What a server is made of.
#[derive(Debug, Clone)]
pub struct Server {
    /// The engine.
    pub engine: Engine,
    /// The accounts of its users.
    pub accounts: Accounts,
    /// What sends mails.
    pub mailer: Mailer,
    /// Who signs people in beside the server itself.
    pub openid: Option<OpenId>,
    /// What reports are set in, beside the fonts of the program.
    pub report_fonts: ReportFonts,
    /// How it behaves.
    pub settings: Settings,
}

/// How a server behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// What those may do who are not signed in.
    pub guests: Guests,
    /// How much one caller may ask for.
    pub rates: Rates,
    /// How long a caller waits for a submission to be judged before being told to come back;
    /// below the minute that a request may take.
    pub patience: Duration,
    /// How long it goes on as before when it is asked to stop, but for saying that it is not ready:
    /// until whoever sends it requests has heard.
    pub notice: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            guests: Guests::default(),
            rates: Rates::default(),
            patience: Duration::from_secs(20),
            notice: Duration::ZERO,
        }
    }
}

/// What those may do who are not signed in, beside reading the catalogue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Guests {
    /// Practise: each browser is a learner of its own, known by a cookie.
    #[default]
    Practise,
    /// Nothing.
    Read,
}

#[derive(Debug, Clone)]
pub(crate) struct Service {
    pub(crate) engine: Engine,
    pub(crate) accounts: Accounts,
    pub(crate) mailer: Mailer,
    pub(crate) openid: Option<OpenId>,
    pub(crate) grader: Grader,
    pub(crate) settings: Settings,
    pub(crate) report_fonts: ReportFonts,
    pub(crate) limiter: Arc<Limiter>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) readiness: Arc<Readiness>,
    /// Where exports are written: each may take much time and memory.
    pub(crate) exports: Workshop,
}

impl Service {
    pub(crate) fn new(server: Server) -> Self {
        Self {
            grader: Grader::new(server.engine.clone()),
            engine: server.engine,
            accounts: server.accounts,
            mailer: server.mailer,
            openid: server.openid,
            limiter: Arc::new(Limiter::new(server.settings.rates)),
            settings: server.settings,
            report_fonts: server.report_fonts,
            metrics: Arc::default(),
            readiness: Arc::default(),
            exports: Workshop::new(EXPORTS_AT_ONCE),
        }
    }
}

impl FromRef<Service> for Engine {
    fn from_ref(service: &Service) -> Self {
        service.engine.clone()
    }
}

impl FromRef<Service> for Accounts {
    fn from_ref(service: &Service) -> Self {
        service.accounts.clone()
    }
}
