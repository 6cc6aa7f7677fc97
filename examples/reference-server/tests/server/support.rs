//! A browser for tests, a sandbox that does as it is told, and a content to answer.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use polycode_core::Engine;
use polycode_core::judging::{Ending, Limits, Observation, Program};
use polycode_core::permission::Actor;
use polycode_core::port::{Executable, PortError, Prepared, Run, Sandbox, SandboxError, Uses};
use polycode_core::quantity::{ByteCount, Fuel};
use polycode_reference_server::ErrorCode;
use polycode_store::{MemoryStore, RandomIds, SystemClock};
use serde::Deserialize;
use serde_json::{Value, json};
use tower::ServiceExt;

/// What the secrets of the test content look like; nothing of it may reach a learner.
pub(crate) const CANARY: &str = "canary";

/// A caller that keeps its cookies, as a browser does.
#[derive(Clone)]
pub(crate) struct Browser {
    app: Router,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) bytes: Vec<u8>,
}

impl Browser {
    pub(crate) fn new(app: &Router) -> Self {
        Self {
            app: app.clone(),
            cookies: Arc::default(),
        }
    }

    /// The same caller at another server.
    pub(crate) fn moved_to(&self, app: &Router) -> Self {
        Self {
            app: app.clone(),
            cookies: Arc::clone(&self.cookies),
        }
    }

    pub(crate) fn cookie(&self) -> Option<String> {
        let cookies = self.cookies.lock().unwrap();
        let pairs = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        let joined = pairs.collect::<Vec<_>>().join("; ");
        (!joined.is_empty()).then_some(joined)
    }

    fn keep(&self, cookie: &str) {
        let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
        let mut cookies = self.cookies.lock().unwrap();
        if cookie.contains("Max-Age=0") {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send("GET", path, None, Body::empty()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        let json = Some("application/json");
        self.send("POST", path, json, Body::from(body.to_string()))
            .await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Reply {
        self.ask("PUT", path, &[], Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        self.ask("DELETE", path, &[], None).await
    }

    /// Sends a request with more headers, and JSON if there is a body.
    pub(crate) async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Reply {
        let kind = body.map(|_| ("content-type", "application/json"));
        let headers: Vec<_> = headers.iter().copied().chain(kind).collect();
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.exchange(method, path, &headers, body).await
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        kind: Option<&str>,
        body: Body,
    ) -> Reply {
        let headers: Vec<_> = kind
            .map(|kind| ("content-type", kind))
            .into_iter()
            .collect();
        self.exchange(method, path, &headers, body).await
    }

    async fn exchange(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(cookie) = self.cookie() {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request.body(body).unwrap();
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().unwrap());
        }
        let bytes = body.collect().await.unwrap().to_bytes();
        Reply {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
            bytes: bytes.to_vec(),
        }
    }
}

impl Reply {
    /// Checks the status, and gives what was said.
    #[track_caller]
    pub(crate) fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        if self.text.is_empty() {
            Value::Null
        } else {
            self.json()
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .unwrap_or_else(|| panic!("no {name}"))
            .to_str()
            .unwrap()
    }

    /// Checks that this is an error of the promised form, and gives its first item.
    pub(crate) fn error(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        let item = self.json()["errors"][0].clone();
        let message = item["message"].as_str().unwrap();
        assert!(!message.is_empty() && !message.ends_with('.'), "{message}");
        let code = ErrorCode::deserialize(&item["code"]).unwrap();
        assert_eq!(code.status().as_u16(), status, "{item}");
        item
    }
}

/// A sandbox whose programs are one command each: `print TEXT`, `echo` (standard input to
/// standard output and error), `crash`, `invalid`; `guess TEXT` crashes unless the input has the
/// text in it. It fails as often as it is told to.
#[derive(Debug, Default)]
pub(crate) struct Scripted {
    pub(crate) busy: AtomicU32,
    pub(crate) fails: AtomicU32,
    pub(crate) not_installed: AtomicU32,
    /// How often something was to be prepared.
    pub(crate) asked: AtomicU32,
    /// Nothing is prepared while somebody holds it.
    pub(crate) door: tokio::sync::Mutex<()>,
}

impl Scripted {
    fn take(counter: &AtomicU32) -> bool {
        let less = |left: u32| left.checked_sub(1);
        counter
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, less)
            .is_ok()
    }
}

#[async_trait]
impl Sandbox for Scripted {
    async fn prepare(
        &self,
        program: &Program,
        _: &Limits,
        _: &Uses,
    ) -> Result<Prepared, SandboxError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        drop(self.door.lock().await);
        if Self::take(&self.busy) {
            return Err(SandboxError::Busy { waiting: 7 });
        }
        if Self::take(&self.fails) {
            return Err(PortError::permanent("disk /dev/secret0 is broken").into());
        }
        if Self::take(&self.not_installed) {
            let language = program.language.clone();
            return Err(SandboxError::NotInstalled { language });
        }
        let command = program.files.values().next().unwrap().trim().to_owned();
        Ok(if command == "invalid" {
            Prepared::Rejected {
                diagnostics: "main.js:1: not a command".to_owned(),
            }
        } else {
            Prepared::Ready(Box::new(Command(command)))
        })
    }
}

#[derive(Debug)]
struct Command(String);

#[async_trait]
impl Executable for Command {
    async fn run(&self, run: Run) -> Result<Observation, SandboxError> {
        let (word, rest) = self.0.split_once(' ').unwrap_or((&self.0, ""));
        let input = String::from_utf8(run.stdin.clone()).unwrap();
        let (code, stdout, stderr) = match word {
            "print" => (0, format!("{rest}\n").into_bytes(), Vec::new()),
            "echo" => (0, run.stdin.clone(), run.stdin.clone()),
            "guess" if input.contains(rest) => (0, Vec::new(), Vec::new()),
            _ => (1, Vec::new(), run.stdin.clone()),
        };
        let size = stdout.len() as u64;
        Ok(Observation {
            ending: Ending::Exited { code },
            stdout,
            stderr,
            returned: None,
            files: BTreeMap::new(),
            fuel: Fuel(1_000 + size),
            peak_memory: ByteCount(65_536),
            wall_us: 10,
        })
    }
}

/// An engine in memory over a sandbox, with the two test contents.
pub(crate) async fn engine(sandbox: Arc<dyn Sandbox>) -> Engine {
    let store = Arc::new(MemoryStore::new());
    let engine = Engine::new(store, sandbox, Arc::new(SystemClock), Arc::new(RandomIds));
    for draft in [greeting(), quiz()] {
        engine
            .create_content(&Actor::service(), serde_json::from_value(draft).unwrap())
            .await
            .unwrap();
    }
    engine
}

pub(crate) fn greeting() -> Value {
    json!({
        "slug": "greeting", "name": "Greeting", "type": "exercise", "reward": 10,
        "description": "Say hello.", "tags": ["strings"],
        "root": {"id": "root", "kind": "container", "components": [
            {"id": "text", "kind": "markdown", "text": "# Hi\n\n<script>alert(1)</script>\n\n**Say** it"},
            {"id": "box", "kind": "container", "orientation": "horizontal", "components": [
                {"id": "code", "kind": "code_editor",
                 "languages": {"javascript": {"files": {"main.js": "print hello"}}},
                 "validators": [
                    {"id": "open", "kind": "output", "stdin": "world", "expected": "hi"},
                    {"id": "canary-id", "kind": "output", "hidden": true, "stdin": "canary-in",
                     "args": ["canary-arg"], "expected": "hi"},
                    {"id": "canary-other", "kind": "output", "hidden": true, "stdin": "x",
                     "expected": "hi|canary-out", "comparison": "regex", "weight": 0},
                 ]},
            ]},
        ]},
    })
}

fn quiz() -> Value {
    json!({
        "slug": "quiz", "name": "Quiz", "type": "question", "reward": 4, "passMark": 500_000,
        "root": {"id": "q", "kind": "mcq", "question": "Which are *even*?", "choose": "many",
            "options": [{"id": "two", "text": "`2`"}, {"id": "three", "text": "3"}, {"id": "four", "text": "4"}],
            "validators": [
                {"id": "right", "kind": "choice", "hidden": true, "correct": ["two", "four"], "credit": "partial"}]},
    })
}

/// The body of a submission to the greeting.
pub(crate) fn answer(command: &str) -> Value {
    json!({"content": "greeting", "component": "code", "answer":
        {"kind": "code", "language": "javascript", "files": {"main.js": command}}})
}

/// The body of a run of the greeting against one validator.
pub(crate) fn run_of(command: &str, validator: &str) -> Value {
    let mut run = answer(command);
    run["validator"] = json!(validator);
    run
}
