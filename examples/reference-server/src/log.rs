//! The log, to standard error.

use std::io::{IsTerminal, stderr};

use tracing_subscriber::filter::{Directive, LevelFilter};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt, registry};

use crate::traces::{TARGET, Traces};

/// How the log is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// A line of text for people.
    #[default]
    Text,
    /// A JSON object on each line, for programs.
    Json,
}

/// Writes the log from now on, as `RUST_LOG` filters it, and sends spans beside it.
///
/// # Errors
/// When the process has a log already.
pub fn begin_log(format: LogFormat, traces: &Traces) -> anyhow::Result<()> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let spans: Directive = format!("{TARGET}={}", LevelFilter::OFF).parse()?;
    let written = fmt::layer().with_writer(stderr);
    let written = match format {
        LogFormat::Text => written.with_ansi(stderr().is_terminal()).boxed(),
        LogFormat::Json => written.json().boxed(),
    };
    registry()
        .with(written.with_filter(filter.add_directive(spans)))
        .with(traces.layer())
        .try_init()?;
    Ok(())
}
