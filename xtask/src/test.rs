//! Every test there is, with all the set-up that they need.

pub(crate) mod faces;
mod server;

use anyhow::Result;
use polycode_store::testkit::postgres::{self, Durability, Server};

pub(crate) use faces::npm;

use crate::step::{cargo, run as step_run};
use crate::{ci, machine};

/// Sets up what is needed and runs every test in Rust, Python, Node and the browser.
pub(crate) fn run() -> Result<()> {
    ci::quick()?;
    install_runtimes(&["--all"])?;
    rust()?;
    faces::python()?;
    faces::node()?;
    server::run()?;
    println!("\nall tests passed");
    Ok(())
}

/// Installs language runtimes, by the arguments of `polycode install`; quick when they are there.
pub(crate) fn install_runtimes(which: &[&str]) -> Result<()> {
    let mut install = cargo();
    // With the features of the tests: what is compiled for one is compiled for all.
    install.args(["run", "--quiet", "--all-features", "--bin", "polycode"]);
    install.args(["--", "install"]).args(which);
    step_run("install the language runtimes", &mut install)
}

fn rust() -> Result<()> {
    machine::require_postgres()?;
    machine::require_font()?;
    println!("\n==> start a PostgreSQL server");
    // One for all tests; it ends when it is dropped, and with this process.
    let server = Server::start(Durability::Process);
    let mut tests = cargo();
    tests
        .args(["test", "--all-features", "--workspace"])
        // Their tests are in their own languages, and need what those bring along.
        .args(["--exclude", "polycode-python", "--exclude", "polycode-node"])
        .env(postgres::SERVER, server.url());
    step_run("tests of the Rust crates", &mut tests)
}

/// Runs the test that kills processes in the middle of their work, so many times on each database.
pub(crate) fn soak(kills: u32) -> Result<()> {
    machine::require_postgres()?;
    let mut soak = cargo();
    soak.args(["test", "--all-features", "--test", "crash"]);
    soak.env("POLYCODE_CRASH_TEST_RUNS", kills.to_string());
    step_run("kill processes in the middle of their work", &mut soak)
}
