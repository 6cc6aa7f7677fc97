//! The packages as their users have them: installed into a fresh environment and a fresh project, where
//! the README's snippets run as they are pasted.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::package::empty;
use crate::step::{root, run as step_run, target as built};
use crate::test::faces::{PIP, npm, python_of, venv};

/// Installs the wheel of this machine and tries it.
pub(crate) fn python(files: &[PathBuf]) -> Result<()> {
    let project = project("python")?;
    let fresh = project.join("venv");
    venv(&fresh)?;
    let wheel = with_end(files, ".whl").next();
    let mut install = Command::new(python_of(&fresh));
    // By its path: the name alone could be another project's in the registry.
    install.args(PIP).arg(wheel.context("there is no wheel")?);
    step_run("install the wheel into a fresh environment", &mut install)?;
    let mut command = Command::new(fresh.join("bin/polycode"));
    command.args(["install", "python"]);
    step_run(
        "install the runtime of Python",
        command.current_dir(&project),
    )?;
    for (number, (place, snippet)) in snippets("python")?.into_iter().enumerate() {
        let file = project.join(format!("snippet-{number}.py"));
        fs::write(&file, snippet)?;
        let mut paste = Command::new(python_of(&fresh));
        paste.args(["-W", "error"]).arg(&file).current_dir(&project);
        step_run(&format!("paste a snippet of {place}"), &mut paste)?;
    }
    Ok(())
}

/// Installs the npm packages of this machine and tries them.
pub(crate) fn node(files: &[PathBuf]) -> Result<()> {
    let project = project("node")?;
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
    let command = ["exec", "--offline", "--", "polycode", "install", "python"];
    npm("install the runtime of Python", &project, &command)?;
    for (number, (place, snippet)) in snippets("js")?.into_iter().enumerate() {
        let file = project.join(format!("snippet-{number}.mjs"));
        fs::write(&file, snippet)?;
        let mut paste = Command::new("node");
        paste.arg(&file).current_dir(&project);
        step_run(&format!("paste a snippet of {place}"), &mut paste)?;
    }
    Ok(())
}

/// A fresh folder with the sample course, which snippets import.
fn project(name: &str) -> Result<PathBuf> {
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

/// The snippets in a language, each with the file that it is in.
fn snippets(language: &str) -> Result<Vec<(String, String)>> {
    let face = match language {
        "python" => "bindings/python/README.md",
        _ => "bindings/node/README.md",
    };
    let mut snippets = Vec::new();
    for place in ["README.md", face] {
        let text = fs::read_to_string(root().join(place))?;
        let found = fenced(&text, language);
        ensure!(!found.is_empty(), "{place} has no snippet in {language}");
        snippets.extend(found.into_iter().map(|snippet| (place.to_owned(), snippet)));
    }
    Ok(snippets)
}

/// What stands between fences of a language.
fn fenced(text: &str, language: &str) -> Vec<String> {
    let open = format!("```{language}\n");
    let blocks = text.split(&open).skip(1);
    let closed = blocks.filter_map(|block| block.split_once("```\n"));
    closed.map(|(snippet, _)| snippet.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snippets_are_found_by_their_language() {
        let text = "# A\n```js\none\ntwo\n```\nb\n```sh\nc\n```\n```js\nthree\n```\n";
        assert_eq!(fenced(text, "js"), ["one\ntwo\n", "three\n"]);
        assert_eq!(fenced(text, "python"), [""; 0]);
        // Each can be pasted by itself.
        for (language, import) in [
            ("js", "from \"polycode\";"),
            ("python", "import polycode\n"),
        ] {
            for (place, snippet) in snippets(language).unwrap() {
                assert!(snippet.contains(import), "{place}: {snippet}");
            }
        }
    }
}
