//! The server as its operators follow it: traces by OpenTelemetry, sent to a collector of the test,
//! and the lines of the log that belong to them.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value as Known;
use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use prost::Message;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::task::spawn_blocking;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";

/// A collector that keeps what it gets.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Vec<Bytes>>>);

impl Collector {
    /// Where it listens, for the environment of a server.
    async fn listen(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let take = async |State(Self(all)): State<Self>, body: Bytes| {
            all.lock().unwrap().push(body);
        };
        let app = Router::new()
            .route("/v1/traces", post(take))
            .with_state(self.clone());
        tokio::spawn(axum::serve(listener, app).into_future());
        format!("http://{address}")
    }

    fn all(&self) -> Vec<ExportTraceServiceRequest> {
        let bodies = self.0.lock().unwrap();
        let bodies = bodies.iter().cloned();
        bodies
            .map(|body| ExportTraceServiceRequest::decode(body).unwrap())
            .collect()
    }

    fn spans(&self) -> Vec<Span> {
        let sent = self.all().into_iter();
        let of_resources = sent.flat_map(|sent| sent.resource_spans);
        let scopes = of_resources.flat_map(|spans| spans.scope_spans);
        scopes.flat_map(|spans| spans.spans).collect()
    }

    /// Whether a text stands in anything that was sent.
    fn knows(&self, text: &str) -> bool {
        let bodies = self.0.lock().unwrap();
        let mut bodies = bodies.iter();
        bodies.any(|body| body.windows(text.len()).any(|part| part == text.as_bytes()))
    }
}

/// The program itself, as a process.
struct Process {
    child: Child,
    url: String,
    folder: TempDir,
}

impl Process {
    fn start(collector: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let course = Path::new(env!("CARGO_MANIFEST_DIR")).join("../course");
        let mut child = Command::new(env!("CARGO_BIN_EXE_polycode-reference-server"))
            .args(["--store", "memory:", "--port", "0", "--log-format", "json"])
            .arg("--course")
            .arg(course)
            .arg("--mail-folder")
            .arg(folder.path())
            .env("RUST_LOG", "info,tower_http=debug")
            .env("OTEL_EXPORTER_OTLP_ENDPOINT", collector)
            // Only at the end, so that it is seen that what is left is sent.
            .env("OTEL_BSP_SCHEDULE_DELAY", "3600000")
            .stdout(Stdio::piped())
            .stderr(Stdio::from(
                std::fs::File::create(folder.path().join("log")).unwrap(),
            ))
            .spawn()
            .unwrap();
        let mut line = String::new();
        let stdout = child.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on ").unwrap();
        Self {
            url: url.to_owned(),
            child,
            folder,
        }
    }

    fn get(&self, path: &str, parent: &str) -> (u16, String) {
        let asked = ureq::get(format!("{}{path}", self.url))
            .config()
            .http_status_as_error(false)
            .build()
            .header("traceparent", parent);
        let answer = asked.call().unwrap();
        let status = answer.status().as_u16();
        (status, answer.into_body().read_to_string().unwrap())
    }

    fn post(&self, path: &str, parent: &str, body: &Value) -> (u16, String) {
        let sent = ureq::post(format!("{}{path}", self.url))
            .config()
            .http_status_as_error(false)
            .build()
            .header("traceparent", parent)
            .content_type("application/json")
            .send(body.to_string());
        let answer = sent.unwrap();
        let status = answer.status().as_u16();
        (status, answer.into_body().read_to_string().unwrap())
    }

    /// How many mails it says that it has sent, to somebody who is not followed.
    fn mails_sent(&self) -> u32 {
        let figures = self.get("/metrics", &traceparent("00")).1;
        let mut lines = figures.lines();
        let count =
            lines.find_map(|line| line.strip_prefix("polycode_mails_total{outcome=\"sent\"} "));
        count.map_or(0, |count| count.parse().unwrap())
    }

    /// Asks it to stop, and gives how it ended and what it logged.
    fn stop(mut self) -> (ExitStatus, Vec<Value>) {
        let pid = self.child.id();
        let mut kill = Command::new("sh");
        kill.arg("-c").arg(format!("kill {pid}"));
        assert!(kill.status().unwrap().success());
        let ended = self.child.wait().unwrap();
        let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap();
        let lines = log.lines().map(|line| serde_json::from_str(line).unwrap());
        (ended, lines.collect())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It has ended already unless the test failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn traceparent(flags: &str) -> String {
    format!("00-{TRACE}-{CALLER}-{flags}")
}

fn attribute<'a>(span: &'a Span, key: &str) -> Option<&'a Known> {
    let found = span.attributes.iter().find(|one| one.key == key)?;
    found.value.as_ref()?.value.as_ref()
}

fn text<'a>(span: &'a Span, key: &str) -> &'a str {
    match attribute(span, key) {
        Some(Known::StringValue(text)) => text,
        other => panic!("{key} of {} is {other:?}", span.name),
    }
}

fn number(span: &Span, key: &str) -> i64 {
    match attribute(span, key) {
        Some(Known::IntValue(number)) => *number,
        other => panic!("{key} of {} is {other:?}", span.name),
    }
}

#[track_caller]
fn named<'a>(spans: &'a [Span], name: &str) -> &'a Span {
    let names: Vec<_> = spans.iter().map(|span| &span.name).collect();
    let found = spans.iter().find(|span| span.name == name);
    found.unwrap_or_else(|| panic!("no {name} among {names:?}"))
}

fn submission(source: &str) -> Value {
    json!({"content": "digit-sum", "component": "code", "answer":
        {"kind": "code", "language": "javascript", "files": {"main.js": source}}})
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_for_a_request_is_told_to_the_collector_and_no_more() {
    let collector = Collector::default();
    let endpoint = collector.listen().await;
    let (ended, log, key) = spawn_blocking(move || {
        let process = Process::start(&endpoint);
        let source = "console.log('canary-source')";
        let sent = submission(source);
        let path = "/submissions?wait=true";
        let (status, judged) = process.post(path, &traceparent("01"), &sent);
        assert_eq!(status, 201, "{judged}");
        let judged: Value = serde_json::from_str(&judged).unwrap();
        assert_eq!(judged["feedback"]["verdict"], "wrong_answer");
        let key = judged["submission"]["id"].as_str().unwrap().to_owned();
        let secret = process.get("/invitations/canary-token", &traceparent("01"));
        assert_eq!(secret.0, 404);
        // Who asks not to be followed is not, and sees here when the mail is sent.
        let account = json!({"name": "Canary Person", "email": "canary@example.org",
            "password": "correct horse battery"});
        let (status, text) = process.post("/accounts", &traceparent("00"), &account);
        assert_eq!(status, 202, "{text}");
        while process.mails_sent() == 0 {}
        let (ended, log) = process.stop();
        (ended, log, key)
    })
    .await
    .unwrap();
    assert!(ended.success(), "{ended}");

    let spans = collector.spans();
    let request = named(&spans, "POST /submissions");
    assert_eq!(hex::encode(&request.trace_id), TRACE);
    assert_eq!(hex::encode(&request.parent_span_id), CALLER);
    assert_eq!(request.kind(), SpanKind::Server);
    assert_eq!(text(request, "http.request.method"), "POST");
    assert_eq!(text(request, "http.route"), "/submissions");
    assert_eq!(number(request, "http.response.status_code"), 201);
    let refused = named(&spans, "GET /invitations/{token}");
    assert_eq!(number(refused, "http.response.status_code"), 404);
    let status = refused.status.clone().unwrap_or_default();
    assert_ne!(status.code(), StatusCode::Error);

    let judging = named(&spans, "judge submission");
    assert_eq!(judging.parent_span_id, request.span_id);
    assert_eq!(text(judging, "polycode.submission"), key);
    assert_eq!(text(judging, "polycode.verdict"), "wrong_answer");
    for (name, field, value) in [
        ("prepare program", "polycode.prepared", "ready"),
        ("run program", "polycode.ending", "exited"),
    ] {
        let step = named(&spans, name);
        assert_eq!(step.parent_span_id, judging.span_id);
        assert_eq!(text(step, field), value);
        assert_eq!(text(step, "polycode.language"), "javascript");
    }
    let commits = spans.iter().filter(|span| span.name == "commit");
    let parents: Vec<_> = commits.map(|commit| &commit.parent_span_id).collect();
    // It is received, and graded.
    assert!(parents.contains(&&request.span_id) && parents.contains(&&judging.span_id));
    let mails = spans.iter().filter(|span| span.name == "send mail");
    let letters: Vec<_> = mails.map(|mail| text(mail, "polycode.letter")).collect();
    assert!(letters.contains(&"confirm_address"), "{letters:?}");
    assert!(spans.iter().all(|span| span.name != "GET /metrics"));
    assert!(!collector.knows("canary") && !collector.knows("Canary"));

    let resource = collector.all()[0].resource_spans[0].resource.clone();
    let attributes = resource.unwrap().attributes;
    let service = attributes.iter().find(|one| one.key == "service.name");
    let service = service.unwrap().value.clone().unwrap().value.unwrap();
    assert_eq!(service, Known::StringValue("polycode".to_owned()));

    // The log names the trace of a request, and the trace names the request of the log.
    let line = log.iter().find(|line| line["span"]["trace"] == TRACE);
    let line = line.unwrap_or_else(|| panic!("no trace in {log:?}"));
    assert_eq!(line["span"]["route"], "/submissions");
    assert_eq!(line["span"]["id"], text(request, "polycode.request"));
    assert!(log.iter().all(|line| line["span"]["name"] != "commit"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_is_down_keeps_nobody_from_being_answered() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = gone.local_addr().unwrap();
    drop(gone);
    let (ended, log) = spawn_blocking(move || {
        let process = Process::start(&format!("http://{address}"));
        assert_eq!(process.get("/contents", &traceparent("01")).0, 200);
        let solved = process.post("/submissions", &traceparent("01"), &submission("1"));
        assert_eq!(solved.0, 201, "{}", solved.1);
        process.stop()
    })
    .await
    .unwrap();
    assert!(ended.success(), "{ended}");
    let told = |line: &&Value| line["fields"]["message"] == "traces can't be sent";
    assert_eq!(log.iter().filter(told).count(), 1, "{log:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_says_nothing_keeps_nobody_from_being_answered() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    spawn_blocking(move || {
        let process = Process::start(&endpoint);
        // More than one batch, so that one is under way.
        for _ in 0..600 {
            assert_eq!(process.get("/health", &traceparent("01")).0, 200);
        }
        let (mut asking, _) = silent.accept().unwrap();
        let mut first = [0];
        asking.read_exact(&mut first).unwrap();
        assert_eq!(process.get("/contents", &traceparent("01")).0, 200);
    })
    .await
    .unwrap();
}

#[test]
fn what_the_environment_asks_for_in_vain_is_said_at_the_start() {
    let started = Command::new(env!("CARGO_BIN_EXE_polycode-reference-server"))
        .args(["--store", "memory:", "--port", "0"])
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
        .env("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
        .output()
        .unwrap();
    assert!(!started.status.success());
    let said = String::from_utf8(started.stderr).unwrap();
    assert!(said.contains("OTEL_EXPORTER_OTLP_PROTOCOL"), "{said}");
}
