//! `polycode-reference-server`: the reference server as a program.

use std::io::IsTerminal;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::Parser;
use polycode_core::Engine;
use polycode_core::catalogue::Course;
use polycode_core::permission::Actor;
use polycode_reference_server::serve_until;
use polycode_runner::Runner;
use polycode_store::{RandomIds, SystemClock};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// Serves PolyCode: REST, its documentation at /docs, and a page to solve exercises in.
#[derive(Debug, Parser)]
#[command(version)]
struct Options {
    /// Where everything is kept, such as `sqlite:polycode.db`; `memory:` keeps nothing.
    #[arg(long, default_value = "sqlite:polycode.db", value_name = "URL")]
    store: String,
    /// A folder with a course to publish before serving.
    #[arg(long, value_name = "DIR")]
    course: Option<PathBuf>,
    /// The address to listen on. The default is this machine only: there are no accounts yet.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
    /// The port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info")),
        )
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    let store = polycode_store::open(&options.store)
        .await
        .with_context(|| format!("the store `{}` can't be opened", options.store))?;
    let sandbox = Runner::builder()
        .build()
        .context("the runner can't be started")?;
    let engine = Engine::new(
        store,
        Arc::new(sandbox),
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
    announce(&listener)?;
    serve_until(listener, engine, polycode_reference_server::asked_to_stop()).await
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
