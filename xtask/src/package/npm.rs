//! The npm packages: one of JavaScript, and one for each platform with the native half, of which npm
//! installs the one that fits.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use crate::package::matrix::{TARGETS, Target};
use crate::package::{Build, fresh, licence};
use crate::step::{self, cargo, root, run as step_run};

/// What a published package has no use for.
const OF_THE_CHECKOUT: [&str; 3] = ["private", "scripts", "devDependencies"];
/// What stands in every package's manifest in the same words.
const COMMON: [&str; 4] = ["version", "description", "license", "engines"];
/// How the manifest in the repository names the native half.
const NATIVES: &str = "polycode.*.node";

/// Builds the native half for a platform, lays its package out and packs it.
pub(crate) fn build_native(build: &Build, target: &Target) -> Result<PathBuf> {
    let mut command = cargo();
    command.args(["build", "--quiet", "--profile", &build.profile]);
    command.args(["--package", "polycode-node"]);
    build.aim(&mut command, target)?;
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
    manifest.insert("files".to_owned(), json!([native, licence::THIRD_PARTY]));
    let conditions = target.conditions().into_iter();
    manifest.extend(conditions.map(|(field, value)| (field.to_owned(), value)));
    let readme = format!(
        "# {}\n\nThe native half of the package `polycode` for {}, which brings it along.\n",
        target.package(),
        target.rust
    );
    fs::write(folder.join("README.md"), readme)?;
    licence::lay_third_party(&folder, "bindings/node", target)?;
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

/// Whether a packed package is that of JavaScript, which has nothing of others in it.
pub(crate) fn is_main(packed: &Path) -> bool {
    let name = packed.file_name().and_then(OsStr::to_str);
    let rest = name.and_then(|name| name.strip_prefix("polycode-")?.strip_suffix(".tgz"));
    rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
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
    let mut manifest = manifest.clone();
    // Of licences npm takes only `LICENSE` without being told.
    if let Some(Value::Array(files)) = manifest.get_mut("files") {
        files.extend(licence::OWN.map(Value::from));
    }
    let text = serde_json::to_string_pretty(&manifest)?;
    fs::write(folder.join("package.json"), format!("{text}\n"))?;
    licence::lay(folder)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_of_javascript_is_told_from_the_others() {
        for (name, expected) in [
            ("polycode-0.1.0.tgz", true),
            ("polycode-linux-x64-gnu-0.1.0.tgz", false),
            ("polycode-0.1.0-cp311-abi3-manylinux_2_17_x86_64.whl", false),
        ] {
            assert_eq!(is_main(Path::new(name)), expected, "{name}");
        }
    }
}
