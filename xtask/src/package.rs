//! The packages of the faces, laid out for every platform, and tried as their users install them.

mod licence;
mod matrix;
mod npm;
mod size;
pub(crate) mod snippets;
pub(crate) mod trial;
mod wheel;
mod zig;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::package::matrix::Target;
use crate::step::{self, root, run as step_run, target as built};
use crate::test::faces::{AS_TESTED, PIP, python_of, venv};

/// What to package.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only list the platforms, and what it takes to build for each here.
    #[arg(long)]
    list: bool,
    /// The platforms to build for, by Rust's names; those of this machine when left out.
    #[arg(long)]
    target: Vec<String>,
    /// The profile of cargo; `dev` is quick, large, and tied to this machine's C library.
    #[arg(long, default_value = "release")]
    profile: String,
    /// Build, and leave it at that.
    #[arg(long)]
    no_trial: bool,
}

/// Builds the packages, says how large they are, and tries them.
pub(crate) fn run(options: &Options) -> Result<()> {
    let machine = Machine::look()?;
    if options.list {
        matrix::list(&machine);
        return Ok(());
    }
    let targets = chosen(&options.target, &machine)?;
    let build = Build::set_up(&options.profile)?;
    let files = build.packages(&targets)?;
    println!("\n==> licences");
    for file in &files {
        licence::check(&build, file)?;
    }
    println!("    every package has those of what is in it");
    println!("\n==> sizes");
    for file in &files {
        println!("    {}", size::of(&build, file)?);
    }
    if options.no_trial || !targets.iter().any(|target| target.rust == machine.host) {
        return Ok(());
    }
    trial::python(&files)?;
    trial::node(&files)
}

/// Builds the packages of this machine's platform as they are published. Gives how, and their files.
pub(crate) fn published() -> Result<(Build, &'static Target, Vec<PathBuf>)> {
    let target = Target::find(&Machine::look()?.host)?;
    let build = Build::set_up("release")?;
    let files = build.packages(&[target])?;
    Ok((build, target, files))
}

/// The targets that were asked for, all of which can be built here.
fn chosen(asked: &[String], machine: &Machine) -> Result<Vec<&'static Target>> {
    if asked.is_empty() {
        return chosen(std::slice::from_ref(&machine.host), machine);
    }
    let find = |name: &String| {
        let target = Target::find(name)?;
        let built = machine.can_build(target);
        built.with_context(|| format!("{name} can't be built here"))?;
        Ok(target)
    };
    asked.iter().map(find).collect()
}

/// What this machine can build for.
#[derive(Debug)]
pub(crate) struct Machine {
    /// Its own platform, by Rust's name.
    pub(crate) host: String,
    /// Where Rust keeps the libraries of each platform.
    sysroot: PathBuf,
}

impl Machine {
    fn look() -> Result<Self> {
        let told = step::output(Command::new("rustc").arg("-vV"))?;
        let host = told.lines().find_map(|line| line.strip_prefix("host: "));
        let host = host
            .context("rustc does not say what its host is")?
            .to_owned();
        let sysroot = step::output(Command::new("rustc").args(["--print", "sysroot"]))?;
        Ok(Self {
            host,
            sysroot: sysroot.into(),
        })
    }

    /// Whether there is all that a target takes.
    ///
    /// # Errors
    /// What is missing.
    pub(crate) fn can_build(&self, target: &Target) -> Result<()> {
        let Target { rust, .. } = target;
        let family = target.family();
        ensure!(
            rust == &self.host || family == "linux" || Target::find(&self.host)?.family() == family,
            "it is built on {} only",
            target.system()
        );
        ensure!(
            self.sysroot
                .join("lib/rustlib")
                .join(rust)
                .join("lib")
                .is_dir(),
            "Rust's libraries for it are not there: `rustup target add {rust}`"
        );
        Ok(())
    }
}

/// How packages are built.
#[derive(Debug)]
pub(crate) struct Build {
    /// The profile of cargo.
    pub(crate) profile: String,
    /// The environment with what builds wheels.
    tools: PathBuf,
}

impl Build {
    fn set_up(profile: &str) -> Result<Self> {
        let tools = built().join("package/tools");
        venv(&tools)?;
        let mut setup = Command::new(python_of(&tools));
        let needed = root().join("bindings/python/requirements-package.txt");
        setup.args(PIP).arg("--requirement").arg(needed);
        step_run("set up the tools for packages", &mut setup)?;
        Ok(Self {
            profile: profile.to_owned(),
            tools,
        })
    }

    /// Builds all packages for some platforms, and gives their files.
    fn packages(&self, targets: &[&Target]) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for target in targets {
            files.push(wheel::build(self, target)?);
            files.push(npm::build_native(self, target)?);
        }
        files.push(npm::main()?);
        Ok(files)
    }

    /// The Python of the tools.
    pub(crate) fn python(&self) -> Command {
        Command::new(python_of(&self.tools))
    }

    /// One of the tools, which finds the others.
    pub(crate) fn tool(&self, name: &str) -> Result<Command> {
        let folder = self.tools.join("bin");
        let mut command = Command::new(folder.join(name));
        let paths = std::env::var_os("PATH").unwrap_or_default();
        let paths = [folder].into_iter().chain(std::env::split_paths(&paths));
        command.env("PATH", std::env::join_paths(paths)?);
        Ok(command)
    }

    /// Whether it is for others: as small as can be, and for C libraries as old as can be.
    pub(crate) fn is_for_others(&self) -> bool {
        self.profile != "dev"
    }

    /// Has cargo, or what calls it, compile for a platform.
    pub(crate) fn aim(&self, command: &mut Command, target: &Target) -> Result<()> {
        if !self.is_for_others() {
            command.args(AS_TESTED);
            return Ok(());
        }
        command.args(["--target", target.rust]);
        // Names of functions are half of it.
        let profile = self.profile.to_uppercase().replace('-', "_");
        command.env(format!("CARGO_PROFILE_{profile}_STRIP"), "symbols");
        if target.family() == "linux" {
            zig::link_with(command, target, &self.tools)?;
        }
        Ok(())
    }

    /// The folder that cargo builds a target into.
    pub(crate) fn folder(&self, target: &Target) -> PathBuf {
        let profile = match self.profile.as_str() {
            "dev" => "debug",
            profile => profile,
        };
        if self.is_for_others() {
            built().join(target.rust).join(profile)
        } else {
            built().join(profile)
        }
    }
}

/// The folder of what is built, emptied.
fn fresh(name: &str) -> Result<PathBuf> {
    let folder = root().join("dist").join(name);
    empty(&folder)?;
    Ok(folder)
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named() {
        let sysroot = tempfile::tempdir().unwrap();
        let host = "x86_64-unknown-linux-gnu";
        let libraries = sysroot.path().join("lib/rustlib").join(host).join("lib");
        std::fs::create_dir_all(libraries).unwrap();
        let machine = Machine {
            host: host.to_owned(),
            sysroot: sysroot.path().to_owned(),
        };
        let told = |asked: &[&str]| {
            let asked: Vec<_> = asked.iter().map(|name| (*name).to_owned()).collect();
            chosen(&asked, &machine).map_err(|error| format!("{error:#}"))
        };
        assert_eq!(told(&[]).unwrap()[0].rust, host);
        assert_eq!(told(&[host]).unwrap()[0].node, "linux-x64-gnu");
        let musl = "x86_64-unknown-linux-musl";
        let missing = told(&[host, musl]).unwrap_err();
        assert!(
            missing.ends_with("`rustup target add x86_64-unknown-linux-musl`"),
            "{missing}"
        );
        let missing = told(&["aarch64-apple-darwin"]).unwrap_err();
        assert_eq!(
            missing,
            "aarch64-apple-darwin can't be built here: it is built on macOS only"
        );
        assert!(
            told(&["wasm32-wasip1"])
                .unwrap_err()
                .contains("no platform of ours")
        );
    }
}
