//! The snippets of the READMEs, run as they are pasted.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::step::{root, run as step_run};

/// Pastes every snippet in Python into a folder, and runs it with this Python.
pub(crate) fn python(python: &Path, folder: &Path) -> Result<()> {
    for (number, (place, snippet)) in snippets("python")?.into_iter().enumerate() {
        let file = folder.join(format!("snippet-{number}.py"));
        fs::write(&file, snippet)?;
        let mut paste = Command::new(python);
        paste.args(["-W", "error"]).arg(&file).current_dir(folder);
        step_run(&format!("paste a snippet of {place}"), &mut paste)?;
    }
    Ok(())
}

/// Pastes every snippet in JavaScript into a project that has the package, and runs it.
pub(crate) fn node(project: &Path) -> Result<()> {
    for (number, (place, snippet)) in snippets("js")?.into_iter().enumerate() {
        let file = project.join(format!("snippet-{number}.mjs"));
        fs::write(&file, snippet)?;
        let mut paste = Command::new("node");
        paste.arg(&file).current_dir(project);
        step_run(&format!("paste a snippet of {place}"), &mut paste)?;
    }
    Ok(())
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
        for (language, import) in [("js", "from \"polycode"), ("python", "import polycode\n")] {
            for (place, snippet) in snippets(language).unwrap() {
                assert!(snippet.contains(import), "{place}: {snippet}");
            }
        }
    }
}
