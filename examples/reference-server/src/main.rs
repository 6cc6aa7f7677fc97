//! `polycode-reference-server`: the reference server as a program.

use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::{Parser, ValueEnum};
use jiff::SignedDuration;
use lettre::message::Mailbox;
use polycode_core::Engine;
use polycode_core::catalogue::Course;
use polycode_core::permission::{Actor, Role};
use polycode_reference_server::accounts::Accounts;
use polycode_reference_server::mail::{
    Folder, Language, Log, MailSettings, Mailer, Smtp, Transport,
};
use polycode_reference_server::{
    Guests, LogFormat, OpenId, OpenIdSettings, Rates, ReportFonts, Server, Settings, Traces,
    asked_to_stop, begin_log, serve_until,
};
use polycode_runner::Runner;
use polycode_store::{RandomIds, SystemClock};
use tokio::net::TcpListener;

/// Serves PolyCode: REST, its documentation at /docs, and a page to solve exercises in.
#[derive(Debug, Parser)]
#[command(version)]
struct Options {
    /// Where everything is kept, such as `sqlite:polycode.db` or `postgresql://host/polycode`;
    /// `memory:` keeps nothing. A password of PostgreSQL comes by `PGPASSWORD`, for every process
    /// can see the arguments of this one.
    #[arg(long, default_value = "sqlite:polycode.db", value_name = "URL")]
    store: String,
    /// A folder with a course to publish before serving.
    #[arg(long, value_name = "DIR")]
    course: Option<PathBuf>,
    /// Where the accounts are kept, such as `sqlite:accounts.db`; `memory:` keeps nothing. Without
    /// it, beside the store.
    #[arg(long, value_name = "URL")]
    accounts: Option<String>,
    /// Who may do what without an account.
    #[arg(long, value_enum, default_value = "practise")]
    guests: GuestsMay,
    /// Where links in mails lead, such as `https://code.example.org`.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// An address whose owner runs the platform; can be given several times.
    #[arg(long = "admin", value_name = "ADDRESS")]
    admins: Vec<String>,
    /// Who mails are from. They go to the mail server that the environment names in
    /// `POLYCODE_SMTP_URL`, or in the file named by `POLYCODE_SMTP_URL_FILE`; into the log when
    /// it names none.
    #[arg(
        long,
        default_value = "PolyCode <no-reply@localhost>",
        value_name = "MAILBOX"
    )]
    mail_from: Mailbox,
    /// A folder to write mails into instead of sending them.
    #[arg(long, value_name = "DIR")]
    mail_folder: Option<PathBuf>,
    /// The language of mails to people who have chosen none.
    #[arg(long, value_enum, default_value = "en")]
    language: MailLanguage,
    /// The OpenID Connect provider that signs people in, such as
    /// `https://sso.example.org/realms/school`. The secret of the client stands in the
    /// environment as `POLYCODE_OPENID_SECRET`, or in the file named by
    /// `POLYCODE_OPENID_SECRET_FILE`.
    #[arg(long, value_name = "URL")]
    openid_issuer: Option<String>,
    /// What the provider knows this server as.
    #[arg(long, default_value = "polycode", value_name = "NAME")]
    openid_client: String,
    /// The audience of the provider's access tokens for this server's API.
    #[arg(long, default_value = "polycode-api", value_name = "NAME")]
    openid_audience: String,
    /// Which of the provider's roles is which of ours, such as `teacher=content_creator`; can be
    /// given several times. Without any, roles that are named like ours are ours.
    #[arg(long = "openid-role", value_name = "THEIRS=OURS", value_parser = role)]
    openid_roles: Vec<(String, Role)>,
    /// For how many seconds a session goes on before the provider is asked whether it still does.
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    openid_recheck: u32,
    /// A font, or a folder of fonts, for letters in reports that DejaVu Sans lacks, such as those of
    /// Chinese, Japanese and Korean.
    #[arg(long, value_name = "PATH")]
    report_fonts: Option<PathBuf>,
    /// How the log on standard error is written.
    #[arg(long, value_enum, default_value = "text")]
    log_format: LogIs,
    /// How many requests that read one caller may make in a minute. Those who are not signed in
    /// are counted by the address of the connection: behind a proxy, that is all of them.
    #[arg(long, default_value_t = Rates::default().reads, value_name = "NUMBER")]
    reads_per_minute: NonZeroU32,
    /// How many requests that change something one caller may make in a minute.
    #[arg(long, default_value_t = Rates::default().writes, value_name = "NUMBER")]
    writes_per_minute: NonZeroU32,
    /// How many requests to sign up, to sign in or for a mail one address may make in a minute.
    #[arg(long, default_value_t = Rates::default().attempts, value_name = "NUMBER")]
    attempts_per_minute: NonZeroU32,
    /// For how many seconds it goes on when it is asked to stop, while `/ready` says that it is not:
    /// as long as a load balancer in front of it takes to notice.
    #[arg(long, default_value_t = 0, value_name = "SECONDS")]
    notice: u16,
    /// The address to listen on. The default is this machine only.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
    /// The port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum GuestsMay {
    /// Practise, each browser as a learner of its own.
    Practise,
    /// Read the catalogue.
    Read,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LogIs {
    /// A line for each entry.
    Text,
    /// A JSON object on a line for each entry.
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum MailLanguage {
    /// English.
    En,
    /// French.
    Fr,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let traces = Traces::of_environment()?;
    let format = match options.log_format {
        LogIs::Text => LogFormat::Text,
        LogIs::Json => LogFormat::Json,
    };
    begin_log(format, &traces)?;
    let store = polycode_store::open(&options.store)
        .await
        .context("the store can't be opened")?;
    let sandbox = Runner::builder()
        .build()
        .context("the runner can't be started")?;
    let engine = Engine::new(
        traces.of_store(store),
        traces.of_sandbox(Arc::new(sandbox)),
        Arc::new(SystemClock),
        Arc::new(RandomIds),
    );
    if let Some(folder) = &options.course {
        publish(&engine, folder)
            .await
            .with_context(|| format!("the course in {} can't be published", folder.display()))?;
    }
    let listener = TcpListener::bind((options.address, options.port))
        .await
        .with_context(|| format!("can't listen on {}:{}", options.address, options.port))?;
    let server = server(engine, &options, &listener).await?;
    announce(&listener)?;
    serve_until(listener, server, asked_to_stop()).await
}

async fn server(
    engine: Engine,
    options: &Options,
    listener: &TcpListener,
) -> anyhow::Result<Server> {
    let url = options
        .accounts
        .clone()
        .unwrap_or_else(|| beside(&options.store));
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(RandomIds));
    let accounts = Accounts::open(&url, engine.clone(), clock, ids)
        .await?
        .with_admins(options.admins.clone());
    let own_url = || anyhow::Ok(format!("http://{}", listener.local_addr()?));
    let public_url = options.public_url.clone().map_or_else(own_url, Ok)?;
    let settings = MailSettings {
        public_url: public_url.trim_end_matches('/').to_owned(),
        language: match options.language {
            MailLanguage::En => Language::English,
            MailLanguage::Fr => Language::French,
        },
    };
    let openid = openid(options)?;
    let mailer = Mailer::new(accounts.clone(), transport(options)?, settings);
    let guests = match options.guests {
        GuestsMay::Practise => Guests::Practise,
        GuestsMay::Read => Guests::Read,
    };
    let rates = Rates {
        reads: options.reads_per_minute,
        writes: options.writes_per_minute,
        attempts: options.attempts_per_minute,
        ..Rates::default()
    };
    let settings = Settings {
        guests,
        notice: Duration::from_secs(options.notice.into()),
        rates,
        ..Settings::default()
    };
    let report_fonts = match &options.report_fonts {
        None => ReportFonts::default(),
        Some(path) => {
            let fonts = ReportFonts::read(path);
            fonts.context("--report-fonts names no fonts")?
        }
    };
    Ok(Server {
        engine,
        accounts,
        mailer,
        openid,
        report_fonts,
        settings,
    })
}

/// The database of the accounts, beside that of the engine.
fn beside(store: &str) -> String {
    match store.strip_suffix(".db") {
        Some(name) => format!("{name}-accounts.db"),
        None if store == "memory:" => store.to_owned(),
        None if store.starts_with("postgres") => "sqlite:polycode-accounts.db".to_owned(),
        None => format!("{store}-accounts"),
    }
}

fn transport(options: &Options) -> anyhow::Result<Arc<dyn Transport>> {
    let from = options.mail_from.clone();
    if let Some(folder) = &options.mail_folder {
        return Ok(Arc::new(Folder::new(folder.clone(), from)));
    }
    // An address may hold a password: it comes by the environment or a file, not by arguments
    // that every process can see.
    let Some(url) = secret("POLYCODE_SMTP_URL")? else {
        return Ok(Arc::new(Log));
    };
    let smtp = Smtp::new(&url, from).context("POLYCODE_SMTP_URL names no mail server")?;
    Ok(Arc::new(smtp))
}

fn openid(options: &Options) -> anyhow::Result<Option<OpenId>> {
    let Some(issuer) = options.openid_issuer.clone() else {
        return Ok(None);
    };
    let openid = OpenId::new(OpenIdSettings {
        issuer,
        client_id: options.openid_client.clone(),
        client_secret: secret("POLYCODE_OPENID_SECRET")?
            .context("POLYCODE_OPENID_SECRET is not set")?,
        audience: options.openid_audience.clone(),
        roles: options.openid_roles.iter().cloned().collect(),
        recheck: SignedDuration::from_secs(options.openid_recheck.into()),
    });
    openid
        .context("the OpenID provider can't be used")
        .map(Some)
}

/// A role of a provider, and which one of ours it is.
fn role(text: &str) -> Result<(String, Role), String> {
    let (theirs, ours) = text.split_once('=').ok_or("is like `teacher=admin`")?;
    let role = OpenIdSettings::role(ours).ok_or_else(|| {
        format!("`{ours}` is not `content_creator`, `assessment_creator`, `admin` or `service`")
    })?;
    Ok((theirs.to_owned(), role))
}

/// What the environment says under a name, or the file that it names.
fn secret(name: &str) -> anyhow::Result<Option<String>> {
    if let Ok(secret) = std::env::var(name) {
        return Ok(Some(secret));
    }
    let Ok(file) = std::env::var(format!("{name}_FILE")) else {
        return Ok(None);
    };
    let secret = std::fs::read_to_string(&file);
    let secret = secret.with_context(|| format!("{file} can't be read"))?;
    Ok(Some(secret.trim().to_owned()))
}

async fn publish(engine: &Engine, folder: &Path) -> anyhow::Result<()> {
    let course = Course::from_files(&polycode_store::read_course(folder)?)?;
    let imported = engine.import_course(&Actor::service(), course).await?;
    tracing::info!(
        course = imported.name,
        contents = imported.contents.len(),
        "published"
    );
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a program's own output")]
fn announce(listener: &TcpListener) -> anyhow::Result<()> {
    println!("listening on http://{}", listener.local_addr()?);
    Ok(())
}
