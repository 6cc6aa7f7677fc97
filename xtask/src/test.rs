//! Every test there is, with all the set-up that they need.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};
use polycode_store::testkit::postgres::{self, Durability, Server};

use crate::step::{self, cargo, root, run as step_run, target};
use crate::{ci, machine};

/// How Python packages are installed.
const PIP: [&str; 5] = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
];

/// Sets up what is needed and runs every test in Rust, Python, Node and the browser.
pub(crate) fn run() -> Result<()> {
    ci::quick()?;
    install_runtimes()?;
    rust()?;
    python()?;
    node()?;
    browser()?;
    println!("\nall tests passed");
    Ok(())
}

/// Installs the language runtimes that tests and the demo judge with; quick when they are there.
pub(crate) fn install_runtimes() -> Result<()> {
    let mut install = cargo();
    // With the features of the tests: what is compiled for one is compiled for all.
    install.args(["run", "--quiet", "--all-features", "--bin", "polycode"]);
    install.args(["--", "install", "--all"]);
    step_run("install the language runtimes", &mut install)
}

fn rust() -> Result<()> {
    machine::require_postgres()?;
    println!("\n==> start a PostgreSQL server");
    // One for all tests; it ends when it is dropped, and with this process.
    let server = Server::start(Durability::Process);
    let mut tests = cargo();
    tests
        .args(["test", "--all-features"])
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

fn python() -> Result<()> {
    let folder = root().join("bindings/python");
    let (tools, wheels) = (
        target().join("python/tools"),
        target().join("python/wheels"),
    );
    venv(&tools)?;
    let mut setup = Command::new(python_of(&tools));
    setup
        .args(PIP)
        .arg("--requirement")
        .arg(folder.join("requirements-dev.txt"));
    step_run("set up the Python tools", &mut setup)?;

    if wheels.exists() {
        std::fs::remove_dir_all(&wheels)?;
    }
    let mut build = Command::new(python_of(&tools));
    build
        .args([
            "-m",
            "maturin",
            "build",
            "--profile",
            "dev",
            "--quiet",
            "--out",
        ])
        .arg(&wheels);
    step_run("build the Python wheel", build.current_dir(&folder))?;

    let fresh = target().join("python/fresh");
    if fresh.exists() {
        std::fs::remove_dir_all(&fresh)?;
    }
    venv(&fresh)?;
    let mut install = Command::new(python_of(&fresh));
    // By its path: the name alone could be another project's in the registry.
    install
        .args(PIP)
        .arg(format!("{}[test]", only_file(&wheels)?.display()));
    step_run("install the wheel into a fresh environment", &mut install)?;
    let mut tests = Command::new(python_of(&fresh));
    tests.args(["-m", "pytest", "--quiet", "tests"]);
    step_run("tests of the Python face", tests.current_dir(&folder))?;
    let mut types = Command::new(python_of(&fresh));
    types.args(["-m", "mypy", "--strict", "tests"]);
    step_run("types of the Python face", types.current_dir(&folder))?;
    let mut package = Command::new(python_of(&fresh));
    package.args(["-m", "mypy", "--strict", "--package", "polycode"]);
    step_run("types of the Python package", &mut package)?;
    django(&fresh)
}

/// The school that embeds the Python face, with the package that its users get.
fn django(fresh: &Path) -> Result<()> {
    let folder = root().join("examples/embed-django");
    let mut install = Command::new(python_of(fresh));
    install
        .args(PIP)
        .arg("--requirement")
        .arg(folder.join("requirements.txt"));
    step_run("set up the example for Django", &mut install)?;
    let mut tests = Command::new(python_of(fresh));
    tests
        .args(["-W", "error", "manage.py", "test"])
        .env("SCHOOL_DATA", target().join("embed-django"));
    step_run(
        "tests of the example for Django",
        tests.current_dir(&folder),
    )
}

/// The one file of a folder.
fn only_file(folder: &Path) -> Result<PathBuf> {
    let files: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    match files.as_slice() {
        [file] => Ok(file.path()),
        files => bail!("{} has {} files, not one", folder.display(), files.len()),
    }
}

fn venv(folder: &Path) -> Result<()> {
    if python_of(folder).exists() {
        return Ok(());
    }
    step_run(
        "make a Python environment",
        Command::new("python3").args(["-m", "venv"]).arg(folder),
    )
}

fn python_of(venv: &Path) -> PathBuf {
    venv.join("bin/python")
}

fn node() -> Result<()> {
    let folder = root().join("bindings/node");
    npm("set up the Node tools", &folder, &["ci", "--silent"])?;
    npm("build the Node package", &folder, &["run", "build"])?;
    npm("tests of the Node face", &folder, &["test"])?;
    let folder = root().join("examples/embed-express");
    npm(
        "set up the example for Express",
        &folder,
        &["ci", "--silent"],
    )?;
    npm("tests of the example for Express", &folder, &["test"])
}

fn browser() -> Result<()> {
    machine::require("chromium", "chromium")?;
    let mut build = cargo();
    build.args(["build", "--quiet", "--all-features"]);
    step_run("build the reference server", &mut build)?;
    let folder = root().join("examples/reference-server/tests/browser");
    npm("set up the browser test", &folder, &["ci", "--silent"])?;
    npm("test of the page in a browser", &folder, &["test"])
}

fn npm(what: &str, folder: &Path, args: &[&str]) -> Result<()> {
    step::run(what, Command::new("npm").args(args).current_dir(folder))
}
