//! The npm packages: one of JavaScript, and one for each platform with the native half, of which npm
//! installs the one that fits.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use crate::package::matrix::{TARGETS, Target};
use crate::package::{Build, fresh};
use crate::step::{self, cargo, root, run as step_run};
use crate::test::faces::AS_TESTED;

/// What a published package has no use for.
const OF_THE_CHECKOUT: [&str; 3] = ["private", "scripts", "devDependencies"];
/// What stands in every package's manifest in the same words.
const COMMON: [&str; 4] = ["version", "description", "license", "engines"];
/// How the manifest in the repository names the native half.
const NATIVES: &str = "polycode.*.node";
const LICENCES: [&str; 3] = ["LICENSE", "LICENSE-APACHE", "LICENSE-MIT"];

/// Builds the native half for a platform, lays its package out and packs it.
pub(crate) fn build_native(build: &Build, target: &Target) -> Result<PathBuf> {
    let mut command = if build.is_for_others() && target.family() == "linux" {
        // As the wheel is: for a C library as old as can be.
        let mut zig = build.tool("cargo-zigbuild")?;
        let glibc = target.glibc().map(|version| format!(".{version}"));
        let platform = format!("{}{}", target.rust, glibc.unwrap_or_default());
        zig.args(["zigbuild", "--target", &platform]);
        zig
    } else {
        let mut cargo = cargo();
        cargo.arg("build");
        if build.is_for_others() {
            cargo.args(["--target", target.rust]);
        }
        cargo
    };
    command.args([
        "--quiet",
        "--package",
        "polycode-node",
        "--profile",
        &build.profile,
    ]);
    if build.is_for_others() {
        // As maturin does it for the wheel: names of functions are half of it.
        let profile = build.profile.to_uppercase().replace('-', "_");
        command.env(format!("CARGO_PROFILE_{profile}_STRIP"), "symbols");
    } else {
        command.args(AS_TESTED);
    }
    step_run(
        &format!("build the npm package for {}", target.rust),
        &mut command,
    )?;

    let folder = fresh(&format!("npm/{}", target.package()))?;
    let library = build.folder(target).join(target.library());
    fs::copy(&library, folder.join(target.native()))
        .with_context(|| library.display().to_string())?;
    let main = checkout()?;
    let mut manifest = Map::new();
    manifest.insert("name".to_owned(), target.package().into());
    for field in COMMON {
        manifest.extend(
            main.get(field)
                .map(|value| (field.to_owned(), value.clone())),
        );
    }
    let native = target.native();
    manifest.insert("main".to_owned(), native.clone().into());
    manifest.insert("files".to_owned(), json!([native]));
    let conditions = target.conditions().into_iter();
    manifest.extend(conditions.map(|(field, value)| (field.to_owned(), value)));
    let readme = format!(
        "# {}\n\nThe native half of the package `polycode` for {}, which brings it along.\n",
        target.package(),
        target.rust
    );
    fs::write(folder.join("README.md"), readme)?;
    finish(&folder, &manifest)
}

/// Lays the package of JavaScript out and packs it.
pub(crate) fn main() -> Result<PathBuf> {
    let folder = fresh("npm/polycode")?;
    let mut manifest = checkout()?;
    for field in OF_THE_CHECKOUT {
        manifest.remove(field);
    }
    let version = manifest.get("version").cloned().unwrap_or_default();
    let natives = TARGETS.iter();
    let natives: Map<_, _> = natives
        .map(|target| (target.package(), version.clone()))
        .collect();
    manifest.insert("optionalDependencies".to_owned(), natives.into());
    let files = manifest.get_mut("files").and_then(Value::as_array_mut);
    let files = files.context("the package for Node names no files")?;
    // What a checkout has built is of one platform.
    files.retain(|file| file != NATIVES);
    let files: Vec<_> = files.iter().filter_map(Value::as_str).collect();
    for file in files.iter().chain(&["README.md"]) {
        copy(&package().join(file), &folder.join(file))?;
    }
    finish(&folder, &manifest)
}

/// The manifest in the repository.
fn checkout() -> Result<Map<String, Value>> {
    let path = package().join("package.json");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    Ok(serde_json::from_str(&text)?)
}

fn package() -> PathBuf {
    root().join("bindings/node")
}

/// Writes the manifest beside what is there already, and packs it all.
fn finish(folder: &Path, manifest: &Map<String, Value>) -> Result<PathBuf> {
    let text = serde_json::to_string_pretty(manifest)?;
    fs::write(folder.join("package.json"), format!("{text}\n"))?;
    for licence in LICENCES {
        fs::copy(root().join(licence), folder.join(licence))?;
    }
    let out = root().join("dist/npm");
    let mut pack = Command::new("npm");
    pack.args(["pack", "--silent", "--pack-destination"])
        .arg(&out);
    let name = step::output(pack.current_dir(folder))?;
    let packed = out.join(&name);
    ensure!(packed.is_file(), "npm packed no {}", packed.display());
    Ok(packed)
}

/// Copies a file, or a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    if from.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    } else {
        fs::copy(from, to).with_context(|| from.display().to_string())?;
    }
    Ok(())
}
