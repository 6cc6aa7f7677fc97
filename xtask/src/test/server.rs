//! The reference server, as those outside see it: in a browser, and by clients that are made from
//! its document.

use std::process::Command;

use anyhow::Result;

use super::faces::{npm, python_of, requirements, venv};
use crate::machine;
use crate::step::{cargo, root, run as step_run, target};

/// Every test of the server that needs another program than cargo.
pub(super) fn run() -> Result<()> {
    machine::require("chromium", "chromium")?;
    let mut build = cargo();
    build.args(["build", "--quiet", "--all-features"]);
    step_run("build the reference server", &mut build)?;
    browser()?;
    clients()
}

fn browser() -> Result<()> {
    let folder = root().join("examples/reference-server/tests/browser");
    npm("set up the browser test", &folder, &["ci", "--silent"])?;
    npm("test of the page in a browser", &folder, &["test"])
}

fn clients() -> Result<()> {
    let folder = root().join("examples/reference-server/tests/clients");
    npm("set up the test of clients", &folder, &["ci", "--silent"])?;
    let environment = target().join("clients/python");
    venv(&environment)?;
    let python = python_of(&environment);
    requirements(&python, &folder, "requirements", "the test of clients")?;
    let by_npm = |what: &str, args: &[&str]| {
        let mut test = Command::new("npm");
        test.args(args).current_dir(&folder);
        step_run(what, test.env("POLYCODE_PYTHON", &environment))
    };
    by_npm("clients made from the document", &["test"])?;
    by_npm("the document held against the server", &["run", "contract"])
}
