//! Mails through a real mail server: aiosmtpd, in an environment of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use polycode_core::assessment::Address;
use polycode_reference_server::mail::{Mail, SendError, Smtp, Transport};
use serde_json::Value;

struct MailServer {
    process: Child,
    output: BufReader<ChildStdout>,
    port: u16,
}

impl MailServer {
    fn start() -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/smtp/server.py");
        let mut process = Command::new(python())
            .arg(script)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let port = line.trim().parse().unwrap();
        Self {
            process,
            output,
            port,
        }
    }

    /// The next mail that it took.
    fn mail(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    fn transport(&self) -> Smtp {
        let from = "PolyCode <no-reply@example.org>".parse().unwrap();
        Smtp::new(&format!("smtp://127.0.0.1:{}", self.port), from).unwrap()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// A Python with the mail server in it, made once.
fn python() -> PathBuf {
    let requirements = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/smtp/requirements.txt");
    let venv = Path::new(env!("CARGO_TARGET_TMPDIR")).join("smtp-python");
    let python = venv.join("bin/python");
    let run = |command: &mut Command| assert!(command.status().unwrap().success(), "{command:?}");
    if !python.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&venv));
    }
    run(Command::new(&python)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
        ])
        .arg(requirements));
    python
}

fn mail(name: &str, subject: &str) -> Mail {
    Mail {
        id: format!("mail-to-{name}"),
        to: Address::new(&format!("{name}@example.org")).unwrap(),
        subject: subject.to_owned(),
        text: "Bonjour,\n\nvoilà.\n.\nfin\n".to_owned(),
        html: "<p>Bonjour, voilà.</p>".to_owned(),
    }
}

#[tokio::test]
async fn a_mail_server_takes_refuses_and_loses_mails() {
    let mut server = MailServer::start();
    let transport = server.transport();
    transport.reach().await.unwrap();

    let hostile = "Équipe\r\nBcc: eve@example.org";
    transport.send(&mail("ada", hostile)).await.unwrap();
    let taken = server.mail();
    assert_eq!(taken["to"], serde_json::json!(["ada@example.org"]));
    let data = taken["data"].as_str().unwrap();
    let (headers, body) = data.split_once("\r\n\r\n").unwrap();
    assert!(!headers.to_lowercase().contains("\nbcc:"), "{headers}");
    assert!(
        headers.contains("Message-ID: <mail-to-ada@example.org>"),
        "{headers}"
    );
    assert!(
        headers.contains("Auto-Submitted: auto-generated"),
        "{headers}"
    );
    assert!(
        body.contains("text/plain") && body.contains("text/html"),
        "{body}"
    );
    assert!(
        body.contains("fin"),
        "a line with one dot ends nothing: {body}"
    );

    let later = transport.send(&mail("later", "x")).await;
    assert!(matches!(later, Err(SendError::Later(_))), "{later:?}");
    transport.send(&mail("later", "x")).await.unwrap();
    let never = transport.send(&mail("never", "x")).await;
    assert!(matches!(never, Err(SendError::Never(_))), "{never:?}");
    let unsure = transport.send(&mail("vanish", "x")).await;
    assert!(matches!(unsure, Err(SendError::Unsure(_))), "{unsure:?}");

    drop(server);
    let gone = transport.reach().await;
    assert!(matches!(gone, Err(SendError::Later(_))), "{gone:?}");
}
