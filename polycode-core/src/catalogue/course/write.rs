//! A course as files.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::sample::write_sample;
use super::toml_text::{fits, to_toml};
use super::{Course, CourseContent, CourseFiles};
use crate::refusal::Refusal;

impl Course {
    /// Writes a course as files that [`Course::from_files`] reads as the same course, with the
    /// samples of each content in the order of their verdicts and names.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when the course breaks a rule.
    pub fn to_files(&self) -> Result<CourseFiles, Refusal> {
        self.check()?;
        let slugs: Vec<_> = self.contents.iter().map(|c| &c.draft.slug).collect();
        let mut manifest = json!({"name": self.name, "contents": slugs});
        if let (Value::Object(fields), false) = (&mut manifest, self.modules.is_empty()) {
            fields.insert("modules".to_owned(), json!(self.modules));
        }
        let mut files = CourseFiles::new();
        files.insert("course.toml".to_owned(), to_toml(&manifest));
        for content in &self.contents {
            write_content(content, &mut files);
        }
        Ok(files)
    }
}

fn write_content(content: &CourseContent, files: &mut CourseFiles) {
    let draft = &content.draft;
    let slug = &draft.slug;
    let mut value = json!(draft);
    if fits(&value) {
        if let Value::Object(fields) = &mut value {
            fields.remove("slug");
        }
        let mut folder = Folder::default();
        folder.take_texts(&mut value);
        for (name, text) in folder.files {
            files.insert(format!("{slug}/{name}"), text);
        }
        files.insert(format!("{slug}/content.toml"), to_toml(&value));
    } else {
        let json = serde_json::to_string_pretty(draft).unwrap_or_default();
        files.insert(format!("{slug}/content.json"), json);
    }
    for sample in &content.samples {
        write_sample(draft, sample, files);
    }
}

/// The texts of a content that stand in files of their own.
#[derive(Default)]
struct Folder {
    files: CourseFiles,
    /// Names in lower case of all files and of the folders around them.
    taken: BTreeSet<String>,
}

impl Folder {
    /// Takes the long texts out of a component and those in it.
    fn take_texts(&mut self, value: &mut Value) {
        let mut left: Vec<_> = value.get_mut("root").into_iter().collect();
        while let Some(component) = left.pop() {
            let Value::Object(fields) = component else {
                continue;
            };
            let Some(id) = fields.get("id").and_then(Value::as_str) else {
                continue;
            };
            let id = id.to_owned();
            let is_container = fields.get("kind").is_some_and(|kind| kind == "container");
            for (name, field) in fields {
                match (name.as_str(), field) {
                    ("text" | "question", field) => self.take(&format!("{id}.md"), field),
                    ("languages", Value::Object(languages)) => {
                        for (language, starter) in languages {
                            self.take_sources(&format!("{id}/{language}"), starter);
                        }
                    }
                    ("components", Value::Array(components)) if is_container => {
                        left.extend(components.iter_mut());
                    }
                    _ => {}
                }
            }
        }
    }

    fn take_sources(&mut self, folder: &str, starter: &mut Value) {
        for part in ["files", "fixed"] {
            if let Some(Value::Object(sources)) = starter.get_mut(part) {
                for (name, text) in sources {
                    self.take(&format!("{folder}/{part}/{name}"), text);
                }
            }
        }
    }

    /// Puts a text of several lines into a file, unless another stands there.
    fn take(&mut self, path: &str, text: &mut Value) {
        let Value::String(string) = &*text else {
            return;
        };
        let lower = path.to_lowercase();
        let is_odd = lower
            .split('/')
            .any(|part| part.starts_with('.') || part.is_empty());
        let is_reserved = lower.starts_with("submissions/");
        let ends = lower.match_indices('/').map(|(at, _)| at);
        let folders: Vec<_> = ends.filter_map(|at| lower.get(..at)).collect();
        let is_file = |folder: &&&str| self.taken.contains(&format!("file {folder}"));
        let clashes = self.taken.contains(&format!("file {lower}"))
            || self.taken.contains(&format!("folder {lower}"))
            || folders.iter().any(|folder| is_file(&folder));
        if !string.contains('\n') || is_odd || is_reserved || clashes {
            return;
        }
        let folders: Vec<_> = folders
            .iter()
            .map(|name| format!("folder {name}"))
            .collect();
        self.taken.extend(folders);
        self.taken.insert(format!("file {lower}"));
        self.files.insert(path.to_owned(), string.clone());
        *text = json!({"file": path});
    }
}
