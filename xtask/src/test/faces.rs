//! The Python and the Node face: their packages, installed as users do, and the tests of both.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::package::{snippets, trial};
use crate::step::{self, root, run as step_run, target};

/// How Python packages are installed.
pub(crate) const PIP: [&str; 5] = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
];

/// The features of the other tests: what was compiled for them is not compiled again.
pub(crate) const AS_TESTED: [&str; 2] = ["--features", "as-tested"];

/// Stores that break a rule on purpose panic in some tests, and their stacks would bury what went wrong in others.
const NO_STACKS: (&str, &str) = ("RUST_BACKTRACE", "0");

/// Builds the package for Python, installs it into a fresh environment and gives the Python there.
fn python_package() -> Result<PathBuf> {
    let folder = root().join("bindings/python");
    let folder_of = |name: &str| target().join("python").join(name);
    let (tools, wheels) = (folder_of("tools"), folder_of("dev/wheels"));
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
    build.args(["-m", "maturin", "build", "--quiet"]);
    build.args(["--profile", "dev"]).arg("--out").arg(&wheels);
    build.args(AS_TESTED);
    step_run("build the Python wheel", build.current_dir(&folder))?;

    let fresh = folder_of("dev/fresh");
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
    Ok(python_of(&fresh))
}

/// Builds the package for Node where it is.
fn node_package() -> Result<()> {
    let folder = root().join("bindings/node");
    npm("set up the Node tools", &folder, &["ci", "--silent"])?;
    let build = ["run", "build", "--", "--profile", "dev"];
    let build = [build.as_slice(), &AS_TESTED].concat();
    npm("build the Node package", &folder, &build)
}

/// Every test of the Python face, on a package that is installed as its users do.
pub(super) fn python() -> Result<()> {
    let folder = root().join("bindings/python");
    let python = python_package()?;
    let mut tests = Command::new(&python);
    tests.args(["-m", "pytest", "--quiet", "tests"]);
    tests.env(NO_STACKS.0, NO_STACKS.1).current_dir(&folder);
    step_run("tests of the Python face", &mut tests)?;
    let mut types = Command::new(&python);
    types.args(["-m", "mypy", "--strict", "tests", "benches"]);
    step_run("types of the Python face", types.current_dir(&folder))?;
    let mut package = Command::new(&python);
    package.args(["-m", "mypy", "--strict", "--package", "polycode"]);
    step_run("types of the Python package", &mut package)?;
    snippets::python(&python, &trial::project("test-python")?)?;
    django(&python)?;
    notebook(&python)?;
    pyright(&python)
}

/// The school that embeds the Python face.
fn django(python: &Path) -> Result<()> {
    let folder = root().join("examples/embed-django");
    requirements(python, &folder, "requirements", "the example for Django")?;
    let mut tests = Command::new(python);
    tests
        .args(["-W", "error", "manage.py", "test"])
        .env("SCHOOL_DATA", target().join("embed-django"));
    step_run(
        "tests of the example for Django",
        tests.current_dir(&folder),
    )?;
    let what = "the types of the example for Django";
    requirements(python, &folder, "requirements-types", what)?;
    let mut types = Command::new(python);
    types
        .args(["-m", "mypy", "."])
        .env("SCHOOL_DATA", target().join("embed-django"));
    step_run(
        "types of the example for Django",
        types.current_dir(&folder),
    )
}

/// The notebook of a class, every cell of it.
fn notebook(python: &Path) -> Result<()> {
    let folder = root().join("examples/notebook");
    requirements(python, &folder, "requirements", "the notebook")?;
    let mut test = Command::new(python);
    test.arg("test_notebook.py");
    step_run("test of the notebook", test.current_dir(&folder))
}

/// The type checker of editors, over the face, its tests and the notebook's.
fn pyright(python: &Path) -> Result<()> {
    let folder = root().join("bindings/python");
    let tool = folder.join("types");
    npm("set up the types of editors", &tool, &["ci", "--silent"])?;
    for checked in [folder, root().join("examples/notebook")] {
        let mut types = Command::new(tool.join("node_modules/.bin/pyright"));
        types.arg("--pythonpath").arg(python);
        step_run("types as editors see them", types.current_dir(&checked))?;
    }
    Ok(())
}

/// Installs what a list in a folder asks for.
pub(super) fn requirements(python: &Path, folder: &Path, list: &str, what: &str) -> Result<()> {
    let mut install = Command::new(python);
    install
        .args(PIP)
        .arg("--requirement")
        .arg(folder.join(list).with_extension("txt"));
    step_run(&format!("set up {what}"), &mut install)
}

/// Every test of the Node face and of the site that embeds it.
pub(super) fn node() -> Result<()> {
    node_package()?;
    let folder = root().join("bindings/node");
    let mut tests = Command::new("npm");
    tests.arg("test").env(NO_STACKS.0, NO_STACKS.1);
    step_run("tests of the Node face", tests.current_dir(&folder))?;
    let project = trial::project("test-node")?;
    let modules = project.join("node_modules");
    std::fs::create_dir_all(&modules)?;
    std::os::unix::fs::symlink(&folder, modules.join("polycode"))?;
    snippets::node(&project)?;
    let folder = root().join("examples/embed-express");
    npm(
        "set up the example for Express",
        &folder,
        &["ci", "--silent"],
    )?;
    npm("tests of the example for Express", &folder, &["test"])
}

/// Runs npm in a folder.
pub(crate) fn npm(what: &str, folder: &Path, args: &[&str]) -> Result<()> {
    step::run(what, Command::new("npm").args(args).current_dir(folder))
}

/// The one file of a folder.
pub(crate) fn only_file(folder: &Path) -> Result<PathBuf> {
    let files: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    match files.as_slice() {
        [file] => Ok(file.path()),
        files => bail!("{} has {} files, not one", folder.display(), files.len()),
    }
}

/// Makes a Python environment in a folder, if there is none.
pub(crate) fn venv(folder: &Path) -> Result<()> {
    if python_of(folder).exists() {
        return Ok(());
    }
    step_run(
        "make a Python environment",
        Command::new("python3").args(["-m", "venv"]).arg(folder),
    )
}

/// The Python of an environment.
pub(crate) fn python_of(venv: &Path) -> PathBuf {
    venv.join("bin/python")
}
