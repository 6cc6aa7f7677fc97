//! Zig as the C compiler and the linker: for a C library as old as it is told, and for other platforms.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::package::empty;
use crate::package::matrix::Target;

/// Has a command of cargo's compile for a platform of Linux with Zig, whatever this machine has.
///
/// cargo-zigbuild and maturin could each do that, but each with a linker of its own: to cargo that is a
/// change, and it would compile every crate once for the wheel and once more for the npm package.
pub(crate) fn link_with(command: &mut Command, target: &Target, tools: &Path) -> Result<()> {
    let folder = crate::step::target().join("package/zig").join(target.rust);
    empty(&folder)?;
    let bin = tools.join("bin");
    let compiler = format!("cc -- -g -fno-sanitize=all -target {}", name_of(target));
    let variable = target.rust.replace('-', "_");
    let linker = format!("CARGO_TARGET_{}_LINKER", variable.to_uppercase());
    for (tool, arguments, names) in [
        (
            "cc",
            compiler.as_str(),
            vec![format!("CC_{variable}"), linker],
        ),
        ("ar", "ar --", vec![format!("AR_{variable}")]),
    ] {
        let script = format!(
            "#!/bin/sh\n\
             export CARGO_ZIGBUILD_ZIG_COMMAND='{bin}/python'\n\
             export CARGO_ZIGBUILD_ZIG_COMMAND_ARGS='-m ziglang'\n\
             exec '{bin}/cargo-zigbuild' zig {arguments} \"$@\"\n",
            bin = bin.display()
        );
        let file = folder.join(tool);
        fs::write(&file, script)?;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
        for name in names {
            command.env(name, OsString::from(&file));
        }
    }
    if target.is_musl() {
        // Python and Node load it at run time, so that it can't have a C library of its own.
        command.env("RUSTFLAGS", "-C target-feature=-crt-static");
    }
    Ok(())
}

/// Zig's name of a platform, with the version of glibc where there is one.
fn name_of(target: &Target) -> String {
    let processor = target.rust.split('-').next().unwrap_or_default();
    let library = match target.glibc() {
        Some(version) => format!("gnu.{version}"),
        None => "musl".to_owned(),
    };
    format!("{processor}-linux-{library}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zig_is_told_the_oldest_c_library() {
        let name = |rust| name_of(Target::find(rust).unwrap());
        assert_eq!(name("x86_64-unknown-linux-gnu"), "x86_64-linux-gnu.2.17");
        assert_eq!(name("aarch64-unknown-linux-musl"), "aarch64-linux-musl");
    }
}
