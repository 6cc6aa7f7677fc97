//! A caller with an address and a connection of its own, as each browser has. What can't be sent it
//! sends again, with the same idempotency key, until somebody answers.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Method, Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpSocket;
use tokio::time::{sleep, timeout};

use super::tally::{Kind, Tally};

/// For how long a request is sent again.
const PATIENCE: Duration = Duration::from_mins(1);
/// Between one try and the next.
const PAUSE: Duration = Duration::from_millis(100);

/// A caller.
#[derive(Debug)]
pub(super) struct Client {
    server: SocketAddr,
    own: Ipv4Addr,
    cookie: Option<String>,
    connection: Option<SendRequest<Full<Bytes>>>,
    tally: Arc<Tally>,
    asked: u64,
}

/// What was said, and whether it had to be asked for more than once.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) body: Value,
    pub(super) is_resent: bool,
    took: Duration,
}

impl Client {
    /// A caller of this number, which gives it its address.
    pub(super) fn new(server: SocketAddr, number: u16, tally: &Arc<Tally>) -> Self {
        let [high, low] = number.to_be_bytes();
        Self {
            server,
            own: Ipv4Addr::new(127, 1, high, low),
            cookie: None,
            connection: None,
            tally: Arc::clone(tally),
            asked: 0,
        }
    }

    /// Asks for what is counted. None when it went wrong, which is noted.
    pub(super) async fn measure(
        &mut self,
        kind: Kind,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Option<Reply> {
        match self.send(method, path, body).await {
            Err(error) => {
                self.tally.note_error(kind, format!("{path}: {error:#}"));
                None
            }
            Ok(reply) if reply.status.is_success() => {
                if reply.is_resent {
                    self.tally.note_resent(kind);
                } else {
                    self.tally.note(kind, reply.took);
                }
                Some(reply)
            }
            // What was done before the server was killed can't be done again: that is no error, and
            // it is checked in the end.
            Ok(reply) if reply.is_resent && is_done_already(reply.status) => {
                self.tally.note_resent(kind);
                Some(reply)
            }
            Ok(Reply { status, body, .. }) => {
                let error = format!("{path}: {status}: {body}");
                self.tally.note_error(kind, error);
                None
            }
        }
    }

    /// Asks for what is not counted, and expects it.
    pub(super) async fn ask(
        &mut self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value> {
        let Reply { status, body, .. } = self.send(method, path, body).await?;
        ensure!(status.is_success(), "{path}: {status}: {body}");
        Ok(body)
    }

    pub(super) async fn get(&mut self, path: &str) -> Result<Value> {
        self.ask(Method::GET, path, None).await
    }

    pub(super) async fn post(&mut self, path: &str, body: &Value) -> Result<Value> {
        self.ask(Method::POST, path, Some(body)).await
    }

    async fn send(&mut self, method: Method, path: &str, body: Option<&Value>) -> Result<Reply> {
        self.asked += 1;
        let first = Instant::now();
        let mut is_resent = false;
        loop {
            let began = Instant::now();
            let answered = timeout(PATIENCE, self.exchange(&method, path, body)).await;
            match answered.context("nothing was answered").flatten() {
                Ok((status, body)) => {
                    return Ok(Reply {
                        status,
                        body,
                        is_resent,
                        took: began.elapsed(),
                    });
                }
                Err(error) if first.elapsed() > PATIENCE => bail!("gave up: {error:#}"),
                Err(_) => {
                    self.connection = None;
                    is_resent = true;
                    sleep(PAUSE).await;
                }
            }
        }
    }

    /// Sends a request once.
    async fn exchange(
        &mut self,
        method: &Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<(StatusCode, Value)> {
        let mut request = Request::builder().method(method).uri(path);
        request = request.header(header::HOST, self.server.to_string());
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if *method == Method::POST {
            request = request.header("idempotency-key", self.asked.to_string());
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let body = body.map(Value::to_string).unwrap_or_default();
        let request = request.body(Full::from(body))?;
        let connection = self.connection().await?;
        connection.ready().await?;
        let response = connection.send_request(request).await?;
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await?.to_bytes();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str()?.split(';').next();
            self.cookie = pair.map(str::to_owned);
        }
        let body = serde_json::from_slice(&bytes).unwrap_or_default();
        Ok((parts.status, body))
    }

    async fn connection(&mut self) -> Result<&mut SendRequest<Full<Bytes>>> {
        if self.connection.as_ref().is_none_or(SendRequest::is_closed) {
            let socket = TcpSocket::new_v4()?;
            socket.set_reuseaddr(true)?;
            socket.bind((self.own, 0).into())?;
            let stream = socket.connect(self.server).await?;
            stream.set_nodelay(true)?;
            let (sender, driver) = handshake(TokioIo::new(stream)).await?;
            tokio::spawn(driver);
            self.connection = Some(sender);
        }
        self.connection.as_mut().context("there is no connection")
    }
}

/// Whether a refusal says that it was done before, or that somebody else was faster: here that is
/// the same caller, before the server was killed.
fn is_done_already(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::CONFLICT | StatusCode::PRECONDITION_FAILED
    )
}

/// A text in a reply.
pub(super) fn text(body: &Value, place: &str) -> Result<String> {
    let found = body.pointer(place).and_then(Value::as_str);
    let found = found.with_context(|| format!("there is no text at {place} in {body}"))?;
    Ok(found.to_owned())
}
