//! Everything that is checked without running the product.

use anyhow::Result;

use crate::step::{self, cargo};
use crate::{codegen, machine, tidy};

/// The version of cargo-deny that `deny.toml` is written for.
const DENY: &str = "0.19.4";

/// Checks what takes no compiling: format, house rules and generated files.
pub(crate) fn quick() -> Result<()> {
    step::run("format", cargo().args(["fmt", "--all", "--check"]))?;
    tidy::run()?;
    codegen::run(true)
}

/// Checks format, lints, house rules, generated files, documentation and licences.
pub(crate) fn run() -> Result<()> {
    quick()?;
    let mut clippy = cargo();
    clippy.args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "--deny",
        "warnings",
    ]);
    step::run("lints", &mut clippy)?;
    // With the features that are published, and no others beside them.
    let mut published = cargo();
    published.args(["check", "--quiet"]);
    published.args(["--package", "polycode-python", "--package", "polycode-node"]);
    step::run("the faces as they are published", &mut published)?;
    let mut doc = cargo();
    doc.args(["doc", "--no-deps", "--quiet"])
        .env("RUSTDOCFLAGS", "--deny warnings");
    step::run("documentation", &mut doc)?;
    licences()
}

fn licences() -> Result<()> {
    machine::require_cargo("cargo-deny", DENY)?;
    let mut deny = cargo();
    deny.args(["deny", "check", "licenses", "bans", "sources"]);
    step::run("licences, bans and sources of dependencies", &mut deny)
}
