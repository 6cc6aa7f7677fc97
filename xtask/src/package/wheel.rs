//! The wheel of a platform.

use std::path::PathBuf;

use anyhow::Result;

use crate::package::matrix::Target;
use crate::package::{Build, fresh, licence};
use crate::step::{root, run as step_run};
use crate::test::faces::only_file;

/// Builds the wheel and gives its file.
pub(crate) fn build(build: &Build, target: &Target) -> Result<PathBuf> {
    let out = fresh(&format!("python/{}", target.node))?;
    let folder = root().join("bindings/python");
    // maturin takes the files that the project names as its licences, of its own folder alone.
    licence::lay(&folder)?;
    licence::lay_third_party(&folder, "bindings/python", target)?;
    let mut maturin = build.tool("maturin")?;
    maturin.args(["build", "--quiet", "--profile", &build.profile]);
    maturin.arg("--out").arg(&out);
    build.aim(&mut maturin, target)?;
    if build.is_for_others() && target.family() == "linux" {
        // maturin looks whether it really runs with a C library as old as that, and fails otherwise.
        maturin.args(["--compatibility", target.wheel]);
    }
    let what = format!("build the wheel for {}", target.rust);
    step_run(&what, maturin.current_dir(folder))?;
    only_file(&out)
}
