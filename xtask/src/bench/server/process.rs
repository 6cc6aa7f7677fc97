//! The server that is measured: the real program, killed and started again.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::step::root;

/// How the server is started, each time in the same way.
#[derive(Debug)]
pub(super) struct Recipe {
    /// The program.
    pub(super) program: PathBuf,
    /// Where everything is kept.
    pub(super) store: String,
    /// A folder for the accounts, the mails and the log.
    pub(super) folder: PathBuf,
    /// The port, the same after each start.
    pub(super) port: u16,
}

/// A server that runs; it ends with this.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    recipe: Recipe,
}

impl Recipe {
    /// Starts the server, and waits until it listens.
    pub(super) fn start(self) -> Result<Process> {
        fs::create_dir_all(self.mails())?;
        let child = self.spawn()?;
        Ok(Process {
            child,
            recipe: self,
        })
    }

    pub(super) fn mails(&self) -> PathBuf {
        self.folder.join("mails")
    }

    fn spawn(&self) -> Result<Child> {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.folder.join("log"))?;
        let accounts = self.folder.join("accounts.db");
        let mut server = Command::new(&self.program);
        server
            .args(["--store", &self.store, "--admin", super::site::ADMIN])
            .args(["--accounts", &format!("sqlite:{}", accounts.display())])
            .args(["--port", &self.port.to_string()])
            .arg("--course")
            .arg(root().join("examples/course"))
            .arg("--mail-folder")
            .arg(self.mails())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log);
        let mut child = server
            .spawn()
            .with_context(|| format!("{} can't be run", self.program.display()))?;
        let stdout = child.stdout.take().context("it has no standard output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let log = self.folder.join("log");
        ensure!(
            line.starts_with("listening on"),
            "the server did not start: see {}",
            log.display()
        );
        Ok(child)
    }
}

impl Process {
    /// Where it listens.
    pub(super) fn address(&self) -> SocketAddr {
        ([127, 0, 0, 1], self.recipe.port).into()
    }

    /// Where its mails are.
    pub(super) fn mails(&self) -> PathBuf {
        self.recipe.mails()
    }

    /// Kills it without a word, and starts it again. How long nobody listened.
    pub(super) fn kill_and_start(&mut self) -> Result<Duration> {
        let began = Instant::now();
        self.child.kill()?;
        self.child.wait()?;
        self.child = self.recipe.spawn()?;
        Ok(began.elapsed())
    }

    /// Its memory that is in use, in MiB.
    pub(super) fn resident_mib(&self) -> Result<u64> {
        crate::bench::resident_mib(&self.child.id().to_string())
    }

    /// The lines of its log that tell of trouble.
    pub(super) fn complaints(&self) -> Result<Vec<String>> {
        let log = fs::read_to_string(self.recipe.folder.join("log"))?;
        let is_bad = |line: &&str| line.contains(" WARN ") || line.contains(" ERROR ");
        Ok(log.lines().filter(is_bad).map(str::to_owned).collect())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
