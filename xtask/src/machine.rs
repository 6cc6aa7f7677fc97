//! Programs of the machine that tests and benchmarks need, installed where that is possible.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};
use polycode_store::testkit;

use crate::step;

/// Makes sure that a program is there, by the system's packages if need be.
pub(crate) fn require(program: &str, package: &str) -> Result<()> {
    require_where(|| is_there(program), program, package)
}

/// Makes sure that a PostgreSQL server can be started, by the system's packages if need be.
pub(crate) fn require_postgres() -> Result<()> {
    // Debian keeps its programs out of the path.
    let is_there = || testkit::postgres::programs().is_some();
    require_where(is_there, "postgres", "postgresql")
}

/// Makes sure that the tests of reports have a font with Chinese, Japanese and Korean letters.
pub(crate) fn require_font() -> Result<()> {
    const FONT: &str = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc";
    let is_there = || std::env::var_os("POLYCODE_TEST_FONT").is_some() || Path::new(FONT).exists();
    require_where(is_there, "POLYCODE_TEST_FONT", "fonts-wqy-microhei")
}

fn require_where(is_there: impl Fn() -> bool, program: &str, package: &str) -> Result<()> {
    if !is_there() {
        install(package)?;
    }
    if is_there() {
        return Ok(());
    }
    bail!("`{program}` is needed: install it, on Debian by `apt-get install {package}`")
}

/// Installs a package where that is possible.
fn install(package: &str) -> Result<()> {
    if !is_there("apt-get") || step::output(Command::new("id").arg("-u"))? != "0" {
        return Ok(());
    }
    let quiet = |command: &mut Command| {
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdout(Stdio::null());
    };
    let mut update = Command::new("apt-get");
    update.args(["update", "-qq"]);
    quiet(&mut update);
    step::run("update the package lists", &mut update)?;
    let mut install = Command::new("apt-get");
    install.args(["install", "-y", "-qq", "--no-install-recommends", package]);
    quiet(&mut install);
    step::run(&format!("install {package}"), &mut install)
}

fn is_there(program: &str) -> bool {
    let mut probe = Command::new("sh");
    probe
        .args(["-c", "command -v \"$0\"", program])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}
