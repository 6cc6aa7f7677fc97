//! The licences that every package brings along: its own, and those of what is built into it.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::package::matrix::Target;
use crate::package::{Build, npm};
use crate::step::{cargo, output, root, run as step_run, target as built};

/// Our own.
pub(crate) const OWN: [&str; 3] = ["LICENSE", "LICENSE-APACHE", "LICENSE-MIT"];
/// Those of others.
pub(crate) const THIRD_PARTY: &str = "THIRD-PARTY.md";
/// The version of cargo-about that the template is written for.
const ABOUT: &str = "0.9.3";
const TEMPLATE: &str = "xtask/src/package/third-party.hbs";
const GUESTS: &str = "polycode-runner/guests/LICENSES.md";

/// What must be named in every package that has a native half: of crates, of guests, and Rust itself.
const NAMED: [&str; 6] = [
    "- wasmtime ",
    "- ring ",
    "- tokio ",
    "QuickJS-NG, ©",
    "cloudlibc (©",
    "Rust's standard library",
];

/// Lays our own licences into the folder of a package.
pub(crate) fn lay(folder: &Path) -> Result<()> {
    for name in OWN {
        fs::copy(root().join(name), folder.join(name)).context(name)?;
    }
    Ok(())
}

/// Lays those of all that a crate is made of into the folder of the package that it is in.
pub(crate) fn lay_third_party(folder: &Path, package: &str, target: &Target) -> Result<()> {
    fs::write(folder.join(THIRD_PARTY), third_party(package, target)?)?;
    Ok(())
}

/// Looks whether a packed package has them.
pub(crate) fn check(build: &Build, file: &Path) -> Result<()> {
    for name in OWN {
        let ours = fs::read_to_string(root().join(name))?;
        let packed = packed(build, file, name)?;
        ensure!(packed == ours.trim(), "{}: {name} differs", file.display());
    }
    if !npm::is_main(file) {
        check_named(&packed(build, file, THIRD_PARTY)?)
            .with_context(|| file.display().to_string())?;
    }
    Ok(())
}

fn check_named(text: &str) -> Result<()> {
    for name in NAMED {
        ensure!(text.contains(name), "{THIRD_PARTY} does not name `{name}`");
    }
    Ok(())
}

/// The licences of what a crate is made of on a platform.
fn third_party(package: &str, target: &Target) -> Result<String> {
    let read = |path: &str| fs::read_to_string(root().join(path)).context(path.to_owned());
    let told = about(&read("deny.toml")?, target)?;
    // It reads every file of every crate, which takes minutes: only if something has changed.
    let mut of = Sha256::new();
    for text in [&told, &read("Cargo.lock")?, &read(TEMPLATE)?] {
        of.update(text);
    }
    let folder = built().join("package/licences");
    let folder = folder.join(package).join(hex::encode(of.finalize()));
    let crates = folder.join("crates.md");
    if !crates.exists() {
        fs::create_dir_all(&folder)?;
        let config = folder.join("about.toml");
        fs::write(&config, told)?;
        generate(package, &config, &crates)?;
    }
    Ok(put_together(&fs::read_to_string(crates)?, &read(GUESTS)?))
}

/// Writes the licences of the crates that a crate is made of.
fn generate(package: &str, config: &Path, crates: &Path) -> Result<()> {
    // Those of other platforms, too: cargo reads all before it leaves any out.
    let mut fetch = cargo();
    step_run(
        "fetch the crates",
        fetch.args(["fetch", "--locked", "--quiet"]),
    )?;
    let new = crates.with_extension("new");
    let mut generate = about_command()?;
    generate
        .args(["generate", "--offline", "--locked", "--fail"])
        .arg("--manifest-path")
        .arg(root().join(package).join("Cargo.toml"))
        .arg("--config")
        .arg(config)
        .arg("--output-file")
        .arg(&new)
        .arg(root().join(TEMPLATE));
    step_run(&format!("licences of {package}"), &mut generate)?;
    Ok(fs::rename(new, crates)?)
}

/// One text of what is there of crates and of guests.
fn put_together(crates: &str, guests: &str) -> String {
    // A level lower than where they stand by themselves.
    let guests: Vec<_> = guests
        .lines()
        .map(|line| {
            let deeper = if line.starts_with('#') { "#" } else { "" };
            format!("{deeper}{line}\n")
        })
        .collect();
    format!(
        "{}\n\n## Rust's standard library\n\n© The Rust Project contributors, under the Apache License, \
         Version 2.0, whose text is above.\n\n{}",
        crates.trim_end(),
        guests.concat()
    )
}

/// What cargo-about is told: the licences that `deny.toml` allows.
fn about(deny: &str, target: &Target) -> Result<String> {
    #[derive(Deserialize)]
    struct Deny {
        licenses: Licenses,
    }
    #[derive(Deserialize)]
    struct Licenses {
        allow: Vec<String>,
    }
    #[derive(Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct About<'a> {
        accepted: Vec<String>,
        max_depth: u32,
        targets: [&'a str; 1],
        ignore_build_dependencies: bool,
        ignore_dev_dependencies: bool,
        private: Private,
    }
    #[derive(Serialize)]
    struct Private {
        ignore: bool,
    }
    let Deny { licenses } = toml::from_str(deny).context("deny.toml")?;
    Ok(toml::to_string(&About {
        accepted: licenses.allow,
        // Licences stand at the top of a crate or in a folder of their own; what is deeper is source.
        max_depth: 2,
        targets: [target.rust],
        ignore_build_dependencies: true,
        ignore_dev_dependencies: true,
        private: Private { ignore: true },
    })?)
}

/// cargo-about, installed where tasks keep what they make.
fn about_command() -> Result<Command> {
    let folder = built().join("package/about");
    let program = folder.join("bin/cargo-about");
    let version = output(Command::new(&program).arg("--version")).unwrap_or_default();
    if version != format!("cargo-about {ABOUT}") {
        let mut install = cargo();
        install
            .args(["install", "cargo-about", "--locked", "--quiet", "--force"])
            .args(["--features", "cli", "--version", ABOUT, "--root"])
            .arg(&folder);
        step_run("install cargo-about", &mut install)?;
    }
    Ok(Command::new(program))
}

/// A file of a packed package, wherever in it that is.
fn packed(build: &Build, file: &Path, name: &str) -> Result<String> {
    const FIND: &str = "
import pathlib, sys, tarfile, zipfile
name, wanted = sys.argv[1:]
if name.endswith('.whl'):
    archive = zipfile.ZipFile(name)
    files, read = archive.namelist(), archive.read
else:
    archive = tarfile.open(name)
    files, read = archive.getnames(), lambda file: archive.extractfile(file).read()
[found] = [file for file in files if pathlib.PurePosixPath(file).name == wanted]
sys.stdout.buffer.write(read(found))
";
    let mut find = build.python();
    find.args(["-c", FIND]).arg(file).arg(name);
    output(&mut find).with_context(|| format!("{} has no {name}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_be_used_is_accepted() {
        let target = Target::find("x86_64-unknown-linux-musl").unwrap();
        let told = about("[licenses]\nallow = [\"MIT\", \"Zlib\"]\n", target).unwrap();
        assert_eq!(
            told,
            "accepted = [\"MIT\", \"Zlib\"]\nmax-depth = 2\ntargets = [\"x86_64-unknown-linux-musl\"]\n\
             ignore-build-dependencies = true\nignore-dev-dependencies = true\n\n\
             [private]\nignore = true\n"
        );
        let missing = about("[bans]\n", target).unwrap_err();
        assert_eq!(missing.to_string(), "deny.toml");
    }

    #[test]
    fn what_is_built_in_is_named() {
        let guests = fs::read_to_string(root().join(GUESTS)).unwrap();
        let crates = "# Works\n- wasmtime 48\n- ring 1\n- tokio 1\n";
        let text = put_together(crates, &guests);
        assert!(text.contains("\n## What the built guests are made of\n"));
        check_named(&text).unwrap();
        let missing = check_named(&put_together("- wasmtime 48\n- tokio 1\n", &guests));
        assert_eq!(
            missing.unwrap_err().to_string(),
            "THIRD-PARTY.md does not name `- ring `"
        );
    }
}
