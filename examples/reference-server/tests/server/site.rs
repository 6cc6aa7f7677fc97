//! A whole server in memory, with a clock that is set by hand and a box that keeps its mails.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use polycode_core::Engine;
use polycode_core::port::{Clock, Sandbox};
use polycode_reference_server::accounts::Accounts;
use polycode_reference_server::mail::{Mail, MailSettings, Mailer, SendError, Transport};
use polycode_reference_server::{Guests, ReportFonts, Server, Settings};
use polycode_store::testkit::HandClock;
use polycode_store::{MemoryStore, RandomIds};
use serde_json::{Value, json};

use crate::support::{Browser, Scripted};

pub(crate) const PASSWORD: &str = "correct horse battery";
const ADMIN: &str = "admin";

/// A server and those who call it.
pub(crate) struct Site {
    pub(crate) app: Router,
    pub(crate) mailer: Mailer,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) postbox: Arc<Postbox>,
    pub(crate) engine: Engine,
}

/// Keeps mails; fails as it is told to.
#[derive(Debug, Default)]
pub(crate) struct Postbox {
    mails: Mutex<Vec<Mail>>,
    pub(crate) failures: Mutex<Vec<SendError>>,
}

#[async_trait]
impl Transport for Postbox {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        if let Some(failure) = self.failures.lock().unwrap().pop() {
            return Err(failure);
        }
        self.mails.lock().unwrap().push(mail.clone());
        Ok(())
    }
}

/// A server around an engine, as those who try it out have it.
pub(crate) async fn server(engine: Engine) -> Server {
    server_at("memory:", engine).await
}

/// The same, with its accounts in a database.
pub(crate) async fn server_at(url: &str, engine: Engine) -> Server {
    let clock = Arc::new(polycode_store::SystemClock);
    let accounts = accounts(url, &engine, clock).await;
    Server {
        engine,
        mailer: Mailer::new(
            accounts.clone(),
            Arc::<Postbox>::default(),
            MailSettings::default(),
        ),
        accounts,
        openid: None,
        report_fonts: ReportFonts::default(),
        settings: Settings::default(),
    }
}

pub(crate) async fn app(engine: Engine) -> Router {
    let mut server = server(engine).await;
    // Long enough for programs that run into their time limit, on a machine that is busy.
    server.settings.patience = Duration::from_secs(55);
    polycode_reference_server::app(server)
}

async fn accounts(url: &str, engine: &Engine, clock: Arc<dyn Clock>) -> Accounts {
    Accounts::open(url, engine.clone(), clock, Arc::new(RandomIds))
        .await
        .unwrap()
        .with_admins([address_of(ADMIN)])
}

pub(crate) fn address_of(name: &str) -> String {
    format!("{name}@example.org")
}

impl Site {
    pub(crate) async fn new() -> Self {
        Self::with(Arc::new(Scripted::default()), Settings::default()).await
    }

    /// A site where guests may only read.
    pub(crate) async fn strict() -> Self {
        let settings = Settings {
            guests: Guests::Read,
            ..Settings::default()
        };
        Self::with(Arc::new(Scripted::default()), settings).await
    }

    pub(crate) async fn with(sandbox: Arc<dyn Sandbox>, settings: Settings) -> Self {
        Self::on("memory:", sandbox, settings, ReportFonts::default()).await
    }

    /// A site whose accounts are kept in a database, with an engine in memory by the same clock.
    pub(crate) async fn kept(url: &str) -> Self {
        let (sandbox, settings) = (Arc::<Scripted>::default(), Settings::default());
        Self::on(url, sandbox, settings, ReportFonts::default()).await
    }

    /// A site whose reports have more letters.
    pub(crate) async fn with_fonts(fonts: ReportFonts) -> Self {
        let (sandbox, settings) = (Arc::<Scripted>::default(), Settings::default());
        Self::on("memory:", sandbox, settings, fonts).await
    }

    async fn on(
        url: &str,
        sandbox: Arc<dyn Sandbox>,
        settings: Settings,
        fonts: ReportFonts,
    ) -> Self {
        let begin = "2030-01-01T12:00:00Z".parse().unwrap();
        let clock = Arc::new(HandClock::at(begin));
        let store = Arc::new(MemoryStore::new());
        let ticking: Arc<dyn Clock> = Arc::<HandClock>::clone(&clock);
        let engine = Engine::new(store, sandbox, ticking, Arc::new(RandomIds));
        Self::around(url, engine, clock, settings, fonts).await
    }

    /// A site around an engine, whose accounts are kept in a database.
    pub(crate) async fn at(url: &str, engine: Engine) -> Self {
        let begin = "2030-01-01T12:00:00Z".parse().unwrap();
        let clock = Arc::new(HandClock::at(begin));
        let (settings, fonts) = (Settings::default(), ReportFonts::default());
        Self::around(url, engine, clock, settings, fonts).await
    }

    async fn around(
        url: &str,
        engine: Engine,
        clock: Arc<HandClock>,
        settings: Settings,
        fonts: ReportFonts,
    ) -> Self {
        let ticking: Arc<dyn Clock> = Arc::<HandClock>::clone(&clock);
        let accounts = accounts(url, &engine, ticking).await;
        let postbox = Arc::new(Postbox::default());
        let transport: Arc<dyn Transport> = Arc::<Postbox>::clone(&postbox);
        let mailer = Mailer::new(accounts.clone(), transport, MailSettings::default());
        let app = polycode_reference_server::app(Server {
            engine: engine.clone(),
            accounts,
            mailer: mailer.clone(),
            openid: None,
            report_fonts: fonts,
            settings,
        });
        Self {
            app,
            mailer,
            clock,
            postbox,
            engine,
        }
    }

    /// Somebody who is not signed in.
    pub(crate) fn visitor(&self) -> Browser {
        Browser::new(&self.app)
    }

    /// The mails since the last call.
    pub(crate) async fn mails(&self) -> Vec<Mail> {
        self.mailer.work().await.unwrap();
        std::mem::take(&mut *self.postbox.mails.lock().unwrap())
    }

    /// The mails to one person since the last call; those to others are lost.
    pub(crate) async fn mails_to(&self, name: &str) -> Vec<Mail> {
        let mut mails = self.mails().await;
        mails.retain(|mail| mail.to.as_str() == address_of(name));
        mails
    }

    /// Somebody who has signed up, confirmed their address and signed in.
    pub(crate) async fn user(&self, name: &str) -> Browser {
        let browser = self.visitor();
        browser.post("/accounts", &sign_up(name)).await.expect(202);
        let mails = self.mails_to(name).await;
        let confirm = mails
            .iter()
            .find(|mail| mail.text.contains("/links/address/"));
        let secret = secret_in(confirm.unwrap());
        let confirmation = json!({ "secret": secret });
        browser
            .post("/account/confirmation", &confirmation)
            .await
            .expect(204);
        sign_in(&browser, name).await;
        browser
    }

    /// The same with roles that somebody who runs the platform gives.
    pub(crate) async fn user_with(&self, name: &str, roles: &[&str]) -> Browser {
        let browser = self.user(name).await;
        let admin = if name == ADMIN {
            browser.clone()
        } else {
            self.admin().await
        };
        let path = format!("/accounts/{}/roles", id_of(&browser).await);
        admin.put(&path, &json!(roles)).await.expect(200);
        browser
    }

    /// Somebody who runs the platform.
    pub(crate) async fn admin(&self) -> Browser {
        let browser = self.visitor();
        let body = json!({"email": address_of(ADMIN), "password": PASSWORD});
        if browser.post("/session", &body).await.status == 201 {
            return browser;
        }
        self.user(ADMIN).await
    }
}

pub(crate) fn sign_up(name: &str) -> Value {
    json!({"name": name, "email": address_of(name), "password": PASSWORD})
}

pub(crate) async fn sign_in(browser: &Browser, name: &str) {
    let body = json!({"email": address_of(name), "password": PASSWORD});
    browser.post("/session", &body).await.expect(201);
}

pub(crate) async fn id_of(browser: &Browser) -> String {
    let session = browser.get("/session").await.expect(200);
    session["user"].as_str().unwrap().to_owned()
}

/// The secret in the first link of a mail.
pub(crate) fn secret_in(mail: &Mail) -> String {
    let (_, rest) = mail.text.split_once("/links/").unwrap();
    let secret = rest.split('/').nth(1).unwrap();
    secret
        .split(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap()
        .to_owned()
}
