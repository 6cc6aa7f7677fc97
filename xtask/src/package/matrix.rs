//! The platforms that there are packages for.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::package::Machine;

/// A platform.
#[derive(Debug)]
pub(crate) struct Target {
    /// Rust's name of it.
    pub(crate) rust: &'static str,
    /// Node's name of it, by which the loader finds its package.
    pub(crate) node: &'static str,
    /// The oldest system that the wheel says it runs on.
    pub(crate) wheel: &'static str,
}

const fn target(rust: &'static str, node: &'static str, wheel: &'static str) -> Target {
    Target { rust, node, wheel }
}

/// Every platform. What Rust itself asks of a system is the oldest that there can be.
pub(crate) const TARGETS: [Target; 8] = [
    target(
        "x86_64-unknown-linux-gnu",
        "linux-x64-gnu",
        "manylinux_2_17",
    ),
    target(
        "aarch64-unknown-linux-gnu",
        "linux-arm64-gnu",
        "manylinux_2_17",
    ),
    target(
        "x86_64-unknown-linux-musl",
        "linux-x64-musl",
        "musllinux_1_2",
    ),
    target(
        "aarch64-unknown-linux-musl",
        "linux-arm64-musl",
        "musllinux_1_2",
    ),
    target("x86_64-apple-darwin", "darwin-x64", "macosx_10_12"),
    target("aarch64-apple-darwin", "darwin-arm64", "macosx_11_0"),
    target("x86_64-pc-windows-msvc", "win32-x64-msvc", "win_amd64"),
    target("aarch64-pc-windows-msvc", "win32-arm64-msvc", "win_arm64"),
];

impl Target {
    /// The target of Rust's name.
    pub(crate) fn find(rust: &str) -> Result<&'static Self> {
        let mut targets = TARGETS.iter();
        let found = targets.find(|target| target.rust == rust);
        found.with_context(|| format!("{rust} is no platform of ours: see `--list`"))
    }

    /// The system, by Node's name.
    pub(crate) fn family(&self) -> &'static str {
        self.parts().0
    }

    /// The system, by its own name.
    pub(crate) fn system(&self) -> &'static str {
        match self.family() {
            "darwin" => "macOS",
            "win32" => "Windows",
            _ => "Linux",
        }
    }

    /// The name of its npm package.
    pub(crate) fn package(&self) -> String {
        format!("polycode-{}", self.node)
    }

    /// The name of the file that the loader loads.
    pub(crate) fn native(&self) -> String {
        format!("polycode.{}.node", self.node)
    }

    /// The name of the library that cargo makes.
    pub(crate) fn library(&self) -> &'static str {
        match self.family() {
            "win32" => "polycode_node.dll",
            "darwin" => "libpolycode_node.dylib",
            _ => "libpolycode_node.so",
        }
    }

    /// Whether its C library is musl.
    pub(crate) fn is_musl(&self) -> bool {
        self.parts().2 == "musl"
    }

    /// The version of glibc that it is linked for, where there is one.
    pub(crate) fn glibc(&self) -> Option<String> {
        let version = self.wheel.strip_prefix("manylinux_")?;
        Some(version.replace('_', "."))
    }

    /// What npm must know in order to install it where it runs, and nowhere else.
    pub(crate) fn conditions(&self) -> Vec<(&'static str, Value)> {
        let (os, cpu, library) = self.parts();
        let library = match library {
            "gnu" => Some("glibc"),
            "musl" => Some("musl"),
            _ => None,
        };
        let mut conditions = vec![("os", json!([os])), ("cpu", json!([cpu]))];
        conditions.extend(library.map(|library| ("libc", json!([library]))));
        conditions
    }

    /// Node's names of the system, the processor and the C library.
    fn parts(&self) -> (&'static str, &'static str, &'static str) {
        let mut parts = self.node.split('-');
        let mut next = || parts.next().unwrap_or_default();
        (next(), next(), next())
    }
}

/// Prints every platform with what can be built here.
pub(crate) fn list(machine: &Machine) {
    println!(
        "{:<27} {:<25} {:<16} here",
        "target", "npm package", "wheel"
    );
    for target in &TARGETS {
        let here = match machine.can_build(target) {
            Ok(()) => "can be built".to_owned(),
            Err(missing) => missing.to_string(),
        };
        let Target { rust, wheel, .. } = target;
        println!("{rust:<27} {:<25} {wheel:<16} {here}", target.package());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn npm_is_told_where_a_package_runs() {
        let conditions = |rust| {
            let conditions = Target::find(rust).unwrap().conditions();
            serde_json::to_string(&conditions).unwrap()
        };
        assert_eq!(
            conditions("aarch64-unknown-linux-musl"),
            r#"[["os",["linux"]],["cpu",["arm64"]],["libc",["musl"]]]"#
        );
        assert_eq!(
            conditions("x86_64-pc-windows-msvc"),
            r#"[["os",["win32"]],["cpu",["x64"]]]"#
        );
    }
}
