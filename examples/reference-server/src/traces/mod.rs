//! What happened in what, and for how long, told to a collector of OpenTelemetry.
//!
//! Spans of their own, apart from those of the log: they are sent whatever the log leaves out, and
//! hold nothing but what may be known outside: no names, no addresses, no secrets of paths, nothing
//! of what people wrote. Without a collector none of them is ever made.

mod judging;
mod mails;
mod requests;
mod sender;
mod storing;

use std::env;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};
use opentelemetry::Key;
use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::{
    OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_PROTOCOL, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL, SpanExporter, WithHttpConfig,
};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use polycode_core::port::{Sandbox, Store};
use tracing::{Span, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;

pub(crate) use judging::judging;
pub(crate) use mails::{mailed, mailing};
pub(crate) use requests::{TraceId, follow};

/// What our spans are known by, to keep them and the log apart.
pub(crate) const TARGET: &str = "polycode_traces";

/// How long the collector has at the end to take what was not sent yet.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where spans go. What has not been sent is sent when this is dropped.
///
/// Spans wait in a queue of bounded length and are sent by a thread of their own; those that do not
/// fit are left out. A collector that is slow or absent holds up nobody.
#[derive(Debug)]
pub struct Traces(Option<SdkTracerProvider>);

impl Traces {
    /// Those that the environment asks for, by the standard names: `OTEL_EXPORTER_OTLP_ENDPOINT` or
    /// `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`, and what else OpenTelemetry has there. Without an
    /// address nothing is traced.
    ///
    /// # Errors
    /// When what the environment asks for can't be had.
    pub fn of_environment() -> anyhow::Result<Self> {
        if !are_wanted() {
            return Ok(Self(None));
        }
        for name in [
            OTEL_EXPORTER_OTLP_TRACES_PROTOCOL,
            OTEL_EXPORTER_OTLP_PROTOCOL,
        ] {
            let protocol = set(name);
            ensure!(
                protocol
                    .as_deref()
                    .is_none_or(|named| named == "http/protobuf"),
                "{name}: only `http/protobuf` is spoken"
            );
        }
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(sender::Sender::new()?)
            .build()
            .context("the collector of traces can't be used")?;
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_resource(resource())
            .build();
        Ok(Self(Some(provider)))
    }

    /// What makes OpenTelemetry's spans of ours.
    pub fn layer<S>(&self) -> Option<impl Layer<S> + use<S>>
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        let tracer = self.0.as_ref()?.tracer("polycode");
        let layer = tracing_opentelemetry::layer()
            .with_tracer(tracer)
            .with_context_activation(false)
            .with_location(false)
            .with_target(false)
            .with_threads(false)
            .with_tracked_inactivity(false);
        Some(layer.with_filter(filter_fn(|metadata| metadata.target() == TARGET)))
    }

    /// A sandbox with a span for each program that is prepared, and for each run.
    pub fn of_sandbox(&self, sandbox: Arc<dyn Sandbox>) -> Arc<dyn Sandbox> {
        match self.0 {
            Some(_) => Arc::new(judging::Traced(sandbox)),
            None => sandbox,
        }
    }

    /// A store with a span for each commit.
    pub fn of_store(&self, store: Arc<dyn Store>) -> Arc<dyn Store> {
        match self.0 {
            Some(_) => Arc::new(storing::Traced(store)),
            None => store,
        }
    }
}

impl Drop for Traces {
    fn drop(&mut self) {
        let sent = self
            .0
            .as_ref()
            .map(|provider| provider.shutdown_with_timeout(PATIENCE));
        if let Some(Err(error)) = sent {
            tracing::warn!(%error, "the last traces were not sent");
        }
    }
}

fn are_wanted() -> bool {
    let names = [
        OTEL_EXPORTER_OTLP_ENDPOINT,
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,
    ];
    let is_disabled = set("OTEL_SDK_DISABLED").is_some_and(|it| it.eq_ignore_ascii_case("true"));
    let is_none = set("OTEL_TRACES_EXPORTER").is_some_and(|exporter| exporter == "none");
    names.into_iter().any(|name| set(name).is_some()) && !is_disabled && !is_none
}

/// What the environment says under a name; empty is nothing, as OpenTelemetry has it.
fn set(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whose spans they are, by the environment, or else by a name that says so.
fn resource() -> Resource {
    let found = Resource::builder().build();
    let name = found.get(&Key::from_static_str("service.name"));
    let is_named = name.is_some_and(|name| !name.as_str().starts_with("unknown_service"));
    if is_named {
        found
    } else {
        Resource::builder().with_service_name("polycode").build()
    }
}

/// Notes in a span that it was about something that failed.
fn fail(span: &Span, kind: &str) {
    span.record("error.type", kind);
    span.record("otel.status_code", "error");
}
