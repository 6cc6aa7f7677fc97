//! The wheel of a platform.

use std::path::PathBuf;

use anyhow::Result;

use crate::package::matrix::Target;
use crate::package::{Build, fresh};
use crate::step::{root, run as step_run};
use crate::test::faces::{AS_TESTED, only_file};

/// Builds the wheel and gives its file.
pub(crate) fn build(build: &Build, target: &Target) -> Result<PathBuf> {
    let out = fresh(&format!("python/{}", target.node))?;
    let mut maturin = build.tool("maturin")?;
    maturin.args(["build", "--quiet", "--profile", &build.profile]);
    maturin.arg("--out").arg(&out);
    if build.is_for_others() {
        maturin.args(["--strip", "--target", target.rust]);
        if target.family() == "linux" {
            // Zig links for a C library as old as it is told, whatever this machine has; maturin looks
            // whether that really holds, and fails otherwise.
            maturin.args(["--zig", "--compatibility", target.wheel]);
        }
    } else {
        maturin.args(AS_TESTED);
    }
    let what = format!("build the wheel for {}", target.rust);
    step_run(&what, maturin.current_dir(root().join("bindings/python")))?;
    only_file(&out)
}
