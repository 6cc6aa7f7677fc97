//! A course out of its files.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::sample::read_samples;
use super::{Course, CourseContent, CourseFiles, CourseModule};
use crate::catalogue::ContentDraft;
use crate::id::Slug;
use crate::refusal::{Problem, Refusal};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    name: String,
    contents: Vec<Slug>,
    #[serde(default)]
    modules: Vec<CourseModule>,
}

impl Course {
    /// Reads a course from its files.
    ///
    /// # Examples
    /// ```
    /// use polycode_core::catalogue::Course;
    ///
    /// let files = [
    ///     ("course.toml", "name = 'First steps'\ncontents = ['hello']"),
    ///     ("hello/content.toml", "name = 'Hello'\ntype = 'lesson'\n\
    ///         root = { id = 'text', kind = 'markdown', text = { file = 'hello.md' } }"),
    ///     ("hello/hello.md", "# Hello"),
    /// ];
    /// let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
    /// let course = Course::from_files(&files)?;
    /// assert_eq!(course.contents[0].draft.slug.as_str(), "hello");
    /// # Ok::<(), polycode_core::Refusal>(())
    /// ```
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with the file and what is wrong in it, for every content at once.
    pub fn from_files(files: &CourseFiles) -> Result<Self, Refusal> {
        let manifest: Manifest = read_toml(files, "course.toml", None).map_err(one)?;
        let mut problems = Vec::new();
        let mut contents = Vec::new();
        for slug in manifest.contents {
            match read_content(files, &slug) {
                Ok(content) => contents.push(content),
                Err(found) => problems.extend(found),
            }
        }
        if !problems.is_empty() {
            return Err(Refusal::Invalid(problems));
        }
        let course = Self {
            name: manifest.name,
            contents,
            modules: manifest.modules,
        };
        course.check_outline().map(|()| course)
    }
}

fn one(problem: Problem) -> Refusal {
    Refusal::Invalid(vec![problem])
}

fn read_content(files: &CourseFiles, slug: &Slug) -> Result<CourseContent, Vec<Problem>> {
    let path = format!("{slug}/content.json");
    let (path, draft) = if let Some(json) = files.get(&path) {
        let refuse = |error: serde_json::Error| vec![Problem::new(&path, error.to_string())];
        let draft: ContentDraft = serde_json::from_str(json).map_err(refuse)?;
        if draft.slug != *slug {
            return Err(vec![Problem::new(path, "the slug is the folder's name")]);
        }
        (path, draft)
    } else {
        let path = format!("{slug}/content.toml");
        let draft = read_toml(files, &path, Some(slug)).map_err(|p| vec![p])?;
        (path, draft)
    };
    let draft: ContentDraft = draft;
    draft.check().map_err(|refusal| match refusal {
        Refusal::Invalid(problems) => problems
            .into_iter()
            .map(|problem| Problem {
                field: format!("{path}: {}", problem.field),
                ..problem
            })
            .collect(),
        other => vec![Problem::new(&path, other.to_string())],
    })?;
    let samples = read_samples(files, &draft)?;
    Ok(CourseContent { draft, samples })
}

fn read_toml<T: DeserializeOwned>(
    files: &CourseFiles,
    path: &str,
    slug: Option<&Slug>,
) -> Result<T, Problem> {
    let refuse = |message: String| Problem::new(path, message);
    let text = files
        .get(path)
        .ok_or_else(|| refuse("there is no such file".to_owned()))?;
    let mut value: Value = toml::from_str(text).map_err(|error| refuse(error.to_string()))?;
    let folder = path.strip_suffix(path.rsplit('/').next().unwrap_or(path));
    let folder = folder.unwrap_or_default();
    include_files(&mut value, &|name| files.get(&format!("{folder}{name}"))).map_err(&refuse)?;
    if let (Some(slug), Value::Object(fields)) = (slug, &mut value) {
        fields.insert("slug".to_owned(), Value::String(slug.to_string()));
    }
    serde_json::from_value(value).map_err(|error| refuse(error.to_string()))
}

/// Replaces every `{ file = "…" }` by the text of that file.
fn include_files<'a>(
    value: &mut Value,
    find: &impl Fn(&str) -> Option<&'a String>,
) -> Result<(), String> {
    match value {
        Value::Object(fields) => {
            let included = match (fields.len(), fields.get("file")) {
                (1, Some(Value::String(name))) => {
                    let text = find(name).ok_or_else(|| format!("there is no file `{name}`"))?;
                    Some(text.clone())
                }
                _ => None,
            };
            match included {
                Some(text) => *value = Value::String(text),
                None => fields
                    .values_mut()
                    .try_for_each(|field| include_files(field, find))?,
            }
        }
        Value::Array(items) => items
            .iter_mut()
            .try_for_each(|item| include_files(item, find))?,
        _ => {}
    }
    Ok(())
}
