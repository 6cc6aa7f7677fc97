//! Ways out for mails: a mail server, a folder, the log.

use std::fmt;
use std::path::PathBuf;

use async_trait::async_trait;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use polycode_core::assessment::Address;

/// A mail, in words.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// What it is known by; the same at each try.
    pub id: String,
    /// Where it goes.
    pub to: Address,
    /// What it is about, on one line.
    pub subject: String,
    /// What it says, as plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// Keeps people and secrets out of logs.
impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Why a mail was not sent, or perhaps not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It was refused for now.
    #[error("refused for now: {0}")]
    Later(String),
    /// It was refused for good.
    #[error("refused: {0}")]
    Never(String),
    /// It may have been taken: the answer was lost.
    #[error("perhaps sent: {0}")]
    Unsure(String),
}

/// What carries mails away.
#[async_trait]
pub trait Transport: fmt::Debug + Send + Sync {
    /// Whether mails can be handed over now. Nothing is sent.
    ///
    /// # Errors
    /// [`SendError::Later`] when not.
    async fn reach(&self) -> Result<(), SendError> {
        Ok(())
    }

    /// Hands a mail over.
    ///
    /// # Errors
    /// [`SendError`], by which the courier knows whether to try again.
    async fn send(&self, mail: &Mail) -> Result<(), SendError>;
}

/// Writes mails into the log, for those who try the server out. Their links work: nobody else
/// may read that log.
#[derive(Debug, Clone, Copy, Default)]
pub struct Log;

#[async_trait]
impl Transport for Log {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        tracing::info!(to = %mail.to, subject = mail.subject, text = mail.text, "mail");
        Ok(())
    }
}

/// Writes each mail into a file of a folder, as `ID.eml`.
#[derive(Debug, Clone)]
pub struct Folder {
    folder: PathBuf,
    from: Mailbox,
}

impl Folder {
    /// A folder that is there, and who mails are from.
    pub fn new(folder: PathBuf, from: Mailbox) -> Self {
        Self { folder, from }
    }
}

#[async_trait]
impl Transport for Folder {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        let message = message(mail, &self.from)?;
        let path = self.folder.join(format!("{}.eml", mail.id));
        let written = tokio::fs::write(path, message.formatted()).await;
        written.map_err(|error| SendError::Later(error.to_string()))
    }
}

/// A mail server, by SMTP.
#[derive(Debug, Clone)]
pub struct Smtp {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    /// The mail server of an address such as `smtps://user:password@mail.example.org`, or
    /// `smtp://127.0.0.1:2525` without encryption, and who mails are from.
    ///
    /// # Errors
    /// When the address names no mail server.
    pub fn new(url: &str, from: Mailbox) -> anyhow::Result<Self> {
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.build();
        Ok(Self { server, from })
    }
}

#[async_trait]
impl Transport for Smtp {
    async fn reach(&self) -> Result<(), SendError> {
        match self.server.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(SendError::Later("the mail server hung up".to_owned())),
            Err(error) => Err(SendError::Later(error.to_string())),
        }
    }

    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        let message = message(mail, &self.from)?;
        match self.server.send(message).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(SendError::Never(error.to_string())),
            Err(error) if error.is_transient() => Err(SendError::Later(error.to_string())),
            Err(error) => Err(SendError::Unsure(error.to_string())),
        }
    }
}

fn message(mail: &Mail, from: &Mailbox) -> Result<Message, SendError> {
    let never = |error: &dyn fmt::Display| SendError::Never(error.to_string());
    let to = mail.to.as_str().parse().map_err(|error| never(&error))?;
    let domain = from.email.domain();
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(one_line(&mail.subject))
        .message_id(Some(format!("<{}@{domain}>", mail.id)))
        .header(AutoSubmitted)
        .multipart(MultiPart::alternative_plain_html(
            mail.text.clone(),
            mail.html.clone(),
        ))
        .map_err(|error| never(&error))
}

/// A text that can't begin another header.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control() || c == '\u{2028}' || c == '\u{2029}')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Tells machines that no person wrote the mail, so that they send no replies (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_begins_no_other_header() {
        let mail = Mail {
            id: "1".to_owned(),
            to: Address::new("ada@example.org").unwrap(),
            subject: "Team\r\nBcc: eve@example.org\u{0}\u{85}x".to_owned(),
            text: "hello".to_owned(),
            html: "<p>hello".to_owned(),
        };
        let from = "PolyCode <no-reply@example.org>".parse().unwrap();
        let formatted = message(&mail, &from).unwrap().formatted();
        let formatted = String::from_utf8(formatted).unwrap();
        assert!(!formatted.contains("\nBcc:"), "{formatted}");
        assert!(
            formatted.contains("Subject: Team Bcc: eve@example.org x"),
            "{formatted}"
        );
    }
}
