//! The packages as their users have them: installed into a fresh environment and a fresh project, where
//! the README's snippets run as they are pasted.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::package::{empty, snippets};
use crate::step::{root, run as step_run, target as built};
use crate::test::faces::{PIP, npm, python_of, venv};

/// Installs the wheel of this machine and tries it.
pub(super) fn python(files: &[PathBuf]) -> Result<()> {
    let project = python_project("python", files)?;
    let fresh = project.join("venv");
    let mut command = Command::new(fresh.join("bin/polycode"));
    command.args(["install", "python"]);
    step_run(
        "install the runtime of Python",
        command.current_dir(&project),
    )?;
    snippets::python(&python_of(&fresh), &project)
}

/// Installs the npm packages of this machine and tries them.
pub(super) fn node(files: &[PathBuf]) -> Result<()> {
    let project = node_project("node", files)?;
    let command = ["exec", "--offline", "--", "polycode", "install", "python"];
    npm("install the runtime of Python", &project, &command)?;
    snippets::node(&project)
}

/// A fresh folder with the wheel in an environment of its own, `venv`.
pub(crate) fn python_project(name: &str, files: &[PathBuf]) -> Result<PathBuf> {
    let project = project(name)?;
    let fresh = project.join("venv");
    venv(&fresh)?;
    let wheel = with_end(files, ".whl").next();
    let mut install = Command::new(python_of(&fresh));
    // By its path: the name alone could be another project's in the registry.
    install.args(PIP).arg(wheel.context("there is no wheel")?);
    step_run("install the wheel into a fresh environment", &mut install)?;
    Ok(project)
}

/// A fresh folder with a project of npm that has the packages installed.
pub(crate) fn node_project(name: &str, files: &[PathBuf]) -> Result<PathBuf> {
    let project = project(name)?;
    fs::write(
        project.join("package.json"),
        r#"{"name": "host", "private": true}"#,
    )?;
    let packages = with_end(files, ".tgz").map(|file| file.display().to_string());
    let packages: Vec<_> = packages.collect();
    let mut install = vec![
        "install",
        "--offline",
        "--no-audit",
        "--no-fund",
        "--silent",
    ];
    install.extend(packages.iter().map(String::as_str));
    npm(
        "install the npm packages into a fresh project",
        &project,
        &install,
    )?;
    Ok(project)
}

/// A fresh folder with the sample course, which snippets import.
pub(crate) fn project(name: &str) -> Result<PathBuf> {
    let project = built().join("package/fresh").join(name);
    empty(&project)?;
    let sample = project.join("examples");
    fs::create_dir_all(&sample)?;
    std::os::unix::fs::symlink(root().join("examples/course"), sample.join("course"))?;
    Ok(project)
}

fn with_end<'f>(files: &'f [PathBuf], end: &'static str) -> impl Iterator<Item = &'f Path> {
    let has_end = move |file: &&PathBuf| file.to_string_lossy().ends_with(end);
    files.iter().filter(has_end).map(PathBuf::as_path)
}
